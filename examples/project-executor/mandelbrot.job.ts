import { writeFile } from "node:fs/promises";

import { defineJob } from "@runnable/core";
import { z } from "zod";

/** Draws the Mandelbrot set as a grey picture, and measures its area (about 1.5066) on the way. */
export default defineJob({
  parameters: z.strictObject({
    width: z.int().min(10).max(4000).default(600),
    iterations: z.int().min(1).default(200),
  }),
  catalog: { put: ["mandelbrot.pgm"] },
  returns: ["area"],

  async run({ parameters: { width, iterations }, progress, signal }) {
    const height = Math.round((width * 2.4) / 3);
    const picture = Buffer.alloc(width * height);
    let inside = 0;
    for (let row = 0; row < height; row += 1) {
      signal.throwIfAborted();
      for (let column = 0; column < width; column += 1) {
        const steps = escapeSteps(
          (column / width) * 3 - 2.2,
          (row / height) * 2.4 - 1.2,
          iterations,
        );
        if (steps === iterations) inside += 1;
        picture[row * width + column] = steps === iterations ? 0 : 255 - (steps % 16) * 12;
      }
      if (row % 20 === 0) {
        progress(row, height, "rows");
        // A turn of the event loop, in which the run can be cancelled.
        await new Promise((resolve) => setImmediate(resolve));
      }
    }
    await writeFile("mandelbrot.pgm", [`P5 ${width} ${height} 255\n`, picture]);
    return { area: (inside / (width * height)) * 3 * 2.4 };
  },
});

/** Steps until z → z² + c has left the circle of radius 2; `limit` when it never does. */
function escapeSteps(cx: number, cy: number, limit: number): number {
  let [x, y, step] = [0, 0, 0];
  while (step < limit && x * x + y * y <= 4) {
    [x, y] = [x * x - y * y + cx, 2 * x * y + cy];
    step += 1;
  }
  return step;
}
