import { problemAt, type Reading } from "./reading.ts";
import { isAbsent, leafValue, treeAt } from "./tree.ts";

/**
 * Refuses sections for pipelines, which files of the original tool may have. One that changes nothing is let pass; silence
 * about any other would be a lie.
 */
export function refusePipelineSections(reading: Reading): void {
  refuse(reading, "pipeline-executor", {
    harmless: "local",
    message: "pipelines are not part of runnable",
  });
  refuse(reading, "pickler", { harmless: "pickle", message: 'the only pickler is "pickle"' });
}

function refuse(
  reading: Reading,
  name: string,
  { harmless, message }: { readonly harmless: string; readonly message: string },
): void {
  if (isAbsent(treeAt(reading.tree, [name]))) return;
  if (leafValue(treeAt(reading.tree, [name, "type"])) === harmless) return;
  problemAt(reading, [name], {
    code: "CONFIG_PIPELINE",
    message,
    hint: `Remove the section ${name}.`,
  });
}
