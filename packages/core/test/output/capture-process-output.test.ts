import { execFile } from "node:child_process";
import { promisify } from "node:util";

import { expect, it } from "vitest";

const execute = promisify(execFile);
const module = new URL("../../src/output/capture-process-output.ts", import.meta.url).href;

it("sees what the process writes, while it passes, until it is released", async () => {
  const program = `
    import { captureProcessOutput } from ${JSON.stringify(module)};
    const seen = [];
    const captured = captureProcessOutput({
      onOutput: (channel, bytes) => seen.push(channel + Buffer.from(bytes).toString("hex")),
      redact: () => ({ push: (bytes) => bytes, end: () => new Uint8Array() }),
    });
    console.log("hé");
    process.stdout.write("ff", "hex");
    process.stderr.write(Uint8Array.of(0x65, 0x0a));
    let refusal;
    try { process.stdout.write(5); } catch (error) { refusal = error.code; }
    await new Promise((resolve) => process.stdout.write("cb", resolve));
    captured.release();
    process.stdout.write("\\n");
    console.log(JSON.stringify({ seen, refusal, returned: process.stdout.write("") }));
  `;

  const { stdout, stderr } = await execute(
    process.execPath,
    ["--input-type=module", "-e", program],
    {
      encoding: "latin1",
    },
  );

  const lines = stdout.split("\n");
  expect(lines.slice(0, 2)).toEqual([Buffer.from("hé").toString("latin1"), "\xffcb"]);
  expect(stderr).toBe("e\n");
  expect(JSON.parse(lines[2] ?? "")).toEqual({
    seen: ["o68c3a90a", "off", "e650a", "o6362"],
    refusal: "ERR_INVALID_ARG_TYPE",
    returned: true,
  });
});

it("shows and gives no secret, also one in two writes; what was held back comes with the end", async () => {
  const redactor = new URL("../../src/output/redactor.ts", import.meta.url).href;
  const program = `
    import { captureProcessOutput } from ${JSON.stringify(module)};
    import { createRedactor } from ${JSON.stringify(redactor)};
    const seen = [];
    const captured = captureProcessOutput({
      onOutput: (channel, bytes) => seen.push(Buffer.from(bytes).toString()),
      redact: createRedactor({ TOKEN: "hunter22" }).stream,
    });
    process.stdout.write("a hunt");
    process.stdout.write("er22 b\\n");
    process.stdout.write("c hunt");
    captured.release();
    console.log("\\n" + JSON.stringify(seen.join("")));
  `;

  const { stdout } = await execute(process.execPath, ["--input-type=module", "-e", program]);

  expect(stdout).toBe(`a *** b\nc hunt\n"a *** b\\nc hunt"\n`);
});
