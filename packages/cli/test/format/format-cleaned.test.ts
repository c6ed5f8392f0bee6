import { expect, it } from "vitest";

import { formatCleaned } from "../../src/format/format-cleaned.ts";
import { options } from "./example-run.ts";

it("tells of each thing what was done to it, and why", () => {
  const text = formatCleaned(
    [
      {
        action: "removed",
        what: "staged files",
        path: "/p/.runnable/stage/a",
        runId: "a",
        why: "stale",
      },
      { action: "kept", what: "container rn-b", runId: "b", attempt: 2, why: "it is running" },
      { action: "would be removed", what: "lock", path: "/p/.runnable/l", why: "old" },
      { action: "failed", what: "container rn-c", runId: "c", attempt: 1, why: "no answer" },
    ],
    { ...options, directory: "/p" },
  );

  expect(text).toBe(`\
✓ removed   staged files .runnable/stage/a
            stale (a)
kept        container rn-b
            it is running (b, attempt 2)
would go    lock .runnable/l
            old
✗ failed    container rn-c
            no answer (c, attempt 1)
`);
  expect(formatCleaned([], { ...options, directory: "/p" })).toBe("There is nothing to clean.\n");
});
