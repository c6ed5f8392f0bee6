/** One POSIX shell line that gives exactly these arguments. Source: POSIX.1-2024, Shell Command Language, 2.2.2 Single-Quotes. */
export function quoteForShell(argv: readonly string[]): string {
  return argv.map(quote).join(" ");
}

function quote(argument: string): string {
  if (/^[A-Za-z0-9_/:=.,@%+-]+$/.test(argument)) return argument;
  return `'${argument.replaceAll("'", `'\\''`)}'`;
}
