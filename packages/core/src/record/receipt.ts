import { createHash } from "node:crypto";

import type { Json, JsonObject } from "@runnable/plugin";

import { parseOutcome } from "./parse-record.ts";
import type { OutcomeRecord } from "./run-record.ts";
import { toJson } from "./to-json.ts";

/** The outcome as the job side tells the submitter: the last frame of its output. */
export interface Receipt {
  readonly version: 1;
  readonly outcome: OutcomeRecord;
  /** Outcomes of the attempts before, of this submission. */
  readonly earlier: readonly OutcomeRecord[];
  /** Identity of the run log store that the job side wrote to. */
  readonly storeId?: string;
  /** Whether the outcome is in the run log store over there. */
  readonly recorded: boolean;
  /** Set when returns, metrics and catalog had to be left out: digest of the whole receipt. */
  readonly shortened?: string;
}

/** The receipt as text of at most `bytes`; beyond that status, cause and digest are kept, never a part of the returns. */
export function receiptText(receipt: Receipt, bytes: number): string {
  const whole = JSON.stringify(receipt);
  if (Buffer.byteLength(whole) <= bytes) return whole;
  const { outcome } = receipt;
  const message = outcome.error?.message.slice(0, 500);
  return JSON.stringify({
    ...receipt,
    earlier: [],
    shortened: `sha256:${createHash("sha256").update(whole).digest("hex")}`,
    outcome: {
      ...outcome,
      returns: {},
      metrics: {},
      catalog: [],
      ...(outcome.error === undefined ? {} : { error: { name: outcome.error.name, message } }),
    },
  });
}

/** The receipt in a text; undefined when it is none (a platform's own words, or cut). */
export function parseReceipt(text: string): Receipt | undefined {
  try {
    const value = JSON.parse(text) as { readonly [key: string]: Json };
    const { outcome, earlier, storeId, recorded, shortened } = value;
    if (typeof recorded !== "boolean" || !Array.isArray(earlier)) return undefined;
    return {
      version: 1,
      outcome: parseOutcome(outcome as JsonObject),
      earlier: earlier.map((one) => parseOutcome(one as JsonObject)),
      recorded,
      ...(typeof storeId === "string" ? { storeId } : {}),
      ...(typeof shortened === "string" ? { shortened } : {}),
    };
  } catch {
    return undefined;
  }
}

/** The receipt as JSON. */
export function receiptJson(receipt: Receipt): JsonObject {
  return toJson(receipt);
}
