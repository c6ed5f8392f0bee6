import { readdir } from "node:fs/promises";
import { userInfo } from "node:os";

import { describe, expect, it } from "vitest";

import type { CommandEnd } from "../support/copied-project.ts";
import { makeProject, type JobProject } from "../support/job-project.ts";

const jobs = `import { defineJob } from "@runnable/core";
import { z } from "zod";
export const fine = defineJob({ run: () => ({ n: 1 }) });
export const demanding = defineJob({ parameters: z.object({ epochs: z.int() }), run: () => ({ n: 1 }) });
`;

interface Finding {
  readonly check: string;
  readonly status: string;
  readonly detail?: string;
  readonly remedy?: string;
}

interface Patient extends JobProject {
  readonly doctor: (...words: readonly string[]) => Promise<CommandEnd>;
  readonly findings: (...words: readonly string[]) => Promise<readonly Finding[]>;
  /** Runs, stages, submissions, canaries and directories of the platform that are there. */
  readonly left: () => Promise<readonly string[]>;
}

async function patient(files: { readonly [name: string]: string } = {}): Promise<Patient> {
  const p = await makeProject({ "jobs.ts": jobs, "tmp/.keep": "", ...files });
  const doctor = (...words: readonly string[]) =>
    p.runnable(["doctor", ...words], { TMPDIR: p.path("tmp") });
  const places = [
    ".",
    ".runnable",
    ".runnable/stage",
    ".runnable/submissions",
    ".run_log_store",
    ".catalog",
    `tmp/runnable-${userInfo().uid}`,
  ];
  return {
    ...p,
    doctor,
    findings: async (...words) => {
      const { stdout, code } = await doctor(...words, "--json");
      const { healthy, findings } = JSON.parse(stdout) as {
        readonly healthy: boolean;
        readonly findings: readonly Finding[];
      };
      expect(code).toBe(healthy ? 0 : 78);
      return findings;
    },
    left: async () => {
      const names = places.map((place) => readdir(p.path(place)).catch(() => []));
      return (await Promise.all(names)).flat().filter((name) => /doctor|canary|^rn-/.test(name));
    },
  };
}

function inShort(findings: readonly Finding[]): readonly string[] {
  return findings.map(({ check, status }) => `${check}: ${status}`);
}

const emulator = (storage: string) =>
  `job-executor: { type: emulator, config: { storage: ${storage} } }\n`;

describe("a run that would go", () => {
  it.each([
    ["local", "{}\n"],
    ["local, isolated", "job-executor: { type: local, config: { isolated: true } }\n"],
    ["emulator", emulator("same-path")],
    ["emulator, mounted", emulator("mounted")],
    ["emulator, relay", emulator("relay")],
    ["a catalog that keeps nothing", "catalog: { type: do-nothing }\n"],
    ["a data folder", "catalog: { type: file-system, config: { compute_data_folder: data } }\n"],
  ])("is tried there and back, and leaves nothing: %s", async (_, config) => {
    await using p = await patient({ "runnable-config.yaml": config });

    const findings = await p.findings();

    expect(findings.filter(({ status }) => status !== "ok")).toEqual([]);
    expect(inShort(findings)).toContain("canary: ok");
    expect(inShort(findings)).toContain("shell: ok");
    expect(await p.left()).toEqual([]);
    expect(await p.json(["runs"])).toEqual([]);
  });

  it("is told check by check, with a job that is loaded and not run", async () => {
    await using p = await patient();

    const end = await p.doctor("jobs.ts#fine", "-e", "emulator", "--no-canary");

    expect(end.code, end.stderr).toBe(0);
    expect(end.stdout).toMatch(/^✓ configuration {9}no file, defaults hold$/m);
    expect(end.stdout).toMatch(/^✓ job {19}jobs, a payload of \d+ files$/m);
    expect(end.stdout).toMatch(/^– canary {16}not asked for$/m);
    expect(end.stdout).toMatch(/✓ all is well\n$/);
  });

  it("says what it could not remove, where only the job side sees the stores", async () => {
    await using p = await patient({ "runnable-config.yaml": emulator("separate") });

    const findings = await p.findings();

    expect(findings).toContainEqual(
      expect.objectContaining({ check: "canary's traces", status: "warning" }),
    );
    expect(await p.left()).toEqual([]);
  });
});

describe("a run that would fail", () => {
  it("for a mount that shows other bytes: both views are told, and nothing is left", async () => {
    await using p = await patient({ "runnable-config.yaml": emulator("broken-mount") });

    const findings = await p.findings();

    const failed = findings.filter(({ status }) => status === "failed");
    expect(inShort(failed)).toEqual(["canary: failed"]);
    expect(failed[0]?.detail).toContain(p.path(".run_log_store"));
    expect(failed[0]?.detail).toContain("/volumes/run-log");
    expect(failed[0]?.remedy).toBeTruthy();
    expect(await p.left()).toEqual([]);
  });

  it("for its configuration: all problems are told, and nothing is run", async () => {
    await using p = await patient({
      "runnable-config.yaml": `job-executor: { type: emulator, config: { storag: relay } }
run-log-store: { type: file-system, config: { log_foldr: logs } }
`,
    });

    const findings = await p.findings();

    expect(inShort(findings)).toEqual(["configuration: failed", "configuration: failed"]);
    expect(findings.map(({ remedy }) => remedy)).toEqual([
      expect.stringContaining("storage"),
      expect.stringContaining("log_folder"),
    ]);
  });

  it("for a store that can't be written to: the canary is not tried", async () => {
    await using p = await patient({
      "runnable-config.yaml":
        "run-log-store: { type: file-system, config: { log_folder: jobs.ts/logs } }\n",
    });

    const findings = await p.findings();

    expect(inShort(findings)).toContain("run-log-store: failed");
    expect(inShort(findings)).toContain("canary: skipped");
  });

  it("for storage that the executor can't reach", async () => {
    await using p = await patient({
      "runnable-config.yaml": `${emulator("same-path")}run-log-store: { type: buffered }\n`,
    });

    const findings = await p.findings();

    expect(findings).toContainEqual(
      expect.objectContaining({ status: "failed", remedy: expect.stringContaining("relay") }),
    );
  });

  it("for its job", async () => {
    await using p = await patient();

    const findings = await p.findings("jobs.ts#demanding", "-e", "emulator", "--no-canary");

    expect(findings).toContainEqual(
      expect.objectContaining({
        check: "job",
        status: "failed",
        detail: expect.stringContaining("epochs"),
      }),
    );
  });
});
