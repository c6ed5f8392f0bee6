import type bufferedRunLog from "../stores/buffered-run-log.ts";
import type doNothingCatalog from "../stores/do-nothing-catalog.ts";
import type doNothingSecrets from "../stores/do-nothing-secrets.ts";
import type dotenvSecrets from "../stores/dotenv-secrets.ts";
import type envSecrets from "../stores/env-secrets.ts";
import type fileSecrets from "../stores/file-secrets.ts";
import type fileSystemCatalog from "../stores/file-system-catalog.ts";
import type fileSystemRunLog from "../stores/file-system-run-log.ts";

declare module "@runnable/plugin" {
  interface RegisteredRunLogStores {
    readonly "file-system": typeof fileSystemRunLog;
    readonly "chunked-fs": typeof fileSystemRunLog;
    readonly buffered: typeof bufferedRunLog;
  }
  interface RegisteredCatalogs {
    readonly "file-system": typeof fileSystemCatalog;
    readonly "do-nothing": typeof doNothingCatalog;
  }
  interface RegisteredSecrets {
    readonly "env-secrets": typeof envSecrets;
    readonly env: typeof envSecrets;
    readonly dotenv: typeof dotenvSecrets;
    readonly file: typeof fileSecrets;
    readonly "do-nothing": typeof doNothingSecrets;
  }
}
