import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

import { commands } from "../../packages/cli/src/arguments/commands.ts";
import { commandReference, marker } from "./command-reference.ts";

const file = path.resolve(import.meta.dirname, "../../docs/command-line.md");
const [written = ""] = readFileSync(file, "utf8").split(marker);
writeFileSync(file, written + commandReference(commands));
