import type { Files } from "../e2e/packed.ts";
import { privateDependencies, workingTypes, brokenTypes } from "./plugins.ts";

/** A project with every fixture among its direct dependencies. */
export function projectFiles(): Files {
  const types = [...workingTypes.map(({ type }) => type), ...brokenTypes.map(([type]) => type)];
  return {
    "package.json": JSON.stringify({
      name: "project",
      version: "0.0.0",
      private: true,
      type: "module",
      dependencies: {
        // Exactly: another test publishes a newer version of one meanwhile.
        ...Object.fromEntries(privateDependencies.map((name) => [name, versionOf(name)])),
        "@runnable/cli": "^0.1.0",
        "@runnable/core": "^0.1.0",
        "@runnable/plugin": "^0.1.0",
        zod: "^4.1.0",
      },
    }),
    ...jobs,
    ...Object.fromEntries(types.map((type) => [configOf(type), executor(type)])),
    "local.yaml": "job-executor: { type: local }\n",
    "isolated.yaml": "job-executor: { type: local, config: { isolated: true } }\n",
    "emulator.yaml": "job-executor: { type: emulator }\n",
    "stores.yaml": `run-log-store: { type: acme-log, config: { folder: records } }
catalog: { type: acme-catalog, config: { folder: kept } }
secrets: { type: acme-vault, config: { folder: vault } }
job-executor: { type: emulator }
`,
    "vault/TOKEN": "correct-horse",
  };
}

function versionOf(name: string): string {
  return name === "@acme/stores" ? "1.2.3" : "1.0.0";
}

/** File of the configuration that names a type. */
export function configOf(type: string): string {
  return `${type.replaceAll(/[@/:]/g, "_")}.yaml`;
}

function executor(type: string): string {
  return `job-executor: { type: ${JSON.stringify(type)}, config: { word: hello } }\n`;
}

/** The jobs, by file. */
export const jobs: Files = {
  "sum.job.ts": `import { defineJob } from "@runnable/core";
import { z } from "zod";

export default defineJob({
  parameters: z.object({ n: z.number().default(10) }),
  run({ parameters: { n } }) {
    console.log("summing");
    return { sum: (n * (n + 1)) / 2 };
  },
});
`,
  "worker.job.ts": `import { Worker } from "node:worker_threads";
import { defineJob } from "@runnable/core";

export default defineJob({
  async run() {
    const worker = new Worker(new URL("./double.ts", import.meta.url), { workerData: 21 });
    const doubled = await new Promise((resolve, reject) => {
      worker.once("message", resolve).once("error", reject);
    });
    return { doubled };
  },
});
`,
  "double.ts": `import { parentPort, workerData } from "node:worker_threads";
import { z } from "zod";

parentPort?.postMessage(z.number().parse(workerData) * 2);
`,
  "keep.job.ts": `import { writeFileSync } from "node:fs";
import { defineJob } from "@runnable/core";

export default defineJob({
  catalog: { put: ["made.txt"] },
  secrets: ["TOKEN"],
  run({ secrets }) {
    writeFileSync("made.txt", "made");
    return { letters: secrets.TOKEN.length };
  },
});
`,
};
