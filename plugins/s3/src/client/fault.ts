/** What a failed request tells about itself. */
export interface Fault {
  /** The server's word, as `NoSuchBucket`, or the client's; undefined: it was no request. */
  readonly name: string | undefined;
  readonly message: string;
  /** Of HTTP. */
  readonly status: number | undefined;
  /** The system's word, as `ECONNREFUSED`. */
  readonly code: string | undefined;
  /** Where the bucket is, if the server says so. */
  readonly region: string | undefined;
  /** The client has just learnt that its clock is wrong, and reckons with it from now on. */
  readonly clockCorrected: boolean;
}

/** Reads an error of the SDK. Source: @smithy/core, `ServiceException`; Node.js, `errno` codes. */
export function faultOf(error: unknown): Fault {
  const status = at(error, "$metadata", "httpStatusCode") ?? at(error, "$response", "statusCode");
  const code = textOf(at(error, "code")) ?? textOf(at(error, "cause", "code"));
  const isRequest = at(error, "$metadata") !== undefined || code !== undefined;
  return {
    name: isRequest ? textOf(at(error, "name")) : undefined,
    message: textOf(at(error, "message")) ?? "",
    status: typeof status === "number" ? status : undefined,
    code,
    region:
      textOf(at(error, "$response", "headers", "x-amz-bucket-region")) ??
      textOf(at(error, "Region")),
    clockCorrected: at(error, "$metadata", "clockSkewCorrected") === true,
  };
}

/** The status of HTTP that an error, or what it was explained from, has. */
export function statusOf(error: unknown): number | undefined {
  return faultOf(error).status ?? faultOf(at(error, "cause")).status;
}

function at(value: unknown, ...keys: readonly string[]): unknown {
  let found = value;
  for (const key of keys) {
    if (typeof found !== "object" || found === null) return undefined;
    found = Reflect.get(found, key);
  }
  return found;
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
