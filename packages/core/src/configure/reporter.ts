import type { ConfigProblem } from "./config.ts";

/** Takes a problem; reading goes on, so that all of them are told at once. */
export type Reporter = (problem: ConfigProblem) => void;
