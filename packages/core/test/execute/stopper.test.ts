import { expect, it } from "vitest";

import { createStopper } from "../../src/execute/stopper.ts";
import type { SupervisedProcess } from "../../src/execute/supervised-process.ts";

/** Long enough that no test sees the kill that follows a request. */
const graceSeconds = 3600;

it("asks first, and kills at the second request", () => {
  const { process, told } = recordedProcess();
  const stopper = createStopper(graceSeconds);
  stopper.attach(process);

  stopper.stop("cancelled");
  expect(told).toEqual(["abort cancelled", "SIGTERM"]);

  stopper.stop("cancelled");
  expect(told).toEqual(["abort cancelled", "SIGTERM", "SIGKILL"]);
});

it("kills at once when somebody else has ended the attempt", () => {
  const { process, told } = recordedProcess();
  const stopper = createStopper(graceSeconds);
  stopper.attach(process);

  stopper.stop("fenced");

  expect(told).toEqual(["SIGKILL"]);
  expect(stopper.reason()).toBe("fenced");
});

it("asks a process that comes after the request", () => {
  const { process, told } = recordedProcess();
  const stopper = createStopper(graceSeconds);
  stopper.stop("cancelled");

  stopper.attach(process);

  expect(told).toEqual(["abort cancelled", "SIGTERM"]);
});

it("kills a process that does not stop within the grace", async () => {
  const { process, killed } = recordedProcess();
  const stopper = createStopper(0.01);
  stopper.attach(process);

  stopper.stop("timeout");

  await expect(killed).resolves.toBe("SIGKILL");
});

it("forgets a timeout before the next attempt, and never a cancellation", () => {
  const stopper = createStopper(graceSeconds);
  stopper.stop("timeout");
  expect(stopper.stopped.aborted).toBe(false);

  stopper.nextAttempt();
  expect(stopper.reason()).toBeUndefined();

  stopper.stop("cancelled");
  stopper.nextAttempt();
  expect(stopper.reason()).toBe("cancelled");
  expect(stopper.stopped.aborted).toBe(true);
});

/** A process that only remembers what it is told. */
function recordedProcess(): {
  readonly process: SupervisedProcess;
  readonly told: readonly string[];
  readonly killed: Promise<string>;
} {
  const told: string[] = [];
  const killed = Promise.withResolvers<string>();
  return {
    told,
    killed: killed.promise,
    process: {
      send: (message) =>
        void told.push(message.type === "abort" ? `abort ${message.reason}` : message.type),
      signalGroup: (signal) => {
        told.push(signal);
        if (signal === "SIGKILL") killed.resolve(signal);
      },
      facts: Promise.resolve(undefined),
      ended: new Promise(() => {}),
      listen: () => {},
    },
  };
}
