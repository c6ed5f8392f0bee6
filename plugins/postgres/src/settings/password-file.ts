import type { ServerAddress } from "./server-address.ts";

/**
 * The password for an address in the text of a `.pgpass`: the first line `host:port:database:user:password` that fits, `*` fits
 * all, `\` keeps a `:` or `\`. Source: postgresql.org, "The Password File".
 */
export function passwordIn(text: string, address: ServerAddress): string | undefined {
  const wanted = [hostIn(address), String(address.port), address.database, address.user];
  for (const line of text.split(/\r?\n/)) {
    if (line.startsWith("#")) continue;
    const [password, ...fields] = fieldsOf(line).toReversed();
    const named = fields.toReversed();
    if (named.length !== wanted.length) continue;
    if (named.every((field, at) => field === "*" || unescaped(field) === wanted[at])) {
      return unescaped(password ?? "");
    }
  }
  return undefined;
}

/** `localhost` stands for the default socket directory too; other directories stand for themselves. */
function hostIn({ host }: ServerAddress): string {
  return host === "/var/run/postgresql" || host === "/tmp" ? "localhost" : host;
}

function fieldsOf(line: string): readonly string[] {
  return (line.match(/(?:\\.|[^:\\])*(?::|$)/g) ?? [])
    .slice(0, 5)
    .map((field) => field.replace(/:$/, ""));
}

function unescaped(field: string): string {
  return field.replaceAll(/\\(.)/g, "$1");
}
