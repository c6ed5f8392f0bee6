import { hostname } from "node:os";

import type { Catalog } from "@runnable/plugin";
import { expect, it } from "vitest";

import { proveStorage } from "../../src/execute/prove-storage.ts";
import { submissionOf } from "../../src/execute/submission-of.ts";
import { sha256File } from "../../src/files/sha256-file.ts";
import { memoryRecords, runId, runRecord } from "../memory-records.ts";
import { temporaryDirectory } from "../temporary-directory.ts";

const args = { job: "job.ts", runId, config: undefined, parameters: undefined };
const submission = { ...submissionOf({}, args), owner: "submitter" as const, nonce: "nonce" };
const nothing = { runLog: undefined, catalog: undefined };

it("takes a run log that holds the submitter's nonce", async () => {
  const runLog = await memoryRecords();
  await runLog.records.createRun(runRecord({ nonce: "nonce" }));

  await proveStorage({ ...nothing, submission, runId, runLog });

  expect(await runLog.records.attempts()).toEqual([]);
});

it.each([
  ["no run of that id", undefined],
  ["another run of that id", runRecord({ nonce: "another" })],
])("refuses a run log with %s, and says where", async (_, record) => {
  const runLog = await memoryRecords();
  if (record) await runLog.records.createRun(record);

  const proving = proveStorage({ ...nothing, submission, runId, runLog });

  await expect(proving).rejects.toMatchObject({ code: "STORAGE_NOT_SHARED", exitCode: 78 });
  await expect(proving).rejects.toThrow(hostname());
});

it.each([undefined, "another"])("refuses a catalog whose id is %s", async (found) => {
  const catalog = { location: "directory /data", storeId: async () => found } as unknown as Catalog;
  const proof = { catalogStoreId: "ours" };

  const proving = proveStorage({
    ...nothing,
    submission: { ...submission, proof },
    runId,
    catalog,
  });

  await expect(proving).rejects.toMatchObject({ code: "STORAGE_NOT_SHARED" });
});

it("knows a read-only directory by the bytes of one of its files", async () => {
  await using files = await temporaryDirectory({ "package.json": "{}" });
  const path = files.path("package.json");
  const digest = await sha256File(path);
  const proven = (wanted: string) =>
    proveStorage({
      ...nothing,
      submission: { ...submission, proof: { files: [{ need: "project", path, digest: wanted }] } },
      runId,
    });

  await proven(digest);

  await expect(proven("sha256:00")).rejects.toMatchObject({ code: "STORAGE_NOT_SHARED" });
});
