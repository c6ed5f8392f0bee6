import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync } from "node:fs";
import { cp } from "node:fs/promises";

import { describe, expect, it } from "vitest";

import { expectRefusal } from "../support/expect-refusal.ts";
import { makeProject, type JobProject } from "../support/job-project.ts";

const isRoot = process.getuid?.() === 0;
const executors = ["local", "emulator"] as const;
const job = `import { defineJob } from "@runnable/core";
import { writeFileSync } from "node:fs";
export default defineJob({
  catalog: { put: ["big.bin"] },
  run({ parameters }) {
    console.log("ran");
    writeFileSync("big.bin", Buffer.alloc(parameters.bytes ?? 1, 120));
    return { n: 1 };
  },
});`;

/** A project whose stores lie below `store/`. */
function project(): Promise<JobProject> {
  return makeProject({
    "my.job.ts": job,
    "runnable-config.yaml": `run-log-store: { type: file-system, config: { log_folder: store/runs } }
catalog: { type: file-system, config: { catalog_location: store/files } }
`,
    "store/keep": "",
  });
}

/** Mounts a file system on a directory of the project; unmounted when disposed. */
function mount(directory: string, options: string): Disposable {
  mkdirSync(directory, { recursive: true });
  execFileSync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", directory]);
  return { [Symbol.dispose]: () => execFileSync("umount", ["--lazy", directory]) };
}

function canMount(): boolean {
  try {
    execFileSync("unshare", ["--mount", "true"], { stdio: "ignore" });
    return isRoot;
  } catch {
    return false;
  }
}

describe.each(executors)("a run log, on %s", (executor) => {
  it.skipIf(!canMount())("that is read-only is refused; the job does not run", async () => {
    await using p = await project();
    using _ = mount(p.path("store/runs"), "ro,size=1m");

    const end = await p.runnable(["run", "my.job.ts", "-e", executor]);

    expectRefusal(end, { codes: ["STORE_UNWRITABLE"] });
    expect(end.stderr).toContain("run-log-store.config.log_folder");
    expect(end.stdout).not.toContain("ran");
  });

  it.skipIf(!canMount())("that is full is refused; the job does not run", async () => {
    await using p = await project();
    using _ = mount(p.path("store"), "size=64k");
    execFileSync("sh", ["-c", "head -c 70000 /dev/zero > store/filler || true"], {
      cwd: p.directory,
      stdio: "ignore",
    });

    const end = await p.runnable(["run", "my.job.ts", "-e", executor]);

    expectRefusal(end, { codes: ["STORE_UNWRITABLE"] });
    expect(end.stdout).not.toContain("ran");
  });

  it("that is a file is refused", async () => {
    await using p = await project();
    await p.write("store/runs", "not a directory");

    const end = await p.runnable(["run", "my.job.ts", "-e", executor]);

    expectRefusal(end, { codes: ["STORE_UNWRITABLE"] });
    expect(end.stdout).not.toContain("ran");
  });

  it.skipIf(isRoot)("that is not ours to write is refused", async () => {
    await using p = await project();
    chmodSync(p.path("store"), 0o555);

    const end = await p.runnable(["run", "my.job.ts", "-e", executor]);

    chmodSync(p.path("store"), 0o755);
    expectRefusal(end, { codes: ["STORE_UNWRITABLE"] });
  });
});

describe.each(executors)("a catalog, on %s", (executor) => {
  it.skipIf(!canMount())(
    "that is full fails the run with 78; what the job returned is recorded",
    async () => {
      await using p = await project();
      using _ = mount(p.path("store/files"), "size=256k");

      const end = await p.runnable(["run", "my.job.ts", "-e", executor, "-p", "bytes=1000000"]);

      expect(end.code).toBe(78);
      expect(end.stderr).toContain("catalog.config.catalog_location");
      expect((await p.shown()).outcome).toMatchObject({
        status: "failed",
        cause: "storage",
        returns: { n: 1 },
        catalog: [],
        error: { name: "STORE_UNWRITABLE" },
      });
    },
  );
});

describe("a run log that the job side does not see", () => {
  it("is proved wrong before the job runs: 78, with both sides' views", async () => {
    await using p = await makeProject({
      "my.job.ts": job,
      "runnable-config.yaml":
        "job-executor: { type: emulator, config: { storage: broken-mount } }\n",
    });

    const end = await p.runnable(["run", "my.job.ts"]);

    expect(end.code).toBe(78);
    expect(end.stdout).not.toContain("ran");
    const { outcome } = await p.shown();
    expect(outcome).toMatchObject({
      status: "failed",
      cause: "storage",
      error: { name: "STORAGE_NOT_SHARED" },
    });
    expect(outcome.error?.message).toContain(p.path(".run_log_store"));
    expect(outcome.error?.message).toMatch(/volumes/);
  });

  it("is recorded by the submitter where output comes back, and by the job side where it has disks of its own", async () => {
    await using p = await makeProject({
      "my.job.ts": job,
      "relay.yaml": "job-executor: { type: emulator, config: { storage: relay } }\n",
      "separate.yaml": "job-executor: { type: emulator, config: { storage: separate } }\n",
      "mounted.yaml": "job-executor: { type: emulator, config: { storage: mounted } }\n",
    });

    for (const storage of ["relay", "separate", "mounted"]) {
      const result = await p.run(["my.job.ts", "-c", `${storage}.yaml`]);

      expect(result, storage).toMatchObject({
        status: "succeeded",
        returns: { n: 1 },
        catalog: [{ path: "big.bin" }],
      });
    }
    const listed = await p.runnable(["runs", "list", "--json"]);
    expect((JSON.parse(listed.stdout) as { status: string }[]).map(({ status }) => status)).toEqual(
      expect.arrayContaining(["succeeded", "succeeded"]),
    );
  });

  it("is refused where it lives in memory", async () => {
    await using p = await makeProject({
      "my.job.ts": job,
      "runnable-config.yaml":
        "job-executor: { type: emulator }\nrun-log-store: { type: buffered }\n",
    });

    const end = await p.runnable(["run", "my.job.ts"]);

    expectRefusal(end, { codes: [] });
    expect(end.stderr).toContain("run-log");
    expect(end.stderr).toContain("relay");
  });
});

describe("the project directory", () => {
  it.skipIf(!canMount())(
    "that is read-only serves a run in this process; a submission is refused",
    async () => {
      await using p = await makeProject({});
      await using logs = await makeProject({});
      using _ = mount(p.path("project"), "size=1m");
      await cp(p.path("node_modules"), p.path("project/node_modules"), {
        recursive: true,
        verbatimSymlinks: true,
      });
      await p.write("project/my.job.ts", job);
      await p.write(
        "project/runnable-config.yaml",
        `run-log-store: { type: file-system, config: { log_folder: ${logs.path("runs")} } }\ncatalog: { type: do-nothing }\n`,
      );
      execFileSync("mount", ["-o", "remount,ro", p.path("project")]);
      const here = await p.runnable(["-C", "project", "run", "my.job.ts"]);
      const there = await p.runnable(["-C", "project", "run", "my.job.ts", "-e", "emulator"]);

      expectRefusal(there, { codes: ["PROJECT_UNWRITABLE"] });
      expect(here.stdout).toContain("ran");
    },
  );
});
