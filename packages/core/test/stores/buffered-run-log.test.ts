import { describe, expect, it } from "vitest";

import bufferedRunLog from "../../src/stores/buffered-run-log.ts";
import { describeRunLog } from "./run-log-contract.ts";

const store = {
  module: new URL("../../src/stores/buffered-run-log.ts", import.meta.url).href,
  config: () => ({}),
  shared: false,
};

describeRunLog("buffered", store);

describe("buffered", () => {
  it("needs the memory of the submitter, so that no job elsewhere can use it", () => {
    const { needs } = bufferedRunLog.definition;

    expect(needs({}, { baseDirectory: "/project" })).toMatchObject([
      { id: "run-log", access: "write", kind: "memory" },
    ]);
  });

  it("gives no hold on what it keeps", async () => {
    const runLog = await bufferedRunLog.definition.open(
      {},
      { baseDirectory: "/", credentials: {} },
    );
    const value = { list: [1] };
    const key = { runId: "a", fact: "run" } as const;
    await runLog.create(key, value);

    value.list.push(2);

    expect(await runLog.read(key)).toEqual({ list: [1] });
  });
});
