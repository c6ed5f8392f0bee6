import { quoteWord } from "./quote-word.ts";

/** How the user started `runnable`. */
export interface CommandPrefixOptions {
  /** Environment: package managers tell scripts who runs them. */
  readonly environment: { readonly [name: string]: string | undefined };
  /** `-C DIR`, as typed. */
  readonly directory?: string | undefined;
}

/** What to type for the next command: `runnable`, `pnpm runnable`, `npx runnable`, `npx -y pnpm@12 runnable`, with ` -C dir` if that was given. */
export function commandPrefix({ environment, directory }: CommandPrefixOptions): string {
  const started = startedBy(environment);
  return directory === undefined ? started : `${started} -C ${quoteWord(directory)}`;
}

/** Package managers set `npm_config_user_agent` (`pnpm/12.21.0 npm/? node/…`), `npm_execpath` and, for scripts, `npm_lifecycle_event`. */
function startedBy(environment: CommandPrefixOptions["environment"]): string {
  const agent = /^(npm|pnpm|yarn|bun)\/(\d+)/.exec(environment["npm_config_user_agent"] ?? "");
  if (agent === null) return "runnable";
  const [, manager, major] = agent;
  // Run by npx from its cache: there may be no command of that name.
  const viaNpx = /[\\/]_npx[\\/]/.test(environment["npm_execpath"] ?? "");
  if (manager === "npm") {
    const script = environment["npm_lifecycle_event"] === "runnable";
    return script ? "npm run runnable --" : "npx runnable";
  }
  // Without -y it would ask, or refuse where nobody can answer.
  return viaNpx ? `npx -y ${manager}@${major} runnable` : `${manager} runnable`;
}
