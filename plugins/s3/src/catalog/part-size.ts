const mebibyte = 1024 ** 2;
/** Source: docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html */
const maxParts = 10_000;

/** Files up to this size are read whole and sent in one request. */
export const wholeBytes: number = 16 * mebibyte;

/** Bytes of the parts that a larger file is sent in: by its size alone, so that another process can go on with it. */
export function partBytesOf(bytes: number): number {
  return Math.max(wholeBytes, Math.ceil(bytes / maxParts / mebibyte) * mebibyte);
}
