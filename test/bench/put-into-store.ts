/** `node put-into-store.ts STORE_MODULE LOCATION FILES RUN_ID`: puts a directory into a catalog, prints the milliseconds. */
import { readdirSync } from "node:fs";
import path from "node:path";

const [module = "", location = "", files = "", runId = ""] = process.argv.slice(2);
const { default: store } = await import(module);
const catalog = await store.definition.open(
  { catalog_location: location, compute_data_folder: "." },
  { baseDirectory: location, credentials: {} },
);
const entries = readdirSync(files, { recursive: true, withFileTypes: true });
const sources = entries
  .filter((entry) => entry.isFile())
  .map((entry) => path.join(entry.parentPath, entry.name));

const started = performance.now();
await catalog.put(
  runId,
  sources.map((source) => ({ path: path.relative(files, source), source })),
  { copy: true },
);
console.log(performance.now() - started);
