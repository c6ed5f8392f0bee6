#!/usr/bin/env node
const oldest = [22, 19] as const;

if (isOld(process.versions.node)) {
  process.stderr.write(
    `runnable needs Node.js ${oldest.join(".")} or later; this is ${process.versions.node}\n`,
  );
  process.exitCode = 78;
} else {
  await start();
}

async function start(): Promise<void> {
  // Before anything else is loaded: what is loaded later comes compiled from the cache.
  process.getBuiltinModule("node:module").enableCompileCache();
  const { main } = await import("./main.ts");
  process.exitCode = await main(process.argv.slice(2));
  // A job that returned is done: what it left open (a timer, a server) must not hold the command for ever.
  setTimeout(() => process.exit(), 2000).unref();
}

function isOld(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major < oldest[0] || (major === oldest[0] && minor < oldest[1]);
}
