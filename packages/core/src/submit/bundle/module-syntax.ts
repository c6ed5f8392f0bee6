import { Visitor, type ESTree } from "rolldown/utils";

/** A node that the scan decides on: it may tell a place, or load code. */
export type Candidate =
  | ESTree.BinaryExpression
  | ESTree.CallExpression
  | ESTree.ImportExpression
  | ESTree.MemberExpression
  | ESTree.NewExpression
  | ESTree.TemplateLiteral;

/** What of a module's text a bundle must look at. */
export interface ModuleSyntax {
  /** In the order of the text, outer before inner. */
  readonly candidates: readonly Candidate[];
  /** Declarations with an initial value, of names that are declared once and never assigned. */
  readonly constants: ReadonlyMap<string, Constant>;
  /** Every name of a variable, whatever its scope. */
  readonly declared: ReadonlySet<string>;
  /** String literals that look like a file's name with an extension; those that name a module to import are not among them. */
  readonly fileNames: ReadonlySet<string>;
  /** Whether it has a `throw` anywhere. */
  readonly throws: boolean;
  /** Whether it has `import`, `export` or `import.meta`. */
  readonly isModule: boolean;
  /** Whether an error there is caught: the node stands in a `try` that has a `catch`. */
  readonly isGuarded: (node: TextRange) => boolean;
  readonly isInFunction: (node: TextRange) => boolean;
  /** Whether `require` is a parameter around the node, so not Node's. */
  readonly isRequireShadowed: (node: TextRange) => boolean;
}

/** `const name = value`. */
export interface Constant {
  readonly name: ESTree.Node;
  readonly value: ESTree.Expression;
}

const fileName = /^[\w./ -]{1,200}\.\w{1,10}$/u;

/** A part of a module's text. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** Reads a parsed module in one pass. */
export function readSyntax(program: ESTree.Program): ModuleSyntax {
  const candidates: Candidate[] = [];
  const constants = new Map<string, Constant>();
  const declared = new Set<string>();
  const ranges = {
    guarded: [] as TextRange[],
    functions: [] as TextRange[],
    shadowing: [] as TextRange[],
  };
  const fileNames = new Set<string>();
  const sources = new Set<number>();
  const has = { module: false, throws: false };

  const add = (node: Candidate): void => void candidates.push(node);
  const addSource = ({ source }: { readonly source: ESTree.Node | null }): void => {
    has.module = true;
    if (source !== null) sources.add(source.start);
  };
  const addFunction = (node: ESTree.Function | ESTree.ArrowFunctionExpression): void => {
    ranges.functions.push(node);
    if (node.params.some(isRequire)) ranges.shadowing.push(node);
  };
  new Visitor({
    BinaryExpression: add,
    CallExpression: (node) => {
      const [argument] = node.arguments;
      if (argument !== undefined && isRequire(node.callee)) sources.add(argument.start);
      add(node);
    },
    ImportExpression: (node) => {
      sources.add(node.source.start);
      add(node);
    },
    Literal: ({ value, start }) => {
      if (typeof value === "string" && !sources.has(start) && fileName.test(value)) {
        fileNames.add(value);
      }
    },
    MemberExpression: add,
    NewExpression: add,
    TemplateLiteral: add,
    FunctionDeclaration: addFunction,
    FunctionExpression: addFunction,
    ArrowFunctionExpression: addFunction,
    VariableDeclarator: ({ id, init }) => {
      if (id.type !== "Identifier") return;
      if (declared.has(id.name) || init === null) constants.delete(id.name);
      else constants.set(id.name, { name: id, value: init });
      declared.add(id.name);
    },
    AssignmentExpression: ({ left }) => {
      if (left.type !== "Identifier") return;
      constants.delete(left.name);
      declared.add(left.name);
    },
    TryStatement: ({ handler, block }) => {
      if (handler !== null) ranges.guarded.push(block);
    },
    ThrowStatement: () => void (has.throws = true),
    MetaProperty: ({ meta }) => {
      if (meta.name === "import") has.module = true;
    },
    ImportDeclaration: addSource,
    ExportNamedDeclaration: addSource,
    ExportAllDeclaration: addSource,
    ExportDefaultDeclaration: () => void (has.module = true),
  }).visit(program);

  return {
    candidates,
    constants,
    declared,
    fileNames,
    throws: has.throws,
    isModule: has.module,
    isGuarded: (node) => isWithin(node, ranges.guarded),
    isInFunction: (node) => isWithin(node, ranges.functions),
    isRequireShadowed: (node) => isWithin(node, ranges.shadowing),
  };
}

function isWithin(node: TextRange, ranges: readonly TextRange[]): boolean {
  return ranges.some(({ start, end }) => start <= node.start && node.end <= end);
}

function isRequire(parameter: ESTree.Node): boolean {
  return parameter.type === "Identifier" && parameter.name === "require";
}
