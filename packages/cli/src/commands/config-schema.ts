import { basename, resolve } from "node:path";

import { composeConfigSchema } from "@runnable/core/config";

import type { Invocation } from "../arguments/invocation.ts";
import { formatConfigSchema } from "../format/format-config-schema.ts";
import { writeErrorText } from "../terminal/write-error-text.ts";
import { pageOptions, printJson } from "./with-project.ts";
import { writeText } from "./write-text.ts";

/** `runnable config schema`: the schema on standard output, or in a file. */
export async function run(invocation: Invocation): Promise<number> {
  const configFile = invocation.text("config");
  const { schema, types, warnings } = await composeConfigSchema({
    cwd: process.cwd(),
    env: process.env,
    ...(configFile !== undefined && { configFile }),
  });
  for (const { code, message, hint } of warnings) {
    const text = [`warning[${code}]: ${message}`, ...(hint === undefined ? [] : [`  ${hint}`])];
    writeErrorText(text.join("\n"));
  }
  const output = invocation.text("output");
  const text = `${JSON.stringify(schema, undefined, 2)}\n`;
  if (output === undefined) {
    process.stdout.write(text);
    return 0;
  }
  await writeText(output, text);
  const written = { file: output, name: basename(output), types };
  if (invocation.json) printJson({ file: resolve(output), types });
  else process.stdout.write(formatConfigSchema(written, pageOptions()));
  return 0;
}
