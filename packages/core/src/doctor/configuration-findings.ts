import type { HealthFinding } from "@runnable/plugin";

import type { CheckedService, ConfigCheck } from "../config-file/check-config.ts";
import type { ConfigProblem } from "../configure/config.ts";

/** What there is to say about a configuration: each problem and each warning, or the file and its services. */
export function configurationFindings(check: ConfigCheck): readonly HealthFinding[] {
  const { file, problems, warnings, services } = check;
  const warned = warnings.map((warning) => findingOf(warning, "warning"));
  if (problems.length > 0) {
    return [...problems.map((problem) => findingOf(problem, "failed")), ...warned];
  }
  const detail = file ?? "no file, defaults hold";
  // Stores and secrets are looked at on their own.
  const executor = services.find(({ section }) => section.startsWith("job-executor"));
  return [
    { check: "configuration", status: "ok", detail },
    ...warned,
    ...(executor ? [executorFinding(executor)] : []),
  ];
}

function findingOf(
  { message, hint, position, path }: ConfigProblem,
  status: "failed" | "warning",
): HealthFinding {
  const place = position && `${position.file}:${position.line}:${position.column}`;
  const where = [place, path?.join(".")].filter((part) => part).join(" ");
  return {
    check: "configuration",
    status,
    detail: where === "" ? message : `${message} (${where})`,
    ...(hint === undefined ? {} : { remedy: hint }),
  };
}

function executorFinding({ type, package: name, version }: CheckedService): HealthFinding {
  return { check: "job-executor", status: "ok", detail: `${type}, from ${name} ${version}` };
}
