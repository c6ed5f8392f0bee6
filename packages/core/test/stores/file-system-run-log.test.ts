import { chmod, readdir, readFile, rm, utimes } from "node:fs/promises";

import type { RunLog } from "@runnable/plugin";
import { describe, expect, it } from "vitest";

import fileSystemRunLog from "../../src/stores/file-system-run-log.ts";
import { temporaryDirectory } from "../temporary-directory.ts";
import { openStore } from "./open-store.ts";
import { describeRunLog } from "./run-log-contract.ts";

const module = new URL("../../src/stores/file-system-run-log.ts", import.meta.url).href;

describeRunLog("file-system", { module, config: () => ({}), shared: true });

describe("file-system run log", () => {
  it("lays records out for people to read", async () => {
    await using temporary = await temporaryDirectory();
    const runLog = await open(temporary.directory);

    await runLog.create({ runId: "run_1", fact: "run" }, { createdAt: "2026-11-25T08:03:17.123Z" });
    await runLog.create({ runId: "run_1", fact: "claim", attempt: 1 }, {});
    await runLog.appendOutput({ runId: "run_1", attempt: 1 }, { number: 1, text: "" });
    await runLog.storeId({ create: true });

    const all = await readdir(temporary.path(".run_log_store"), { recursive: true });
    expect(all.filter((path) => /\.\w+$|-run_1$|id$|ids\/.+$/.test(path)).toSorted()).toEqual([
      ".index",
      ".index/2026-11-25/08/03-17/123-run_1",
      ".index/ids/run_1",
      ".runnable",
      ".runnable/store-id",
      "run_1/attempts/1/claim.json",
      "run_1/attempts/1/output/00000001.ndjson",
      "run_1/run.json",
    ]);
    expect(await readFile(temporary.path(".run_log_store/run_1/run.json"), "utf8")).toContain(
      "\n  ",
    );
  });

  it("forgets a run that is removed, and no other; its id is free again", async () => {
    await using temporary = await temporaryDirectory();
    const runLog = await open(temporary.directory);
    const record = { createdAt: "2026-11-25T08:03:17.123Z" };
    for (const runId of ["run_1", "run_10"]) await runLog.create({ runId, fact: "run" }, record);
    await runLog.create({ runId: "run_1", fact: "claim", attempt: 1 }, {});

    await runLog.removeRun?.("run_1");
    await runLog.removeRun?.("run_2");

    const all = await readdir(temporary.directory, { recursive: true });
    expect(all.filter((path) => path.endsWith("run_1"))).toEqual([]);
    expect(await runLog.list({ limit: 5 })).toMatchObject([{ runId: "run_10" }]);
    expect(await runLog.create({ runId: "RUN_1", fact: "run" }, record)).toBe(true);
  });

  it("makes nothing before the first write", async () => {
    await using temporary = await temporaryDirectory();
    const runLog = await open(temporary.directory);

    await runLog.list({ limit: 5 });
    await runLog.storeId({ create: false });

    expect(await readdir(temporary.directory)).toEqual([]);
  });

  it("makes nothing for a run id that it refuses", async () => {
    await using temporary = await temporaryDirectory();
    const runLog = await open(temporary.directory);

    const creating = runLog.create({ runId: "../../escaped", fact: "run" }, {});

    await expect(creating).rejects.toMatchObject({ code: "RUN_ID_INVALID" });
    expect(await readdir(temporary.directory)).toEqual([]);
  });

  it("lists the same without its index, and without one run's directory", async () => {
    await using temporary = await temporaryDirectory();
    const runLog = await open(temporary.directory);
    for (const day of [1, 3, 2]) {
      const key = { runId: `r${day}`, fact: "run" } as const;
      await runLog.create(key, { createdAt: `2026-11-0${day}T00:00:00.000Z` });
    }
    const before = await runLog.list({ limit: 2 });

    await rm(temporary.path(".run_log_store/r2"), { recursive: true });
    const withoutRun = await runLog.list({ limit: 2 });
    await rm(temporary.path(".run_log_store/.index"), { recursive: true });
    const withoutIndex = await runLog.list({ limit: 2 });

    expect(before.map(({ runId }) => runId)).toEqual(["r3", "r2"]);
    expect(withoutRun.map(({ runId }) => runId)).toEqual(["r3", "r1"]);
    expect(withoutIndex).toEqual(withoutRun);
  });

  it("is not disturbed by strangers in its directories", async () => {
    await using temporary = await temporaryDirectory({
      ".run_log_store/notes.txt": "",
      ".run_log_store/r1/attempts/x/claim.json": "{}",
      ".run_log_store/.index/2026-11-25/08/03-17/junk": "",
      ".run_log_store/.index/2026-11-25/08/03-17/123-..": "",
      ".run_log_store/.index/2026-11-25/.DS_Store": "",
    });
    const runLog = await open(temporary.directory);

    await runLog.create({ runId: "r1", fact: "run" }, {});

    expect(await runLog.list({ limit: 9 })).toMatchObject([{ runId: "r1" }]);
    expect(await runLog.attempts("r1")).toEqual([]);
  });

  it("names the file that is damaged", async () => {
    await using temporary = await temporaryDirectory({ ".run_log_store/r1/run.json": `{"a": ` });
    const runLog = await open(temporary.directory);

    const reading = runLog.read({ runId: "r1", fact: "run" });

    await expect(reading).rejects.toMatchObject({
      code: "RECORD_UNREADABLE",
      message: expect.stringContaining(temporary.path(".run_log_store/r1/run.json")),
    });
  });

  it("removes what a crashed writer left, a day later", async () => {
    const leftover = ".run_log_store/.runnable/aside/run.json.tmp-0123456789abcdef";
    await using temporary = await temporaryDirectory({ [leftover]: `{"a": ` });
    await utimes(temporary.path(leftover), new Date(0), new Date(0));
    const runLog = await open(temporary.directory);

    await runLog.create({ runId: "r1", fact: "run" }, {});

    expect(await readdir(temporary.path(".run_log_store/.runnable/aside"))).toEqual([]);
  });

  it("says which directory can't be written, and why", async () => {
    await using temporary = await temporaryDirectory({ taken: "a file" });
    const runLog = await openStore<RunLog>(
      module,
      { log_folder: "taken/runs" },
      temporary.directory,
    );

    const writes = [
      () => runLog.create({ runId: "r1", fact: "run" }, {}),
      () => runLog.create({ runId: "r1", fact: "outcome" }, {}),
      () => runLog.replace({ runId: "r1", fact: "heartbeat", attempt: 1 }, {}),
      () => runLog.storeId({ create: true }),
    ];

    for (const write of writes) {
      await expect(write()).rejects.toMatchObject({
        code: "STORE_UNWRITABLE",
        exitCode: 78,
        message: expect.stringContaining(temporary.path("taken/runs")),
        hint: expect.stringContaining("run-log-store.config.log_folder"),
      });
    }
    expect(() => runLog.createSync?.({ runId: "r1", fact: "outcome" }, {})).toThrow(
      expect.objectContaining({ code: "STORE_UNWRITABLE" }),
    );
  });

  // Root may write anywhere.
  it.skipIf(process.getuid?.() === 0)("says so of a read-only directory too", async () => {
    await using temporary = await temporaryDirectory({ "runs/file": "" });
    await chmod(temporary.path("runs"), 0o555);
    const runLog = await openStore<RunLog>(module, { log_folder: "runs" }, temporary.directory);

    const creating = runLog.create({ runId: "r1", fact: "run" }, {});

    await expect(creating).rejects.toMatchObject({ code: "STORE_UNWRITABLE" });
  });

  it("needs its directory, and opens at the place where the job finds it", () => {
    const { needs, relocate } = fileSystemRunLog.definition;
    const config = { log_folder: "runs" };
    const [need] = needs(config, { baseDirectory: "/project" });

    const relocated = relocate(config, [
      {
        need: { ...need!, role: "run-log" },
        placement: { at: "path", path: "/mnt/runs", shared: true },
      },
    ]);

    expect(need).toMatchObject({ kind: "path", path: "/project/runs", access: "write" });
    expect(relocated).toEqual({ log_folder: "/mnt/runs" });
  });

  it.each([{ log_folder: "" }, { log_folder: 3 }, { log_foldr: "x" }])(
    "refuses the config %j",
    async (config) => {
      const { issues } = await fileSystemRunLog.definition.config["~standard"].validate(config);

      expect(issues).toHaveLength(1);
    },
  );
});

function open(directory: string): Promise<RunLog> {
  return openStore(module, {}, directory);
}
