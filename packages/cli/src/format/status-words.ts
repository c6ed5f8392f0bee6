import type { Cause, OutcomeStatus } from "@runnable/core";

import type { Style } from "../terminal/style.ts";

/** A status in its colour, with its symbol: `✓ succeeded`. Of a run under way `● running`. */
export function formatStatus(status: string, style: Style): string {
  const { symbol, colour } = isOutcome(status) ? outcomes[status] : underWay;
  return style[colour](`${symbol} ${status}`);
}

/** The symbol of an outcome, in its colour. */
export function statusSymbol(status: OutcomeStatus, style: Style): string {
  const { symbol, colour } = outcomes[status];
  return style[colour](symbol);
}

/** A cause in words that go on after "failed": `: out of memory`. */
export const causeWords: { readonly [cause in Cause]: string } = {
  user_error: "the job's own error",
  oom: "out of memory",
  timeout: "timed out",
  preempted: "preempted",
  evicted: "evicted",
  node_lost: "its machine was lost",
  image: "the image could not be used",
  config: "wrong configuration",
  quota: "over quota",
  unschedulable: "nowhere to run",
  storage: "storage",
  duplicate: "another attempt was running",
  platform: "the platform failed",
  cancelled: "cancelled",
  unknown: "the cause is unknown",
};

interface StatusLook {
  readonly symbol: string;
  readonly colour: "green" | "red" | "yellow" | "cyan";
}

const outcomes: { readonly [status in OutcomeStatus]: StatusLook } = {
  succeeded: { symbol: "✓", colour: "green" },
  failed: { symbol: "✗", colour: "red" },
  cancelled: { symbol: "■", colour: "yellow" },
  lost: { symbol: "?", colour: "red" },
};
const underWay: StatusLook = { symbol: "●", colour: "cyan" };

function isOutcome(status: string): status is OutcomeStatus {
  return status in outcomes;
}
