/** What all gave, once all have ended. @throws the first failure in their order, when nothing is under way any more */
export async function allEnded<T>(promises: readonly Promise<T>[]): Promise<readonly T[]> {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}
