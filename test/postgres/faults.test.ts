import { describe, expect, inject, it } from "vitest";

import { openStore } from "../../packages/core/test/stores/open-store.ts";
import type { RunLog } from "../../packages/plugin/src/run-log.ts";
import { openSession } from "../../plugins/postgres/src/connection/session.ts";
import { startPostgres, type PostgresServer } from "../engines/postgres/postgres-server.ts";
import { runProgram } from "../support/run-program.ts";
import { makePostgresProject } from "./postgres-project.ts";
import { startProxy } from "./proxy.ts";
import { psql } from "./psql.ts";
import { storeModule } from "./test-schema.ts";

const server = inject("postgres") as PostgresServer;
const key = { runId: "r1", fact: "run" } as const;
const writes = 200;

describe.skipIf(!server?.own)("a connection that is cut", () => {
  it("loses the answer of a write: the writer knows that the fact is theirs", async () => {
    await using proxy = await startProxy(server);
    await using store = await open({ schema: "answers", port: proxy.port });
    await store.runLog.create({ ...key, runId: "before" }, {});

    proxy.loseNextAnswer();
    const created = await store.runLog.create(key, { by: "us" });

    expect(created).toBe(true);
    expect(await store.runLog.read(key)).toEqual({ by: "us" });
    expect(await store.runLog.list({ limit: 9 })).toHaveLength(2);
  });

  it("loses the answer of a write that came second: the fact stays another's", async () => {
    await using proxy = await startProxy(server);
    await using store = await open({ schema: "answers_second", port: proxy.port });
    await using other = await open({ schema: "answers_second" });
    await other.runLog.create(key, { by: "other" });
    await store.runLog.read(key);

    proxy.loseNextAnswer();
    const created = await store.runLog.create(key, { by: "us" });

    expect(created).toBe(false);
    expect(await store.runLog.read(key)).toEqual({ by: "other" });
  });

  it("again and again by the server: each fact and segment is there once", async () => {
    await using store = await open({ user: "victim", schema: "terminated" });

    const created = await cutWhile(writeAll(store.runLog));

    await expectAll(store.runLog, created);
  });
});

describe.skipIf(!server?.own)("a server that starts again", () => {
  it("keeps writers waiting, and loses nothing", async () => {
    const started = await startPostgres();
    if (!started) throw new Error("no server");
    await using own = started;
    await using store = await open({ ...addressOf(own.server), schema: "restarted" });
    await store.runLog.create(key, {});

    const [created] = await Promise.all([writeAll(store.runLog), own.restart()]);

    await expectAll(store.runLog, created);
  });
});

describe.skipIf(!server?.own)("a server without room", () => {
  it("is waited for", async () => {
    await psql(
      server,
      "create role crowded login connection limit 1; grant create on database postgres to crowded",
    );
    await using first = await open({ user: "crowded", schema: "crowded" });
    await first.runLog.create({ ...key, runId: "first" }, {});
    await using second = await open({ user: "crowded", schema: "crowded" });

    const creating = second.runLog.create(key, {});
    await expect.poll(() => first.runLog.read({ ...key, runId: "first" })).toEqual({});
    await first.runLog.close?.();

    expect(await creating).toBe(true);
  });

  it("is told when that lasts", async () => {
    await psql(server, "create role shut login connection limit 0");
    const { host, port, database } = server;
    const address = { host, port, database, user: "shut", ssl: "disable" } as const;
    const session = openSession(
      { address, schema: "shut", password: "", rootCertificate: undefined },
      { firstMs: 0, busyMs: 100, laterMs: 0 },
    );

    const asking = session.query("select 1", []);

    await expect(asking).rejects.toMatchObject({
      code: "STORE_UNREACHABLE",
      message: expect.stringContaining("no connection left"),
      hint: expect.stringContaining("max_connections"),
    });
  });
});

describe.skipIf(!server?.own)("a process", () => {
  it("of many runs uses no connection for longer than its run", async () => {
    await psql(server, "create role few login connection limit 2");
    await psql(server, "grant create on database postgres to few");
    const program = `import { defineJob, executeJob } from "@runnable/core";
export const job = defineJob({ name: "small", run: () => ({ answer: 42 }) });
for (let run = 1; run <= 12; run += 1) await executeJob(job);
`;
    await using project = await makePostgresProject(
      server,
      { "many.ts": program },
      { store: { user: "few" } },
    );

    const end = await project.node(["many.ts"]);

    expect(end.code, end.stderr).toBe(0);
    expect(await project.json(["runs", "list", "-n", "20"])).toHaveLength(12);
  });

  it("ends although it never closes its store", async () => {
    const config = { ...addressOf(server), schema: "unclosed" };
    const program = `const { default: postgres } = await import(${JSON.stringify(storeModule)});
const { config, open } = postgres.definition;
const { value } = await config["~standard"].validate(${JSON.stringify(config)});
const log = await open(value, { baseDirectory: "/", credentials: {} });
await log.create({ runId: "r1", fact: "run" }, {});
console.log(await log.list({ limit: 1 }), process.uptime());
process.on("exit", () => console.log("ended", process.uptime()));`;

    const end = await runProgram([process.execPath, "--input-type=module", "-e", program], {
      cwd: "/",
      env: process.env,
      timeoutMs: 60_000,
    });

    const [, listed = "", ended = ""] = /\] ([\d.]+)\nended ([\d.]+)/.exec(end.stdout) ?? [];
    expect(end.code, end.stderr).toBe(0);
    expect(Number(ended) - Number(listed)).toBeLessThan(10);
  });

  it("in a run whose connections are cut records its outcome and all of its output", async () => {
    const job = `import { setTimeout } from "node:timers/promises";
import { defineJob } from "@runnable/core";
export default defineJob({
  async run() {
    for (let line = 1; line <= 40; line += 1) { console.log("line " + line); await setTimeout(100); }
    return { lines: 40 };
  },
});
`;
    await using project = await makePostgresProject(
      server,
      { "slow.job.ts": job },
      { executor: { type: "emulator" }, store: { user: "victim" } },
    );

    const end = await cutWhile(project.runnable(["run", "slow.job.ts", "--json"]));
    const logs = await project.runnable(["logs", "latest"]);

    expect(end.code, end.stderr).toBe(0);
    expect(JSON.parse(end.stdout)).toMatchObject({ status: "succeeded", returns: { lines: 40 } });
    expect(logs.stdout.trim().split("\n")).toHaveLength(40);
  });
});

/** Facts and segments, several at once; which creations were told to be ours. */
async function writeAll(runLog: RunLog): Promise<readonly boolean[]> {
  const created: boolean[] = [];
  for (let attempt = 1; attempt <= writes; attempt += 1) {
    const text = `${attempt}\n`;
    const [mine] = await Promise.all([
      runLog.create({ runId: "r1", fact: "claim", attempt }, { attempt }),
      runLog.appendOutput({ runId: "r1", attempt: 1 }, { number: attempt, text }),
      runLog.replace({ runId: "r1", fact: "heartbeat", attempt: 1 }, { counter: attempt }),
    ]);
    created.push(mine);
  }
  return created;
}

async function expectAll(runLog: RunLog, created: readonly boolean[]): Promise<void> {
  const all = Array.from({ length: writes }, (_, index) => index + 1);
  expect(created).toEqual(all.map(() => true));
  expect(await runLog.attempts("r1")).toEqual(all);
  const segments = await Array.fromAsync(runLog.readOutput({ runId: "r1", attempt: 1 }, 1));
  expect(segments).toEqual(all.map((number) => ({ number, text: `${number}\n` })));
  const heartbeat = { runId: "r1", fact: "heartbeat", attempt: 1 } as const;
  expect(await runLog.read(heartbeat)).toEqual({ counter: writes });
}

/** Ends all connections of the role `victim`, until some work is done. */
async function cutWhile<T>(work: Promise<T>): Promise<T> {
  const victims = `select pg_terminate_backend(pid) from pg_stat_activity where usename = 'victim'`;
  const state = { done: false, cuts: 0 };
  const end = work.finally(() => (state.done = true));
  while (!state.done) if ((await psql(server, victims)) !== "") state.cuts += 1;
  expect(state.cuts).toBeGreaterThan(0);
  return end;
}

async function open(settings: object): Promise<AsyncDisposable & { readonly runLog: RunLog }> {
  const runLog = await openStore<RunLog>(storeModule, { ...addressOf(server), ...settings }, "/");
  return { runLog, [Symbol.asyncDispose]: async () => runLog.close?.() };
}

function addressOf({ host, port, database, user }: PostgresServer) {
  return { host, port, database, user };
}
