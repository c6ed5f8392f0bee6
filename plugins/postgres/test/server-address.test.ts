import { describe, expect, it } from "vitest";

import { addressProblem, serverAddress } from "../src/settings/server-address.ts";

const keys = { host: "db.example.org", database: "jobs", user: "runner" };

describe("the address of a server", () => {
  it.each([
    [keys, { ...keys, port: 5432, ssl: "verify-full" }],
    [
      { ...keys, port: 6432, ssl: "require" },
      { ...keys, port: 6432, ssl: "require" },
    ],
    [
      { ...keys, host: "localhost" },
      { ...keys, host: "localhost", port: 5432, ssl: "disable" },
    ],
    [
      { ...keys, host: "/run/pg" },
      { ...keys, host: "/run/pg", port: 5432, ssl: "disable" },
    ],
    [
      { url: "postgresql://runner@db.example.org/jobs" },
      { ...keys, port: 5432, ssl: "verify-full" },
    ],
    [
      { url: "postgres://a%40b@[::1]:6000/my%20jobs?sslmode=require" },
      { host: "::1", port: 6000, database: "my jobs", user: "a@b", ssl: "require" },
    ],
  ] as const)("of %j is %j", (config, address) => {
    expect(serverAddress(config)).toEqual(address);
  });

  it.each([
    [{}, "url"],
    [{ host: "h", user: "u" }, "database"],
    [{ host: "h", database: "d" }, "user"],
    [{ ...keys, host: "/run/pg", ssl: "require" }, "ssl"],
    [{ url: "mysql://u@h/d" }, "url"],
    [{ url: "postgresql://u:topsecret@h/d" }, "url"],
    [{ url: "postgresql://u@h/d?options=topsecret" }, "url"],
    [{ url: "postgresql://u@h/d?sslmode=prefer" }, "url"],
    [{ url: "postgresql://u@h/d", port: 5432 }, "port"],
    [{ url: "postgresql://h/d" }, "user"],
    [{ url: "postgresql://u@h/%zz" }, "url"],
  ] as const)("of %j has a problem at %s, told without values", (config, key) => {
    const problem = addressProblem(config);

    expect(problem?.key).toBe(key);
    expect(problem?.message).not.toContain("topsecret");
  });
});
