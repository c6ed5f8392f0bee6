import type { Bench } from "./bench-setup.ts";
import type { Figure } from "./figure.ts";
import { bundling } from "./rows/bundling.ts";
import { catalog } from "./rows/catalog.ts";
import { discovery } from "./rows/discovery.ts";
import { docker } from "./rows/docker.ts";
import { emulator } from "./rows/emulator.ts";
import { manyJobs } from "./rows/many-jobs.ts";
import { output } from "./rows/output.ts";
import { pluginsList } from "./rows/plugins-list.ts";
import { postgres } from "./rows/postgres.ts";
import { runsList } from "./rows/runs-list.ts";
import { s3 } from "./rows/s3.ts";
import { startUp } from "./rows/start-up.ts";

export type Row = (bench: Bench) => Promise<readonly Figure[]>;

/** Every row, by the name that `pnpm bench` takes. */
export const rows = {
  "start-up": startUp,
  output,
  catalog,
  "many-jobs": manyJobs,
  "runs-list": runsList,
  postgres,
  s3,
  discovery,
  "plugins-list": pluginsList,
  emulator,
  docker,
  bundling,
} as const satisfies { readonly [name: string]: Row };

export type RowName = keyof typeof rows;
