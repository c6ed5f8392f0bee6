/** Does one thing once and tells how many milliseconds it took; what it prepares and removes is not counted. */
export type Subject = () => Promise<number>;

export interface Rounds {
  readonly rounds: number;
  /** Rounds whose times are dropped; default 1. */
  readonly warmUps?: number;
}

/** What takes turns; `undefined` for what can't be measured on this machine. */
interface Subjects {
  readonly [name: string]: Subject | undefined;
}

type Medians<S extends Subjects> = {
  readonly [Name in keyof S]: undefined extends S[Name] ? number | undefined : number;
};

/**
 * Medians, in milliseconds, of subjects that take turns: what else the machine does, and how fast it runs just now, meets all of
 * them alike.
 */
export async function interleave<S extends Subjects>(
  { rounds, warmUps = 1 }: Rounds,
  subjects: S,
): Promise<Medians<S>> {
  const times = new Map<string, number[]>();
  for (let round = -warmUps; round < rounds; round += 1) {
    for (const [name, subject] of Object.entries(subjects)) {
      const ms = await subject?.();
      if (ms !== undefined && round >= 0) times.set(name, [...(times.get(name) ?? []), ms]);
    }
  }
  const medians = [...times].map(([name, values]) => [name, median(values)]);
  return Object.fromEntries(medians);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const low = sorted[Math.ceil(sorted.length / 2) - 1] ?? Number.NaN;
  const high = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  return (low + high) / 2;
}
