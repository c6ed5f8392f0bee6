import type { Config, ConfigProblem } from "../configure/config.ts";
import type { Discovery } from "../discover/discovery.ts";

/** Packages that `plugins` names and that are not installed. A run needs them only where it uses a type of theirs. */
export function missingPackages(config: Config, discovery: Discovery): readonly ConfigProblem[] {
  const { packages } = config.plugins;
  if (packages.length === 0) return [];
  const missing = discovery.survey().missing.filter(({ scope }) => scope === "config");
  const list = Array.isArray(config.written["plugins"]) ? ["plugins"] : ["plugins", "packages"];
  return missing.map(({ name }) => {
    const path = [...list, packages.indexOf(name)];
    const position = config.locate(path);
    return {
      code: "PLUGIN_NOT_INSTALLED",
      message: `${name}, which plugins names, is not installed`,
      hint: "Install it, or remove it here.",
      path,
      ...(position && { position }),
    };
  });
}
