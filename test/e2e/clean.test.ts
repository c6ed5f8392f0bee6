import { existsSync } from "node:fs";
import { mkdir, readdir, rm, utimes } from "node:fs/promises";
import { userInfo } from "node:os";

import { expect, it } from "vitest";

import { makeProject, type JobProject } from "../support/job-project.ts";

const jobs = `import { shellJob } from "@runnable/core";
export const fine = shellJob({ command: "echo said" });
export const waiting = shellJob({ command: "sleep 600" });
`;
const platform = `tmp/runnable-${userInfo().uid}`;

interface Cleaned {
  readonly runId?: string;
  readonly what: string;
  readonly action: string;
}

interface Project extends JobProject {
  readonly temporary: { readonly TMPDIR: string };
  readonly submit: (job: string, runId: string) => Promise<void>;
  readonly clean: (...words: readonly string[]) => Promise<readonly Cleaned[]>;
  readonly directories: () => Promise<readonly string[]>;
}

async function project(files: { readonly [name: string]: string } = {}): Promise<Project> {
  const p = await makeProject({ "jobs.ts": jobs, "tmp/.keep": "", ...files });
  const temporary = { TMPDIR: p.path("tmp") };
  const directories = async () => readdir(p.path(platform)).catch(() => []);
  return {
    ...p,
    temporary,
    directories,
    submit: async (job, runId) => {
      const words = ["run", `jobs.ts#${job}`, "-d", "-e", "emulator", "--run-id", runId];
      const end = await p.runnable(words, temporary);
      expect(end.code, end.stderr).toBe(0);
      if (job === "waiting") return;
      const name = (await directories()).find((one) => one.startsWith(`rn-${runId}-`));
      await expect.poll(() => existsSync(p.path(`${platform}/${name}/exit`))).toBe(true);
    },
    clean: async (...words) => {
      const end = await p.runnable(["clean", "-e", "emulator", "--json", ...words], temporary);
      expect(end.code, end.stderr).toBe(0);
      return JSON.parse(end.stdout) as readonly Cleaned[];
    },
  };
}

function actions(cleaned: readonly Cleaned[]): readonly string[] {
  return cleaned.map(({ runId = "", what, action }) => `${runId} ${what.split(" ")[0]} ${action}`);
}

it("concludes what is over, removes what has no submission any more, and keeps what runs", async () => {
  await using p = await project();
  await p.submit("fine", "over");
  await p.submit("fine", "orphan");
  await p.submit("waiting", "live");
  await rm(p.path(".runnable/submissions/orphan.json"));

  const dry = await p.clean("--dry-run");
  const before = await p.directories();
  const cleaned = await p.clean();
  const after = await p.directories();
  await p.runnable(["cancel", "live"], p.temporary);

  expect(before).toHaveLength(3);
  expect(actions(dry)).toContain("over submission would be removed");
  expect(actions(cleaned)).toEqual([
    "live submission kept",
    "over submission removed",
    "orphan staged removed",
    "live directory kept",
    "orphan directory removed",
  ]);
  expect(after).toEqual([expect.stringMatching(/^rn-live-/)]);
  expect((await p.shown("over")).state).toBe("succeeded");
  expect((await p.shown("live")).state).toBe("cancelled");
  expect(await p.clean()).toEqual([]);
});

it("touches nothing of another project, though it is on the same platform", async () => {
  await using other = await project();
  await using p = await project();
  await other.submit("fine", "theirs");
  await rm(other.path(".runnable/submissions/theirs.json"));
  await p.submit("fine", "ours");

  const words = ["clean", "-e", "emulator", "--older-than", "1ms", "--json"];
  const end = await p.runnable(words, other.temporary);

  expect(JSON.parse(end.stdout)).toMatchObject([{ runId: "ours" }]);
  expect(await other.directories()).toHaveLength(1);
});

it("keeps what no record is here of, unless it is older than asked for", async () => {
  await using p = await project();
  await p.submit("fine", "orphan");
  await rm(p.path(".runnable/submissions/orphan.json"));
  await rm(p.path(".run_log_store"), { recursive: true });

  const kept = await p.clean();
  const young = await p.clean("--older-than", "1d");
  const removed = await p.clean("--older-than", "1ms");

  expect(actions(kept)).toContain("orphan directory kept");
  expect(actions(young)).toEqual(["orphan directory kept"]);
  expect(actions(removed)).toEqual(["orphan directory removed"]);
});

it("removes stages and half-written files that are old, and nothing that is young", async () => {
  await using p = await project({
    ".runnable/submissions/a.json.tmp-0123456789abcdef": "{",
    ".runnable/submissions/b.json.tmp-0123456789abcdef": "{",
  });
  const dayAgo = new Date(Date.now() - 25 * 3_600_000);
  for (const name of ["stage/old-a1-01234567", "stage/young-a1-01234567"]) {
    await mkdir(p.path(`.runnable/${name}`), { recursive: true });
  }
  for (const name of ["stage/old-a1-01234567", "submissions/a.json.tmp-0123456789abcdef"]) {
    await utimes(p.path(`.runnable/${name}`), dayAgo, dayAgo);
  }

  const end = await p.runnable(["clean"]);

  expect(end.code, end.stderr).toBe(0);
  expect(end.stdout).toMatch(/✓ removed {3}staged files \.runnable\/stage\/old-a1-01234567/);
  expect(await readdir(p.path(".runnable/stage"))).toEqual(["young-a1-01234567"]);
  expect(await readdir(p.path(".runnable/submissions"))).toEqual(["b.json.tmp-0123456789abcdef"]);
});
