import { extname } from "node:path";
import { pathToFileURL } from "node:url";

/** How Node begins its warning about ES module syntax in what package.json calls CommonJS; the error comes all the same. */
const warningBegin = "Failed to load the ES module";

let underWay = 0;
let others: readonly NodeJS.WarningListener[] = [];

/** Imports a file by its path, without Node's warning of what the caller tells itself, or mends. */
export async function importFile(file: string): Promise<unknown> {
  underWay += 1;
  if (underWay === 1) takeWarnings();
  try {
    return (await import(pathToFileURL(file).href)) as unknown;
  } finally {
    underWay -= 1;
    if (underWay === 0) giveBackWarnings();
  }
}

/** Whether an import failed since package.json says "type": "commonjs", and what to do about it. */
export function moduleTypeHint(error: unknown, file: string): string | undefined {
  if (!(error instanceof SyntaxError)) return undefined;
  if (!/outside a module$|^Unexpected token 'export'$/.test(error.message)) return undefined;
  const extension = extname(file);
  const other = extension === ".ts" || extension === ".js" ? extension.replace(".", ".m") : ".mjs";
  return `Write "type": "module" in the nearest package.json, or let the file's name end with ${other}.`;
}

function takeWarnings(): void {
  others = process.rawListeners("warning") as NodeJS.WarningListener[];
  process.removeAllListeners("warning");
  process.on("warning", passOn);
}

function giveBackWarnings(): void {
  process.off("warning", passOn);
  for (const other of others) process.on("warning", other);
}

function passOn(warning: Error): void {
  if (warning.message.startsWith(warningBegin)) return;
  for (const other of others) other.call(process, warning);
}
