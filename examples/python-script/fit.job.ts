import { scriptJob } from "@runnable/core";
import { z } from "zod";

/** Fits a parabola to carbon dioxide measurements, and says what it gives for a year to come. */
export default scriptJob({
  argv: ["python3", "fit.py", "data/co2-concentration.csv"],
  parameters: z.strictObject({
    /** Earlier measurements are left out. */
    since: z.int().min(1958).max(2015).default(1958),
    /** Year to look ahead to. */
    ahead: z.int().min(2021).max(2100).default(2030),
  }),
  catalog: { put: ["residuals.csv"] },
  returns: ["ppmPerYear", "ppmAhead", "error"],
});
