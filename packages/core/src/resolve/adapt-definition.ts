import { commonApi } from "../discover/api-version.ts";
import type { Candidate } from "../discover/candidate.ts";
import type { Definition } from "./factory.ts";

/** A version of the plugin contract, and how what was written for it is used. */
export interface Contract {
  readonly api: number;
  /** The definition in today's contract. */
  readonly adapt: (definition: Definition) => Definition;
}

/** What core speaks: of each number in `supportedApis` one. Today's needs no change; an older one stays here with its adapter. */
export const spokenContracts: readonly Contract[] = [{ api: 1, adapt: (definition) => definition }];

/** A definition in today's contract, by the highest version that its package and core both speak. */
export function adaptDefinition(
  definition: Definition,
  candidate: Candidate,
  contracts: readonly Contract[],
): Definition {
  const common = commonApi(
    candidate,
    contracts.map(({ api }) => api),
  );
  const contract = contracts.find(({ api }) => api === common);
  // Discovery refuses what speaks none of them.
  if (!contract) throw new Error(`${candidate.packageName} speaks no api of this core`);
  return contract.adapt(definition);
}
