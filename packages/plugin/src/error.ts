const brand: symbol = Symbol.for("runnable.error");

/** More about a {@link RunnableError}: what to do (`hint`, one imperative sentence), the first cause, the process's exit code (default 1; 78 for configuration and storage). */
export interface RunnableErrorOptions {
  readonly hint?: string;
  readonly cause?: unknown;
  readonly exitCode?: number;
}

/**
 * The one error class of the project: a code for programs, a message for the log (what and where), a hint for the user.
 * A job that fails is an outcome, not an error. Messages never hold a config value that may be secret.
 */
export class RunnableError extends Error {
  readonly code: string;
  readonly hint: string | undefined;
  readonly exitCode: number;

  constructor(code: string, message: string, options: RunnableErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    Object.defineProperty(this, brand, { value: true });
    this.name = "RunnableError";
    this.code = code;
    this.hint = options.hint;
    this.exitCode = options.exitCode ?? 1;
  }
}

/** Whether a value is a {@link RunnableError}, also one of another copy of this package. */
export function isRunnableError(value: unknown): value is RunnableError {
  return typeof value === "object" && value !== null && brand in value;
}
