import { globSync, readFileSync } from "node:fs";
import path from "node:path";

import { expect, it } from "vitest";

import { createPageProject } from "./page-project.ts";
import { pages } from "./page.ts";

const job = `import { writeFile } from "node:fs/promises";
import { defineJob } from "@runnable/core";
export default defineJob({
  retries: 1,
  secrets: ["TOKEN"],
  catalog: { put: ["out.txt"] },
  async run({ attempt }) {
    await writeFile("out.txt", "x");
    console.log("out");
    if (attempt === 1) throw new Error("not yet");
    return { n: 1 };
  },
});
`;

it("docs/run-records.md names every field that is written", async () => {
  await using project = await createPageProject();
  await project.write("my.job.ts", job);
  await project.sh("TOKEN=correct-horse runnable run my.job.ts --tag t -p x=1");
  await project.sh("TOKEN=correct-horse runnable run my.job.ts -e emulator");

  const files = globSync(".run_log_store/2*/**/*.json", { cwd: project.directory });
  const facts = files.map((file) => readFileSync(path.join(project.directory, file), "utf8"));
  const fields = new Set(facts.flatMap((fact) => fieldsOf(JSON.parse(fact) as object)));

  expect(fields.size).toBeGreaterThan(40);
  expect([...fields].filter((field) => !text.includes(`\`${field}\``))).toEqual([]);
});

const text = pages.find(({ name }) => name === "docs/run-records.md")?.text ?? "";
const ofTheUser = new Set(["parameters", "config", "returns", "metrics"]);

function fieldsOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(fieldsOf);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    key,
    ...(ofTheUser.has(key) ? [] : fieldsOf(inner)),
  ]);
}
