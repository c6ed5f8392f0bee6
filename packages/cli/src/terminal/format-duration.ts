const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** A length of time for people, at most two units: `320 ms`, `4.2 s`, `1 min 5 s`, `2 h 3 min`, `3 d 4 h`. */
export function formatDuration(durationMs: number): string {
  const ms = Math.max(0, durationMs);
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 9950) return `${(ms / 1000).toFixed(1)} s`;
  // Whole seconds first, so that 59.7 s is a minute and never "60 s".
  const whole = Math.round(ms / 1000) * 1000;
  if (whole < minuteMs) return `${whole / 1000} s`;
  const units = scales.find(({ limitMs }) => whole < limitMs) ?? daysAndHours;
  return twoUnits(whole, units);
}

interface Units {
  /** Lengths below this are told in these units. */
  readonly limitMs: number;
  readonly bigMs: number;
  readonly big: string;
  readonly smallMs: number;
  readonly small: string;
}

const daysAndHours: Units = {
  limitMs: Infinity,
  bigMs: dayMs,
  big: "d",
  smallMs: hourMs,
  small: "h",
};

const scales: readonly Units[] = [
  { limitMs: hourMs, bigMs: minuteMs, big: "min", smallMs: 1000, small: "s" },
  { limitMs: dayMs, bigMs: hourMs, big: "h", smallMs: minuteMs, small: "min" },
  daysAndHours,
];

function twoUnits(ms: number, { bigMs, big, smallMs, small }: Units): string {
  const rest = Math.floor((ms % bigMs) / smallMs);
  const whole = `${Math.floor(ms / bigMs)} ${big}`;
  return rest === 0 ? whole : `${whole} ${rest} ${small}`;
}
