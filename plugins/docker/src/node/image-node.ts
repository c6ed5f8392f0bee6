import type { Engine } from "../engine/engine.ts";
import type { Container } from "../engine/inspect-container.ts";
import { pathExists } from "../engine/path-exists.ts";

/** Oldest Node that runs a job side. */
const oldest = [22, 19] as const;
/** Source: moby, "DefaultPathEnv". */
const defaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** Whether the image of a container brings a Node that runs a job side. Images of Node say so in `NODE_VERSION`; in others it is looked for on PATH. */
export async function hasNode(engine: Engine, { id, env }: Container): Promise<boolean> {
  const version = env["NODE_VERSION"];
  if (version !== undefined) return isNewEnough(version);
  const directories = (env["PATH"] ?? defaultPath)
    .split(":")
    .filter((path) => path.startsWith("/"));
  const found = await Promise.all(
    directories.map((directory) => pathExists(engine, { id, path: `${directory}/node` })),
  );
  return found.includes(true);
}

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.replace(/^v/, "").split(".").map(Number);
  return major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
}
