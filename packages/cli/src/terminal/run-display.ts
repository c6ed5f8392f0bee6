import type { RunBegin, RunObserver } from "@runnable/core/run";

import { createProgressDisplay } from "./progress-display.ts";
import type { Progress } from "./progress-text.ts";
import { redirectOutput } from "./redirect-output.ts";
import { createStyle, wantsColour } from "./style.ts";

/** Shows a run on the terminal while it goes. */
export interface RunDisplay {
  readonly observer: RunObserver;
  /** Gives the terminal back; done twice it is done once. */
  readonly close: () => void;
}

/** How a run is shown. */
export interface RunDisplayOptions {
  /** True: standard output is kept free for the result, and the job's goes to standard error. */
  readonly json: boolean;
  readonly onBegin: (begin: RunBegin) => void;
}

/** Shows progress, states and notices of a run on standard error. To be made before the run: what is written from then on appears above the bar. */
export function createRunDisplay({ json, onBegin }: RunDisplayOptions): RunDisplay {
  const { stdout, stderr } = process;
  const style = createStyle(wantsColour(stderr, process.env));
  const progress = createProgressDisplay({ stdout, stderr, environment: process.env });
  // After the display has taken the streams, so that redirected output appears above its bar too.
  const restore = json ? redirectOutput(stdout, stderr) : () => undefined;
  const say = (text: string) => void stderr.write(`${text}\n`);
  let open = true;
  return {
    observer: {
      onBegin,
      onNotice: (message) => say(`${style.yellow("runnable:")} ${message}`),
      onState: (state, detail) => {
        if (detail !== undefined) say(style.dim(`${state}: ${detail}`));
      },
      onProgress: (value) => {
        const told = progressOf(value);
        if (told !== undefined) progress.update(told);
      },
    },
    close: () => {
      if (!open) return;
      open = false;
      restore();
      progress.close();
    },
  };
}

/** Progress from another process may be anything. */
function progressOf({
  done,
  total,
  label,
}: {
  readonly [name: string]: unknown;
}): Progress | undefined {
  if (typeof done !== "number") return undefined;
  return {
    done,
    ...(typeof total === "number" ? { total } : {}),
    ...(typeof label === "string" ? { label } : {}),
  };
}
