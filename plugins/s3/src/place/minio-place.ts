import type { MinioRunLogConfig } from "../minio-config.ts";
import type { BucketPlace } from "./bucket-place.ts";

/** What the original tool, and a MinIO that was just installed, take for keys. */
const builtIn = "minioadmin";

/** What a section of type `minio` means. */
export function minioPlace(
  config: MinioRunLogConfig,
  section: BucketPlace["section"],
): BucketPlace {
  const [bucket = "", ...prefix] = config.bucket.split("/").filter((part) => part !== "");
  return {
    bucket,
    prefix: prefix.map((part) => `${part}/`).join(""),
    region: "us-east-1",
    endpoint: config.endpoint_url.replace(/\/$/, ""),
    pathStyle: true,
    credentials: config.credentials
      ? { from: "secrets", names: config.credentials }
      : {
          from: "config",
          keys: {
            accessKeyId: config.aws_access_key_id ?? builtIn,
            secretAccessKey: config.aws_secret_access_key ?? builtIn,
          },
        },
    encryption: undefined,
    section,
  };
}
