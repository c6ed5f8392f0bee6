import { describe, expect, it } from "vitest";

import { RunnableError } from "../src/error.ts";

describe("RunnableError", () => {
  it("keeps code, hint, cause and exit code", () => {
    const cause = new Error("first");

    const error = new RunnableError("STORE_FULL", "no space left", {
      hint: "Make room.",
      cause,
      exitCode: 78,
    });

    expect(error).toMatchObject({
      name: "RunnableError",
      code: "STORE_FULL",
      hint: "Make room.",
      exitCode: 78,
    });
    expect(error.cause).toBe(cause);
    expect(`${error}`).toBe("RunnableError: no space left");
  });

  it("ends a process with 1 and has neither hint nor cause, unless told", () => {
    const error = new RunnableError("CODE", "message");

    expect(error.exitCode).toBe(1);
    expect(error.hint).toBeUndefined();
    expect("cause" in error).toBe(false);
  });
});
