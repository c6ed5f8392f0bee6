/** A place over there that plays a mount: a link to a directory, or an empty directory. */
export type Volume = { readonly path: string; readonly link?: string };

/** The exact process that will be started. */
export type ProcessPlan = {
  /** Everything of this attempt lies here. */
  readonly directory: string;
  readonly argv: readonly string[];
  readonly env: { readonly [name: string]: string };
  /** `bare`: PATH, HOME, LANG, TZ and TMPDIR only, as on a machine that is not the user's. */
  readonly environment: "bare" | "inherited";
  readonly cwd: string;
  /** Whose it is; kept beside the attempt's files. */
  readonly labels: { readonly [name: string]: string };
  readonly files: readonly { readonly path: string; readonly digest: string }[];
  readonly volumes: readonly Volume[];
  /** Directory that plays the image. */
  readonly image?: string;
};
