import type { Definition } from "../resolve/factory.ts";

/** Methods that an executor or a store may have beyond the least, in the order of the contract. */
const optional = [
  "supervised",
  "find",
  "connect",
  "payloadMode",
  "interpreter",
  "resources",
  "mock",
  "restarts",
  "collect",
  "collectFiles",
  "submitArray",
  "schedule",
  "dryRun",
  "checkHealth",
  "onOutcome",
  "credentials",
  "credentialValues",
];

/** What a plugin can do beyond the least. */
export function capabilitiesOf({ definition }: Definition): readonly string[] {
  const members: { readonly [name: string]: unknown } = { ...definition };
  return optional.filter((name) => members[name] !== undefined);
}
