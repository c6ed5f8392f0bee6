import { userInfo } from "node:os";
import { join } from "node:path";

/** Paths of one attempt on this machine. */
export interface AttemptDirectory {
  readonly root: string;
  readonly payload: string;
  readonly image: string;
  readonly work: string;
  readonly volumes: string;
  readonly secrets: string;
  readonly receipt: string;
  readonly output: string;
}

/** Outside of any project, so that nothing is found by looking upwards. `name` is unique to the attempt. */
export function attemptDirectory(temporary: string, name: string): AttemptDirectory {
  const root = join(temporary, `runnable-${userInfo().uid}`, name);
  return {
    root,
    payload: join(root, "payload"),
    image: join(root, "image"),
    work: join(root, "work"),
    volumes: join(root, "volumes"),
    secrets: join(root, "secrets.json"),
    receipt: join(root, "receipt.json"),
    output: join(root, "output"),
  };
}
