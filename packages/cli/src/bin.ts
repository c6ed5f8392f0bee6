#!/usr/bin/env node
import { enableCompileCache } from "node:module";

import { main } from "./main.ts";

enableCompileCache?.();
process.exitCode = await main(process.argv.slice(2));
// A job that returned is done: what it left open (a timer, a server) must not hold the command for ever.
setTimeout(() => process.exit(), 2000).unref();
