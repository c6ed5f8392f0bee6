import { randomUUID } from "node:crypto";

import { RunnableError } from "@runnable/plugin";

import { describePlace, type BucketPlace } from "../place/bucket-place.ts";
import type { Objects } from "./objects.ts";

const key = ".runnable/store-id";

/**
 * The id in `.runnable/store-id`, made when `create` is set and there is none. Whoever makes it tries whether the server keeps to
 * `If-None-Match`, on which all facts rely.
 *
 * @throws RunnableError S3_OVERWRITES when the server writes over what it should only create.
 */
export async function storeIdOf(
  objects: Objects,
  place: BucketPlace,
  { create }: { readonly create: boolean },
): Promise<string | undefined> {
  const found = await read(objects);
  if (found !== undefined || !create) return found;
  const created = await objects.create(key, `${randomUUID()}\n`);
  if (created && (await objects.create(key, `${randomUUID()}\n`))) throw overwrites(place);
  return read(objects);
}

async function read(objects: Objects): Promise<string | undefined> {
  return (await objects.read(key))?.trim() || undefined;
}

function overwrites(place: BucketPlace): RunnableError {
  return new RunnableError(
    "S3_OVERWRITES",
    `${describePlace(place)}: the server ignores If-None-Match, so that two runs could take the same id`,
    {
      hint: "Use a server, or a newer release of it, that knows conditional writes.",
      exitCode: 78,
    },
  );
}
