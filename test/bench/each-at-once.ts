/** Does something with each item, at most `limit` at a time. @throws the first error, when what was begun is done. */
export async function eachAtOnce<T>(
  limit: number,
  items: Iterable<T>,
  action: (item: T) => Promise<void>,
): Promise<void> {
  const waiting = items[Symbol.iterator]();
  const workers = Array.from({ length: limit }, async () => {
    for (let next = waiting.next(); !next.done; next = waiting.next()) await action(next.value);
  });
  const ends = await Promise.allSettled(workers);
  const failed = ends.find((end) => end.status === "rejected");
  if (failed) throw failed.reason;
}
