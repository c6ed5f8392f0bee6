import type { S3Client } from "@aws-sdk/client-s3";

/**
 * Lets requests that bring a checksum of their body be signed by it, so that the body is not read once more: by its SHA-256, or
 * without the body where it is another one, which protects it as well.
 * Source: docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
 */
export function signByChecksum(client: S3Client): void {
  client.middlewareStack.add(
    (next) => (args) => {
      const hash = payloadHash(args.input);
      if (hash !== undefined) setHeader(args.request, "x-amz-content-sha256", hash);
      return next(args);
    },
    { step: "build", name: "signByChecksum" },
  );
}

function payloadHash(input: object): string | undefined {
  if ("ChecksumSHA256" in input && typeof input.ChecksumSHA256 === "string") {
    return Buffer.from(input.ChecksumSHA256, "base64").toString("hex");
  }
  return "ChecksumCRC32" in input ? "UNSIGNED-PAYLOAD" : undefined;
}

function setHeader(request: unknown, name: string, value: string): void {
  if (typeof request !== "object" || request === null || !("headers" in request)) return;
  const { headers } = request;
  if (typeof headers === "object" && headers !== null) Reflect.set(headers, name, value);
}
