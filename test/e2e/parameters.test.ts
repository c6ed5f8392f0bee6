import { describe, expect, it } from "vitest";

import { makeProject } from "../support/job-project.ts";

const job = `import { defineJob } from "@runnable/core";
import * as z from "zod";
export default defineJob({
  parameters: z.object({ a: z.string().default("default"), b: z.string().default("default"), c: z.string().default("default"), d: z.string().default("default"), n: z.number().optional(), flag: z.boolean().optional(), list: z.array(z.number()).optional(), camelCase: z.number().optional() }),
  run: ({ parameters }) => parameters,
});`;

describe("parameters", () => {
  it.each(["local", "emulator"])(
    "come from the job's defaults < file < environment < arguments, on %s",
    async (executor) => {
      await using project = await makeProject({
        "my.job.ts": job,
        "p.yaml": "b: file\nc: file\nd: file\n",
      });

      const result = await project.run(
        ["my.job.ts", "-e", executor, "--parameters", "p.yaml", "-p", "d=argument"],
        { RUNNABLE_PRM_c: "environment", RUNNABLE_PRM_d: "environment" },
      );

      expect(result).toMatchObject({
        returns: { a: "default", b: "file", c: "environment", d: "argument" },
      });
    },
  );

  it("are read from another file where the environment names one and no argument does", async () => {
    await using project = await makeProject({
      "my.job.ts": job,
      "main.ts": `import job from "./my.job.ts";
const { returns } = await job.execute({ parametersFile: "code.yaml", parameters: { d: "code" } });
console.log(JSON.stringify(returns));`,
      "code.yaml": "a: code file\nb: code file\n",
      "environment.yaml": "a: environment file\n",
      "argument.yaml": "a: argument file\n",
    });
    const environment = { RUNNABLE_PARAMETERS_FILE: "environment.yaml" };

    const inCode = await project.node(["main.ts"], environment);
    const argument = await project.run(["my.job.ts", "--parameters", "argument.yaml"], environment);

    expect(JSON.parse(inCode.stdout)).toMatchObject({
      a: "environment file",
      b: "default",
      d: "code",
    });
    expect(argument).toMatchObject({ returns: { a: "argument file" } });
  });

  it("are decoded as the schema wants them", async () => {
    await using project = await makeProject({ "my.job.ts": job });

    const result = await project.run(["my.job.ts", "-p", "a=5", "-p", "n=5", "-p", "list=[1,2]"], {
      RUNNABLE_PRM_flag: "False",
      RUNNABLE_PRM_camelCase: "7",
    });

    expect(result).toMatchObject({
      returns: { a: "5", n: 5, list: [1, 2], flag: false, camelCase: 7 },
    });
  });

  it("reach a command as variables and as a file, and its returns come back", async () => {
    await using project = await makeProject({
      "my.job.ts": `import { shellJob } from "@runnable/core";
export default shellJob({ command: 'echo "variable=$RUNNABLE_PRM_text" >> "$RUNNABLE_OUTPUT"; echo "file=$(cat "$RUNNABLE_PARAMETERS")" >> "$RUNNABLE_OUTPUT"; echo "user=$MINE" >> "$RUNNABLE_OUTPUT"' });`,
    });

    const result = await project.run(["my.job.ts", "-p", "text=a b", "-p", "n=1"], {
      MINE: "kept",
    });

    expect(result).toMatchObject({
      returns: { variable: "a b", file: { text: "a b", n: 1 }, user: "kept" },
    });
  });
});
