import { expect, it } from "vitest";

import { scriptFiles } from "../../src/jobs/script-files.ts";
import { temporaryProject } from "./temporary-project.ts";

it("finds the arguments that name files below the working directory", async () => {
  await using project = await temporaryProject({
    "train.py": "",
    "src/it's é.py": "",
    "run.sh": "",
    python3: "a file that only has the program's name",
  });
  const argv = [
    "./run.sh",
    "./train.py",
    "src/it's é.py",
    "train.py",
    "src",
    "-v",
    "",
    "no\0thing",
    "missing.py",
  ];

  const files = await scriptFiles(argv, project.directory);
  const others = await scriptFiles(
    ["python3", "../train.py", project.path("train.py")],
    project.path("src"),
  );

  expect(files).toEqual([
    { path: "run.sh", source: project.path("run.sh") },
    { path: "train.py", source: project.path("train.py") },
    { path: "src/it's é.py", source: project.path("src/it's é.py") },
  ]);
  expect(others).toEqual([]);
});
