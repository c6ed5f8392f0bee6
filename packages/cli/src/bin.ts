#!/usr/bin/env node
import { enableCompileCache } from "node:module";

// Before anything else is loaded: what is loaded later comes compiled from the cache.
enableCompileCache?.();
const { main } = await import("./main.ts");
process.exitCode = await main(process.argv.slice(2));
// A job that returned is done: what it left open (a timer, a server) must not hold the command for ever.
setTimeout(() => process.exit(), 2000).unref();
