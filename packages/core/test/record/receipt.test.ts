import { expect, it } from "vitest";

import { parseReceipt, receiptText, type Receipt } from "../../src/record/receipt.ts";
import { outcomeRecord } from "../memory-records.ts";

const outcome = outcomeRecord({
  returns: { text: "x".repeat(10_000) },
  metrics: { accuracy: 0.9 },
});
const receipt: Receipt = { version: 1, outcome, earlier: [], recorded: true, storeId: "store" };

it("is whole where it fits", () => {
  expect(parseReceipt(receiptText(receipt, 20_000))).toEqual(receipt);
});

it("tells status and digest where it does not fit, never a part of the returns", () => {
  const text = receiptText(receipt, 4096);

  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(4096);
  expect(parseReceipt(text)).toMatchObject({
    outcome: { status: "succeeded", returns: {}, metrics: {} },
    recorded: true,
    storeId: "store",
    shortened: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
  });
});

it.each(["", "Error: OOMKilled", "{}", receiptText(receipt, 20_000).slice(0, 5000), "null"])(
  "is not found in %.30j",
  (text) => {
    expect(parseReceipt(text)).toBeUndefined();
  },
);
