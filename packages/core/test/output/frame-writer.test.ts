import { setTimeout as delay } from "node:timers/promises";

import { describe, expect, it } from "vitest";

import { createFrameWriter, type FrameWriterOptions } from "../../src/output/frame-writer.ts";
import { createRedactor } from "../../src/output/redactor.ts";

function collect(options: FrameWriterOptions = {}) {
  const written: Buffer[] = [];
  const writer = createFrameWriter({
    ...options,
    write: (lines) => {
      written.push(Buffer.from(lines));
    },
  });
  return { writer, text: () => Buffer.concat(written).toString("latin1") };
}

describe("createFrameWriter", () => {
  it("writes a numbered line for each line of both channels, in the order of the chunks", () => {
    const { writer, text } = collect();
    const stdout = writer.stream("o");
    const stderr = writer.stream("e");

    stdout.push(Buffer.from("a\nb"));
    stderr.push(Buffer.from("oops\n"));
    stdout.push(Buffer.from("c\n\n"));

    expect(text()).toBe("1 o a\n2 e oops\n3 o bc\n4 o \n");
  });

  it.each([
    ["bytes that are no UTF-8", [0xff, 0xfe, 0x0a], "1 o64 //4=\n"],
    ["a carriage return", [0x61, 0x0d, 0x0a], "1 o64 YQ0=\n"],
    ["a NUL", [0x00, 0x0a], "1 o64 AA==\n"],
    ["an escape sequence, as it is", [0x1b, 0x5b, 0x6d, 0x0a], "1 o \u001b[m\n"],
  ])("writes %s so that it survives", (_, bytes, expected) => {
    const { writer, text } = collect();

    writer.stream("o").push(Uint8Array.from(bytes));

    expect(text()).toBe(expected);
  });

  it("writes a long line in parts, each line at most 16 KiB, cut between characters", () => {
    const { writer, text } = collect();

    writer.stream("o").push(Buffer.from(`a${"é".repeat(20_000)}\n`));

    const lines = Buffer.from(text(), "latin1").toString().trimEnd().split("\n");
    expect(lines.map((line) => line.split(" ")[1])).toEqual(["o+", "o+", "o"]);
    expect(lines.map((line) => line.split(" ")[2]).join("")).toBe(`a${"é".repeat(20_000)}`);
    expect(Math.max(...lines.map((line) => Buffer.byteLength(line)))).toBeLessThan(16 * 1024);
  });

  it("marks what is left at the end as a part", () => {
    const { writer, text } = collect();
    const stream = writer.stream("o");

    stream.push(Buffer.from("no newline"));
    stream.end();

    expect(text()).toBe("1 o+ no newline\n");
  });

  it("writes a line that stays without newline as a part, up to a whole character", async () => {
    const { writer, text } = collect();
    const stream = writer.stream("o");

    stream.push(Buffer.from([0x35, 0x30, 0x25, 0xc3]));
    await expect.poll(text).toBe("1 o+ 50%\n");
    stream.push(Buffer.from([0xa9, 0x0a]));

    expect(Buffer.from(text(), "latin1").toString()).toBe("1 o+ 50%\n2 o é\n");
  });

  it("writes events as JSON in the same order, long ones in parts", () => {
    const { writer, text } = collect();

    writer.stream("o").push(Buffer.from("a\n"));
    writer.event("p", { done: 1 });
    writer.event("x", { returns: "r".repeat(17_000) });

    expect(text()).toMatch(/^1 o a\n2 p \{"done":1\}\n3 x\+ \{"returns":"r+\n4 x r+"\}\n$/);
  });

  it("redacts a secret that comes in two chunks", () => {
    const { writer, text } = collect({ redact: createRedactor({ TOKEN: "s3cret-token" }) });
    const stream = writer.stream("o");

    stream.push(Buffer.from("token s3cret"));
    stream.push(Buffer.from("-token!\n"));

    expect(text()).toBe("1 o token ***!\n");
  });

  it("waits until a slow receiver has taken everything", async () => {
    let taken = 0;
    const writer = createFrameWriter({
      write: async () => {
        await delay(1);
        taken += 1;
      },
    });
    const stream = writer.stream("o");

    for (let line = 0; line < 10; line += 1) stream.push(Buffer.from("x\n"));
    await writer.drained();

    expect(taken).toBe(10);
  });

  it("tells the observer of frames what it writes", () => {
    const seen: string[] = [];
    const writer = createFrameWriter({
      onFrame: (frame) => {
        seen.push(`${frame.seq} ${frame.channel} ${Buffer.from(frame.bytes).toString()}`);
      },
    });

    writer.stream("e").push(Buffer.from("one\ntwo\n"));

    expect(seen).toEqual(["1 e one", "2 e two"]);
  });

  it("frames 100,000 lines in less than half a second", () => {
    const { writer } = collect();
    const stream = writer.stream("o");
    const chunk = Buffer.from("a line of the output of a job\n".repeat(1000));

    const started = performance.now();
    for (let n = 0; n < 100; n += 1) stream.push(chunk);

    expect(performance.now() - started).toBeLessThan(500);
  });
});
