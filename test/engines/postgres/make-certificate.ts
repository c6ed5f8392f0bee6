import { writeFile } from "node:fs/promises";
import path from "node:path";

import { mustRun } from "../../support/run-program.ts";

/** Makes `root.crt`, and `server.crt` and `server.key` for `localhost`, as the user that the server will be. */
export async function makeCertificate(directory: string, asUser: readonly string[]): Promise<void> {
  const openssl = (command: string) =>
    mustRun([...asUser, "openssl", ...command.split(" ")], {
      cwd: directory,
      env: process.env,
      timeoutMs: 60_000,
    });
  await writeFile(path.join(directory, "server.ext"), "subjectAltName=DNS:localhost\n");
  await openssl(`req -x509 -days 2 -subj /CN=authority ${newKey} -keyout root.key -out root.crt`);
  await openssl(`req -new -subj /CN=localhost ${newKey} -keyout server.key -out server.csr`);
  await openssl(`x509 -req -days 2 -in server.csr -extfile server.ext ${signer} -out server.crt`);
}

const newKey = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes";
const signer = "-CA root.crt -CAkey root.key -CAcreateserial";
