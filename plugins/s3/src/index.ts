// Whoever imports this package lets TypeScript know the settings of all its types.
// oxlint-disable-next-line unicorn/require-module-specifiers -- its types are registered there
export type {} from "./minio-catalog.ts";
// oxlint-disable-next-line unicorn/require-module-specifiers -- its types are registered there
export type {} from "./minio-run-log.ts";
// oxlint-disable-next-line unicorn/require-module-specifiers -- its types are registered there
export type {} from "./s3-catalog.ts";
// oxlint-disable-next-line unicorn/require-module-specifiers -- its types are registered there
export type {} from "./s3-run-log.ts";
export { s3Plugin } from "./s3-plugin.ts";
