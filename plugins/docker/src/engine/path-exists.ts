import type { Engine } from "./engine.ts";

/** Whether a container has a file, also one that was never started; its bytes are not brought. */
export async function pathExists(
  engine: Engine,
  { id, path }: { readonly id: string; readonly path: string },
): Promise<boolean> {
  try {
    for await (const bytes of engine.stream(["cp", `${id}:${path}`, "-"])) {
      if (bytes.length > 0) return true;
    }
    return false;
  } catch {
    return false;
  }
}
