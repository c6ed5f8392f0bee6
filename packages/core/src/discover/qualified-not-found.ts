import type { Finding } from "./finding.ts";
import { installAllCommand, installCommand } from "./package-manager.ts";
import type { QualifiedName } from "./qualified-name.ts";
import type { Missing } from "./qualified.ts";
import type { Query } from "./query.ts";
import { kindCodes, kindWords } from "./service-kind.ts";

/** Why a full name has no answer. */
export function qualifiedNotFound(query: Query, names: QualifiedName, missing: Missing): Finding {
  const code = `${kindCodes[query.kind]}_NOT_FOUND`;
  const { packageName, name } = names;
  if (missing === "not-listed") {
    return {
      code,
      message: `${packageName} is not a dependency of this project`,
      hint: `Run: ${installCommand(query.projectDirectory, packageName)}`,
    };
  }
  if (missing === "not-installed") {
    return {
      code,
      message: `${packageName} is in package.json but not installed`,
      hint: `Run: ${installAllCommand(query.projectDirectory)}`,
    };
  }
  return {
    code,
    message: `${packageName} has no ${kindWords[query.kind]} named "${name}"`,
    hint: 'Look into the "runnable" field of its package.json.',
  };
}
