import type { Need } from "@runnable/plugin";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { createArguments } from "../src/create-container.ts";
import type { DockerInput } from "../src/docker-config.ts";
import { planned } from "./planned.ts";

beforeEach(() => vi.stubEnv("DOCKER_HOST", "unix:///run/docker.sock"));
afterEach(() => vi.unstubAllEnvs());

describe("every setting is the engine's option of that name", () => {
  it.each<[DockerInput, readonly string[]]>([
    [{ platform: "linux/arm64" }, ["--platform", "linux/arm64"]],
    [{ network: "mine" }, ["--network", "mine"]],
    [{ cpus: 0.5 }, ["--cpus", "0.5"]],
    [{ memory: "1g" }, ["--memory", "1g", "--memory-swap", "1g"]],
    [{ memory: "1g", memory_swap: "2g" }, ["--memory", "1g", "--memory-swap", "2g"]],
    [{ gpus: "all" }, ["--gpus", "all"]],
    [{ shm_size: "1g" }, ["--shm-size", "1g"]],
    [{ ulimits: { nofile: 1024 } }, ["--ulimit", "nofile=1024"]],
    [{ labels: { team: "a b" } }, ["--label", "team=a b"]],
    [{ add_host: { db: "10.0.0.1" } }, ["--add-host", "db:10.0.0.1"]],
    [{ security_opt: ["label=disable"] }, ["--security-opt", "label=disable"]],
    [{ cap_drop: ["ALL"], cap_add: ["CHOWN"] }, ["--cap-add", "CHOWN", "--cap-drop", "ALL"]],
    [{ environment: { A: "x y=z" } }, ["--env", "A=x y=z"]],
    [{ init: true }, ["--init"]],
    [
      { mounts: [{ source: "data", target: "/data", readonly: true }] },
      ["--mount", "type=bind,source=/project/data,target=/data,ro"],
    ],
    [
      { mounts: [{ type: "volume", source: "v", target: "/v" }] },
      ["--mount", "type=volume,source=v,target=/v"],
    ],
    [{ mounts: [{ type: "tmpfs", target: "/t" }] }, ["--mount", "type=tmpfs,target=/t"]],
    [
      { mounts: [{ source: 'a,"b"', target: "/x" }] },
      ["--mount", 'type=bind,"source=/project/a,""b""",target=/x'],
    ],
  ])("%j", async (config, options) => {
    const plan = await planned(config);

    expect(plan.options.join("\n")).toContain(options.join("\n"));
  });
});

it("stores are mounted, and services of the submitter's loopback are reached over the gateway", async () => {
  const runLog = { id: "run-log", role: "run-log", kind: "path", what: "directory" } as const;
  const service = { id: "catalog", role: "catalog", kind: "endpoint" } as const;
  const needs: readonly Need[] = [
    { ...runLog, access: "write", path: "/data/runs" },
    { ...service, access: "read", url: "http://localhost:9000" },
  ];

  const { options } = await planned({}, needs);

  expect(options).toContain("type=bind,source=/data/runs,target=/runnable/stores/run-log");
  expect(options).toContain("host.docker.internal:host-gateway");
});

it("the standard input is open only where secret values come", async () => {
  const secrets: Need = {
    id: "secrets",
    role: "secrets",
    access: "read",
    kind: "values",
    names: ["TOKEN"],
  };

  expect(await planned({}, [secrets])).toMatchObject({
    stdin: true,
    options: expect.arrayContaining(["--interactive"]),
  });
  expect((await planned({})).options).not.toContain("--interactive");
});

describe("the command line", () => {
  it("replaces the image's entry point, and keeps arguments whole", async () => {
    const plan = await planned({ image: "a:1" });

    const argv = createArguments(plan, { rootless: false });

    expect(argv.slice(0, 5)).toEqual(["create", "--pull", "never", "--name", "rn-r1-a1"]);
    expect(argv.slice(argv.indexOf("--entrypoint"))).toEqual([
      "--entrypoint",
      "node",
      "a:1",
      "/runnable/payload/run.mjs",
      "execute-job",
      "a b.ts",
      "r1",
    ]);
  });

  it("names the user of the settings, also in a rootless engine", async () => {
    const argv = createArguments(await planned({ user: "node" }), { rootless: true });

    expect(argv.join(" ")).toContain("--user node");
  });

  it.runIf(process.platform === "linux")(
    "names the submitter, who is root in a rootless engine",
    async () => {
      const plan = await planned({});
      const ids = `${process.getuid?.()}:${process.getgid?.()}`;

      expect(createArguments(plan, { rootless: false }).join(" ")).toContain(`--user ${ids}`);
      expect(createArguments(plan, { rootless: true }).join(" ")).toContain("--user 0:0");
    },
  );
});
