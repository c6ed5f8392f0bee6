import { inspect } from "node:util";

import { expect, it } from "vitest";

import { redactThrown } from "../../src/direct/redact-thrown.ts";
import { createRedactor } from "../../src/output/redactor.ts";

const redact = createRedactor({ TOKEN: "hunter22" });

it("leaves no secret in what Node.js prints of an error", () => {
  const cause = new Error("cause hunter22");
  const error = Object.assign(new Error("message hunter22", { cause }), { detail: "hunter22" });
  cause.cause = error;

  redactThrown(error, redact);

  expect(inspect(error)).not.toContain("hunter22");
  expect(error).toMatchObject({ message: "message ***", detail: "***" });
});

it("leaves an error without secrets, and what is no error, as they are", () => {
  const error = Object.freeze(new Error("fine"));

  redactThrown(error, redact);
  redactThrown("hunter22", redact);

  expect(error.message).toBe("fine");
});
