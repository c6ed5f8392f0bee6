import path from "node:path";

import { describe, expect, it } from "vitest";

import { compile, compilers, expectedProblems } from "../../../../test/support/type-fixtures.ts";

const fixtures = path.join(import.meta.dirname, "fixtures");

describe.each(compilers)("%s", (compiler) => {
  it("rejects each misuse of the contract, in words that explain it", async () => {
    const [expected, found] = await Promise.all([
      expectedProblems(fixtures),
      compile(compiler, fixtures),
    ]);

    expect(found.map(({ place }) => place)).toEqual(expected.map(({ place }) => place));
    for (const [index, { message }] of found.entries()) {
      expect(message).toContain(expected[index]?.message);
    }
  });
});
