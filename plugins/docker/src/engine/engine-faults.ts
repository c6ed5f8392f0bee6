/** Something that an engine says and that we know. */
export interface EngineFault {
  readonly pattern: RegExp;
  readonly code: string;
  readonly hint: string;
  /** 78: the user must change something. 75: another try may help. */
  readonly exitCode: 75 | 78;
}

/** What engines say when a command fails, the first match counts. Sources: moby and docker/cli, by their messages. */
export const engineFaults: readonly EngineFault[] = [
  {
    pattern: /permission denied while trying to connect|dial unix .*: permission denied/i,
    code: "ENGINE_DENIED",
    hint: "Become a member of the group of the engine's socket (often `docker`), or use a rootless engine.",
    exitCode: 78,
  },
  {
    pattern:
      /cannot connect to (?:the docker daemon|podman)|error during connect|connection refused/i,
    code: "ENGINE_UNREACHABLE",
    hint: "Start the engine, or let DOCKER_HOST or the current context name another.",
    exitCode: 75,
  },
  {
    pattern: /client version .* is too (?:old|new)|server API version/i,
    code: "ENGINE_VERSION",
    hint: "Bring command and engine to versions that know each other, or set DOCKER_API_VERSION.",
    exitCode: 78,
  },
  {
    pattern: /toomanyrequests|rate limit/i,
    code: "IMAGE_RATE_LIMITED",
    hint: "Log in to the registry, wait, or use a mirror.",
    exitCode: 75,
  },
  {
    pattern: /no matching manifest for|does not match the (?:specified|detected) platform/i,
    code: "IMAGE_PLATFORM",
    hint: "Set job-executor.config.platform to one that the image is made for, or use another image.",
    exitCode: 78,
  },
  {
    pattern:
      /pull access denied|access to the resource is denied|unauthorized|authentication required/i,
    code: "IMAGE_DENIED",
    hint: "Check the name in job-executor.config.image, and log in to its registry.",
    exitCode: 78,
  },
  {
    pattern:
      /manifest (?:for .* )?(?:unknown|not found)|no such image|image not known|name unknown/i,
    code: "IMAGE_MISSING",
    hint: "Check the name in job-executor.config.image; with `pull: never` it must be there already.",
    exitCode: 78,
  },
  {
    pattern: /invalid reference format|short-name/i,
    code: "IMAGE_INVALID",
    hint: "Set job-executor.config.image to NAME, NAME:TAG or NAME@DIGEST; for Podman with its registry (docker.io/library/node:24-slim).",
    exitCode: 78,
  },
  {
    pattern: /\/v2\/|registry|TLS handshake timeout/i,
    code: "IMAGE_UNREACHABLE",
    hint: "Check that the engine reaches the registry of job-executor.config.image, or pull the image beforehand.",
    exitCode: 75,
  },
  {
    pattern: /bind source path does not exist|statfs .*: no such file/i,
    code: "MOUNT_MISSING",
    hint: "Create the directory, or correct job-executor.config.mounts. An engine in a virtual machine must share it; one elsewhere needs `storage: relay`.",
    exitCode: 78,
  },
  {
    pattern: /unable to find user|unknown user|no matching entries in passwd/i,
    code: "CONTAINER_REFUSED",
    hint: "Set job-executor.config.user to a user of the image, or to ids.",
    exitCode: 78,
  },
  {
    pattern: /no space left on device/i,
    code: "ENGINE_DISK_FULL",
    hint: "Make room on the engine's disk, for example with `docker system prune`.",
    exitCode: 75,
  },
  {
    pattern:
      /minimum memory limit|range of cpus|unknown runtime|invalid (?:argument|mount|value)|unknown (?:flag|shorthand)|conflicting options|not supported|is invalid|invalid/i,
    code: "CONTAINER_REFUSED",
    hint: "Correct the setting of job-executor.config that the message names.",
    exitCode: 78,
  },
];
