import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";

import { RunnableError } from "@runnable/plugin";

import { createEngine } from "../engine/engine.ts";

/** An npm package on this disk. */
export interface DownloadedNode {
  readonly tarball: string;
  /** `sha512-<base64>`, as the registry and the bytes say. */
  readonly integrity: string;
}

/**
 * Brings a package of npm into an empty directory, by the user's own npm: that knows their registry, proxy and credentials.
 *
 * @throws RunnableError NODE_UNAVAILABLE when npm can't bring it; NODE_UNVERIFIED when its bytes are not what the registry says.
 */
export async function downloadNode(
  spec: string,
  directory: string,
  signal: AbortSignal,
): Promise<DownloadedNode> {
  const npm = createEngine("npm");
  const pack = ["pack", "--loglevel", "error", "--pack-destination", directory, spec];
  const [integrity] = await Promise.all([
    npm.run(["view", spec, "dist.integrity"], { signal }),
    npm.run(pack, { signal }),
  ]).catch((cause: unknown) => {
    signal.throwIfAborted();
    throw /EINTEGRITY/.test(String(cause)) ? unverified(spec) : unavailable(spec, cause);
  });
  const [name = ""] = await readdir(directory);
  const tarball = join(directory, name);
  const hash = createHash("sha512");
  await pipeline(createReadStream(tarball), hash);
  const actual = `sha512-${hash.digest("base64")}`;
  if (actual !== integrity.trim()) throw unverified(spec);
  return { tarball, integrity: actual };
}

function unavailable(spec: string, cause: unknown): RunnableError {
  const { message } = cause instanceof Error ? cause : new Error(String(cause));
  return new RunnableError("NODE_UNAVAILABLE", `npm could not bring ${spec}: ${message}`, {
    hint: "Use an image with Node 22.19 or newer, or make `npm view node` work on this machine.",
    cause,
    exitCode: 75,
  });
}

function unverified(spec: string): RunnableError {
  return new RunnableError(
    "NODE_UNVERIFIED",
    `${spec} is not what the registry says: its digest is another`,
    { hint: "Try again; if it stays so, tell whoever keeps your registry.", exitCode: 78 },
  );
}
