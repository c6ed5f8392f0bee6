import path from "node:path";

/** Directories of one registry. */
export interface RegistryPlaces {
  /** For what is published to it, its users and its database. */
  readonly directory: string;
  /** For public packages as they came from upstream; several registries may share it. */
  readonly publicPackages: string;
}

/** The file of verdaccio's configuration as JSON, which is YAML. Source: verdaccio.org/docs/configuration. */
export function registryConfig(
  { directory, publicPackages }: RegistryPlaces,
  upstream: string,
): string {
  const storage = path.join(directory, "published");
  const closed = { access: "$authenticated", publish: "$authenticated" };
  return JSON.stringify({
    storage,
    auth: { htpasswd: { file: path.join(directory, "htpasswd"), max_users: 10 } },
    uplinks: { upstream: { url: upstream, maxage: "1d", timeout: "60s", max_fails: 10 } },
    packages: {
      // Nobody without a token even learns that they are there.
      "@acme/*": closed,
      "@runnable/*": { access: "$all", publish: "$authenticated" },
      // Verdaccio joins it to `storage`.
      "**": { access: "$all", proxy: "upstream", storage: path.relative(storage, publicPackages) },
    },
    max_body_size: "50mb",
    web: { enable: false },
    log: { type: "stdout", format: "json", level: "error" },
  });
}
