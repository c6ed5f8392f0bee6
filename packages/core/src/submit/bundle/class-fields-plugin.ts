import type { Plugin } from "rolldown";
import { parseSync, transformSync, Visitor } from "rolldown/utils";

/**
 * Class fields keep the meaning that Node gives them, whatever the `target` of a tsconfig.json: they are defined, also
 * without a value. Modules with decorators keep the meaning that TypeScript gives them, as Node can't load those.
 */
export function classFieldsPlugin(): Plugin {
  return {
    name: "runnable:class-fields",
    transform: {
      filter: { id: /\.[cm]?ts$/u, code: /\bclass\b/u },
      handler(code, file) {
        if (code.includes("@") && hasDecorators(file, code)) return undefined;
        const result = transformSync(file, code, { tsconfig: false, sourcemap: true });
        if (result.errors.length > 0) return undefined;
        return { code: result.code, map: result.map ?? null, moduleType: "js" };
      },
    },
  };
}

function hasDecorators(file: string, code: string): boolean {
  let found = false;
  new Visitor({ Decorator: () => void (found = true) }).visit(parseSync(file, code).program);
  return found;
}
