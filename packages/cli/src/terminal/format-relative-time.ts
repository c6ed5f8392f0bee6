const steps: readonly (readonly [limitMs: number, unitMs: number, unit: string])[] = [
  [60_000, 1000, "s"],
  [3_600_000, 60_000, "min"],
  [86_400_000, 3_600_000, "h"],
  [7 * 86_400_000, 86_400_000, "d"],
];

/** A time seen from now: `just now`, `12 s ago`, `5 min ago`, `3 h ago`, `2 d ago`, then the date `2026-11-03` (UTC). Times in milliseconds since 1970. */
export function formatRelativeTime(at: number, now: number): string {
  const past = now - at;
  if (Number.isNaN(past)) return "?";
  // Another machine's clock may be a little ahead.
  if (past < 5000 && past > -60_000) return "just now";
  const step = past > 0 ? steps.find(([limitMs]) => past < limitMs) : undefined;
  if (step === undefined) return new Date(at).toISOString().slice(0, 10);
  return `${Math.floor(past / step[1])} ${step[2]} ago`;
}
