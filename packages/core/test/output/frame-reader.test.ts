import { createHash } from "node:crypto";

import { describe, expect, it } from "vitest";

import { createFrameReader } from "../../src/output/frame-reader.ts";
import { createFrameWriter } from "../../src/output/frame-writer.ts";
import { randomChunks, randomOutput, seededRandom } from "./seeded-random.ts";

function readerOf() {
  const given: string[] = [];
  const reader = createFrameReader({
    onFrame: (frame) => {
      given.push(
        `${frame.channel}:${Buffer.from(frame.bytes).toString()}${frame.newline ? "" : "+"}`,
      );
    },
  });
  return { reader, given, push: (text: string) => reader.push(Buffer.from(text)) };
}

describe("createFrameReader", () => {
  it("gives frames whose lines come in pieces", () => {
    const { given, push } = readerOf();

    for (const character of "1 o hello\n2 e64+ //4=\n3 e x\n") push(character);

    expect(given).toEqual(["o:hello", `e:${Buffer.from([0xff, 0xfe]).toString()}+`, "e:x"]);
  });

  it("drops doubles, and what was left of a line, when the stream begins again", () => {
    const { reader, given, push } = readerOf();

    push("1 o a\n2 o b\n3 o cu");
    reader.restart();
    push("2 o b\n3 o cut\n");

    expect(given).toEqual(["o:a", "o:b", "o:cut"]);
    expect(reader.gaps()).toEqual([]);
  });

  it("reports gaps, and gives a frame late that fills one", () => {
    const { reader, given, push } = readerOf();

    push("2 o b\n6 o f\n");
    expect(reader.gaps()).toEqual([
      { from: 1, to: 1 },
      { from: 3, to: 5 },
    ]);
    reader.restart();
    push("1 o a\n4 o d\n6 o f\n");

    expect(given).toEqual(["o:b", "o:f", "o:a", "o:d"]);
    expect(reader.gaps()).toEqual([
      { from: 3, to: 3 },
      { from: 5, to: 5 },
    ]);
  });

  it.each([
    "Killed",
    "slurmstepd: error",
    "0 o zero",
    "1 q what",
    "1 o",
    "1o x",
    "1 o64x a",
    "-1 o a",
  ])("takes %j for a word of the platform", (line) => {
    const { reader, given, push } = readerOf();

    push(`${line}\n1 o a\n`);

    expect(reader.foreign()).toEqual([line]);
    expect(given).toEqual(["o:a"]);
  });

  it("keeps the newest 50 foreign lines, at most 8 KiB, each once", () => {
    const { reader, push } = readerOf();

    for (let n = 0; n < 60; n += 1) push(`line ${n}\n`);
    reader.restart();
    for (let n = 50; n < 60; n += 1) push(`line ${n}\n`);
    expect(reader.foreign()).toHaveLength(50);
    expect(reader.foreign().at(-1)).toBe("line 59");
    push(`${"w".repeat(100_000)}\n`);

    expect(Buffer.byteLength(reader.foreign().join(""))).toBeLessThanOrEqual(8 * 1024);
  });

  it("takes a last line without newline for a foreign one, but no torn frame", () => {
    const { reader, push } = readerOf();

    push("Killed");
    reader.end();
    push("7 o tor");
    reader.end();

    expect(reader.foreign()).toEqual(["Killed"]);
  });

  it("goes on with frames after an endless line that is none", () => {
    const { reader, given, push } = readerOf();

    for (let n = 0; n < 100; n += 1) push("x".repeat(10_000));
    push("\n1 o a\n");

    expect(given).toEqual(["o:a"]);
    expect(reader.bytesTaken()).toBe(100 * 10_000 + 1 + "1 o a\n".length);
  });

  it("counts bytes up to the end of the newest frame, repeated ones once", () => {
    const { reader, push } = readerOf();
    const first = "hello\n1 o a\n2 o b\n";

    push(`${first}platform\n3 o c`);
    expect(reader.bytesTaken()).toBe(first.length);
    reader.restart();
    push("1 o a\n2 o b\nplatform\n3 o c\nbye\n");

    expect(reader.bytesTaken()).toBe(`${first}platform\n3 o c\n`.length);
  });

  it("keeps the text of the receipt, joined from its parts across a cut", () => {
    const { reader, given, push } = readerOf();

    push('1 x+ {"a":\n2 x+ [1,');
    reader.restart();
    push("2 x+ [1,\n3 x 2]}\n");

    expect(reader.receipt()).toBe('{"a":[1,2]}');
    expect(given).toEqual(['x:{"a":[1,2]}']);
  });

  it("has no receipt when its first part never came", () => {
    const { reader, push } = readerOf();

    push("2 x+ [1,\n3 x 2]}\n");

    expect(reader.receipt()).toBeUndefined();
  });

  it.each(Array.from({ length: 30 }, (_, index) => index + 1))(
    "gives the bytes that went in, through random chunks, cuts and repetitions (seed %i)",
    (seed) => {
      const random = seededRandom(seed);
      const output = { o: randomOutput(random, 150_000), e: randomOutput(random, 30_000) };
      const log = frameOutput(output, random);

      const digests = readWithCuts(log, random);

      expect(digests).toEqual({ o: sha256(output.o), e: sha256(output.e) });
    },
  );
});

function frameOutput(
  output: { readonly o: Buffer; readonly e: Buffer },
  random: () => number,
): Buffer {
  const lines: Buffer[] = [];
  const writer = createFrameWriter({
    write: (written) => {
      lines.push(Buffer.from(written));
    },
  });
  const streams = { o: writer.stream("o"), e: writer.stream("e") };
  const errors = randomChunks(random, output.e);
  for (const chunk of randomChunks(random, output.o)) {
    streams.o.push(chunk);
    const error = errors.next();
    if (error.done !== true) streams.e.push(error.value);
  }
  for (const chunk of errors) streams.e.push(chunk);
  streams.o.end();
  streams.e.end();
  return Buffer.concat(lines);
}

/** Reads the log as an executor that resumes by bytes, by an earlier line, or from the start. */
function readWithCuts(
  log: Buffer,
  random: () => number,
): { readonly o: string; readonly e: string } {
  const hashes = { o: createHash("sha256"), e: createHash("sha256") };
  const reader = createFrameReader({
    onFrame: ({ channel, bytes, newline }) => {
      if (channel !== "o" && channel !== "e") return;
      hashes[channel].update(bytes).update(newline ? "\n" : "");
    },
  });
  for (let cuts = 0; cuts < 8; cuts += 1) {
    const from =
      random() < 0.5 ? reader.bytesTaken() : earlierLine(log, reader.bytesTaken(), random);
    const to = from + Math.floor(random() * (log.length - from));
    for (const chunk of randomChunks(random, log.subarray(from, to))) reader.push(chunk);
    reader.restart();
  }
  reader.push(log.subarray(reader.bytesTaken()));
  return { o: hashes.o.digest("hex"), e: hashes.e.digest("hex") };
}

function earlierLine(log: Buffer, before: number, random: () => number): number {
  return log.lastIndexOf(10, Math.floor(random() * before)) + 1;
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
