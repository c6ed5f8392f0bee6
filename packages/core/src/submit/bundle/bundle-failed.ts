import { RunnableError } from "@runnable/plugin";

const shown = 5;

/** The error for a module that can't be bundled, with the place of each fault. `error` is what the bundler threw. */
export function bundleFailed(error: unknown, file: string): RunnableError {
  const faults = faultsOf(error);
  const more = faults.length > shown ? [`and ${faults.length - shown} more`] : [];
  const lines = [...faults.slice(0, shown), ...more].map((line) => `\n  ${line}`).join("");
  return new RunnableError("BUNDLE_FAILED", `${file} cannot be bundled:${lines}`, {
    hint: "Correct the import, or set `code: mount` or `code: image` where the files are there already.",
    cause: error,
    exitCode: 78,
  });
}

function faultsOf(error: unknown): readonly string[] {
  const { errors } = error as { readonly errors?: unknown };
  return Array.isArray(errors) && errors.length > 0 ? errors.map(describe) : [describe(error)];
}

/** The bundler's message without its picture of the source, after the place. */
function describe(fault: unknown): string {
  if (!(fault instanceof Error)) return String(fault);
  const text = (fault.message.split("\n", 1)[0] ?? "").replace(/^\[\w+\] /u, "");
  const { loc } = fault as { readonly loc?: unknown };
  if (!isPlace(loc)) return text;
  return `${loc.file}:${loc.line}:${loc.column + 1}: ${text}`;
}

interface Place {
  readonly file: string;
  readonly line: number;
  /** From 0. */
  readonly column: number;
}

function isPlace(value: unknown): value is Place {
  return (
    typeof value === "object" &&
    value !== null &&
    "file" in value &&
    typeof value.file === "string" &&
    "line" in value &&
    "column" in value &&
    typeof value.column === "number"
  );
}
