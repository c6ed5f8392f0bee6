import { examine, type HealthFinding } from "@runnable/core/doctor";

import type { Invocation } from "../arguments/invocation.ts";
import { formatFinding, formatHealth } from "../format/format-finding.ts";
import { referenceOf } from "./request-of.ts";
import { pageOptions, printJson } from "./with-project.ts";

/** EX_CONFIG of sysexits.h: something must be changed first. */
const unhealthyStatus = 78;

/** `runnable doctor [JOB]`: each finding as soon as it is known. */
export async function run(invocation: Invocation): Promise<number> {
  const [word] = invocation.positionals;
  const configFile = invocation.text("config");
  const executor = invocation.text("executor");
  const findings: HealthFinding[] = [];
  const found = examine({
    canary: !invocation.flag("no-canary"),
    onBegin: (check) => showWork(invocation, `… ${check}`),
    log: (message) => process.stderr.write(`runnable: ${message}\n`),
    ...(configFile === undefined ? {} : { configFile }),
    ...(executor === undefined ? {} : { executor }),
    ...(word === undefined ? {} : { reference: referenceOf(word) }),
  });
  for await (const finding of found) {
    findings.push(finding);
    showWork(invocation, "");
    if (!invocation.json) process.stdout.write(formatFinding(finding, pageOptions()));
  }
  const healthy = findings.every(({ status }) => status !== "failed");
  if (invocation.json) printJson({ healthy, findings });
  else process.stdout.write(`\n${formatHealth(findings, pageOptions())}`);
  return healthy ? 0 : unhealthyStatus;
}

/** One line on a terminal, which what comes next takes the place of. */
function showWork({ json }: Invocation, text: string): void {
  if (!json && process.stdout.isTTY) process.stdout.write(`\r\u001b[K${text}`);
}
