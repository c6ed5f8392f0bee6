import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { createJobService } from "./server.ts";

const port = Number(process.argv[2] ?? 8088);
const directory = await mkdtemp(path.join(tmpdir(), "my-platform-"));
// It runs whatever it is sent, so nobody but this machine may send.
createJobService(directory).listen(port, "127.0.0.1", () => {
  process.stdout.write(
    `the job service answers at http://127.0.0.1:${port}, with its files in ${directory}\n`,
  );
});
