/** Runs an S3 server until its standard input ends. Arguments: the program, a free port, the directory of its buckets. The keys come by the environment. */
import { spawn } from "node:child_process";

const [program = "", port = "", buckets = ""] = process.argv.slice(2);
const options = ["--port", `127.0.0.1:${port}`, "--region", "us-east-1", "--keep-alive", "--quiet"];
const child = spawn(program, [...options, "posix", buckets], {
  stdio: ["ignore", "ignore", "inherit"],
});
child.once("exit", (code) => {
  process.exitCode = code ?? 1;
  process.stdin.destroy();
});
process.stdin.on("end", () => child.kill("SIGKILL")).resume();
