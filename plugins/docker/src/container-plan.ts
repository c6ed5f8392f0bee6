/** The exact container that will be created, as options of the engine's `create`. */
export type ContainerPlan = {
  readonly name: string;
  readonly image: string;
  readonly pull: "missing" | "always" | "never";
  /** Options of `create`, as the engine's command spells them. */
  readonly options: readonly string[];
  /** `--user`. `fallback`: the submitter's own ids; in a rootless engine root stands for them. */
  readonly user: { readonly value: string; readonly fallback: boolean } | null;
  /** In place of the image's own entry point and command. */
  readonly argv: readonly string[];
  /** Whether secret values come on the standard input. */
  readonly stdin: boolean;
  /** Directory of the payload; null: the image's own working directory. */
  readonly root: string | null;
  readonly files: readonly { readonly path: string; readonly digest: string }[];
};

/** By which a container is found again. */
export type ContainerHandle = { readonly id: string; readonly name: string };
