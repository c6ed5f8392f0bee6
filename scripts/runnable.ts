/**
 * The command line from its sources: `node scripts/runnable.ts <fixed arguments> -- <typed arguments>`.
 * pnpm 12 hands on the `--` of `pnpm demo -- --executor emulator`, which would end the options too early.
 */
import { fileURLToPath } from "node:url";

const bin = fileURLToPath(new URL("../packages/cli/src/bin.ts", import.meta.url));
const separator = process.argv.indexOf("--");
const fixed = process.argv.slice(2, separator);
const typed = process.argv.slice(separator + 1);

process.argv = [process.execPath, bin, ...fixed, ...(typed[0] === "--" ? typed.slice(1) : typed)];
await import(bin);
