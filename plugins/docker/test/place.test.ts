import type { Need } from "@runnable/plugin";
import { afterEach, describe, expect, it, vi } from "vitest";

import { place } from "../src/place.ts";
import { placeContext } from "./planned.ts";

afterEach(() => vi.unstubAllEnvs());

const runLog: Need = {
  id: "run-log",
  role: "run-log",
  access: "write",
  kind: "path",
  what: "directory",
  path: "/data/runs",
};
const memory: Need = { id: "run-log", role: "run-log", access: "write", kind: "memory" };
const project: Need = { ...runLog, id: "project", role: "code", access: "read", path: "/project" };

function endpoint(url: string): Need {
  return { id: "catalog", role: "catalog", access: "write", kind: "endpoint", url };
}

describe("a store on disk", () => {
  it("is mounted below a directory of ours, and the job proves that it is the same", async () => {
    vi.stubEnv("DOCKER_HOST", "unix:///run/docker.sock");

    expect(place(runLog, await placeContext({}))).toEqual({
      at: "path",
      path: "/runnable/stores/run-log",
      shared: "verify",
      spec: { source: "/data/runs", readonly: false },
    });
  });

  it.each(["ssh://me@far", "tcp://10.0.0.7:2376"])(
    "is refused with a remedy where the engine is on another machine: %s",
    async (host) => {
      vi.stubEnv("DOCKER_HOST", host);

      expect(place(runLog, await placeContext({}))).toMatchObject({
        refuse: expect.stringContaining(host),
        remedy: expect.stringContaining("storage"),
      });
      expect(place(project, await placeContext({ code: "mount" }))).toMatchObject({
        remedy: expect.stringContaining("code"),
      });
    },
  );

  it("stays where it is with storage: relay, also for a far engine", async () => {
    vi.stubEnv("DOCKER_HOST", "ssh://me@far");

    expect(place(runLog, await placeContext({ storage: "relay" }))).toMatchObject({ at: "relay" });
  });
});

it("the project is mounted where it is, so that modules find each other", async () => {
  vi.stubEnv("DOCKER_HOST", "");

  const placement = place(project, await placeContext({ code: "mount" }));

  expect(placement).toMatchObject({ path: "/project", spec: { readonly: true } });
});

it("a store in memory is refused, unless its records are relayed", async () => {
  expect(place(memory, await placeContext({}))).toHaveProperty("remedy");
  expect(place(memory, await placeContext({ storage: "relay" }))).toMatchObject({ at: "relay" });
});

it("secret values go to the standard input", async () => {
  const values = { id: "secrets", role: "secrets", access: "read", kind: "values" } as const;

  expect(place({ ...values, names: ["A"] }, await placeContext({}))).toEqual({ at: "stdin" });
});

describe("a service that the submitter reaches by its loopback address", () => {
  it.each([
    ["http://localhost:9000", "http://host.docker.internal:9000"],
    ["http://127.0.0.1:9000/bucket", "http://host.docker.internal:9000/bucket"],
    ["http://[::1]:9000", "http://host.docker.internal:9000"],
  ])("is reached over the engine's gateway: %s", async (url, there) => {
    const spec = { gateway: true };

    expect(place(endpoint(url), await placeContext({}))).toMatchObject({ url: there, spec });
  });

  it("is reached by the same address on the host's network", async () => {
    const placement = place(
      endpoint("http://127.0.0.1:9000"),
      await placeContext({ network: "host" }),
    );

    expect(placement).toEqual({ at: "endpoint", url: "http://127.0.0.1:9000", shared: true });
  });

  it("keeps any other address", async () => {
    const placement = place(endpoint("https://s3.example.org"), await placeContext({}));

    expect(placement).toEqual({ at: "endpoint", url: "https://s3.example.org", shared: true });
  });
});
