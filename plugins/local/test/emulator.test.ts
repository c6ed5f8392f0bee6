import type { Need, PlaceContext } from "@runnable/plugin";
import { describe, expect, it } from "vitest";

import { emulatorConfig, type EmulatorConfig } from "../src/emulator-config.ts";
import emulator from "../src/emulator.ts";
import { processExecutor } from "../src/process-executor.ts";

const { place } = emulator.definition;

const runLog: Need = {
  id: "run-log",
  role: "run-log",
  access: "write",
  kind: "path",
  what: "directory",
  path: "/data/runs",
};
const memory: Need = { id: "run-log", role: "run-log", access: "write", kind: "memory" };

function contextOf(storage: EmulatorConfig["storage"]): PlaceContext<unknown> {
  const config = { storage, code: "bundle", mock: false };
  return { config, runId: "r1", attempt: 1, name: "rn-r1-a1", projectDirectory: "/project" };
}

async function issuesOf(config: object): Promise<readonly string[]> {
  const result = await emulatorConfig["~standard"].validate(config);
  return (result.issues ?? []).map(({ path = [] }) => path.map(String).join("."));
}

describe("storage on disk, seen from the emulated platform", () => {
  it.each([
    ["same-path", { at: "path", path: "/data/runs", shared: true }],
    ["separate", { at: "path", path: "/project/.runnable/emulator/run-log", shared: false }],
    ["mounted", { at: "path", shared: "verify", spec: { link: "/data/runs" } }],
    ["broken-mount", { at: "path", shared: "verify", spec: { empty: true } }],
    ["relay", { at: "relay" }],
  ] as const)("%s", (storage, placement) => {
    expect(place(runLog, contextOf(storage))).toMatchObject(placement);
  });
});

it("a store in memory is refused, unless its records are relayed", () => {
  expect(place(memory, contextOf("same-path"))).toHaveProperty("remedy");
  expect(place(memory, contextOf("relay"))).toEqual({ at: "relay" });
  expect(processExecutor.definition.place(memory, contextOf("same-path"))).toHaveProperty("remedy");
});

it("secret values travel in a file of the attempt, which both sides do not share", () => {
  const need: Need = {
    id: "secrets",
    role: "secrets",
    access: "read",
    kind: "values",
    names: ["A"],
  };

  expect(place(need, contextOf("same-path"))).toMatchObject({
    at: "path",
    path: expect.stringMatching(/\/rn-r1-a1\/secrets\.json$/),
    shared: false,
  });
});

describe("the config", () => {
  it.each([
    [{}, []],
    [{ code: "image", image: "./image" }, []],
    [{ code: "image" }, ["image"]],
    [{ image: "./image" }, ["image"]],
    [{ storage: "somewhere" }, ["storage"]],
  ])("%j has issues at %j", async (config, paths) => {
    expect(await issuesOf(config)).toEqual(paths);
  });
});
