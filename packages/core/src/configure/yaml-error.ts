import type { ErrorCode } from "yaml";

/** What went wrong and what to do. */
export interface YamlErrorText {
  readonly message: string;
  readonly hint?: string;
}

// Our own words: those of the library may repeat text of the file, which may be secret.
const texts: { readonly [code in ErrorCode]?: YamlErrorText } = {
  BAD_SCALAR_START: {
    message: "a plain value cannot begin with @ or `",
    hint: 'YAML reserves these characters: put the value in quotes, for example type: "@acme/executors:hpc".',
  },
  DUPLICATE_KEY: { message: "this key stands here twice", hint: "Keep one of them." },
  TAB_AS_INDENT: { message: "a tab indents this line", hint: "Indent with spaces." },
  BAD_INDENT: {
    message: "the indentation does not fit",
    hint: "Keys of one map begin in the same column; a list or map in brackets must be closed.",
  },
  BLOCK_AS_IMPLICIT_KEY: {
    message: "a map cannot begin on the line of its key",
    hint: 'Put it on the next line and indent it; a value with ": " in it needs quotes.',
  },
  MULTILINE_IMPLICIT_KEY: {
    message: "a key without its colon, or a text over several lines without quotes",
    hint: "Check that every key ends with a colon and a space.",
  },
  MISSING_CHAR: {
    message: "a quote, bracket, comma or colon is missing",
    hint: "Look at this line and at the one above.",
  },
  MULTIPLE_DOCS: {
    message: "the file holds two documents",
    hint: "Remove the line `---` between them.",
  },
  TAG_RESOLVE_FAILED: {
    message: "this tag is not known",
    hint: "Remove it: tags have no meaning here.",
  },
  UNEXPECTED_TOKEN: {
    message: "something stands here that does not belong",
    hint: "Check brackets and quotes nearby.",
  },
};

/** A YAML error in words that never repeat the file's text. */
export function describeYamlError(code: ErrorCode): YamlErrorText {
  return texts[code] ?? { message: `this is not valid YAML (${code})` };
}
