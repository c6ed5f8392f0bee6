import type { Cause } from "@runnable/plugin";

/** Why an engine could not start a container. */
export interface StartFault {
  readonly pattern: RegExp;
  readonly cause: Cause;
  readonly remedy: string;
}

/** What engines keep of a start that failed, the first match counts. Sources: runc and moby, by their messages. */
export const startFaults: readonly StartFault[] = [
  {
    pattern: /docker-init|catatonit/i,
    cause: "config",
    remedy: "Set job-executor.config.init to false, or install the engine's init.",
  },
  {
    pattern: /exec: ".*": (?:executable file not found|stat .*no such file)/i,
    cause: "image",
    remedy: "Use an image that has the program on its PATH.",
  },
  {
    pattern: /exec: ".*": permission denied|exec format error/i,
    cause: "image",
    remedy: "Use an image whose programs run on the engine's machine for job-executor.config.user.",
  },
  {
    pattern: /could not select device driver/i,
    cause: "config",
    remedy: "Install the GPU runtime of the engine, or remove job-executor.config.gpus.",
  },
  {
    pattern: /unable to find user|no matching entries in passwd|unable to find group/i,
    cause: "config",
    remedy: "Set job-executor.config.user to a user of the image, or to ids.",
  },
  {
    pattern: /network .* not found/i,
    cause: "config",
    remedy: "Create the network, or correct job-executor.config.network.",
  },
  {
    pattern: /bind source path does not exist|error mounting/i,
    cause: "config",
    remedy:
      "Create what job-executor.config.mounts names; an engine in a virtual machine must share it.",
  },
];
