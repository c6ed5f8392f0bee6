import type { Resources } from "@runnable/plugin";

import type { DockerConfig } from "./docker-config.ts";

const unitBytes = { b: 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30 } as const;

/** The settings in neutral words. */
export function resourcesOf({ cpus, memory, gpus }: DockerConfig): Resources {
  const gpu = gpus === undefined ? undefined : Number(gpus);
  return {
    ...(cpus === undefined ? {} : { cpu: cpus }),
    ...(memory === undefined ? {} : { memoryMiB: bytesOf(memory) / unitBytes.m }),
    // `all` and device lists are no number.
    ...(gpu === undefined || Number.isNaN(gpu) ? {} : { gpu }),
  };
}

/** `512m`, `1.5g`, `1024`: bytes. Source: docker/go-units, RAMInBytes. */
function bytesOf(size: string): number {
  const unit = /[bkmg]/i.exec(size)?.[0].toLowerCase() ?? "b";
  return Number.parseFloat(size) * unitBytes[unit as keyof typeof unitBytes];
}
