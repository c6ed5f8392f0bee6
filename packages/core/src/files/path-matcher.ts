import { parseGlob, type GlobPattern, type Segment } from "./glob-pattern.ts";

/**
 * A test of paths, relative with `/`, by a glob as `matchFiles` understands it: a name of a directory means what is below it.
 *
 * @throws RunnableError PATTERN_OUTSIDE when the glob is absolute or has `..`.
 */
export function pathMatcher(glob: string): (path: string) => boolean {
  const patterns = parseGlob(glob);
  return (path) =>
    path === glob ||
    patterns.some((pattern) => matches(pattern, pattern.segments, path.split("/")));
}

function matches(
  pattern: GlobPattern,
  [segment, ...rest]: readonly Segment[],
  names: readonly string[],
): boolean {
  const [name, ...below] = names;
  if (segment === undefined) return name === undefined || pattern.directories;
  if (name === undefined) return false;
  if (segment.kind === "any") return matchesAny(pattern, [segment, ...rest], names);
  const fits = segment.kind === "name" ? segment.name === name : segment.shape.test(name);
  return fits && matches(pattern, rest, below);
}

/** `**`: what follows it matches here, or below any directory that is not hidden. */
function matchesAny(
  pattern: GlobPattern,
  segments: readonly Segment[],
  [name = "", ...below]: readonly string[],
): boolean {
  const rest = segments.slice(1);
  if (rest.length > 0 && matches(pattern, rest, [name, ...below])) return true;
  if (name.startsWith(".")) return false;
  return below.length > 0 ? matchesAny(pattern, segments, below) : rest.length === 0;
}
