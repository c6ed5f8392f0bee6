/** `node:crypto`, loaded at its first use: that takes 5 ms, and who looks back at runs needs none of it. */
export function nodeCrypto(): typeof import("node:crypto") {
  return process.getBuiltinModule("node:crypto");
}
