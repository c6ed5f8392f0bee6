import { describe, expect, inject, it } from "vitest";

import type { DockerEngine } from "../engines/docker/docker-engine.ts";
import { makeDockerProject, type DockerProject, type StartOptions } from "./docker-project.ts";

const engine = inject("dockerEngine") as DockerEngine;

interface Finding {
  readonly check: string;
  readonly status: string;
  readonly detail?: string;
  readonly remedy?: string;
}

describe.skipIf(!engine)("doctor", () => {
  it("finds nothing wrong where jobs run, and leaves no container", async () => {
    await using project = await makeDockerProject(engine, {});

    const { code, findings } = await examine(project);

    expect(code).toBe(0);
    expect(findings.filter(({ status }) => status === "failed")).toEqual([]);
    expect(named(findings, "image").detail).toContain(engine.images.node);
    expect(findings.map(({ check }) => check)).toEqual(
      expect.arrayContaining(["engine", "clock", "image", "canary"]),
    );
    expect(await project.containers()).toEqual([]);
  });

  it("tells of an image that is not there and is not pulled", async () => {
    await using project = await makeDockerProject(engine, {}, { image: "no/such", pull: "never" });

    const { code, findings } = await examine(project);

    expect(code).toBe(78);
    expect(named(findings, "image")).toMatchObject({ status: "failed" });
    expect(named(findings, "image").remedy).toContain("job-executor.config.image");
  });

  it("tells of an engine that does not answer", async () => {
    await using project = await makeDockerProject(engine, {});

    const { code, findings } = await examine(project, {
      env: { DOCKER_HOST: "unix:///nowhere/docker.sock" },
    });

    expect(code).toBe(78);
    const failed = findings.filter(({ status }) => status === "failed");
    expect(JSON.stringify(failed)).toContain("Start the engine");
  });
});

async function examine(
  project: DockerProject,
  options?: StartOptions,
): Promise<{ readonly code: number | null; readonly findings: readonly Finding[] }> {
  const { code, stdout } = await project.runnable(["doctor", "--json"], options);
  const { findings } = JSON.parse(stdout) as { readonly findings: readonly Finding[] };
  return { code, findings };
}

function named(findings: readonly Finding[], check: string): Finding {
  const found = findings.find((one) => one.check === check);
  if (!found) throw new Error(`${check} was not looked at: ${JSON.stringify(findings)}`);
  return found;
}
