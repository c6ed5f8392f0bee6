import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { expect, inject, it } from "vitest";

import { openStore } from "../../packages/core/test/stores/open-store.ts";
import type { Catalog } from "../../packages/plugin/src/catalog.ts";
import type { RunLog } from "../../packages/plugin/src/run-log.ts";
import { s3Store, useKeys } from "./s3-store.ts";

const server = inject("s3");

it.skipIf(!server)("removes what is kept of a run, and nothing of another", async () => {
  if (!server) return;
  useKeys(server);
  const directory = await mkdtemp(path.join(tmpdir(), "runnable-s3-remove-"));
  await writeFile(path.join(directory, "a.txt"), "a");
  const [runLog, catalog] = await Promise.all([
    open<RunLog>("run-log", directory),
    open<Catalog>("catalog", directory),
  ]);
  for (const runId of ["gone", "gone-not"]) await writeAll({ runLog, catalog, runId, directory });

  await runLog.removeRun?.("gone");
  await catalog.removeRun?.("gone");

  const ids = (await runLog.list({ limit: 9 })).map(({ runId }) => runId);
  const names = await readdir(path.join(server.directory, path.basename(directory)), {
    recursive: true,
  });
  expect(ids).toEqual(["gone-not"]);
  expect(names.filter((name) => /gone(?!-not)/.test(name))).toEqual([]);
  expect(await catalog.list("gone-not")).toHaveLength(1);
  await Promise.all([runLog.close?.(), catalog.close?.()]);
  await rm(directory, { recursive: true });

  function open<T>(kind: "run-log" | "catalog", at: string): Promise<T> {
    if (!server) throw new Error("no server");
    const { module, config } = s3Store(kind, server);
    return openStore<T>(module, config(at), at);
  }
});

async function writeAll(run: {
  readonly runLog: RunLog;
  readonly catalog: Catalog;
  readonly runId: string;
  readonly directory: string;
}): Promise<void> {
  const { runLog, catalog, runId, directory } = run;
  await runLog.create({ runId, fact: "run" }, { createdAt: new Date().toISOString() });
  await runLog.create({ runId, fact: "claim", attempt: 1 }, {});
  await runLog.appendOutput({ runId, attempt: 1 }, { number: 1, text: "out\n" });
  const source = path.join(directory, "a.txt");
  await catalog.put(runId, [{ path: "a.txt", source }], { copy: true });
}
