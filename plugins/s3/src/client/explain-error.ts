import { isRunnableError, RunnableError } from "@runnable/plugin";

import { describePlace, serverUrl, type BucketPlace } from "../place/bucket-place.ts";
import { isLoopback } from "../place/is-loopback.ts";
import { faultOf, type Fault } from "./fault.ts";
import { isPassing } from "./is-passing.ts";

/** A failed request in words: what, where, what to do; never a key. Errors of other origin are given back as they are. */
export function explainError(error: unknown, place: BucketPlace): unknown {
  const fault = faultOf(error);
  if (isRunnableError(error) || fault.name === undefined) return error;
  const explain = byName[fault.name] ?? (isPassing(error) ? passing : undefined) ?? refused;
  const { code, what, hint } = explain(fault, place);
  return new RunnableError(code, `${describePlace(place)}: ${what}`, {
    hint,
    exitCode: 78,
    cause: error,
  });
}

interface Explanation {
  readonly code: string;
  readonly what: string;
  readonly hint: string;
}

type Explain = (fault: Fault, place: BucketPlace) => Explanation;

/** By the words of S3 and of its clients. Source: docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
const byName: { readonly [name: string]: Explain } = {
  NoSuchBucket: noBucket,
  InvalidAccessKeyId: unknownKeys,
  // As versitygw says it.
  XAdminUserNotFound: unknownKeys,
  SignatureDoesNotMatch: unknownKeys,
  InvalidToken: unknownKeys,
  ExpiredToken: endedKeys,
  TokenRefreshRequired: endedKeys,
  PermanentRedirect: otherRegion,
  AuthorizationHeaderMalformed: otherRegion,
  IllegalLocationConstraintException: otherRegion,
  RequestTimeTooSkewed: wrongClock,
};

function noBucket(_: Fault, { bucket, section }: BucketPlace): Explanation {
  return {
    code: "S3_NO_BUCKET",
    what: `there is no bucket ${bucket}`,
    hint: `Make the bucket, or name another one in ${section}.config.bucket.`,
  };
}

function unknownKeys({ name }: Fault): Explanation {
  return {
    code: "S3_CREDENTIALS",
    what: `the server does not know these keys (${name})`,
    hint: "Check the access key id and the secret access key, and that they are of this server.",
  };
}

function endedKeys(_: Fault, { section }: BucketPlace): Explanation {
  return {
    code: "S3_CREDENTIALS",
    what: "the keys have ended",
    hint: `Sign in again; for jobs that outlive the keys set ${section}.config.credentials to platform.`,
  };
}

function otherRegion({ region }: Fault, place: BucketPlace): Explanation {
  const where = region === undefined ? "" : ` but in ${region}`;
  return {
    code: "S3_REGION",
    what: `the bucket is not in ${place.region}${where}`,
    hint: `Set ${place.section}.config.region to ${region ?? "the bucket's region"}.`,
  };
}

function wrongClock(): Explanation {
  return {
    code: "S3_CLOCK",
    what: "this machine's clock differs from the server's by more than 15 minutes",
    hint: "Set the clock, for example by NTP.",
  };
}

function passing(fault: Fault, place: BucketPlace): Explanation {
  if (fault.status !== undefined) {
    return {
      code: "S3_BUSY",
      what: `the server is busy or broken: ${fault.status} ${fault.name}, also after many tries`,
      hint: "Try again later.",
    };
  }
  const key = place.endpoint === undefined ? "region" : "endpoint_url";
  return {
    code: "S3_UNREACHABLE",
    what: `no answer from ${serverUrl(place)} (${fault.code ?? fault.name})`,
    hint: `Check ${place.section}.config.${key}, the network and proxies.${fromElsewhere(fault, place)}`,
  };
}

/** A job looks for a loopback address of the submitter by another name. */
function fromElsewhere({ code }: Fault, { endpoint }: BucketPlace): string {
  if (code !== "ECONNREFUSED" || endpoint === undefined || isLoopback(endpoint)) return "";
  return " A server that listens on its machine's loopback address alone can't be reached from a container or another machine.";
}

function refused({ name, status, message }: Fault, place: BucketPlace): Explanation {
  const { section, bucket, prefix } = place;
  if (status === 401 || status === 403) {
    return {
      code: "S3_DENIED",
      what: `the keys may not do this (${name})`,
      hint: `Allow them s3:ListBucket on ${bucket}, and s3:GetObject and s3:PutObject on ${bucket}/${prefix}*, or use others in ${section}.config.`,
    };
  }
  return {
    code: "S3_FAILED",
    what: `${[status, name].filter((part) => part !== undefined).join(" ")}: ${message}`,
    hint: "Look the server's word up in its documentation.",
  };
}
