import { describe, expect, inject, it } from "vitest";

import { openStore } from "../../packages/core/test/stores/open-store.ts";
import type { RunLog } from "../../packages/plugin/src/run-log.ts";
import type { PostgresServer } from "../engines/postgres/postgres-server.ts";
import { psql } from "./psql.ts";
import { storeModule } from "./test-schema.ts";

const server = inject("postgres") as PostgresServer;
const key = { runId: "r1", fact: "run" } as const;
const secret = "wrong-password-1";

describe.skipIf(!server?.own)("a server that says no", () => {
  it.each([
    [
      "a wrong password",
      { user: "guarded" },
      "STORE_REFUSED",
      /password of role guarded/,
      /PGPASSWORD/,
    ],
    ["no such role", { user: "nobody" }, "STORE_REFUSED", /role nobody/, /user/],
    [
      "no such database",
      { database: "none" },
      "STORE_REFUSED",
      /no such database/,
      /create database "none"/,
    ],
    ["SSL only", { user: "tls_only" }, "STORE_REFUSED", /only by SSL/, /verify-full/],
    [
      "a certificate that nobody knows",
      { host: "localhost", ssl: "verify-full" },
      "STORE_REFUSED",
      /certificate is not trusted/,
      /ssl_root_cert/,
    ],
    [
      "no file of certificates",
      { ssl: "verify-full", ssl_root_cert: "/nowhere" },
      "STORE_REFUSED",
      /\/nowhere/,
      /ssl_root_cert/,
    ],
    ["no server", { port: 1 }, "STORE_UNREACHABLE", /nothing listens/, /address/],
    ["no such host", { host: "no-such-host.invalid" }, "STORE_UNREACHABLE", /address/, /address/],
    [
      "no right to make tables",
      { user: "guest" },
      "STORE_REFUSED",
      /role guest/,
      /grant create on database/,
    ],
  ])("%s", async (_, settings, code, what, remedy) => {
    await using store = await open(settings);

    const creating = store.runLog.create(key, {});

    await expect(creating).rejects.toMatchObject({
      code,
      exitCode: 78,
      message: expect.stringMatching(what),
      hint: expect.stringMatching(remedy),
    });
    const error = await creating.catch((thrown: Error) => `${thrown.message} ${String(thrown)}`);
    expect(error).not.toContain(secret);
  });

  it("lets a role write whose tables somebody else made, once it has the rights that are told", async () => {
    const schema = "made_by_another";
    await using admin = await open({ schema });
    await admin.runLog.create(key, { by: "admin" });
    await using guest = await open({ schema, user: "guest" });
    const told = await guest.runLog.read(key).then(
      () => "",
      (refused: { readonly hint?: string }) => refused.hint ?? "",
    );
    const grants = /if the tables are there: (.*)/.exec(told)?.[1] ?? "";

    await psql(server, grants);

    expect(await guest.runLog.read(key)).toEqual({ by: "admin" });
    expect(await guest.runLog.create({ ...key, runId: "r2" }, {})).toBe(true);
  });

  it("makes its tables in a schema that was made for it", async () => {
    await psql(server, `create schema made_for_guest authorization guest`);
    await using store = await open({ schema: "made_for_guest", user: "guest" });

    expect(await store.runLog.create(key, {})).toBe(true);
  });

  it("refuses tables that a newer release made", async () => {
    const schema = "from_the_future";
    await using first = await open({ schema });
    await first.runLog.create(key, {});
    await psql(server, `update ${schema}.store set version = 99`);
    await using store = await open({ schema });

    const calls = [() => store.runLog.read(key), () => store.runLog.create(key, {})];

    for (const call of calls) await expect(call()).rejects.toMatchObject({ code: "STORE_NEWER" });
  });

  it("refuses a database that has not all characters", async () => {
    await psql(server, `create database latin encoding 'LATIN1' locale 'C' template template0`);
    await using store = await open({ database: "latin" });

    const creating = store.runLog.create(key, {});

    await expect(creating).rejects.toMatchObject({
      code: "STORE_UNWRITABLE",
      hint: expect.stringContaining("UTF8"),
    });
  });

  it("refuses to write to a replica", async () => {
    await psql(
      server,
      `create role reader login; alter role reader set default_transaction_read_only = on; grant create on database postgres to reader`,
    );
    await using store = await open({ user: "reader", schema: "replica" });

    const creating = store.runLog.create(key, {});

    await expect(creating).rejects.toMatchObject({
      code: "STORE_UNWRITABLE",
      message: expect.stringContaining("only reads"),
    });
  });

  it("makes nothing before the first write", async () => {
    await using store = await open({ schema: "untouched" });

    await store.runLog.list({ limit: 5 });
    await store.runLog.storeId({ create: false });

    expect(await psql(server, `select to_regnamespace('untouched') is null`)).toBe("t");
  });
});

describe.skipIf(!server?.own)("ways to a server", () => {
  it.each([
    ["its socket", () => ({ host: server.own?.socketDirectory })],
    [
      "SSL with its authority's certificate",
      () => ({
        host: "localhost",
        user: "tls_only",
        ssl: "verify-full",
        ssl_root_cert: server.own?.rootCertificate,
      }),
    ],
    ["SSL, whoever it is", () => ({ user: "tls_only", ssl: "require" })],
    [
      "a url",
      () => ({
        host: undefined,
        port: undefined,
        user: undefined,
        database: undefined,
        url: `postgresql://tls_only@localhost:${server.port}/postgres?sslmode=require`,
      }),
    ],
  ])("%s", async (name, settings) => {
    const schema = `way_${name.toLowerCase().replaceAll(/\W+/g, "_")}`;
    await using store = await open({ ...settings(), schema });

    expect(await store.runLog.create(key, { schema })).toBe(true);
    expect(await store.runLog.read(key)).toEqual({ schema });
  });
});

async function open(settings: object): Promise<AsyncDisposable & { readonly runLog: RunLog }> {
  const { host, port, database, user } = server;
  process.env["PGPASSWORD"] = secret;
  const config = { host, port, database, user, schema: "refusals", ...settings };
  const runLog = await openStore<RunLog>(storeModule, config, "/");
  return { runLog, [Symbol.asyncDispose]: async () => runLog.close?.() };
}
