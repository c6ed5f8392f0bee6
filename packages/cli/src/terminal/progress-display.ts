import { guardStreams } from "./guard-streams.ts";
import { createProgressLine } from "./progress-line.ts";
import { createProgressSteps } from "./progress-steps.ts";
import type { Progress } from "./progress-text.ts";
import { createStyle, wantsColour } from "./style.ts";

/** Shows how far a job is until it is closed. */
export interface ProgressDisplay {
  readonly update: (progress: Progress) => void;
  readonly close: () => void;
}

/** The terminal of this process. */
export interface TerminalStreams {
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly environment: { readonly [name: string]: string | undefined };
}

/** A line that redraws in place where standard error is a terminal (and this is no CI), else few lines of text; both on standard error. */
export function createProgressDisplay({
  stdout,
  stderr,
  environment,
}: TerminalStreams): ProgressDisplay {
  const write = stderr.write.bind(stderr);
  if (!isInteractive(stderr, environment)) {
    const update = createProgressSteps({ writeLine: (line) => void write(`${line}\n`), now });
    return { update, close: () => undefined };
  }
  const style = createStyle(wantsColour(stderr, environment));
  const line = createProgressLine({
    write: (text) => void write(text),
    style,
    columns: () => stderr.columns,
    now,
  });
  const shared = stdout.isTTY ? [stdout, stderr] : [stderr];
  const release = guardStreams(shared, line);
  return { update: line.update, close: release };
}

function now(): number {
  return performance.now();
}

function isInteractive(
  stderr: NodeJS.WriteStream,
  environment: TerminalStreams["environment"],
): boolean {
  const { CI: ci, TERM: terminal } = environment;
  const inCi = ci !== undefined && ci !== "" && ci !== "false" && ci !== "0";
  return stderr.isTTY && !inCi && terminal !== "dumb";
}
