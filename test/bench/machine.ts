import { availableParallelism, cpus, loadavg, release } from "node:os";

/** What a figure depends on. */
export interface Machine {
  readonly node: string;
  readonly cpu: string;
  readonly cores: number;
  readonly kernel: string;
  /** Load of the last minute. */
  readonly load: number;
  readonly at: string;
}

export function describeMachine(): Machine {
  return {
    node: process.version,
    cpu: cpus()[0]?.model ?? "unknown",
    cores: availableParallelism(),
    kernel: `${process.platform} ${release()}`,
    load: Math.round((loadavg()[0] ?? 0) * 10) / 10,
    at: new Date().toISOString(),
  };
}
