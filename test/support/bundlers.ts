import { build } from "esbuild";
import { rolldown } from "rolldown";

/** Makes one ESM file of a module and all that it imports, with no more options than that takes. */
export const bundlers: Readonly<Record<string, (input: string, file: string) => Promise<void>>> = {
  rolldown: byRolldown,
  esbuild: (input, file) => byEsbuild(input, file, false),
  "esbuild, minified": (input, file) => byEsbuild(input, file, true),
};

async function byRolldown(input: string, file: string): Promise<void> {
  await using bundle = await rolldown({ input, platform: "node" });
  await bundle.write({ file, format: "esm", codeSplitting: false });
}

async function byEsbuild(input: string, outfile: string, minify: boolean): Promise<void> {
  await build({
    entryPoints: [input],
    outfile,
    minify,
    bundle: true,
    format: "esm",
    platform: "node",
    logLevel: "error",
  });
}
