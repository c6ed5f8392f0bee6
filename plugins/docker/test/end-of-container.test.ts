import { expect, it } from "vitest";

import { endOfContainer } from "../src/end-of-container.ts";
import type { ContainerState } from "../src/engine/inspect-container.ts";

const exited: ContainerState = { status: "exited", exitCode: 0, oomKilled: false, error: "" };
const created: ContainerState = { ...exited, status: "created" };
const oci = "failed to create shim task: OCI runtime create failed: runc create failed";

it.each<[string, Partial<ContainerState>, object]>([
  ["an end without an outcome", {}, { exitCode: 0 }],
  ["a status", { exitCode: 3 }, { exitCode: 3 }],
  ["too much memory", { exitCode: 137, oomKilled: true }, { cause: "oom", signal: "SIGKILL" }],
  [
    "a child that took too much, and a job side that is gone",
    { exitCode: 1, oomKilled: true },
    { cause: "oom" },
  ],
  ["a kill", { exitCode: 137 }, { cause: "platform", signal: "SIGKILL" }],
  [
    "a kill, by an engine that does not tell of memory",
    { exitCode: 137, oomKilled: undefined },
    { cause: "platform", remedy: expect.stringContaining("memory") },
  ],
  ["a stop", { exitCode: 143 }, { cause: "platform", signal: "SIGTERM" }],
  ["a program that is not there", { exitCode: 127 }, { cause: "image" }],
  ["a dead container", { status: "dead", error: "unlinkat: busy" }, { cause: "platform" }],
])("%s", (_, state, end) => {
  expect(endOfContainer({ ...exited, ...state })).toMatchObject({ state: "ended", ...end });
});

it.each([
  ["unable to find user nobody-here: no matching entries in passwd file", "config"],
  [
    `${oci}: unable to start container process: exec: "node": executable file not found in $PATH`,
    "image",
  ],
  [`${oci}: exec: "/x": permission denied`, "image"],
  ['could not select device driver "" with capabilities: [[gpu]]', "config"],
  ["network no-such-network not found", "config"],
  ['exec: "docker-init": executable file not found in $PATH', "config"],
  ["something that nobody has seen", "platform"],
])("a container that could not be started: %s", (error, cause) => {
  const end = endOfContainer({ ...created, exitCode: 127, error });

  expect(end).toMatchObject({
    cause,
    detail: expect.stringContaining(error),
    remedy: expect.any(String),
  });
});

it("one that nobody started has ended too: its client died", () => {
  expect(endOfContainer(created)).toMatchObject({ state: "ended", cause: "platform" });
});

it.each(["running", "paused", "restarting"])("one that is %s has not ended", (status) => {
  expect(endOfContainer({ ...exited, status })).toBeUndefined();
});
