import type { Schema } from "@runnable/plugin";
import * as z from "zod/mini";

/** `job-executor.config` of `emulator`. */
export interface EmulatorConfig {
  /**
   * How the emulated platform reaches storage on disk. `same-path`: it sees the same disks (default). `mounted`: at another
   * path, to be proved. `separate`: disks of its own (`.runnable/emulator`), so that the job side owns the run log. `relay`: not
   * at all, output and receipt come back. `broken-mount`: a mount that shows other bytes, which the proof must find.
   */
  readonly storage: "same-path" | "mounted" | "separate" | "relay" | "broken-mount";
  /** How code travels; default `bundle`. */
  readonly code: "bundle" | "mount" | "image";
  /** Mode `image`: directory that plays the image, with the job file and `node_modules/.bin/runnable`; relative to the project. */
  readonly image?: string | undefined;
  /** Record the run as succeeded and run nothing. Default false. */
  readonly mock: boolean;
}

/** What may be written. */
export type EmulatorInput = {
  readonly [key in keyof EmulatorConfig]?: EmulatorConfig[key] | undefined;
};

/** Schema of {@link EmulatorConfig}. */
export const emulatorConfig: Schema<EmulatorInput, EmulatorConfig> = z
  .strictObject({
    storage: z._default(
      z.enum(["same-path", "mounted", "separate", "relay", "broken-mount"]),
      "same-path",
    ),
    code: z._default(z.enum(["bundle", "mount", "image"]), "bundle"),
    image: z.optional(z.string().check(z.minLength(1))),
    mock: z._default(z.boolean(), false),
  })
  .check(
    z.refine(({ code, image }) => (code === "image") === (image !== undefined), {
      error: "`code: image` and `image` go together",
      path: ["image"],
    }),
  );
