import { checkConfig, formatProblems, type ConfigCheck } from "@runnable/core/config";

import type { Invocation } from "../arguments/invocation.ts";
import { configCheckLine } from "../format/config-check-line.ts";
import { formatConfigCheck } from "../format/format-config-check.ts";
import { writeErrorText } from "../terminal/write-error-text.ts";
import { pageOptions, printJson } from "./with-project.ts";

/** EX_CONFIG of sysexits.h: what a run would end with. */
const refusedStatus = 78;

/** `runnable config check`: what is wrong on standard error, what is right on standard output. */
export async function run(invocation: Invocation): Promise<number> {
  const configFile = invocation.text("config");
  const executor = invocation.text("executor");
  const cwd = process.cwd();
  const check = await checkConfig({
    cwd,
    env: process.env,
    ...(configFile !== undefined && { configFile }),
    ...(executor !== undefined && { executor }),
  });
  if (invocation.json) printJson(configCheckLine(check));
  else printCheck(check, cwd);
  return check.problems.length === 0 ? 0 : refusedStatus;
}

function printCheck(check: ConfigCheck, cwd: string): void {
  const { problems, warnings } = check;
  const texts = [formatProblems(problems, cwd), formatProblems(warnings, cwd, "warning")].filter(
    (text) => text !== "",
  );
  if (texts.length > 0) writeErrorText(texts.join("\n"));
  const page = formatConfigCheck(check, { ...pageOptions(), cwd });
  (problems.length === 0 ? process.stdout : process.stderr).write(page);
}
