import { randomBytes } from "node:crypto";
import { chmodSync, readFileSync } from "node:fs";
import path from "node:path";

import { createOnceSync } from "../files/create-once-sync.ts";
import { errorCode } from "../files/error-code.ts";

/**
 * The project's random key, `.runnable/key`, made at first use, readable by its owner alone. With it a recorded digest tells
 * whether two runs had the same secret, and tells nothing about a short one to others.
 */
export function projectKey(projectDirectory: string): Buffer {
  const file = path.join(projectDirectory, ".runnable", "key");
  try {
    return readKey(file) ?? createKey(file);
  } catch (error) {
    // Where nothing can be kept, a digest that can't be compared is still no secret.
    if (["EACCES", "EROFS", "EPERM", "ENOSPC"].includes(errorCode(error) ?? ""))
      return randomBytes(32);
    throw error;
  }
}

function createKey(file: string): Buffer {
  const key = randomBytes(32);
  if (createOnceSync(file, `${key.toString("hex")}\n`)) {
    chmodSync(file, 0o600);
    return key;
  }
  // Another process was first.
  return readKey(file) ?? key;
}

function readKey(file: string): Buffer | undefined {
  try {
    return Buffer.from(readFileSync(file, "utf8").trim(), "hex");
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}
