import { RunnableError } from "@runnable/plugin";

import { engineFaults } from "./engine-faults.ts";

/** A command of the engine that failed. */
export interface EngineFailure {
  readonly program: string;
  readonly argv: readonly string[];
  readonly stderr: string;
  readonly cause?: unknown;
}

/**
 * The error of a command that failed: what the engine said, with a code and a remedy where we know one.
 *
 * @returns RunnableError with a code of {@link engineFaults}, ENGINE_COMMAND_MISSING, or ENGINE_FAILED.
 */
export function engineError({ program, argv, stderr, cause }: EngineFailure): RunnableError {
  const chain = cause === undefined ? {} : { cause };
  if (isMissing(cause)) {
    return new RunnableError("ENGINE_COMMAND_MISSING", `there is no command \`${program}\``, {
      hint: `Install ${program}, or put it on PATH.`,
      exitCode: 78,
      ...chain,
    });
  }
  const said = lastWords(stderr);
  const fault = engineFaults.find(({ pattern }) => pattern.test(stderr));
  return new RunnableError(
    fault?.code ?? "ENGINE_FAILED",
    `${program} ${argv[0] ?? ""}: ${said === "" ? "it ended without a word" : said}`,
    {
      hint: fault?.hint ?? `Check that \`${program} info\` answers.`,
      exitCode: fault?.exitCode ?? 75,
      ...chain,
    },
  );
}

function isMissing(cause: unknown): boolean {
  return cause instanceof Error && "code" in cause && cause.code === "ENOENT";
}

/** The engine's own sentence, without the progress of a pull and the usage lines around it. */
function lastWords(stderr: string): string {
  const lines = stderr
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  // Of several errors Podman tells the first one first; the others follow from it.
  const first = lines.find((line) => line.startsWith("* "));
  if (first !== undefined) return first.slice(2);
  const told = lines.findLast((line) => /^(?:Error|Cannot)|daemon:| error code /i.test(line));
  return (told ?? lines.at(-1) ?? "")
    .replace(/^Error response from daemon: |^Error: /, "")
    .slice(0, 500);
}
