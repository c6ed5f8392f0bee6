/** Packs every package as it would be published and checks the tarballs. Build first. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { root, workspacePackages } from "./workspace-packages.ts";

const folder = mkdtempSync(path.join(tmpdir(), "runnable-packages-"));
process.once("exit", () => rmSync(folder, { recursive: true }));

for (const pkg of workspacePackages()) {
  run("pnpm", ["pack", "--pack-destination", folder], pkg.folder);
}
for (const tarball of readdirSync(folder)) {
  run("publint", ["run", "--strict", tarball], folder);
  run("attw", ["--profile", "esm-only", tarball], folder);
}

function run(command: string, argv: readonly string[], cwd: string): void {
  const { status, error, stdout, stderr } = spawnSync(command, argv, {
    cwd,
    env: environment(),
    encoding: "utf8",
  });
  const line = `${command} ${argv.join(" ")}`;
  if (status === 0) return console.log(line);
  console.error(`${stdout}${stderr}${line}: ${error?.message ?? `exit ${status}`}`);
  process.exitCode = 1;
}

/** The checkers run in the folder of the tarballs, away from our node_modules/.bin. */
function environment(): NodeJS.ProcessEnv {
  const bin = path.join(root, "node_modules/.bin");
  return { ...process.env, PATH: `${bin}${path.delimiter}${process.env["PATH"] ?? ""}` };
}
