/** Writes the JSON Schema files of the workspace's types: `pnpm schemas`, after a change of a config's schema or comments. */
import { writeFileSync } from "node:fs";
import path from "node:path";

import { configSchemas } from "./config-schemas.ts";
import { root } from "./workspace-packages.ts";

for (const { file, text } of await configSchemas()) {
  writeFileSync(file, text);
  console.log(path.relative(root, file));
}
