import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { describe, expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "..");

describe("two copies of the package in one process", () => {
  it.each([
    [
      "know each other's errors",
      `const error = new a.RunnableError("CODE", "message", { hint: "Do it.", exitCode: 78, cause: 1 });
       return [b.isRunnableError(error), error instanceof b.RunnableError];`,
      [true, false],
    ],
    [
      "tell their errors from others",
      `return [new Error("x"), { code: "CODE", message: "x" }, null, "text", undefined].map(b.isRunnableError);`,
      [false, false, false, false, false],
    ],
    [
      "know each other's secret keys",
      `const schema = a.secret(z.string());
       return [b.isSecret(schema), b.isSecret(z.string())];`,
      [true, false],
    ],
    [
      "know each other's executors",
      `const factory = a.defineDirectExecutor({ config: z.object({}), executeJob: ({ run }) => run() });
       return [factory[b.executorBrand], factory({})[b.executorBrand]];`,
      [1, 1],
    ],
    [
      "know each other's stores",
      `const factory = a.defineSecrets({ config: z.object({}), needs: () => [], relocate: () => ({}), open: () => ({}) });
       return [factory[b.storeBrand], factory({})[b.storeBrand]];`,
      [1, 1],
    ],
  ])("%s", async (_, body, expected) => {
    await using copies = await twoCopies();

    expect(await copies.run(body)).toEqual(expected);
  });
});

interface Copies extends AsyncDisposable {
  /** What a function of \`a\`, \`b\` (the copies) and \`z\` returns. */
  readonly run: (body: string) => Promise<unknown>;
}

async function twoCopies(): Promise<Copies> {
  const directory = await realpath(await mkdtemp(path.join(tmpdir(), "runnable-copies-")));
  await mkdir(path.join(directory, "node_modules"));
  await writeFile(path.join(directory, "package.json"), `{ "type": "module" }`);
  await symlink(
    await realpath(path.join(root, "node_modules/zod")),
    path.join(directory, "node_modules/zod"),
  );
  await cp(path.join(root, "src"), path.join(directory, "a"), { recursive: true });
  await cp(path.join(root, "src"), path.join(directory, "b"), { recursive: true });
  return {
    run: async (body) => {
      const file = path.join(directory, "main.js");
      await writeFile(
        file,
        `import * as a from "./a/index.ts"; import * as b from "./b/index.ts"; import * as z from "zod";
         console.log(JSON.stringify((() => { ${body} })()));`,
      );
      return JSON.parse(await run([file]));
    },
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true }),
  };
}

function run(argv: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, argv, (error, stdout, stderr) =>
      error ? reject(new Error(stderr)) : resolve(stdout),
    );
  });
}
