import type { Invocation } from "../arguments/invocation.ts";
import { quoteWord } from "../terminal/quote-word.ts";

/** `-c FILE` if that was given: whatever is asked about the run later needs it too. Ready for a shell. */
export function typedConfig(invocation: Invocation): string | undefined {
  const config = invocation.text("config");
  return config === undefined ? undefined : `-c ${quoteWord(config)}`;
}

/** Job, parameters and configuration as they were given to `run`, ready for a shell. */
export function typedRun(invocation: Invocation): string {
  const [job = ""] = invocation.positionals;
  const file = invocation.text("parameters");
  const parameters = invocation.texts("parameter").flatMap((pair) => ["-p", pair]);
  const words = [job, ...(file === undefined ? [] : ["--parameters", file]), ...parameters];
  const config = typedConfig(invocation);
  return [...words.map(quoteWord), ...(config === undefined ? [] : [config])].join(" ");
}
