import { RunnableError } from "@runnable/plugin";

import { errorCode } from "../files/error-code.ts";

type Bundler = typeof import("./bundle/bundle-with-workers.ts");

/** Put together, so that no bundler sees through it: a program that is made one file must not take our bundler, native code, along. */
const bundler = ["@runnable/core", "bundle"].join("/");

/**
 * The bundler, which takes 40 ms and 15 MB to load. A program in one file finds it only where `@runnable/core` is installed too.
 * @throws RunnableError BUNDLER_MISSING naming the file that was to be bundled.
 */
export async function importBundler(file: string): Promise<Bundler> {
  try {
    return (await import(bundler)) as Bundler;
  } catch (error) {
    if (errorCode(error) !== "ERR_MODULE_NOT_FOUND") throw error;
    throw new RunnableError(
      "BUNDLER_MISSING",
      `${file} must be bundled so that it can travel, and this program, a bundle itself, brings no bundler`,
      {
        hint: "Make the program one file, without code splitting, that defines the job too: it then travels as it is. Or install @runnable/core beside it.",
        cause: error,
        exitCode: 78,
      },
    );
  }
}
