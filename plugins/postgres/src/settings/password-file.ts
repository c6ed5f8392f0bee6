import type { ServerAddress } from "./server-address.ts";

/** A field ends at a `:`; `\` keeps a `:` or `\`. */
const field = String.raw`((?:\\.|[^:\\])*)`;
const lineShape: RegExp = new RegExp(`^${field}:${field}:${field}:${field}:(.*)$`);

/**
 * The password for an address in the text of a `.pgpass`: the first line `host:port:database:user:password` that fits, `*` fits
 * all. Source: postgresql.org, "The Password File".
 */
export function passwordIn(text: string, address: ServerAddress): string | undefined {
  const wanted = [hostIn(address), String(address.port), address.database, address.user];
  for (const line of text.split(/\r?\n/)) {
    const [, ...fields] = (line.startsWith("#") ? undefined : lineShape.exec(line)) ?? [];
    const fits = wanted.every((part, at) => fields[at] === "*" || unescaped(fields[at]) === part);
    if (fits) return unescaped(fields.at(-1));
  }
  return undefined;
}

/** `localhost` stands for the usual socket directories too; others stand for themselves. */
function hostIn({ host }: ServerAddress): string {
  return host === "/var/run/postgresql" || host === "/tmp" ? "localhost" : host;
}

function unescaped(text: string | undefined): string | undefined {
  return text?.replaceAll(/\\(.)/g, "$1");
}
