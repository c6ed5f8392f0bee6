import type { Files } from "../e2e/packed.ts";
import type { PublishedPackage } from "../engines/npm-registry/publish-tarball.ts";
import type { Installs } from "./global-setup.ts";

/** A way in which a package manager lays out what it installs. */
export interface Layout {
  readonly name: string;
  /** Files of the project that set the manager up. They name the token by `${ACME_TOKEN}`. */
  readonly settings: (installs: Installs) => Files;
  /** Text of the user's own `.npmrc`. */
  readonly userSettings?: (installs: Installs) => string;
  readonly install: readonly string[];
  /** What starts `runnable`, its arguments to follow. */
  readonly runnable: readonly string[];
  /** Puts a directory in place of the installed package that it is a checkout of: commands, and where each is run. */
  readonly link: (checkout: string) => readonly LinkCommand[];
  readonly lockfile: string;
  /** Value that the lockfile has for a package. */
  readonly integrity: (lockfile: string, pkg: PublishedPackage) => string | undefined;
}

/** A command, started in the project or in the checkout. */
export interface LinkCommand {
  readonly argv: readonly string[];
  readonly inCheckout?: true;
}

const scope = ({ url }: Installs): string => `@acme:registry=${url}/\n`;

const credentials = ({ url }: Installs): string =>
  `//${new URL(url).host}/:_authToken=\${ACME_TOKEN}\n`;

const asPublished: Layout["integrity"] = (_lockfile, { integrity }) => integrity;

/** npm. */
export const npmLayout: Layout = {
  name: "npm",
  settings: (installs) => ({ ".npmrc": scope(installs) + credentials(installs) }),
  install: ["npm", "install"],
  // Else `npm link` would put a link beside Node.
  userSettings: () => "prefix=${HOME}\n",
  runnable: ["npm", "exec", "--", "runnable"],
  link: (checkout) => [
    // A prefix that nobody used is not made by `npm link`.
    { argv: ["mkdir", "-p", "../lib"] },
    { argv: ["npm", "link", checkout] },
  ],
  lockfile: "package-lock.json",
  integrity: asPublished,
};

function pnpmLayout(nodeLinker: "isolated" | "hoisted"): Layout {
  return {
    name: `pnpm, ${nodeLinker}`,
    settings: (installs) => ({
      ".npmrc": scope(installs),
      // `pnpm link` edits it, and can't edit JSON. What the company publishes may be used at once.
      "pnpm-workspace.yaml": `packages:
  - apps/*
  - plugins/*
nodeLinker: ${nodeLinker}
minimumReleaseAgeExclude:
  - "@acme/*"
  - "@runnable/*"
`,
    }),
    // In a project's file pnpm fills in no variable. Source: pnpm.io/npmrc.
    userSettings: credentials,
    install: ["pnpm", "install"],
    runnable: ["pnpm", "exec", "runnable"],
    link: (checkout) => [{ argv: ["pnpm", "link", checkout] }],
    lockfile: "pnpm-lock.yaml",
    integrity: asPublished,
  };
}

/** pnpm as it is: each package sees what it lists. */
export const pnpmIsolated: Layout = pnpmLayout("isolated");

/** pnpm with one flat node_modules. */
export const pnpmHoisted: Layout = pnpmLayout("hoisted");

function yarnLayout(nodeLinker: "node-modules" | "pnp"): Layout {
  return {
    name: `Yarn, ${nodeLinker}`,
    settings: ({ url }) => ({
      ".yarnrc.yml": JSON.stringify({
        nodeLinker,
        npmScopes: { acme: { npmRegistryServer: url, npmAuthToken: "${ACME_TOKEN}" } },
        npmPreapprovedPackages: ["@acme/*", "@runnable/*"],
      }),
      // It says that this is a project of its own.
      "yarn.lock": "",
    }),
    install: ["yarn", "install"],
    runnable: ["yarn", "runnable"],
    link: (checkout) => [{ argv: ["yarn", "link", checkout] }],
    lockfile: "yarn.lock",
    integrity: yarnChecksum,
  };
}

/** Yarn 4 with node_modules. */
export const yarnNodeModules: Layout = yarnLayout("node-modules");

/** Yarn 4 with Plug'n'Play: packages stay in archives. */
export const yarnPnp: Layout = yarnLayout("pnp");

/** Yarn has a digest of its own archive of the package. */
function yarnChecksum(lockfile: string, { name, version }: PublishedPackage): string | undefined {
  const resolution = `resolution: "${name}@npm:${version}"`;
  const block = lockfile.split("\n\n").find((text) => text.includes(resolution));
  return /checksum: (\S+)/.exec(block ?? "")?.[1];
}

/** bun; the command runs on Node, as its first line says. */
export const bunLayout: Layout = {
  name: "bun",
  settings: ({ url }) => ({
    "bunfig.toml": `[install.scopes]\nacme = { url = "${url}/", token = "$ACME_TOKEN" }\n`,
  }),
  install: ["bun", "install"],
  runnable: ["bun", "run", "runnable"],
  link: () => [
    { argv: ["bun", "link"], inCheckout: true },
    { argv: ["bun", "link", "@acme/typescript"] },
  ],
  lockfile: "bun.lock",
  integrity: asPublished,
};
