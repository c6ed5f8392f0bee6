// Whoever imports this package lets TypeScript know the settings of both.
// oxlint-disable-next-line unicorn/require-module-specifiers -- its types are registered there
export type {} from "./emulator.ts";
// oxlint-disable-next-line unicorn/require-module-specifiers -- its types are registered there
export type {} from "./local.ts";
export { localPlugin } from "./local-plugin.ts";
