import { beforeEach, describe, expect, inject, it } from "vitest";

import { openStore } from "../../packages/core/test/stores/open-store.ts";
import type { RunLog } from "../../packages/plugin/src/run-log.ts";
import { startFaultyWay } from "../engines/s3/faulty-way.ts";
import type { S3Access } from "../engines/s3/s3-server.ts";
import { moduleOf, useKeys } from "./s3-store.ts";

const server = inject("s3") as S3Access;
const key = { runId: "r1", fact: "run" } as const;
const wrongSecret = "a-wrong-secret-access-key";

describe.skipIf(!server)("a server that says no", () => {
  beforeEach(() => useKeys(server));

  it("has no such bucket", async () => {
    await expect(create({ bucket: "none" })).rejects.toMatchObject({
      code: "S3_NO_BUCKET",
      exitCode: 78,
      message: expect.stringContaining("no bucket none"),
      hint: expect.stringContaining("run-log-store.config.bucket"),
    });
  });

  it.each([
    ["id", { AWS_ACCESS_KEY_ID: "nobody-we-know" }],
    ["secret", { AWS_SECRET_ACCESS_KEY: wrongSecret }],
  ])("does not know the key's %s, which is told nowhere", async (_, environment) => {
    Object.assign(process.env, environment);

    const refusal = await create({}).catch((error: unknown) => error);

    expect(refusal).toMatchObject({ code: "S3_CREDENTIALS", exitCode: 78 });
    const { message, hint } = refusal as { readonly message: string; readonly hint: string };
    for (const secret of Object.values(environment)) expect(message + hint).not.toContain(secret);
  });

  it.each([
    ["AccessDenied", 403, "S3_DENIED", /s3:PutObject on runs\/refused\//],
    ["ExpiredToken", 400, "S3_CREDENTIALS", /platform/],
    ["PermanentRedirect", 301, "S3_REGION", /region/],
    ["InvalidRequest", 400, "S3_FAILED", /documentation/],
  ])("says %s", async (word, status, code, remedy) => {
    await using way = await startFaultyWay(server.endpoint, () => ({ refuse: status, word }));

    const creating = create({ endpoint_url: way.endpoint });

    await expect(creating).rejects.toMatchObject({
      code,
      exitCode: 78,
      hint: expect.stringMatching(remedy),
    });
  });

  it("stays busy, which is told after some seconds", async () => {
    await using way = await startFaultyWay(server.endpoint, () => ({
      refuse: 503,
      word: "SlowDown",
    }));

    await expect(create({ endpoint_url: way.endpoint })).rejects.toMatchObject({
      code: "S3_BUSY",
      message: expect.stringContaining("503 SlowDown"),
    });
    expect(way.seen.length).toBeGreaterThan(5);
  });

  it("is not there", async () => {
    await expect(create({ endpoint_url: "http://127.0.0.1:9" })).rejects.toMatchObject({
      code: "S3_UNREACHABLE",
      message: expect.stringContaining("ECONNREFUSED"),
      hint: expect.stringContaining("run-log-store.config.endpoint_url"),
    });
  });
});

describe("minio", () => {
  it.each(["http://minio.example.com:9000", "http://127.example.com:9000"])(
    "refuses the keys that everybody knows for %s",
    async (endpoint) => {
      await expect(openMinio({ endpoint_url: endpoint })).rejects.toThrow(/keys of its own/);
    },
  );

  it.each(["http://localhost:9002", "http://127.0.0.1:9002", "http://[::1]:9002"])(
    "takes them for %s",
    async (endpoint) => {
      const runLog = await openMinio({ endpoint_url: endpoint });

      expect(runLog.location).toBe(`s3://runnable/run-logs/ at ${endpoint}`);
    },
  );

  it.skipIf(!server)("keeps records with keys of its own", async () => {
    const runLog = await openMinio({
      endpoint_url: server.endpoint,
      aws_access_key_id: server.accessKeyId,
      aws_secret_access_key: server.secretAccessKey,
      bucket: `${server.bucket}/of-minio`,
    });

    expect(await runLog.create(key, { by: "us" })).toBe(true);
    expect(await runLog.read(key)).toEqual({ by: "us" });
    await runLog.close?.();
  });
});

/** Creates a run in a place of the server that some settings change. */
async function create(settings: object): Promise<boolean> {
  const { endpoint, bucket } = server;
  const config = { endpoint_url: endpoint, bucket, prefix: "refused", ...settings };
  const runLog = await openStore<RunLog>(moduleOf("s3-run-log"), config, "/");
  try {
    return await runLog.create(key, {});
  } finally {
    await runLog.close?.();
  }
}

function openMinio(config: object): Promise<RunLog> {
  return openStore<RunLog>(moduleOf("minio-run-log"), config, "/");
}
