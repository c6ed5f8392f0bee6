import { explainType } from "@runnable/core/plugins";

import type { Invocation } from "../arguments/invocation.ts";
import { formatPluginWhy } from "../format/format-plugin-why.ts";
import { writeErrorText } from "../terminal/write-error-text.ts";
import { kindOption } from "./kind-option.ts";
import { pluginsOptions } from "./plugins-options.ts";
import { pageOptions, printJson } from "./with-project.ts";

/** EX_CONFIG of sysexits.h: what a run with the type would end with. */
const refusedStatus = 78;

/** `runnable plugins why TYPE`: the trail on standard output, and what is wrong after it on standard error. */
export async function run(invocation: Invocation): Promise<number> {
  const [type = ""] = invocation.positionals;
  const kind = kindOption(invocation);
  const explained = await explainType(type, {
    ...pluginsOptions(invocation),
    ...(kind && { kind }),
  });
  const findings = explained.flatMap(({ finding }) => (finding ? [finding] : []));
  if (invocation.json) printJson(explained);
  else {
    process.stdout.write(formatPluginWhy(explained, { ...pageOptions(), cwd: process.cwd() }));
    for (const { code, message, hint } of findings) {
      const lines = [`error[${code}]: ${message}`, ...(hint?.split("\n") ?? []).map(indent)];
      writeErrorText(lines.join("\n"));
    }
  }
  return findings.length === 0 ? 0 : refusedStatus;
}

function indent(line: string): string {
  return `  ${line}`;
}
