import { statSync } from "node:fs";
import { stat } from "node:fs/promises";

import { describe, expect, inject, it } from "vitest";

import type { DockerEngine } from "../engines/docker/docker-engine.ts";
import { makeDockerProject, type Printed } from "./docker-project.ts";

const engine = inject("dockerEngine") as DockerEngine;

const files = {
  "sum.job.ts": `import { mkdir, writeFile } from "node:fs/promises";
import { defineJob } from "@runnable/core";
export default defineJob({
  returns: ["sum", "length"],
  secrets: ["TOKEN"],
  catalog: { put: ["out/*.txt"] },
  async run({ parameters, secrets, progress }) {
    console.log("counting ä€𝄞");
    console.error("careful");
    progress(1, 2, "half");
    await mkdir("out");
    await writeFile("out/sum.txt", "sum");
    return { sum: Number(parameters.a) + 1, length: secrets.TOKEN.length };
  },
});
`,
  "where.job.ts": `import { writeFile } from "node:fs/promises";
import { defineJob } from "@runnable/core";
export default defineJob({
  catalog: { put: ["mine.txt"] },
  async run() {
    await writeFile("mine.txt", "mine");
    return { user: process.getuid() + ":" + process.getgid(), home: process.env.HOME, cpu: process.env.COLOUR };
  },
});
`,
  "exits.job.ts": `import { shellJob } from "@runnable/core";
export default shellJob({ command: "echo out; exit 3" });
`,
};

const token = "correct-horse";
const env = { TOKEN: token };

describe.skipIf(!engine)("a job in a container", () => {
  it("prints what it prints, returns what it returns, keeps its files, and leaves no container", async () => {
    await using project = await makeDockerProject(engine, files);

    const end = await project.runnable(["run", "sum.job.ts", "-p", "a=2", "--json"], { env });

    expect(end.code, end.stderr).toBe(0);
    expect(JSON.parse(end.stdout)).toMatchObject({
      status: "succeeded",
      returns: { sum: 3, length: token.length },
      catalog: [expect.objectContaining({ path: "out/sum.txt", bytes: 3 })],
    });
    expect(end.stderr).toContain("counting ä€𝄞\n");
    expect(end.stderr).toContain("careful\n");
    expect(await project.containers()).toEqual([]);
  });

  it("ends with the exit code of the job", async () => {
    await using project = await makeDockerProject(engine, files);

    const { code, stdout } = await project.runnable(["run", "exits.job.ts"]);

    expect(code).toBe(3);
    expect(stdout).toContain("out\n");
  });

  it("leaves the record that local leaves, but for the executor's own facts", async () => {
    await using project = await makeDockerProject(engine, files);
    const args = ["run", "sum.job.ts", "-p", "a=2", "--run-id"];
    await project.runnable([...args, "there"], { env });
    await project.runnable([...args, "here", "--executor", "local"], { env });

    const there = await project.json(["runs", "show", "there"]);
    const here = await project.json(["runs", "show", "here"]);

    const logs = async (id: string) => (await project.runnable(["logs", id])).stdout;

    expect(withoutOwnFacts(there)).toEqual(withoutOwnFacts(here));
    expect(await logs("there")).toBe(await logs("here"));
  });

  it("needs no disk of the submitter where storage is relayed", async () => {
    await using project = await makeDockerProject(engine, files, { storage: "relay" });

    const end = await project.json(["run", "sum.job.ts", "-p", "a=2"], { env });
    await project.runnable(["catalog", "get", "latest", "--to", "back"]);

    expect(end).toMatchObject({ status: "succeeded", returns: { sum: 3 } });
    expect(await project.read("back/out/sum.txt")).toBe("sum");
  });

  it("gives the image's own user what it needs, where the settings name it", async () => {
    const { user: image } = engine.images;
    const settings = { image, user: "node", storage: "relay", environment: { COLOUR: "red" } };
    await using project = await makeDockerProject(engine, files, settings);

    const end = await project.json(["run", "where.job.ts"]);

    expect(end["returns"]).toEqual({ user: "1000:1000", home: "/home/node", cpu: "red" });
  });
});

/** Whoever may use the engine's socket, and is not root. */
function ordinaryUser(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0 || !engine?.host?.startsWith("unix://")) return undefined;
  return { uid: 4321, gid: statSync(engine.host.slice("unix://".length)).gid };
}

it.skipIf(!engine || !ordinaryUser())(
  "writes records and catalog files as the user who submits",
  async () => {
    const user = ordinaryUser()!;
    await using project = await makeDockerProject(engine, files);
    await project.giveTo(user);

    const end = await project.json(["run", "where.job.ts"], { user });
    const manifest = await stat(project.path(`.catalog/${String(end["runId"])}/mine.txt`));

    expect(end["returns"]).toMatchObject({
      user: `${user.uid}:${user.gid}`,
      home: "/runnable/home",
    });
    expect({ uid: manifest.uid, gid: manifest.gid }).toEqual(user);
  },
);

const ownFacts = new Set([
  "runId",
  "executor",
  "job-executor",
  // In a container the code is a bundle.
  "code",
  "submitter",
  "claim",
  "heartbeat",
  "createdAt",
  "startedAt",
  "endedAt",
  "durationMs",
  "peakMemoryBytes",
  "nonce",
  "progress",
]);

/** What has another value in every run, or on every executor. */
function withoutOwnFacts(value: Printed): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, inner: unknown) => (ownFacts.has(key) ? undefined : inner)),
  );
}
