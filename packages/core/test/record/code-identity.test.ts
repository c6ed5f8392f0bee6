import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { describe, expect, it } from "vitest";

import { codeIdentity } from "../../src/record/code-identity.ts";

const sources = {
  "main.job.ts": "export default 1;",
  "lib/model.ts": "export const model = 1;",
  "data/rows.csv": "a,b",
  "package-lock.json": "{}",
};

describe("the digest of code", () => {
  it("is equal for equal files in another directory, in whatever order they are named", async () => {
    await using one = openProject(sources);
    await using other = openProject(sources);

    const first = await identify(one, ["main.job.ts", "lib/model.ts"]);
    const second = await identify(other, ["lib/model.ts", "main.job.ts", "main.job.ts"]);

    expect(second.digest).toBe(first.digest);
    expect(first.digest).toMatch(/^sha256:[0-9a-f]{64}$/u);
  });

  it.each([
    ["a module", "lib/model.ts"],
    ["a declared file", "data/rows.csv"],
    ["the lockfile", "package-lock.json"],
  ])("changes with %s", async (_, name) => {
    await using project = openProject(sources);
    const before = await identify(project, ["main.job.ts", "lib/model.ts"], ["data/rows.csv"]);

    writeFileSync(path.join(project.directory, name), "changed");

    const after = await identify(project, ["main.job.ts", "lib/model.ts"], ["data/rows.csv"]);
    expect(after.digest).not.toBe(before.digest);
  });

  it("changes with a file's name, and with the bundle", async () => {
    await using project = openProject({ "a.ts": "1;", "b.ts": "1;" });
    const { directory } = project;
    const parts = {
      projectDirectory: directory,
      files: [],
      modules: [path.join(directory, "a.ts")],
    };

    const identities = await Promise.all([
      codeIdentity(parts),
      codeIdentity({ ...parts, modules: [path.join(directory, "b.ts")] }),
      codeIdentity({ ...parts, bundleDigest: "sha256:00" }),
    ]);

    expect(new Set(identities.map(({ digest }) => digest)).size).toBe(3);
  });

  it("does not depend on a link that leads to the project", async () => {
    await using project = openProject(sources);
    await using elsewhere = openProject({});
    const link = path.join(elsewhere.directory, "link");
    symlinkSync(project.directory, link);

    const direct = await identify(project, ["main.job.ts"], ["data/rows.csv"]);
    const linked = await codeIdentity({
      projectDirectory: link,
      modules: [path.join(project.directory, "main.job.ts")],
      files: [path.join(link, "data/rows.csv")],
    });

    expect(linked.digest).toBe(direct.digest);
  });

  it("leaves packages to the lockfile and the bundle", async () => {
    await using project = openProject({ ...sources, "node_modules/zod/index.js": "1;" });
    const without = await identify(project, ["main.job.ts"]);

    const withPackage = await identify(project, ["main.job.ts", "node_modules/zod/index.js"]);

    expect(withPackage.digest).toBe(without.digest);
  });
});

describe("git in the identity of code", () => {
  it("is missing outside of a repository", async () => {
    await using project = openProject(sources);

    expect(await identify(project, ["main.job.ts"])).not.toHaveProperty("git");
  });

  it("is missing before the first commit", async () => {
    await using project = openProject(sources);
    git(project, "init", "--quiet");

    expect(await identify(project, ["main.job.ts"])).not.toHaveProperty("git");
  });

  it("is the commit alone when nothing of the job was touched", async () => {
    await using project = openRepository(sources);
    writeFileSync(path.join(project.directory, "unrelated.ts"), "");

    const { git: found } = await identify(project, ["main.job.ts", "lib/model.ts"]);

    expect(found).toEqual({ commit: git(project, "rev-parse", "HEAD"), dirty: [] });
  });

  it("names what is modified, staged, untracked or ignored, and of the job", async () => {
    await using project = openRepository({ ...sources, "staged é.ts": "", ".gitignore": "*.csv" });
    const names = ["lib/model.ts", "staged é.ts", "new file.ts", "main.job.ts"];
    for (const name of names.slice(0, 3)) {
      writeFileSync(path.join(project.directory, name), "changed");
    }
    git(project, "add", "staged é.ts");

    const { git: found } = await identify(project, names, ["data/rows.csv"]);

    expect(found?.dirty).toEqual(["data/rows.csv", "lib/model.ts", "new file.ts", "staged é.ts"]);
  });

  it("is found for a project in a directory of the repository", async () => {
    await using project = openRepository({ "jobs/a.ts": "1;", "shared/b.ts": "1;" });
    writeFileSync(path.join(project.directory, "shared/b.ts"), "2;");
    const files = ["jobs/a.ts", "shared/b.ts"].map((name) => path.join(project.directory, name));

    const { git: found } = await codeIdentity({
      projectDirectory: path.join(project.directory, "jobs"),
      modules: files,
      files: [path.join(project.directory, "shared/b.ts")],
    });

    expect(found?.dirty).toEqual(["../shared/b.ts"]);
  });

  it("keeps a token in the remote's address to itself", async () => {
    await using project = openRepository(sources);
    git(project, "remote", "add", "origin", "https://me:token-123@example.com/acme/jobs.git");

    const { git: found } = await identify(project, ["main.job.ts"]);

    expect(found?.remote).toBe("https://example.com/acme/jobs.git");
  });
});

describe("the remote in the identity of code", () => {
  it("is that of the repository for a work tree of its own", async () => {
    await using project = openRepository(sources);
    await using tree = openProject({});
    git(project, "remote", "add", "origin", "git@example.com:acme/jobs.git");
    git(project, "worktree", "add", "--quiet", path.join(tree.directory, "other"));

    const { git: found } = await codeIdentity({
      projectDirectory: path.join(tree.directory, "other"),
      modules: [],
      files: [],
    });

    expect(found).toMatchObject({ remote: "git@example.com:acme/jobs.git", dirty: [] });
  });
});

interface Project extends AsyncDisposable {
  readonly directory: string;
}

function openProject(files: Readonly<Record<string, string>>): Project {
  const directory = realpathSync(mkdtempSync(path.join(tmpdir(), "runnable-code-")));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(directory, name)), { recursive: true });
    writeFileSync(path.join(directory, name), text);
  }
  return {
    directory,
    [Symbol.asyncDispose]: async () => rmSync(directory, { recursive: true }),
  };
}

function openRepository(files: Readonly<Record<string, string>>): Project {
  const project = openProject(files);
  git(project, "init", "--quiet");
  git(project, "add", ".");
  git(project, "commit", "--quiet", "-m", "all");
  return project;
}

function git({ directory }: Project, ...argv: readonly string[]): string {
  const who = ["-c", "user.name=tester", "-c", "user.email=tester@example.com"];
  return execFileSync("git", [...who, ...argv], { cwd: directory, encoding: "utf8" }).trim();
}

function identify(
  { directory }: Project,
  modules: readonly string[],
  files: readonly string[] = [],
) {
  const absolute = (name: string) => path.join(directory, name);
  return codeIdentity({
    projectDirectory: directory,
    modules: modules.map(absolute),
    files: files.map(absolute),
  });
}
