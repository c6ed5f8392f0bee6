import type { StoreContext } from "@runnable/plugin";

import type { BucketPlace } from "../place/bucket-place.ts";
import { explainError } from "./explain-error.ts";
import { faultOf } from "./fault.ts";
import { keysOf } from "./keys-of.ts";
import { patient, type Patience } from "./patient.ts";
import { signByChecksum } from "./sign-by-checksum.ts";

type Sdk = typeof import("./sdk.ts");
type Client = InstanceType<Sdk["S3Client"]>;

/** A bucket that requests are sent to. Nothing is loaded or sent before the first one. */
export interface Bucket {
  readonly place: BucketPlace;
  /** Sends a request, again after faults that may pass. @throws RunnableError `S3_…` saying why it failed and what to do */
  readonly send: <T>(request: (client: Client, sdk: Sdk) => Promise<T>) => Promise<T>;
  /** The same; undefined where the server has no such key. */
  readonly sendIfThere: <T>(
    request: (client: Client, sdk: Sdk) => Promise<T>,
  ) => Promise<T | undefined>;
  readonly close: () => Promise<void>;
}

const patience: Patience = { firstMs: 5000, laterMs: 60_000 };
/** More requests at once than any part of a store sends. */
const maxSockets = 128;

const silent = { trace: ignore, debug: ignore, info: ignore, warn: ignore, error: ignore };

/** The bucket of a place; `signal` ends waiting. */
export function openBucket(
  place: BucketPlace,
  { credentials, signal }: Pick<StoreContext, "credentials" | "signal">,
): Bucket {
  const patiently = patient(patience, signal);
  let opening: Promise<{ readonly sdk: Sdk; readonly client: Client }> | undefined;
  const open = () => (opening ??= connect(place, credentials));

  async function raw<T>(request: (client: Client, sdk: Sdk) => Promise<T>): Promise<T> {
    const { sdk, client } = await open();
    return patiently(() => request(client, sdk));
  }

  return {
    place,
    send: async (request) => {
      try {
        return await raw(request);
      } catch (error) {
        throw explainError(error, place);
      }
    },
    sendIfThere: async (request) => {
      try {
        return await raw(request);
      } catch (error) {
        const { name } = faultOf(error);
        if (name === "NoSuchKey" || name === "NotFound") return undefined;
        throw explainError(error, place);
      }
    },
    close: async () => (await opening?.catch(() => undefined))?.client.destroy(),
  };
}

async function connect(
  place: BucketPlace,
  credentials: StoreContext["credentials"],
): Promise<{ readonly sdk: Sdk; readonly client: Client }> {
  const sdk = await import("./sdk.ts");
  const client = new sdk.S3Client({
    region: place.region,
    forcePathStyle: place.pathStyle,
    ...(place.endpoint === undefined ? {} : { endpoint: place.endpoint }),
    credentials: keysOf(place, credentials),
    // Requests are sent again by `patient`, which knows longer outages.
    maxAttempts: 1,
    requestChecksumCalculation: "WHEN_SUPPORTED",
    // What is read is compared with a digest of ours, or is JSON.
    responseChecksumValidation: "WHEN_REQUIRED",
    // What goes wrong is thrown; its console is not ours.
    logger: silent,
    requestHandler: {
      connectionTimeout: 10_000,
      // Without a byte for so long a connection is dead.
      socketTimeout: 60_000,
      httpAgent: { keepAlive: true, maxSockets },
      httpsAgent: { keepAlive: true, maxSockets },
    },
  });
  signByChecksum(client);
  return { sdk, client };
}

function ignore(): void {}
