import { RunnableError } from "@runnable/plugin";

/** JSON, which is what platforms bring, or YAML. @throws RunnableError INPUT_UNREADABLE when the text is neither. */
export async function parseInput(text: string, file: string): Promise<unknown> {
  try {
    return JSON.parse(text);
  } catch {
    const { parse } = await import("yaml");
    try {
      return parse(text);
    } catch (cause) {
      throw new RunnableError("INPUT_UNREADABLE", `${file} is neither JSON nor YAML`, {
        cause,
        exitCode: 78,
      });
    }
  }
}
