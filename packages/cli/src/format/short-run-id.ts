/** Our own ids (`20261103-142205123-<13 characters>`) up to the millisecond, which is enough to find a run; others whole. */
export function shortRunId(runId: string): string {
  return runId.replace(/^(\d{8}-\d{9})-[0-9a-z]{13}$/, "$1");
}

/** Short ids of a list; whole ones where two would be the same. */
export function shortRunIds(runIds: readonly string[]): readonly string[] {
  const short = runIds.map(shortRunId);
  return short.map((id, index) =>
    short.indexOf(id) === short.lastIndexOf(id) ? id : (runIds[index] ?? id),
  );
}
