import type { Candidate } from "./candidate.ts";
import type { Finding } from "./finding.ts";

/** Versions of the plugin contract that this core speaks. */
export const supportedApis: readonly number[] = [1];

/** What is wrong with a candidate whose package speaks none of {@link supportedApis}. */
export function refusedByApi(candidate: Candidate): Finding | undefined {
  const { packageName, version, api } = candidate.provider;
  if (api.some((number) => supportedApis.includes(number))) return undefined;
  return {
    code: "PLUGIN_API_UNSUPPORTED",
    message: `${packageName} ${version} speaks plugin api ${api.join(", ")}; this runnable speaks ${supportedApis.join(", ")}`,
    hint: "Update @runnable/core, or use a version of the package that lists an api that both speak.",
  };
}
