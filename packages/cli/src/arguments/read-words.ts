import { nodeUtil } from "../terminal/node-util.ts";
import type { OptionSpec, OptionSpecs } from "./command.ts";
import type { OptionValues } from "./invocation.ts";
import { suggest } from "./suggest.ts";
import { usageProblem, type UsageProblem } from "./usage-problem.ts";

/** Words sorted into options and others. */
export interface Words {
  readonly kind: "words";
  readonly positionals: readonly string[];
  readonly rest: readonly string[];
  readonly values: OptionValues;
}

/** Reads words by the options that are known; says which is unknown, lacks its value, or has one too many. */
export function readWords(argv: readonly string[], specs: OptionSpecs): Words | UsageProblem {
  // Not strict: its messages do not say what was meant.
  const { tokens } = nodeUtil.parseArgs({
    args: [...argv],
    options: specs,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const values = new Map<string, true | string[]>();
  const positionals: string[] = [];
  let rest: readonly string[] = [];
  for (const token of tokens) {
    if (token.kind === "option-terminator") {
      rest = argv.slice(token.index + 1);
      break;
    }
    if (token.kind === "positional") {
      positionals.push(token.value);
      continue;
    }
    const spec = specs[token.name];
    if (spec === undefined) return unknownOption(token.rawName, specs);
    const problem = checkValue(token, spec);
    if (problem !== undefined) return problem;
    const earlier = values.get(token.name);
    const texts = earlier === undefined || earlier === true ? [] : earlier;
    values.set(token.name, token.value === undefined ? true : [...texts, token.value]);
  }
  return { kind: "words", positionals, rest, values };
}

interface OptionToken {
  readonly rawName: string;
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
}

function checkValue(token: OptionToken, spec: OptionSpec): UsageProblem | undefined {
  const { rawName, value, inlineValue } = token;
  if (spec.type === "boolean") {
    return value === undefined ? undefined : usageProblem(`${rawName} takes no value`);
  }
  const placeholder = spec.value ?? "VALUE";
  if (value === undefined) {
    return usageProblem(`${rawName} needs a value: ${rawName} ${placeholder}`);
  }
  if (inlineValue !== true && value.length > 1 && value.startsWith("-")) {
    const example = rawName.startsWith("--") ? `${rawName}=${value}` : `${rawName}${value}`;
    return {
      ...usageProblem(`${rawName} needs a value, and "${value}" looks like an option`),
      hint: `Write ${example} if it is the value.`,
    };
  }
  return undefined;
}

function unknownOption(rawName: string, specs: OptionSpecs): UsageProblem {
  const near = suggest(rawName.replace(/^-+/, ""), Object.keys(specs));
  return usageProblem(
    `There is no option ${rawName}`,
    near === undefined ? undefined : `--${near}`,
  );
}
