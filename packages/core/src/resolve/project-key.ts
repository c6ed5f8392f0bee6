import { randomBytes } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { asidePath } from "../files/aside-path.ts";
import { errorCode } from "../files/error-code.ts";
import { hasNoLinks } from "../files/reserve-once.ts";

const nothingCanBeKept: readonly string[] = ["EACCES", "EROFS", "ENOSPC", "EDQUOT"];

/**
 * The project's random key, `.runnable/key`, made at first use, readable by its owner alone. With it a recorded digest tells
 * whether two runs had the same secret, and tells others nothing about a short one.
 */
export function projectKey(projectDirectory: string): Buffer {
  const file = join(projectDirectory, ".runnable", "key");
  try {
    return readKey(file) ?? createKey(file);
  } catch (error) {
    // A digest that can't be compared later is still no secret.
    if (hasNoLinks(error) || nothingCanBeKept.includes(errorCode(error) ?? "")) {
      return randomBytes(32);
    }
    throw error;
  }
}

function readKey(file: string): Buffer | undefined {
  try {
    return Buffer.from(readFileSync(file, "utf8").trim(), "hex");
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}

// Written aside, so that no process reads half a key, and with its mode from the start.
function createKey(file: string): Buffer {
  const key = randomBytes(32);
  const aside = asidePath(file);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(aside, `${key.toString("hex")}\n`, { mode: 0o600, flag: "wx" });
  try {
    linkSync(aside, file);
    return key;
  } catch (error) {
    const theirs = errorCode(error) === "EEXIST" ? readKey(file) : undefined;
    if (theirs) return theirs;
    throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}
