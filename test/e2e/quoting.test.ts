import { expect, it } from "vitest";

import { makeProject } from "../support/job-project.ts";

/** Everything that a shell, a glob, a URL or YAML could take for something else. */
const nasty = "a b'c\"d$(touch hit)`touch hit`\\e\n-é%41#&*?[x]{y}~!;|<>";
/** The same as a file's name; Node.js imports nothing from a path with a backslash. */
const name = nasty.replace("\\", "");
const executors = ["local", "emulator", "isolated"] as const;

const functionJob = `import { defineJob } from "@runnable/core";
import { writeFileSync } from "node:fs";
export default defineJob({
  files: ["in/**"],
  catalog: { put: ["out *"] },
  async run({ parameters }) {
    const { readdirSync } = await import("node:fs");
    writeFileSync("out " + parameters.text, "kept");
    return { parameters, files: readdirSync("in") };
  },
});`;
const commandJobs = `import { shellJob, scriptJob } from "@runnable/core";
const text = ${JSON.stringify(nasty)};
const write = "require('fs').writeFileSync(process.env.RUNNABLE_OUTPUT, JSON.stringify({ argv: process.argv.slice(1), parameter: process.env.RUNNABLE_PRM_text }))";
export const script = scriptJob({ argv: [process.execPath, "-e", write, "--", text, "", text] });
export const shell = shellJob({ command: \`\${q(process.execPath)} -e \${q(write)} -- \${q(text)} '' \${q(text)}\` });
function q(word) { return "'" + word.replaceAll("'", "'\\\\''") + "'"; }`;

it.each(executors)(
  "names and values of any characters come through every path to argv, on %s",
  async (executor) => {
    await using project = await makeProject({
      [`${name}/${name}.job.ts`]: functionJob,
      [`${name}/commands.job.ts`]: commandJobs,
      [`${name}/in/${name}`]: "x",
      [`${name}/${name}.yaml`]: `job-executor: { type: ${executor === "isolated" ? "local, config: { isolated: true }" : executor} }\n`,
      [`${name}/${name}.parameters.yaml`]: `file: ${JSON.stringify(nasty)}\n`,
    });
    const directory = project.path(name);
    const all = ["-C", directory, "run"];
    const config = ["--config", `${name}.yaml`, "-p", `text=${nasty}`];

    const results = [
      await project.json([
        ...all,
        `${name}.job.ts`,
        ...config,
        "--parameters",
        `${name}.parameters.yaml`,
        "--tag",
        nasty,
        "--run-id",
        "first",
      ]),
      await project.json([...all, "commands.job.ts#script", ...config]),
      await project.json([...all, "commands.job.ts#shell", ...config]),
    ];

    const command = { argv: [nasty, "", nasty], parameter: nasty };
    expect(results).toMatchObject([
      {
        status: "succeeded",
        returns: { parameters: { text: nasty, file: nasty }, files: [name] },
        catalog: [{ path: `out ${nasty}` }],
      },
      { status: "succeeded", returns: command },
      { status: "succeeded", returns: command },
    ]);
    expect(await project.filesWith("hit")).not.toContain("hit");
    const got = await project.json([
      "-C",
      directory,
      "catalog",
      "get",
      "first",
      "out *",
      "--to",
      `${name} to`,
    ]);
    expect(got).toMatchObject({ files: [`out ${nasty}`] });
    expect(await project.read(`${name}/${name} to/out ${nasty}`)).toBe("kept");
  },
  240_000,
);
