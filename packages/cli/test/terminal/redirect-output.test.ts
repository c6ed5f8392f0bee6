import { PassThrough } from "node:stream";

import { expect, it } from "vitest";

import { redirectOutput } from "../../src/terminal/redirect-output.ts";

it("sends what is written to one stream to another, until it ends", () => {
  const from = new PassThrough();
  const to = new PassThrough();

  const end = redirectOutput(from, to);
  from.write("first");
  end();
  from.write("second");

  expect(String(to.read())).toBe("first");
  expect(String(from.read())).toBe("second");
});

it("asks nobody to wait: the stream would never drain", () => {
  const from = new PassThrough({ highWaterMark: 1 });
  const to = new PassThrough({ highWaterMark: 1 });

  const end = redirectOutput(from, to);
  const accepted = from.write("more than one byte");
  end();

  expect(accepted).toBe(true);
});
