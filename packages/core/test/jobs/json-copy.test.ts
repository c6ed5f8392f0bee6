import { runInNewContext } from "node:vm";

import { describe, expect, it } from "vitest";

import { jsonCopy } from "../../src/jobs/json-copy.ts";

class Model {
  readonly weights = [1];
}
const cyclic: { self?: unknown } = {};
cyclic.self = { inside: [cyclic] };
let deep: unknown = 1;
for (let depth = 0; depth < 10_000; depth += 1) deep = [deep];

describe("a value that is JSON", () => {
  const shared = { a: 1 };

  it.each([
    ["of every kind", { a: null, b: true, c: "é", d: 1.5, e: [{}, []] }],
    ["with an object twice, which is no cycle", { one: shared, two: [shared, shared] }],
    ["without a prototype", Object.assign(Object.create(null) as object, { a: 1 })],
    ["with a key __proto__", JSON.parse(`{ "__proto__": { "a": 1 } }`) as unknown],
    ["from another realm", runInNewContext(`({ a: [1] })`) as unknown],
  ])("%s is copied", (_, value) => {
    const { value: copied } = jsonCopy(value, "returns");

    expect(JSON.stringify(copied)).toBe(JSON.stringify(value));
    expect(copied).not.toBe(value);
  });

  it("loses the keys whose value is undefined", () => {
    expect(jsonCopy({ a: undefined, b: 1 }, "returns").value).toEqual({ b: 1 });
  });
});

describe("a value that is no JSON", () => {
  it.each([
    ["NaN", { model: { weights: [1, 2, 3, Number.NaN] } }, "returns.model.weights[3] is NaN"],
    ["infinity", { a: Number.POSITIVE_INFINITY }, "returns.a is Infinity"],
    ["a bigint", { a: 3n }, "returns.a is the bigint 3n"],
    ["a function", { a: () => 1 }, "returns.a is a function"],
    ["a symbol", { a: Symbol("x") }, "returns.a is a symbol"],
    ["a date", { "end time": new Date(0) }, `returns["end time"] is a Date`],
    ["a map", { a: new Map() }, "returns.a is a Map"],
    ["a typed array", { a: Float32Array.of(1) }, "returns.a is a Float32Array"],
    ["an instance", { a: [new Model()] }, "returns.a[0] is a Model"],
    ["a hole in a list", { a: [, 1] }, "returns.a[0] is undefined"], // oxlint-disable-line no-sparse-arrays
    ["a cycle", cyclic, "returns.self.inside[0] holds itself"],
    ["depth that would overflow the stack", { deep }, "is nested too deep"],
  ])("is told by its key: %s", (_, value, words) => {
    expect(jsonCopy(value, "returns").problem).toContain(words);
  });
});

it("copies a million numbers in less than a second", () => {
  const value = { weights: Array.from({ length: 1_000_000 }, (_, index) => index) };
  const started = performance.now();

  jsonCopy(value, "returns");

  expect(performance.now() - started).toBeLessThan(1000);
});
