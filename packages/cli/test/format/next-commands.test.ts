import { describe, expect, it } from "vitest";

import { formatSubmitted } from "../../src/format/format-submitted.ts";
import { nextCommands } from "../../src/format/next-commands.ts";
import { context, runId, succeeded } from "./example-run.ts";

describe("nextCommands", () => {
  it("name the configuration that the run had, and what the job was given", () => {
    const job = "train.job.ts -p 'note=a b' -c prod.yaml";
    const given = { ...context, runId, job, options: "-c prod.yaml" };

    const commands = nextCommands(succeeded, given).map(([command]) => command);

    expect(commands).toEqual([
      `runnable runs show ${runId} -c prod.yaml`,
      `runnable catalog get ${runId} -c prod.yaml --to out`,
      "runnable run train.job.ts -p 'note=a b' -c prod.yaml -e emulator",
    ]);
  });

  it("propose another place only after a run in this process", () => {
    const commands = nextCommands(succeeded, { ...context, runId, executor: "my-platform" });

    expect(commands.map(([command]) => command).join("\n")).not.toContain("emulator");
  });
});

describe("nextCommands after a run that was lost", () => {
  it("propose another attempt: nothing of it lives", () => {
    const lost = { ...succeeded, status: "lost" } as const;

    const commands = nextCommands(lost, { ...context, runId }).map(([command]) => command);

    expect(commands).toEqual([`runnable logs ${runId}`, `runnable retry ${runId}`]);
  });
});

describe("formatSubmitted", () => {
  it("tells how to follow and to stop the run", () => {
    const text = formatSubmitted({ ...context, runId: "mine", options: "-c prod.yaml" });

    expect(text).toBe(`● train was submitted to local

  next
    runnable attach mine -c prod.yaml   follow it to its end
    runnable logs mine -c prod.yaml -f  its output
    runnable cancel mine -c prod.yaml   stop it
`);
  });
});
