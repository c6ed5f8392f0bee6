import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";

import { mustRun } from "../../support/run-program.ts";

/** Who publishes where. */
export interface Publisher {
  /** Without a slash at its end. */
  readonly url: string;
  readonly token: string;
}

/** A package as a registry knows it. */
export interface PublishedPackage {
  readonly name: string;
  readonly version: string;
  /** `sha512-…` of the tarball. */
  readonly integrity: string;
}

/** Publishes a tarball as `npm publish` does, in one request and without starting npm. Source: npm's libnpmpublish, lib/publish.js. */
export async function publishTarball(
  { url, token }: Publisher,
  tarball: string,
): Promise<PublishedPackage> {
  const bytes = await readFile(tarball);
  const manifest = await manifestIn(tarball);
  const { name, version } = manifest;
  const file = `${name}-${version}.tgz`;
  const integrity = `sha512-${createHash("sha512").update(bytes).digest("base64")}`;
  const dist = {
    integrity,
    shasum: createHash("sha1").update(bytes).digest("hex"),
    tarball: `${url}/${name}/-/${file}`,
  };
  const document = {
    _id: name,
    name,
    "dist-tags": { latest: version },
    versions: { [version]: { ...manifest, _id: `${name}@${version}`, dist } },
    _attachments: {
      [file]: {
        content_type: "application/octet-stream",
        data: bytes.toString("base64"),
        length: bytes.length,
      },
    },
  };
  const response = await fetch(`${url}/${name.replace("/", "%2f")}`, {
    method: "PUT",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify(document),
  });
  if (response.ok) return { name, version, integrity };
  throw new Error(`publishing ${name}@${version}: ${response.status} ${await response.text()}`);
}

interface Manifest {
  readonly name: string;
  readonly version: string;
}

async function manifestIn(tarball: string): Promise<Manifest> {
  const text = await mustRun(["tar", "-xOf", tarball, "package/package.json"], {
    cwd: path.dirname(tarball),
    env: process.env,
    timeoutMs: 30_000,
  });
  return JSON.parse(text) as Manifest;
}
