/** Writes to standard output; a reader that is gone (its machine died) must not end the job. */
export function writeLines(lines: Uint8Array): void | Promise<void> {
  listenOnce();
  if (process.stdout.destroyed || process.stdout.write(lines)) return undefined;
  return new Promise((resolve) => {
    const done = () => {
      process.stdout.off("drain", done).off("close", done);
      resolve();
    };
    process.stdout.once("drain", done).once("close", done);
  });
}

let listening = false;

function listenOnce(): void {
  if (listening) return;
  listening = true;
  process.stdout.on("error", () => process.stdout.destroy());
}
