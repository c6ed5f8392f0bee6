import { PassThrough, Writable } from "node:stream";
import { setImmediate as nextTurn } from "node:timers/promises";

import { expect, it } from "vitest";

import { createStreamSink, streamDrained } from "../../src/output/stream-sink.ts";

it("gives a promise while the stream is full, which resolves once it has drained", async () => {
  const stream = new PassThrough({ highWaterMark: 4 });
  const write = createStreamSink(stream);

  const full = write(Buffer.from("hello"));

  expect(await Promise.race([full, nextTurn("waits")])).toBe("waits");
  stream.resume();
  expect(await full).toBeUndefined();
});

it("goes on when the reader has gone away", async () => {
  const stream = new Writable({
    highWaterMark: 1,
    write: (_chunk, _encoding, done) => done(new Error("EPIPE")),
  });
  const write = createStreamSink(stream);

  await write(Buffer.from("one"));
  await write(Buffer.from("two"));

  expect(stream.destroyed).toBe(true);
});

it("waits for no stream whose reader is gone, though it stays full, as standard streams do", async () => {
  const stream = new Writable({
    autoDestroy: false,
    highWaterMark: 1,
    write: (_chunk, _encoding, done) => void setImmediate(done, new Error("EPIPE")),
  });
  await createStreamSink(stream)(Buffer.from("one"));

  await streamDrained(stream);

  expect(stream.writableNeedDrain).toBe(true);
  expect(stream.destroyed).toBe(false);
});
