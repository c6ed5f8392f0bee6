import { faultOf } from "./fault.ts";

/** Words of servers that are busy or have a hiccup. Source: docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
const passingNames: ReadonlySet<string | undefined> = new Set([
  "SlowDown",
  "ServiceUnavailable",
  "InternalError",
  "RequestTimeout",
  "RequestTimeoutException",
  "ThrottlingException",
  "TooManyRequestsException",
  "OperationAborted",
  "ConditionalRequestConflict",
  "TimeoutError",
  // The body ended before what its header promised, or was no whole answer.
  "IncompleteBody",
  "XMLParseError",
]);

/** Words of a connection that was cut, or not made. */
const passingCodes: ReadonlySet<string | undefined> = new Set([
  "ECONNRESET",
  "ECONNREFUSED",
  "ECONNABORTED",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ERR_STREAM_PREMATURE_CLOSE",
  "UND_ERR_SOCKET",
]);

/** Whether the same request may succeed when it is sent again. */
export function isPassing(error: unknown): boolean {
  const { name, status, code, clockCorrected } = faultOf(error);
  return (
    clockCorrected ||
    passingNames.has(name) ||
    passingCodes.has(code) ||
    status === 429 ||
    (status !== undefined && status >= 500 && status !== 501)
  );
}
