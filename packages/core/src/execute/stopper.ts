import type { SupervisedProcess } from "./supervised-process.ts";

/** Why a job is being stopped. */
export type StopReason = "cancelled" | "timeout" | "fenced";

/** Stops the current job process: first asks, then kills. */
export interface Stopper {
  readonly stop: (reason: StopReason) => void;
  readonly reason: () => StopReason | undefined;
  /** Aborted once the run is to be stopped; a timeout stops an attempt only. */
  readonly stopped: AbortSignal;
  /** Attaches to the process of an attempt; a stop asked for earlier holds for it at once. */
  readonly attach: (process: SupervisedProcess) => void;
  /** Forgets a timeout, which ends an attempt and not the run. */
  readonly nextAttempt: () => void;
}

/** A {@link Stopper}; the second `stop` for a user's reason kills at once. */
export function createStopper(graceSeconds: number): Stopper {
  let current: SupervisedProcess | undefined;
  let why: StopReason | undefined;
  const run = new AbortController();
  const ask = (reason: StopReason) => {
    current?.send({ type: "abort", reason: reason === "timeout" ? "timeout" : "cancelled" });
    current?.signalGroup("SIGTERM");
    const asked = current;
    setTimeout(() => asked?.signalGroup("SIGKILL"), graceSeconds * 1000).unref();
  };
  return {
    stopped: run.signal,
    stop: (reason) => {
      if (reason !== "timeout") run.abort();
      if (reason === "fenced" || (why !== undefined && reason === "cancelled")) {
        why ??= reason;
        current?.signalGroup("SIGKILL");
        return;
      }
      why ??= reason;
      ask(reason);
    },
    reason: () => why,
    attach: (process) => {
      current = process;
      if (why !== undefined) ask(why);
    },
    nextAttempt: () => {
      if (why === "timeout") why = undefined;
    },
  };
}
