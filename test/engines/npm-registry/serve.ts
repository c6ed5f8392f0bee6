import type { Server } from "node:http";
/** Runs verdaccio until its standard input ends. Arguments: the directory that it is installed in, its configuration file. Prints its port. */
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [installed = "", configuration = ""] = process.argv.slice(2);
const entry = createRequire(path.join(installed, "package.json")).resolve("verdaccio");
const { runServer } = (await import(pathToFileURL(entry).href)) as {
  readonly runServer: (configuration: string) => Promise<Server>;
};
const server = await runServer(configuration);
server.listen(0, "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`port ${port}\n`);
});
process.stdin.on("end", () => process.kill(process.pid)).resume();
