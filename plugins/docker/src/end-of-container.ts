import { constants } from "node:os";

import type { PlatformStatus } from "@runnable/plugin";

import type { ContainerState } from "./engine/inspect-container.ts";
import { startFaults } from "./start-faults.ts";

/** For a run whose outcome did not come: read only then. */
export const endedSilently = "the container ended, and the job told no outcome";

type Ended = Extract<PlatformStatus, { readonly state: "ended" }>;

/** How a container ended; undefined while it may still run. */
export function endOfContainer(state: ContainerState): Ended | undefined {
  const { status, exitCode, oomKilled, error } = state;
  if (status === "created") return error === "" ? neverStarted : notStarted(error);
  if (status !== "exited" && status !== "dead") return undefined;
  const signal = signalOf(exitCode);
  return {
    state: "ended",
    exitCode,
    ...(signal === undefined ? {} : { signal }),
    ...(oomKilled ? outOfMemory : endOf({ exitCode, signal, error, oomKilled })),
  };
}

const neverStarted: Ended = {
  state: "ended",
  cause: "platform",
  detail: "the container was created and never started: its client ended in between",
  remedy: "`runnable retry` starts another attempt.",
};

const outOfMemory = {
  cause: "oom",
  detail: "the kernel ended it for its memory limit",
  remedy: "Raise job-executor.config.memory, or let the job need less.",
} as const;

const killed = {
  cause: "platform",
  detail:
    "the container was killed, from outside or for its memory limit: the engine does not tell",
  remedy:
    "Raise job-executor.config.memory if the job may need more, or find out who kills containers there.",
} as const;

/** What the engine's init, like a shell, ends with when it can't run a program. Source: tini, "exec … failed". */
const noProgram: ReadonlySet<number> = new Set([126, 127]);

const noNode = {
  cause: "image",
  detail: "the image could not run the program",
  remedy: "Use an image with Node 22.19 or newer on its PATH.",
} as const;

function notStarted(error: string): Ended {
  const fault = startFaults.find(({ pattern }) => pattern.test(error));
  return {
    state: "ended",
    cause: fault?.cause ?? "platform",
    detail: `the container could not be started: ${error}`,
    remedy: fault?.remedy ?? "Correct what the engine names, then `runnable retry`.",
  };
}

interface End {
  readonly exitCode: number;
  readonly signal: string | undefined;
  readonly error: string;
  readonly oomKilled: boolean | undefined;
}

function endOf({
  exitCode,
  signal,
  error,
  oomKilled,
}: End): Pick<Ended, "cause" | "detail" | "remedy"> {
  // The job side ends with its job's status only after it told the outcome; here nobody did.
  if (noProgram.has(exitCode)) return noNode;
  if (error !== "") return { cause: "platform", detail: error };
  if (signal === undefined) return { detail: endedSilently };
  if (signal === "SIGKILL" && oomKilled === undefined) return killed;
  return {
    cause: "platform",
    detail: `the container was ended by ${signal} from outside`,
    remedy:
      "Find out who stops containers there (`docker events`); `runnable retry` starts another attempt.",
  };
}

function signalOf(exitCode: number): string | undefined {
  return Object.entries(constants.signals).find(([, number]) => exitCode === 128 + number)?.[0];
}
