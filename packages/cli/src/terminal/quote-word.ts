/** A word for a POSIX shell, quoted only where that is needed. */
export function quoteWord(word: string): string {
  return /^[\w@%+=:,./#-]+$/.test(word) && !word.startsWith("#")
    ? word
    : `'${word.replaceAll("'", `'\\''`)}'`;
}
