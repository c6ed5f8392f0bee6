import { expect, it } from "vitest";

import { engineError } from "../../src/engine/engine-error.ts";

it.each([
  [
    "Cannot connect to the Docker daemon at unix:///x. Is the docker daemon running?",
    "ENGINE_UNREACHABLE",
    75,
  ],
  [
    "permission denied while trying to connect to the Docker daemon socket at unix:///x",
    "ENGINE_DENIED",
    78,
  ],
  [
    "Error response from daemon: client version 1.50 is too new. Maximum supported API version is 1.41",
    "ENGINE_VERSION",
    78,
  ],
  ["Error response from daemon: No such image: nosuch:latest", "IMAGE_MISSING", 78],
  [
    "Error response from daemon: manifest for node:99 not found: manifest unknown",
    "IMAGE_MISSING",
    78,
  ],
  [
    "Error response from daemon: pull access denied for x, repository does not exist or may require 'docker login': denied: requested access to the resource is denied",
    "IMAGE_DENIED",
    78,
  ],
  [
    "Error response from daemon: toomanyrequests: You have reached your pull rate limit.",
    "IMAGE_RATE_LIMITED",
    75,
  ],
  ["no matching manifest for linux/arm64/v8 in the manifest list entries", "IMAGE_PLATFORM", 78],
  [
    'Error response from daemon: Get "https://registry-1.docker.io/v2/": dial tcp: lookup registry-1.docker.io: no such host',
    "IMAGE_UNREACHABLE",
    75,
  ],
  [
    "invalid reference format: repository name (library/BAD) must be lowercase",
    "IMAGE_INVALID",
    78,
  ],
  [
    'Error response from daemon: invalid mount config for type "bind": bind source path does not exist: /nope',
    "MOUNT_MISSING",
    78,
  ],
  ["Error response from daemon: Minimum memory limit allowed is 6MB", "CONTAINER_REFUSED", 78],
  [
    "Error response from daemon: mkdir /var/lib/docker/x: no space left on device",
    "ENGINE_DISK_FULL",
    75,
  ],
  ["unknown flag: --annotation", "CONTAINER_REFUSED", 78],
  ["something that nobody has seen", "ENGINE_FAILED", 75],
])("%s", (stderr, code, exitCode) => {
  const error = engineError({ program: "docker", argv: ["create"], stderr });

  expect(error).toMatchObject({ code, exitCode, hint: expect.any(String) });
});

it("tells the engine's own sentence, without what is printed around it", () => {
  const stderr =
    "Unable to find image 'x' locally\nError response from daemon: no such thing\n\nSee 'docker create --help'.\n";

  const { message } = engineError({ program: "docker", argv: ["create", "-x"], stderr });

  expect(message).toBe("docker create: no such thing");
});

it("tells the first of several errors", () => {
  const stderr =
    'Error: 2 errors occurred:\n\t* unknown user error looking up user "x"\n\t* io: read/write on closed pipe\n';

  const { message, code } = engineError({ program: "podman", argv: ["cp"], stderr });

  expect(message).toBe('podman cp: unknown user error looking up user "x"');
  expect(code).toBe("CONTAINER_REFUSED");
});

it("a command that is not installed is told as that", () => {
  const cause = Object.assign(new Error("spawn docker ENOENT"), { code: "ENOENT" });

  const error = engineError({ program: "docker", argv: ["info"], stderr: "", cause });

  expect(error).toMatchObject({ code: "ENGINE_COMMAND_MISSING", exitCode: 78 });
});
