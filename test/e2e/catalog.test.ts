import { symlinkSync } from "node:fs";
import { chmod, readdir } from "node:fs/promises";

import { describe, expect, it } from "vitest";

import { expectRefusal } from "../support/expect-refusal.ts";
import { makeProject } from "../support/job-project.ts";

const executors = ["local", "emulator"] as const;
const imports = `import { defineJob, shellJob } from "@runnable/core";\n`;
const files = {
  "model.json": "{}",
  "plots/a.svg": "a",
  "plots/deep/b é.svg": "b",
  "plots/.hidden": "h",
};
const write = Object.entries(files)
  .map(([name, text]) => `mkdir -p "$(dirname "${name}")"; printf '%s' '${text}' > "${name}"`)
  .join("; ");

function putting(catalog: object): string {
  return `${imports}export default shellJob({ command: ${JSON.stringify(write)}, catalog: ${JSON.stringify(catalog)} });`;
}

describe.each(executors)("the catalog, on %s", (executor) => {
  it.each([
    ["a directory", ["plots/"], ["plots/.hidden", "plots/a.svg", "plots/deep/b é.svg"]],
    [
      "files",
      ["plots/**/*.svg", "model.json"],
      ["model.json", "plots/a.svg", "plots/deep/b é.svg"],
    ],
  ])("keeps %s, and gives the same bytes back", async (_, put, paths) => {
    await using project = await makeProject({ "my.job.ts": putting({ put }) });

    const result = await project.run(["my.job.ts", "-e", executor]);
    const listed = await project.runnable(["catalog", "list", "latest", "--json"]);
    const got = await project.runnable(["catalog", "get", "latest", "--to", "got"]);

    expect(result).toMatchObject({ status: "succeeded" });
    expect((JSON.parse(listed.stdout) as { path: string }[]).map(({ path }) => path)).toEqual(
      paths,
    );
    expect(got.code, got.stderr).toBe(0);
    for (const name of paths) {
      expect(await project.read(`got/${name}`)).toBe(files[name as keyof typeof files]);
    }
  });

  it("keeps digests alone with storeCopy: false", async () => {
    await using project = await makeProject({
      "my.job.ts": putting({ put: ["plots/*.svg"], storeCopy: false }),
    });

    const result = await project.run(["my.job.ts", "-e", executor]);
    const got = await project.runnable(["catalog", "get", "latest", "--to", "got"]);

    const digest = "sha256:ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb";
    expect(result).toMatchObject({ catalog: [{ path: "plots/a.svg", bytes: 1, digest }] });
    expect(got.code).toBe(0);
    expect(got.stdout).toContain("1 recorded by digest only");
    expect(project.has("got/plots/a.svg")).toBe(false);
  });

  it("fails a run whose pattern matches nothing; all else is recorded", async () => {
    await using project = await makeProject({
      "my.job.ts": `${imports}import { writeFileSync } from "node:fs";
export default defineJob({ catalog: { put: ["nothing/*.csv", "here.txt", "none"] }, run() { console.log("said"); writeFileSync("here.txt", "x"); return { accuracy: 0.9 }; } });`,
    });

    const result = await project.run(["my.job.ts", "-e", executor]);

    expect(result).toMatchObject({
      status: "failed",
      cause: "user_error",
      exitCode: 1,
      returns: { accuracy: 0.9 },
      metrics: { accuracy: 0.9 },
      catalog: [{ path: "here.txt" }],
    });
    const { error } = (await project.shown()).outcome;
    expect(error?.name).toBe("CATALOG_UNMATCHED");
    expect(error?.message).toMatch(/nothing\/\*\.csv.*none/);
    expect((await project.runnable(["logs", "latest"])).stdout).toBe("said\n");
  });

  it("refuses a pattern that leads out", async () => {
    await using project = await makeProject({ "my.job.ts": putting({ put: ["../*.txt"] }) });

    const result = await project.run(["my.job.ts", "-e", executor]);

    expect(result).toMatchObject({ status: "failed", exitCode: 78, catalog: [] });
    expect((await project.shown()).outcome.error?.name).toBe("PATTERN_OUTSIDE");
  });

  it("keeps nothing that a link out of the working directory shows", async () => {
    await using project = await makeProject({
      "my.job.ts": `${imports}export default shellJob({ command: "ln -s /etc/passwd stolen; ln -s /etc all; echo x > mine", catalog: { put: ["**"] } });`,
    });

    await project.run(["my.job.ts", "-e", executor]);

    const { outcome } = await project.shown();
    expect(JSON.stringify(outcome["catalog"])).not.toMatch(/stolen|all/);
    expect(await project.filesWith("root:x:0:0")).toEqual([]);
  });

  it("gives a job the files of the newest run of another", async () => {
    await using project = await makeProject({
      "prepare.job.ts": `${imports}export default shellJob({ command: 'mkdir data; echo "$RUNNABLE_PRM_text" > data/features.txt', catalog: { put: ["data/*"] } });`,
      "train.job.ts": `${imports}export default defineJob({ catalog: { get: [{ run: "latest:prepare", pattern: "data/**" }] }, async run() { const { readFileSync } = await import("node:fs"); return { text: readFileSync("data/features.txt", "utf8") }; } });`,
    });
    await project.runnable(["run", "prepare.job.ts", "-p", "text=old"]);
    await project.runnable(["run", "prepare.job.ts", "-p", "text=new", "-e", executor]);

    const result = await project.run(["train.job.ts", "-e", executor]);

    expect(result).toMatchObject({ status: "succeeded", returns: { text: "new\n" } });
  });

  it("tells a job whose earlier run or file is not there", async () => {
    await using project = await makeProject({
      "train.job.ts": `${imports}export default defineJob({ catalog: { get: [{ run: "latest:prepare", pattern: "x" }] }, run() { console.log("ran"); } });`,
    });

    const end = await project.runnable(["run", "train.job.ts", "-e", executor]);

    expect(end.code).not.toBe(0);
    expect(end.stdout).not.toContain("ran");
    expect(end.stderr).toContain("prepare");
  });
});

describe("catalog get", () => {
  const job = putting({ put: ["model.json", "plots/a.svg"] });

  it("refuses a manifest that was changed to lead out of the directory", async () => {
    await using project = await makeProject({ "my.job.ts": job });
    await project.run(["my.job.ts", "--run-id", "run"]);
    const directory = ".catalog/run/.manifest";
    for (const name of await readdir(project.path(directory))) {
      const text = await project.read(`${directory}/${name}`);
      await project.write(`${directory}/${name}`, text.replaceAll("plots/a.svg", "../../a.svg"));
    }

    const end = await project.runnable(["catalog", "get", "run", "--to", "a/b"]);

    expectRefusal(end, { codes: ["PATH_OUTSIDE"] });
    expect(project.has("a.svg")).toBe(false);
  });

  it("refuses bytes that are not those that were kept", async () => {
    await using project = await makeProject({ "my.job.ts": job });
    await project.run(["my.job.ts", "--run-id", "run"]);
    const [blob = ""] = (await project.filesWith("{}")).filter((name) => name.includes(".blobs"));
    await chmod(project.path(blob), 0o644);
    await project.write(blob, "[]");

    const end = await project.runnable(["catalog", "get", "run", "--to", "got"]);

    expectRefusal(end, { codes: ["CATALOG_DIGEST"] });
    expect(project.has("got/model.json")).toBe(false);
  });

  it("does not write through a link that lies in its way", async () => {
    await using project = await makeProject({ "my.job.ts": job, "got/x": "", "elsewhere/x": "" });
    await project.run(["my.job.ts", "--run-id", "run"]);
    symlinkSync(project.path("elsewhere"), project.path("got/plots"));

    const end = await project.runnable(["catalog", "get", "run", "--to", "got"]);

    expect(end.code).not.toBe(0);
    expect(project.has("elsewhere/a.svg")).toBe(false);
  });
});

describe("files of the project", () => {
  it.each([
    ["../secret.txt", "PATTERN_OUTSIDE"],
    ["/etc/passwd", "PATTERN_OUTSIDE"],
    ["link.txt", "PATH_OUTSIDE"],
    ["nothing-*.csv", "FILES_UNMATCHED"],
  ])("that lead out, or are not there, do not travel: %s", async (pattern, code) => {
    await using project = await makeProject({
      "my.job.ts": `${imports}export default defineJob({ files: [${JSON.stringify(pattern)}], run() {} });`,
    });
    symlinkSync("/etc/passwd", project.path("link.txt"));

    const end = await project.runnable(["run", "my.job.ts", "-e", "emulator"]);

    expectRefusal(end, { codes: [code] });
    expect(project.has(".run_log_store")).toBe(false);
  });
});
