import { relative, resolve } from "node:path";

import { createDiscovery, type DiscoveryOptions } from "../discover/discovery.ts";
import { isFileType } from "../discover/is-file-type.ts";
import type { Section } from "./config.ts";

/** The package and type that a name stands for, `@acme/pkg:name`; `undefined` if it stands for none. */
export type FullName = (type: string) => string | undefined;

/** `--executor`, and what it chooses from. */
export interface ExecutorChoice {
  readonly type: string;
  /** Absolute; a type that is a path means this on the command line. */
  readonly cwd: string;
  /** The section `job-executor`. */
  readonly own: Section;
  /** The sections of `job-executors`. */
  readonly others: readonly Section[];
  /** Default what discovery says. */
  readonly fullName?: FullName;
}

/**
 * The section for `--executor <type>`: the file's own if it is of that type (an alias counts), else that of `job-executors`,
 * else the type with its defaults.
 */
export function chooseExecutor(choice: ExecutorChoice, where: DiscoveryOptions): Section {
  const type = ofProject(choice, where.projectDirectory);
  const written = [choice.own, ...choice.others].filter(({ at }) => at !== undefined);
  const exact = written.find((section) => section.type === type);
  if (exact) return exact;
  const fullName = choice.fullName ?? ((name: string) => discovered(name, where));
  const wanted = fullName(type);
  const sameModule = (section: Section) => fullName(section.type) === wanted;
  const alias = wanted === undefined ? undefined : written.find(sameModule);
  return alias ?? { type, config: {}, at: undefined };
}

function ofProject({ type, cwd }: ExecutorChoice, projectDirectory: string): string {
  if (!isFileType(type)) return type;
  const path = relative(projectDirectory, resolve(cwd, type));
  return path.startsWith("..") ? path : `./${path}`;
}

function discovered(type: string, where: DiscoveryOptions): string | undefined {
  const found = createDiscovery({ ...where, allow: undefined }).find("job-executor", type);
  if (!("candidate" in found)) return undefined;
  return `${found.candidate.packageName}:${found.candidate.type}`;
}
