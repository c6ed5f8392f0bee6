/** What decides, or helps to decide, which module a type is. */
export type Rule =
  | "file"
  | "built-in"
  | "full-name"
  | "short-name"
  | "same-module"
  | "plugins.resolve"
  | "api"
  | "plugins.allow"
  | "module";

/** One step of a search, in order: a file that was read, or a rule that was applied. */
export type TrailStep =
  | { readonly step: "read"; readonly file: string; readonly bytes: Buffer }
  | {
      readonly step: "rule";
      readonly rule: Rule;
      readonly text: string;
      /** It chose the module, or refused it. */
      readonly decides: boolean;
    };

/** Is told each step of a search as it is made. */
export type Trail = (step: TrailStep) => void;
