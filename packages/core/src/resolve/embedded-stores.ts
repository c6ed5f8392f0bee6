import type { ServiceKind } from "../discover/service-kind.ts";

/** Imports a module whose default export is a factory. */
export type LoadFactory = () => Promise<{ readonly default: unknown }>;

const fileSystemRunLog: LoadFactory = () => import("../stores/file-system-run-log.ts");
const envSecrets: LoadFactory = () => import("../stores/env-secrets.ts");

/** Core's own stores by type and alias, as core's package.json names them: a bundle has no package.json, and its bundler follows these imports. */
export const embeddedStores: Readonly<
  Record<ServiceKind, { readonly [type: string]: LoadFactory }>
> = {
  "job-executor": {},
  "run-log-store": {
    "file-system": fileSystemRunLog,
    "chunked-fs": fileSystemRunLog,
    buffered: () => import("../stores/buffered-run-log.ts"),
  },
  catalog: {
    "file-system": () => import("../stores/file-system-catalog.ts"),
    "do-nothing": () => import("../stores/do-nothing-catalog.ts"),
  },
  secrets: {
    "env-secrets": envSecrets,
    env: envSecrets,
    dotenv: () => import("../stores/dotenv-secrets.ts"),
    file: () => import("../stores/file-secrets.ts"),
    "do-nothing": () => import("../stores/do-nothing-secrets.ts"),
  },
};
