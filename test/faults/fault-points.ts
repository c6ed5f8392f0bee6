import { spawn } from "node:child_process";
import childProcess from "node:child_process";
import fs, { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { isMainThread } from "node:worker_threads";

// Loaded with `node --import` into the submitter, the supervisor and the job. It counts what each does to the world (files that
// it makes, moves or removes, processes that it starts, messages that it sends), and at one such step sends one signal to one
// of them: exactly there, each time again. No production code knows of it.

type Act = (...args: unknown[]) => unknown;

/** What the calls are found on; `this` differs. */
type Holder = { [name: string]: Act };

const fault = JSON.parse(process.env["RUNNABLE_FAULT"] ?? "{}") as {
  readonly directory?: string;
  readonly trigger?: string;
  readonly step?: number;
  readonly when?: "before" | "after";
  readonly victim?: string;
  readonly signal?: NodeJS.Signals;
};
const roles: { readonly [word: string]: string } = { "execute-job": "supervisor", __job: "job" };
const role = roles[process.argv[2] ?? ""] ?? "submitter";
const { directory } = fault;
let steps = 0;
let within = false;
let lastChild: number | undefined;

if (isMainThread && directory !== undefined) begin(directory);

function begin(where: string): void {
  const trace = appendFileSync.bind(undefined, `${where}/trace-${role}`);
  // Each role's first: what the submitter starts besides is none of these.
  const own = `${where}/pid-${role}`;
  if (!existsSync(own)) writeFileSync(own, String(process.pid));
  if (role === "supervisor") writeFileSync(`${where}/pid-launcher`, String(process.ppid));
  // What it starts is watched too, whatever environment it gets.
  if (role === "submitter") process.execPath = `${where}/node`;

  const made = [
    "mkdir",
    "rename",
    "link",
    "symlink",
    "rm",
    "copyFile",
    "chmod",
    "writeFile",
    "appendFile",
    "cp",
  ];
  for (const name of made) watch(fs.promises as unknown as Holder, name);
  watch(
    fs.promises as unknown as Holder,
    "open",
    (args) => args[1] !== undefined && args[1] !== "r",
  );
  for (const name of made) watch(fs as unknown as Holder, `${name}Sync`);
  watch(fs as unknown as Holder, "openSync", (args) => args[1] !== undefined && args[1] !== "r");
  watch(fs as unknown as Holder, "writeSync");
  watch(childProcess as unknown as Holder, "spawn");
  if (process.send) watch(process as unknown as Holder, "send");
  if (role !== "job") watch(process.stdout as unknown as Holder, "write");
  syncBuiltinESMExports();

  function watch(
    holder: Holder,
    name: string,
    counts: (args: unknown[]) => boolean = () => true,
  ): void {
    const original = holder[name];
    if (original === undefined) return;
    holder[name] = function watched(this: unknown, ...args: unknown[]): unknown {
      // What a call does within itself, and what is written here, is no step of its own.
      if (within || !counts(args)) return original.apply(this, args);
      steps += 1;
      const step = steps;
      within = true;
      trace(`${step} ${name} ${typeof args[0] === "string" ? args[0].slice(0, 200) : ""}\n`);
      strike(step, "before");
      const result = callThrough(() => original.apply(this, args));
      if (name === "spawn") lastChild = (result as ReturnType<typeof spawn>).pid;
      if (!(result instanceof Promise)) {
        within = true;
        strike(step, "after");
        within = false;
        return result;
      }
      return result.finally(() => {
        within = true;
        strike(step, "after");
        within = false;
      });
    };
  }
}

function callThrough(call: () => unknown): unknown {
  try {
    return call();
  } finally {
    within = false;
  }
}

function strike(step: number, when: string): void {
  if (fault.trigger !== role || fault.step !== step || fault.when !== when) return;
  const pid = victimId();
  if (pid === undefined) return;
  appendFileSync(`${directory}/struck`, `${fault.victim} ${pid} ${fault.signal}\n`);
  try {
    process.kill(pid, fault.signal);
  } catch {
    // It has ended already.
  }
}

function victimId(): number | undefined {
  if (fault.victim === role) return process.pid;
  if (fault.victim === "job" && role === "supervisor") return lastChild;
  try {
    return Number(readFileSync(`${directory}/pid-${fault.victim}`, "utf8"));
  } catch {
    return undefined;
  }
}
