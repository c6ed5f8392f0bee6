import { describe, expect, it } from "vitest";

import { dockerConfig, imageOf, type DockerConfig } from "../src/docker-config.ts";
import { resourcesOf } from "../src/resources-of.ts";
import { parsed } from "./planned.ts";

async function issuesOf(config: object): Promise<readonly string[]> {
  const result = await dockerConfig["~standard"].validate(config);
  return (result.issues ?? []).map(({ path = [] }) => path.map(String).join("."));
}

describe("settings that are refused, by their key", () => {
  it.each([
    [{ docker_imge: "x" }, ""],
    [{ image: "a", docker_image: "b" }, "docker_image"],
    [{ memory: "1 GB" }, "memory"],
    [{ cpus: 0 }, "cpus"],
    [{ pull: "sometimes" }, "pull"],
    [{ mounts: [{ target: "/x" }] }, "mounts.0.source"],
    [{ mounts: [{ source: "a", target: "x" }] }, "mounts.0.target"],
    [{ mounts: [{ source: "a", target: "/x", mode: "rw" }] }, "mounts.0"],
    [{ workdir: "app" }, "workdir"],
    [{ environment: { A: 1 } }, "environment.A"],
  ])("%j", async (config, path) => {
    expect(await issuesOf(config)).toEqual([path]);
  });
});

it("the image is the settings', by either name, else Node's own of this major version", async () => {
  const [major] = process.versions.node.split(".");

  expect(imageOf(await parsed({ image: "a:1" }), "docker")).toBe("a:1");
  expect(imageOf(await parsed({ docker_image: "b:1" }), "docker")).toBe("b:1");
  expect(imageOf(await parsed({}), "docker")).toBe(`node:${major}-slim`);
});

it.each<[Partial<DockerConfig>, object]>([
  [{}, {}],
  [
    { cpus: 1.5, memory: "512m" },
    { cpu: 1.5, memoryMiB: 512 },
  ],
  [{ memory: "1.5g" }, { memoryMiB: 1536 }],
  [{ memory: "1048576" }, { memoryMiB: 1 }],
  [{ gpus: "2" }, { gpu: 2 }],
  [{ gpus: "all" }, {}],
])("tells policies in neutral words what %j asks for", async (config, resources) => {
  expect(resourcesOf(await parsed(config))).toEqual(resources);
});
