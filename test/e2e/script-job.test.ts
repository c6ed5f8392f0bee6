import { execFileSync } from "node:child_process";

import { expect, it } from "vitest";

import { makeProject } from "../support/job-project.ts";

const script = `import json, os, sys
with open(sys.argv[1]) as data: rows = len(data.readlines())
parameters = json.load(open(os.environ["RUNNABLE_PARAMETERS"]))
print("fitting", flush=True)
with open(os.environ["RUNNABLE_OUTPUT"], "w") as output: json.dump({"rows": rows, "rate": parameters["rate"]}, output)
with open("model.txt", "w") as model: model.write("fitted")
`;

it.skipIf(!hasPython()).each([
  ["local", "type: local"],
  ["local, isolated", "type: local, config: { isolated: true }"],
  ["emulator", "type: emulator"],
  ["emulator with relay", "type: emulator, config: { storage: relay }"],
])(
  "a Python script and the files that its arguments name travel by themselves, on %s",
  async (_, executor) => {
    await using project = await makeProject({
      "train.job.ts": `import { scriptJob } from "@runnable/core";
export default scriptJob({ argv: ["python3", "src/train.py", "data/rows.csv"], catalog: { put: ["model.txt"] } });`,
      "src/train.py": script,
      "data/rows.csv": "1\n2\n3\n",
      "runnable-config.yaml": `job-executor: { ${executor} }\n`,
    });

    const result = await project.run(["train.job.ts", "-p", "rate=0.5"]);
    const got = await project.runnable(["catalog", "get", "latest", "--to", "got"]);

    expect(result).toMatchObject({
      status: "succeeded",
      returns: { rows: 3, rate: 0.5 },
      metrics: { rows: 3, rate: 0.5 },
      catalog: [{ path: "model.txt" }],
    });
    expect(got.code, got.stderr).toBe(0);
    expect(await project.read("got/model.txt")).toBe("fitted");
  },
);

function hasPython(): boolean {
  try {
    execFileSync("python3", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
