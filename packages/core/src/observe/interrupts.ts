import { RunnableError } from "@runnable/plugin";

/** What the user, or code, asks of a run that is followed: each signal is aborted once, in this order. */
export interface Interrupts {
  /** Ask the job to stop. */
  readonly stop: AbortSignal;
  /** Kill it. */
  readonly kill: AbortSignal;
  /** Leave it alone and go. */
  readonly leave: AbortSignal;
  /** Whether the run was asked to stop, here or by another command. */
  readonly wasStopped: () => boolean;
  /** The work's result. @throws RunnableError RUN_LEFT as soon as the user leaves. */
  readonly unlessLeft: <T>(work: Promise<T>) => Promise<T>;
  /** Stops listening. */
  readonly release: () => void;
}

/** Whose interrupts these are. */
export interface InterruptedRun {
  readonly runId: string;
  /** Counts as the first interrupt when aborted; with the reason `"now"` also as the second. */
  readonly cancel: AbortSignal | undefined;
  readonly onNotice: (message: string) => void;
}

/** Asked for by the user; SIGHUP is not among them: a run outlives the terminal that it was started from. */
const signals = ["SIGINT", "SIGTERM"] as const;

/** One listener of the process for all runs that it follows: many listeners are a leak to Node. */
const followed = new Set<() => void>();

/**
 * Listens for SIGINT and SIGTERM to this process while a run is followed: the first asks the job to stop, the second kills it,
 * the third leaves it alone.
 */
export function listenForInterrupts({ runId, cancel, onNotice }: InterruptedRun): Interrupts {
  const [stop, kill, leave] = [new AbortController(), new AbortController(), new AbortController()];
  const steps = [
    () => {
      stop.abort();
      onNotice(`stopping ${runId}; interrupt again to kill it`);
    },
    () => {
      kill.abort();
      onNotice("killing it; interrupt again to leave it as it is");
    },
    () => leave.abort(runLeft(runId)),
  ];
  const next = () => steps.shift()?.();
  const onCancel = () => {
    if (!stop.signal.aborted) next();
    if (cancel?.reason === "now" && !kill.signal.aborted) next();
  };
  if (cancel?.aborted) onCancel();
  cancel?.addEventListener("abort", onCancel, { once: true });
  if (followed.size === 0) for (const name of signals) process.on(name, interruptAll);
  followed.add(next);
  const left = rejection(leave.signal);
  return {
    stop: stop.signal,
    kill: kill.signal,
    leave: leave.signal,
    wasStopped: () => stop.signal.aborted,
    unlessLeft: (work) => Promise.race([work, left]),
    release: () => {
      cancel?.removeEventListener("abort", onCancel);
      followed.delete(next);
      if (followed.size === 0) for (const name of signals) process.off(name, interruptAll);
    },
  };
}

/** For a run that another command began: an interrupt ends the command that looks on, as it ends every program. */
export function noInterrupts(wasStopped: boolean): Interrupts {
  const { signal } = new AbortController();
  return {
    stop: signal,
    kill: signal,
    leave: signal,
    wasStopped: () => wasStopped,
    unlessLeft: (work) => work,
    release: () => undefined,
  };
}

function interruptAll(): void {
  // A copy: who is told leaves the list.
  for (const next of Array.from(followed)) next();
}

function rejection(signal: AbortSignal): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  // Told to whoever waits then; perhaps nobody does.
  promise.catch(() => undefined);
  return promise;
}

function runLeft(runId: string): RunnableError {
  return new RunnableError("RUN_LEFT", `run ${runId} was left as it is; it may still be running`, {
    hint: `\`runnable attach ${runId}\` follows it, \`runnable cancel ${runId}\` stops it.`,
    exitCode: 130,
  });
}
