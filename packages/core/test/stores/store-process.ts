import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

import type { StoreUnderTest } from "./open-store.ts";

/** Another process that has the store open. */
export interface StoreProcess extends AsyncDisposable {
  /** Starts a call over there whose answer nobody awaits. */
  readonly tell: (method: string, ...given: readonly unknown[]) => void;
  /** Calls a method over there; one call at a time. */
  readonly call: (method: string, ...given: readonly unknown[]) => Promise<unknown>;
  /** Ends it by SIGKILL, whatever it is doing. */
  readonly kill: () => Promise<void>;
}

/** Starts a process of its own at the store in a directory. */
export async function storeProcess(
  { module, config }: StoreUnderTest,
  directory: string,
): Promise<StoreProcess> {
  const program = join(import.meta.dirname, "fixtures/use-store.ts");
  const child = fork(program, [module, JSON.stringify(config(directory)), directory], {
    execArgv: [],
  });
  await once(child, "message");
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGKILL");
    await once(child, "exit");
  };
  return {
    tell: (method, ...given) => void child.send([method, ...given]),
    call: async (method, ...given) => {
      child.send([method, ...given]);
      const [{ result }] = await once(child, "message");
      return result;
    },
    kill,
    [Symbol.asyncDispose]: kill,
  };
}
