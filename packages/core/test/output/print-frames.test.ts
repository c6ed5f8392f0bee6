import { Writable } from "node:stream";

import { describe, expect, it } from "vitest";

import type { Channel } from "../../src/output/frame.ts";
import { createFramePrinter } from "../../src/output/print-frames.ts";

function recorder(name: string, log: string[]): Writable {
  return new Writable({
    write(chunk: Buffer, _, done) {
      log.push(`${name}:${chunk.toString("latin1")}`);
      done();
    },
  });
}

function frameOf(channel: Channel, text: string, newline = true) {
  return { seq: 1, channel, bytes: Buffer.from(text, "latin1"), newline };
}

describe("createFramePrinter", () => {
  it("writes the job's bytes to both streams in their order, in few writes", async () => {
    const log: string[] = [];
    const printer = createFramePrinter({ stdout: recorder("o", log), stderr: recorder("e", log) });

    printer.print(frameOf("o", "a"));
    printer.print(frameOf("o", "\xff", false));
    printer.print(frameOf("p", "{}"));
    printer.print(frameOf("e", "oops"));
    printer.print(frameOf("o", "b"));
    await printer.flush();

    expect(log).toEqual(["o:a\n\xff", "e:oops\n", "o:b\n"]);
  });

  it("writes by itself when the event loop turns", async () => {
    const log: string[] = [];
    const printer = createFramePrinter({ stdout: recorder("o", log), stderr: recorder("e", log) });

    printer.print(frameOf("o", "a"));

    await expect.poll(() => log).toEqual(["o:a\n"]);
  });
});
