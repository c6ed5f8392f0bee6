import type { Config, ConfigProblem } from "../configure/config.ts";
import { fullNameOf, namesOf } from "../discover/candidate.ts";
import type { Discovery } from "../discover/discovery.ts";

/** Entries of `plugins.resolve` that choose nothing: a misspelt one would show only once the name is ambiguous. */
export function idlePreferences(config: Config, discovery: Discovery): readonly ConfigProblem[] {
  const entries = Object.entries(config.plugins.resolve ?? {});
  if (entries.length === 0) return [];
  const { types } = discovery.survey();
  return entries.flatMap(([short, full]) => {
    const named = types.filter(({ candidate }) => {
      const { packageName } = candidate;
      const names = namesOf(candidate);
      return (
        names.includes(short) && names.some((type) => fullNameOf({ packageName, type }) === full)
      );
    });
    if (named.some(({ state }) => state !== "reserved")) return [];
    const why =
      named.length > 0
        ? `"${short}" is always the built-in`
        : `it names no type of a package here that is called so`;
    const path = ["plugins", "resolve", short];
    const position = config.locate(path);
    return {
      code: "PLUGIN_RESOLVE_IDLE",
      message: `plugins.resolve chooses nothing for "${short}": ${why}`,
      hint: "`runnable plugins list` shows the names.",
      path,
      ...(position && { position }),
    };
  });
}
