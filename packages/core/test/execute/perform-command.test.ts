import { existsSync } from "node:fs";

import { describe, expect, it } from "vitest";

import { performJob } from "../../src/execute/perform.ts";
import { scriptJob } from "../../src/jobs/script-job.ts";
import { shellJob } from "../../src/jobs/shell-job.ts";
import { temporaryProject } from "../jobs/temporary-project.ts";
import { perform, surroundings } from "./surroundings.ts";

/** Text that breaks whatever quotes or splits. */
const nasty = ` 'a' "b" $(touch pwned) \`x\` $HOME \\ é\n#&;|*`;

describe("a command", () => {
  it("finds its parameters in variables and in a file, secrets under their names", async () => {
    const command = `printf '%s|' "$RUNNABLE_PRM_text" "$RUNNABLE_PRM_list" "$TOKEN" "$RUNNABLE_RUN_ID" "$RUNNABLE_ATTEMPT"; cat "$RUNNABLE_PARAMETERS"`;
    const parameters = { text: nasty, list: [1, "é"] };

    const { stdout } = await perform(shellJob({ command }), {
      parameters,
      secrets: { TOKEN: nasty },
    });

    expect(stdout).toBe(`${nasty}|[1,"é"]|${nasty}|run|1|${JSON.stringify(parameters)}\n`);
  });

  it("does not see the parameters of a run around it", async () => {
    const env = {
      PATH: process.env["PATH"],
      RUNNABLE_PRM_outer: "1",
      RUNNABLE_PARAMETERS_FILE: "3",
      OTHER: "2",
    };

    const { stdout } = await perform(
      shellJob({ command: `echo "[$RUNNABLE_PRM_outer$RUNNABLE_PARAMETERS_FILE$OTHER]"` }),
      {
        env,
      },
    );

    expect(stdout).toBe("[2]\n");
  });

  it("finds a parameter that is too large for a variable in the file", async () => {
    const command = `echo "\${#RUNNABLE_PRM_small} [$RUNNABLE_PRM_large]"; wc -c < "$RUNNABLE_PARAMETERS"`;

    const { stdout } = await perform(shellJob({ command }), {
      parameters: { small: "x".repeat(60_000), large: "x".repeat(300_000) },
    });

    expect(stdout).toMatch(/^60000 \[\]\s+3600\d\d\n$/);
  });

  it.each([
    [
      "lines",
      `echo "accuracy=0.5" >> "$RUNNABLE_OUTPUT"; printf 'name=a=b c\\n\\nlist=[1]\\naccuracy=0.9\\n' >> "$RUNNABLE_OUTPUT"`,
      { accuracy: 0.9, name: "a=b c", list: [1] },
    ],
    [
      "a JSON object",
      `echo '{ "accuracy": 0.9, "deep": {"a": null} }' > "$RUNNABLE_OUTPUT"`,
      { accuracy: 0.9, deep: { a: null } },
    ],
    ["nothing", `export accuracy=1`, {}],
    ["nothing, the file being gone", `rm "$RUNNABLE_OUTPUT"`, {}],
  ])("returns %s through a file", async (_, command, returns) => {
    const result = await perform(shellJob({ command }));

    expect(result).toMatchObject({ status: "succeeded", exitCode: 0, returns });
    expect(result.metrics).toEqual("accuracy" in returns ? { accuracy: returns.accuracy } : {});
  });

  it.each([
    ["a line without =", `printf 'a=1\\nwhat\\n' > "$RUNNABLE_OUTPUT"`, "line 2"],
    ["broken JSON", `echo '{ a' > "$RUNNABLE_OUTPUT"`, "no JSON object"],
  ])("fails when it returns %s", async (_, command, words) => {
    const result = await perform(shellJob({ command }));

    expect(result).toMatchObject({
      status: "failed",
      error: { name: "RETURNS_NOT_JSON", message: expect.stringContaining(words) },
    });
  });

  it("fails when a declared return never came, a failing line or comment at its end notwithstanding", async () => {
    const command = `echo "a=1" >> "$RUNNABLE_OUTPUT"; exit 0 # done`;

    const result = await perform(shellJob({ command, returns: ["a", "b"] }));

    expect(result).toMatchObject({
      status: "failed",
      error: { name: "RETURNS_MISSING" },
      returns: { a: 1 },
    });
    expect(result.error?.message).toContain("did not return b");
  });

  it("may have many lines", async () => {
    const command = `set -e\nif true; then\n  echo "one" # comment\nfi\ncat <<END\ntwo\nEND`;

    expect((await perform(shellJob({ command }))).stdout).toBe("one\ntwo\n");
  });

  it("keeps its output apart by channel, while it runs", async () => {
    const seen: string[] = [];
    const job = shellJob({
      command: `echo out; echo err >&2; while [ ! -e "$GO" ]; do sleep 0.01; done; echo end`,
    });
    await using project = await temporaryProject({});
    const go = project.path("go");

    const running = performJob({
      ...surroundings(),
      job,
      env: { PATH: process.env["PATH"], GO: go },
      onOutput: async (channel, chunk) => {
        seen.push(`${channel}:${Buffer.from(chunk).toString()}`);
        const { writeFile } = await import("node:fs/promises");
        if (seen.length === 2) await writeFile(go, "");
      },
    });

    expect(await running).toMatchObject({ status: "succeeded" });
    expect(seen.toSorted()).toEqual(["e:err\n", "o:end\n", "o:out\n"]);
  });

  it("loses nothing of 50 MB of binary output without a newline", async () => {
    let bytes = 0;

    await performJob({
      ...surroundings(),
      job: shellJob({ command: "head -c 50000000 /dev/zero" }),
      onOutput: (_, chunk) => void (bytes += chunk.length),
    });

    expect(bytes).toBe(50_000_000);
  });

  it("leaves no files behind", async () => {
    const { stdout } = await perform(
      shellJob({ command: `printf '%s %s' "$RUNNABLE_PARAMETERS" "$RUNNABLE_OUTPUT"` }),
    );

    expect(stdout.split(" ").filter(existsSync)).toEqual([]);
  });
});

describe("a script", () => {
  it("gets its arguments as they are, without a shell", async () => {
    await using project = await temporaryProject({});
    const script = `process.stdout.write(JSON.stringify([process.argv.slice(1), process.cwd()]))`;
    const job = scriptJob({ argv: [process.execPath, "-e", script, nasty, ""] });

    const { stdout } = await perform(job, { workingDirectory: project.directory });

    expect(JSON.parse(stdout)).toEqual([[nasty, ""], project.directory]);
    expect(existsSync(project.path("pwned"))).toBe(false);
  });

  it("whose program is not there fails with 127 and says so", async () => {
    const result = await perform(scriptJob({ argv: ["no-such-program"] }));

    expect(result).toMatchObject({ status: "failed", cause: "user_error", exitCode: 127 });
    expect(result.error?.message).toContain("no-such-program was not found");
  });

  it("whose program may not be run fails with 126", async () => {
    await using project = await temporaryProject({ "run.sh": "#!/bin/sh\n" });

    const result = await perform(scriptJob({ argv: [project.path("run.sh")] }));

    expect(result).toMatchObject({ status: "failed", exitCode: 126 });
  });

  it("whose working directory is not there fails and says that", async () => {
    const job = scriptJob({ argv: ["true"] });

    const result = await perform(job, { workingDirectory: "/no/such/directory" });

    expect(result.error?.message).toContain("/no/such/directory does not exist");
  });
});

describe("a command that ends badly", () => {
  it.each([
    ["exit 3", { exitCode: 3, cause: "user_error" }],
    ["exit 78", { exitCode: 78, cause: "user_error" }],
    ["no-such-command", { exitCode: 127, cause: "user_error" }],
    ["kill -SEGV $$", { exitCode: 139, signal: "SIGSEGV", cause: "user_error" }],
    ["kill -KILL $$", { exitCode: 137, signal: "SIGKILL", cause: "unknown" }],
  ])("by %s", async (command, expected) => {
    expect(await perform(shellJob({ command }))).toMatchObject({ status: "failed", ...expected });
  });
});
