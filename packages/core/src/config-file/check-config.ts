import type { Config, ConfigProblem, Section } from "../configure/config.ts";
import { readConfig } from "../configure/read-config.ts";
import { sectionNames } from "../configure/section-names.ts";
import { createDiscovery, type Discovery } from "../discover/discovery.ts";
import {
  resolveService,
  type ResolvedService,
  type ServiceResult,
} from "../resolve/resolve-service.ts";
import { resolveServices } from "../resolve/resolve-services.ts";
import type { ServiceRequest } from "../resolve/service-request.ts";
import { checkStorage } from "./check-storage.ts";
import { idlePreferences } from "./idle-preferences.ts";
import { missingPackages } from "./missing-packages.ts";
import { inOrderOfFile } from "./problem-order.ts";

/** Which configuration is checked. */
export interface CheckConfigOptions {
  /** Absolute. */
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** `--config`. */
  readonly configFile?: string;
  /** `--executor`. */
  readonly executor?: string;
}

/** A section whose type was found and whose settings are right. */
export interface CheckedService {
  /** `catalog`, or `job-executors.hpc`. */
  readonly section: string;
  readonly type: string;
  readonly package: string;
  readonly version: string;
}

/** All that there is to say about a configuration. */
export interface ConfigCheck {
  /** Absolute path of the file; undefined when there is none and defaults hold. */
  readonly file: string | undefined;
  readonly projectDirectory: string;
  /** The four sections, then those of `job-executors`; without those that have problems. */
  readonly services: readonly CheckedService[];
  /** In the order of the file. A run would be refused for any of them. */
  readonly problems: readonly ConfigProblem[];
  /** In the order of the file. */
  readonly warnings: readonly ConfigProblem[];
}

/**
 * Checks a configuration as a run would, and further: every section's settings, those of `job-executors` too, and whether the
 * executor reaches the stores. Imports the modules of the types that the file names. Nothing is written or run, and nothing thrown
 * for what the file holds.
 */
export async function checkConfig(options: CheckConfigOptions): Promise<ConfigCheck> {
  const { cwd, env, configFile, executor } = options;
  const config = await readConfig({
    cwd,
    env,
    ...(configFile !== undefined && { file: configFile }),
    ...(executor !== undefined && { executor }),
  });
  const { projectDirectory, plugins } = config;
  const discovery = createDiscovery({ projectDirectory, ...plugins });
  const results = isReadable(config) ? await resolveSections(config, discovery) : [];
  const problems = [
    ...ownProblems(config),
    ...results.flatMap((result) => (result.service ? [] : consequent(result.problems, config))),
  ];
  const storage = problems.length === 0 ? await storageOf(config) : none;
  return {
    file: config.file,
    projectDirectory,
    services: results.flatMap(({ service }) => (service ? [checkedService(service)] : [])),
    problems: inOrderOfFile([...problems, ...storage.problems], config.file),
    warnings: inOrderOfFile(
      [
        ...missingPackages(config, discovery),
        ...idlePreferences(config, discovery),
        ...results.flatMap(({ warnings }) => warnings),
        ...storage.warnings,
      ],
      config.file,
    ),
  };
}

const none = { problems: [], warnings: [] };

/** With one of these there is no content to look at. */
const unreadable: ReadonlySet<string> = new Set([
  "CONFIG_SYNTAX",
  "CONFIG_NOT_A_MAP",
  "CONFIG_FILE_NOT_FOUND",
  "CONFIG_IMPORT_FAILED",
]);

/** With one of these some of the content is not here. */
const incomplete: ReadonlySet<string> = new Set(["CONFIG_IMPORT_NOT_FOUND", "CONFIG_IMPORT_CYCLE"]);

function isReadable({ problems }: Config): boolean {
  return !problems.some(({ code }) => unreadable.has(code));
}

function isIncomplete({ problems }: Config): boolean {
  return problems.some(({ code }) => incomplete.has(code));
}

function ownProblems(config: Config): readonly ConfigProblem[] {
  return isIncomplete(config) ? config.problems.filter(isNotMissing) : config.problems;
}

function isNotMissing({ code }: ConfigProblem): boolean {
  return code !== "CONFIG_MISSING_KEY";
}

/** What is wrong with a service, without what follows from problems that are told anyway: a value that could not be filled in, a file that is not there. */
function consequent(problems: readonly ConfigProblem[], config: Config): readonly ConfigProblem[] {
  const told = new Set(config.problems.map(({ path }) => path?.join("\0")));
  const others = problems.filter(({ path }) => path === undefined || !told.has(path.join("\0")));
  return isIncomplete(config) ? others.filter(isNotMissing) : others;
}

async function resolveSections(
  config: Config,
  discovery: Discovery,
): Promise<readonly ServiceResult[]> {
  const types = { discovery };
  // What a missing file says of a section that is not here is not known.
  const sections = sectionNames.filter(
    (name) => !isIncomplete(config) || config.sections[name].at !== undefined,
  );
  const requests: readonly ServiceRequest[] = [
    ...sections.map((name) => ({ config, types, name })),
    ...config.executors
      .filter((section) => section !== config.sections["job-executor"])
      .map((section) => ({
        config: withExecutor(config, section),
        types,
        name: "job-executor" as const,
      })),
  ];
  return await Promise.all(requests.map(resolveService));
}

function withExecutor(config: Config, section: Section): Config {
  return { ...config, sections: { ...config.sections, "job-executor": section } };
}

async function storageOf(config: Config): Promise<Awaited<ReturnType<typeof checkStorage>>> {
  const { services } = await resolveServices(config);
  return services ? await checkStorage(config, services) : none;
}

function checkedService({ section, definition, provider }: ResolvedService): CheckedService {
  const { package: packageName, version } = provider;
  return {
    section: section.at?.join(".") ?? definition.service,
    type: section.type,
    package: packageName,
    version,
  };
}
