import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { beforeEach, describe, expect, inject, it } from "vitest";

import { openStore } from "../../packages/core/test/stores/open-store.ts";
import type { Catalog } from "../../packages/plugin/src/catalog.ts";
import type { RunLog } from "../../packages/plugin/src/run-log.ts";
import { startFaultyWay, type Fault } from "../engines/s3/faulty-way.ts";
import type { S3Access } from "../engines/s3/s3-server.ts";
import { moduleOf, useKeys } from "./s3-store.ts";

const server = inject("s3") as S3Access;
const key = { runId: "r1", fact: "run" } as const;
const writes = 40;

describe.skipIf(!server)("a way to the server on which requests come to harm", () => {
  let directory: string;

  beforeEach(async () => {
    useKeys(server);
    directory = await mkdtemp(path.join(tmpdir(), "runnable-s3-faults-"));
    return () => rm(directory, { recursive: true, force: true });
  });

  const harms: readonly (readonly [string, Fault])[] = [
    ["is answered by 503", { refuse: 503, word: "SlowDown" }],
    ["is answered by 500", { refuse: 500, word: "InternalError" }],
    ["is cut before it arrives", "cut before"],
    ["loses its answer", "cut after"],
  ];

  it.each(harms)("loses and doubles no fact when every third request %s", async (_, harm) => {
    await using way = await startFaultyWay(server.endpoint, (_request, count) =>
      count % 3 === 2 ? harm : undefined,
    );
    const runLog = await open<RunLog>("run-log", way.endpoint);
    const numbers = Array.from({ length: writes }, (_one, index) => index + 1);

    const created = await Promise.all(
      numbers.map((attempt) => runLog.create({ runId: "r1", fact: "claim", attempt }, { attempt })),
    );
    const run = await runLog.create(key, { createdAt: new Date().toISOString() });
    const again = await runLog.create(key, { by: "another" });

    expect(created).toEqual(numbers.map(() => true));
    expect([run, again]).toEqual([true, false]);
    expect(await runLog.attempts("r1")).toEqual(numbers);
    expect(await runLog.list({ limit: 9 })).toHaveLength(1);
    await runLog.close?.();
  });

  it.each(harms)("keeps and gives back files when every third request %s", async (_, harm) => {
    await using way = await startFaultyWay(server.endpoint, (_request, count) =>
      count % 3 === 2 ? harm : undefined,
    );
    const names = await writeFiles(directory, 30);
    const catalog = await open<Catalog>("catalog", way.endpoint);

    const entries = await catalog.put("r1", sources(directory, names), { copy: true });
    await catalog.get("r1", entries, path.join(directory, "got"));

    await expectSame(directory, names);
    await catalog.close?.();
  });

  it.each([3_000_000, 20_000_000])(
    "reads on when an answer of %d bytes breaks off",
    async (bytes) => {
      const names = await writeFiles(directory, 1, bytes);
      let cuts = 0;
      await using way = await startFaultyWay(server.endpoint, ({ method = "", url = "" }) => {
        if (method !== "GET" || !url.includes("GetObject") || cuts > 3) return undefined;
        cuts += 1;
        return "cut within";
      });
      const catalog = await open<Catalog>("catalog", way.endpoint);
      const entries = await catalog.put("r1", sources(directory, names), { copy: true });

      await catalog.get("r1", entries, path.join(directory, "got"));

      expect(cuts).toBeGreaterThan(1);
      await expectSame(directory, names);
      await catalog.close?.();
    },
  );

  it("goes on with a large file where a put that broke off had stopped", async () => {
    const parts: (string | null)[] = [];
    let isOpen = false;
    await using way = await startFaultyWay(server.endpoint, ({ method, url = "/" }) => {
      const part = new URL(url, "http://way").searchParams.get("partNumber");
      if (method !== "PUT" || part === null) return undefined;
      parts.push(part);
      return isOpen || part === "1" ? undefined : { refuse: 403, word: "AccessDenied" };
    });
    const names = await writeFiles(directory, 1, 40 * 1024 ** 2);
    const catalog = await open<Catalog>("catalog", way.endpoint);
    const put = () => catalog.put("r1", sources(directory, names), { copy: true });
    await expect(put()).rejects.toMatchObject({ code: "S3_DENIED" });
    isOpen = true;
    parts.length = 0;

    const entries = await put();
    await catalog.get("r1", entries, path.join(directory, "got"));

    expect(parts).toHaveLength(2);
    expect(new Set(parts)).toEqual(new Set(["2", "3"]));
    await expectSame(directory, names);
    await catalog.close?.();
  });

  it.each([
    ["may not list uploads", 403, "AccessDenied"],
    ["asks a server that knows no such list", 501, "NotImplemented"],
  ])("sends a large file anew when it %s", async (_, refuse, word) => {
    await using way = await startFaultyWay(server.endpoint, ({ method, url = "/" }) =>
      method === "GET" && new URL(url, "http://way").searchParams.has("uploads")
        ? { refuse, word }
        : undefined,
    );
    const names = await writeFiles(directory, 1, 20 * 1024 ** 2);
    const catalog = await open<Catalog>("catalog", way.endpoint);

    const entries = await catalog.put("r1", sources(directory, names), { copy: true });
    await catalog.get("r1", entries, path.join(directory, "got"));

    await expectSame(directory, names);
    await catalog.close?.();
  });

  it("sends what has not changed no second time", async () => {
    await using way = await startFaultyWay(server.endpoint, () => undefined);
    const names = await writeFiles(directory, 20);
    // A file that was written this very moment may change unseen, and is read again.
    const { ctimeMs } = await stat(path.join(directory, names.at(-1) ?? ""));
    await expect.poll(() => Date.now() - ctimeMs, { timeout: 10_000 }).toBeGreaterThan(2000);
    const catalog = await open<Catalog>("catalog", way.endpoint);
    await catalog.put("r1", sources(directory, names), { copy: true });
    const before = way.seen.length;

    await catalog.put("r2", sources(directory, names), { copy: true });

    const puts = way.seen.slice(before).filter((line) => line.startsWith("PUT "));
    // The list of the second run alone.
    expect(puts.length).toBeLessThan(3);
    await catalog.close?.();
  });

  async function open<T>(kind: "run-log" | "catalog", endpoint: string): Promise<T> {
    const config = {
      endpoint_url: endpoint,
      bucket: server.bucket,
      prefix: path.basename(directory),
    };
    return openStore<T>(moduleOf(`s3-${kind}`), config, directory);
  }
});

async function writeFiles(
  directory: string,
  count: number,
  size = 2000,
): Promise<readonly string[]> {
  await mkdir(path.join(directory, "data"));
  const names = Array.from({ length: count }, (_, index) => `data/${index}.txt`);
  for (const name of names) {
    await writeFile(path.join(directory, name), name.repeat(size).slice(0, size));
  }
  return names;
}

function sources(directory: string, names: readonly string[]) {
  return names.map((name) => ({ path: name, source: path.join(directory, name) }));
}

async function expectSame(directory: string, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const [kept, got] = await Promise.all([
      readFile(path.join(directory, name)),
      readFile(path.join(directory, "got", name)),
    ]);
    expect(got.equals(kept), name).toBe(true);
  }
}
