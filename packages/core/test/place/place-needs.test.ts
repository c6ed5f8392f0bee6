import type { Need, PlaceContext, Placed, Placement, Refusal } from "@runnable/plugin";
import { describe, expect, it } from "vitest";

import { placeNeeds } from "../../src/place/place-needs.ts";
import { runLogOwner } from "../../src/place/run-log-owner.ts";
import { refusalsOf, StorageRefused } from "../../src/place/storage-refused.ts";

const ctx: PlaceContext<unknown> = {
  config: {},
  runId: "run-1",
  attempt: 1,
  name: "rn-run-1-a1",
  projectDirectory: "/project",
};
const runLog: Need = {
  id: "run-log",
  role: "run-log",
  access: "write",
  kind: "path",
  path: "/runs",
  what: "directory",
};
const catalog: Need = { ...runLog, id: "catalog", role: "catalog", path: "/files" };
const payload: Need = { id: "payload", role: "code", access: "read", kind: "files", bytes: 1 };
const secrets: Need = {
  id: "secrets",
  role: "secrets",
  access: "read",
  kind: "values",
  names: ["TOKEN"],
};
const refusal: Refusal = { refuse: "no disk there", remedy: "Use a store with an address." };

describe("placing needs", () => {
  it("collects every refusal", () => {
    const { placed, refused } = placeNeeds(
      { place: () => refusal },
      [runLog, catalog, payload],
      ctx,
    );

    expect(placed).toEqual([]);
    expect(refused.map(({ need }) => need.id)).toEqual(["run-log", "catalog", "payload"]);
  });

  it.each<[string, Need, Placement]>([
    ["a directory on the standard input", runLog, { at: "stdin" }],
    ["a payload without a directory", payload, { at: "relay" }],
    ["catalog files without a way back", catalog, { at: "relay" }],
  ])("refuses %s", (_, need, placement) => {
    const { placed, refused } = placeNeeds({ place: () => placement }, [need], ctx);

    expect(placed).toEqual([]);
    expect(refused).toHaveLength(1);
  });

  it.each<[string, Need, Placement, object]>([
    ["secret values on the standard input", secrets, { at: "stdin" }, {}],
    ["catalog files with a way back", catalog, { at: "relay" }, { collectFiles: async () => {} }],
    [
      "a catalog that is only read, at a relay",
      { ...catalog, access: "read" },
      { at: "relay" },
      {},
    ],
  ])("takes %s", (_, need, placement, more) => {
    const { refused } = placeNeeds({ place: () => placement, ...more }, [need], ctx);

    expect(refused).toEqual([]);
  });
});

describe("the owner of the run log", () => {
  it.each<[string, readonly Placement[]]>([
    ["submitter", [{ at: "path", path: "/runs", shared: true }]],
    ["submitter", [{ at: "path", path: "/mnt/runs", shared: "verify" }]],
    ["submitter", []],
    ["job", [{ at: "path", path: "/runs", shared: false }]],
    [
      "job",
      [
        { at: "path", path: "/runs", shared: true },
        { at: "endpoint", url: "http://x", shared: false },
      ],
    ],
    ["relay", [{ at: "relay" }]],
    ["relay", [{ at: "path", path: "/runs", shared: true }, { at: "relay" }]],
  ])("is the %s for %j", (owner, placements) => {
    const placed: readonly Placed[] = placements.map((placement) => ({ need: runLog, placement }));

    expect(runLogOwner(placed)).toBe(owner);
  });

  it("does not depend on the catalog", () => {
    expect(runLogOwner([{ need: catalog, placement: { at: "relay" } }])).toBe("submitter");
  });
});

it("a refusal names section, store, need, reason and remedy of each", () => {
  const section = { type: "file-system", config: {}, at: ["run-log-store"] };
  const refused = [
    { need: runLog, ...refusal },
    { need: payload, ...refusal },
  ];

  const refusals = refusalsOf(refused, { "run-log": section });

  expect(refusals).toMatchObject([
    { section: "run-log-store", store: "file-system", need: "directory /runs" },
    { section: "job", store: "code" },
  ]);
  expect(new StorageRefused("my-platform", refusals).message).toContain("no disk there");
});
