import { describe, expect, it } from "vitest";

import { passwordIn } from "../src/settings/password-file.ts";

const address = {
  host: "db",
  port: 5432,
  database: "jobs",
  user: "runner",
  ssl: "disable",
} as const;

describe("a password file", () => {
  it.each([
    ["db:5432:jobs:runner:secret", "secret"],
    ["*:*:*:*:secret", "secret"],
    ["# db:5432:jobs:runner:no\r\ndb:5432:jobs:runner:secret\r\n", "secret"],
    ["other:*:*:*:no\ndb:*:*:*:first\n*:*:*:*:second", "first"],
    [String.raw`db:*:*:*:with\:colon and \\`, "with:colon and \\"],
    ["db:5432:jobs:runner", undefined],
    ["db:5433:jobs:runner:secret", undefined],
    ["", undefined],
  ])("%j gives %j", (text, password) => {
    expect(passwordIn(text, address)).toBe(password);
  });

  it("means sockets by localhost", () => {
    const socket = { ...address, host: "/var/run/postgresql" };

    expect(passwordIn("localhost:*:*:*:secret", socket)).toBe("secret");
  });
});
