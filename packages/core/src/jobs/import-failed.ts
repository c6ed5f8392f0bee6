import { isRunnableError, RunnableError } from "@runnable/plugin";

/** The error for a job file that throws when it is imported. Errors of ours pass as they are. */
export function importFailed(error: unknown, file: string): RunnableError {
  if (isRunnableError(error)) return error;
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const place = error instanceof Error ? firstPlace(error) : undefined;
  return new RunnableError(
    "JOB_IMPORT_FAILED",
    `${file} could not be imported: ${what}${place === undefined ? "" : ` (${place})`}`,
    { cause: error },
  );
}

/** `path:line:column` of the first frame that is neither Node's nor a dependency's; a syntax error's place stands above its message. */
function firstPlace({ message, stack = "" }: Error): string | undefined {
  // An import that finds nothing tells by whom in its message; its stack is all Node's and ours.
  if (message.includes(" imported from ")) return undefined;
  const lines = stack.split("\n").filter((line) => !/node:|[\\/]node_modules[\\/]/.test(line));
  for (const line of lines) {
    const place = /(?:^|\(|at (?:async )?)(?:file:\/\/)?(\/[^()]*?:\d+(?::\d+)?)\)?$/.exec(
      line.trim(),
    )?.[1];
    if (place !== undefined) return decodeURI(place);
  }
  return undefined;
}
