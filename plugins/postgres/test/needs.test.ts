import type { Placed, Placement } from "@runnable/plugin";
import { describe, expect, it } from "vitest";

import postgres from "../src/postgres.ts";

const { needs, relocate, credentials, config: schema } = postgres.definition;
const config = { host: "db", database: "jobs", user: "runner", schema: "runnable" };
const baseDirectory = "/project";

describe("what the store needs", () => {
  it("is the server's address, without who logs in", () => {
    const byUrl = { url: "postgresql://runner@db:6000/jobs", schema: "runnable" };

    expect(needs(byUrl, { baseDirectory })).toMatchObject([
      { id: "run-log", kind: "endpoint", access: "write", url: "postgresql://db:6000/jobs" },
    ]);
  });

  it("is the directory of a socket, and the file of certificates", () => {
    const socket = { ...config, host: "/run/pg", ssl_root_cert: "ca.pem" };

    expect(needs(socket, { baseDirectory })).toMatchObject([
      { kind: "path", path: "/run/pg", what: "directory" },
      { kind: "path", path: "/project/ca.pem", what: "file", access: "read" },
    ]);
  });

  it("is a password by name", () => {
    expect(credentials?.(config)).toEqual(["PGPASSWORD"]);
    expect(credentials?.({ ...config, password_secret: "DB" })).toEqual(["DB"]);
  });
});

describe("the config of the job side", () => {
  it("leads to the place that the executor gave, with SSL as it was", async () => {
    const local = { url: "postgresql://runner@localhost/jobs", schema: "runnable" };
    const url = "postgresql://host.containers.internal:5432/jobs";

    const relocated = relocate(local, placed(local, [{ at: "endpoint", url, shared: true }]));

    expect(relocated).toEqual({
      host: "host.containers.internal",
      port: 5432,
      database: "jobs",
      user: "runner",
      schema: "runnable",
      ssl: "disable",
    });
    expect(await schema["~standard"].validate(relocated)).not.toHaveProperty("issues");
  });

  it("names the socket and the certificates where they are over there", () => {
    const socket = { ...config, host: "/run/pg", ssl_root_cert: "ca.pem" };
    const places = ["/mnt/pg", "/mnt/ca.pem"].map((path): Placement => ({
      at: "path",
      path,
      shared: true,
    }));

    expect(relocate(socket, placed(socket, places))).toMatchObject({
      host: "/mnt/pg",
      ssl_root_cert: "/mnt/ca.pem",
    });
  });
});

describe("the settings", () => {
  it.each([
    [{ ...config, schema: "Runs" }, ["schema"]],
    [{ ...config, port: 0 }, ["port"]],
    [{ ...config, ssl: "prefer" }, ["ssl"]],
    [{ ...config, user: undefined }, ["user"]],
    [{ ...config, password: "topsecret" }, []],
  ])("%j are refused", async (given, path) => {
    const { issues } = await schema["~standard"].validate(given);

    expect(issues?.[0]?.path ?? []).toEqual(path);
    expect(JSON.stringify(issues)).not.toContain("topsecret");
  });
});

function placed(
  given: Parameters<typeof needs>[0],
  placements: readonly Placement[],
): readonly Placed[] {
  return needs(given, { baseDirectory }).map((need, at) => ({
    need: { ...need, role: "run-log" },
    placement: placements[at] ?? { at: "relay" },
  }));
}
