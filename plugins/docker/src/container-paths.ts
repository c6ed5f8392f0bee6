/** Where things are in a container. */
export const containerPaths = {
  /** All of ours. */
  root: "/runnable",
  payload: "/runnable/payload",
  /** Working directories of attempts are made here. */
  work: "/runnable/work",
  home: "/runnable/home",
  /** What is copied out: the receipt, and catalog files where they are relayed. */
  out: "/runnable/out",
  receipt: "/runnable/out/receipt.json",
  stores: "/runnable/stores",
  /** A Node, where the image has none. */
  node: "/runnable/node",
} as const;
