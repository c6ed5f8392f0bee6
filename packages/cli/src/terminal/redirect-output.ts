/** A stream whose writes can be sent elsewhere. */
export interface RedirectedStream {
  readonly write: NodeJS.WriteStream["write"];
}

/** Sends what is written to one stream to another, as that is now. Gives the function that ends this. */
export function redirectOutput(from: RedirectedStream, to: RedirectedStream): () => void {
  const own = Object.getOwnPropertyDescriptor(from, "write");
  const target: (...parts: Parameters<RedirectedStream["write"]>) => boolean = to.write.bind(to);
  const write = (...parts: Parameters<RedirectedStream["write"]>): boolean => {
    target(...parts);
    // Whoever waits for `drain` waits for that of `from`, which never comes.
    return true;
  };
  Object.defineProperty(from, "write", { value: write, configurable: true, writable: true });
  return () => {
    if (from.write !== write) return;
    if (own === undefined) Reflect.deleteProperty(from, "write");
    else Object.defineProperty(from, "write", own);
  };
}
