import { describe, expect, it, onTestFinished } from "vitest";

import { listenForInterrupts, type Interrupts } from "../../src/observe/interrupts.ts";

interface Listening {
  readonly interrupts: Interrupts;
  readonly notices: readonly string[];
}

function listen(cancel?: AbortSignal): Listening {
  const notices: string[] = [];
  const onNotice = (message: string) => void notices.push(message);
  const interrupts = listenForInterrupts({ runId: "r1", cancel, onNotice });
  onTestFinished(interrupts.release);
  return { interrupts, notices };
}

function stateOf({ stop, kill, leave }: Interrupts): readonly boolean[] {
  return [stop, kill, leave].map(({ aborted }) => aborted);
}

describe("interrupts of this process", () => {
  it.each(["SIGINT", "SIGTERM"] as const)("%s stops, then kills, then leaves a run", (name) => {
    const { interrupts, notices } = listen();
    const states: (readonly boolean[])[] = [];

    for (let count = 0; count < 3; count += 1) {
      process.emit(name);
      states.push(stateOf(interrupts));
    }

    expect(states).toEqual([
      [true, false, false],
      [true, true, false],
      [true, true, true],
    ]);
    expect(notices).toEqual([
      "stopping r1; interrupt again to kill it",
      "killing it; interrupt again to leave it as it is",
    ]);
  });

  it("reach all runs that are followed, by one listener", () => {
    const before = process.listenerCount("SIGINT");
    const runs = Array.from({ length: 20 }, () => listen());

    const listeners = process.listenerCount("SIGINT") - before;
    process.emit("SIGINT");

    expect(listeners).toBe(1);
    expect(runs.every(({ interrupts }) => interrupts.stop.aborted)).toBe(true);
  });

  it("are left to others once no run is followed", () => {
    const before = process.listenerCount("SIGINT");

    listen().interrupts.release();

    expect(process.listenerCount("SIGINT")).toBe(before);
  });
});

describe("a signal that code gives", () => {
  it("stops the run", () => {
    const controller = new AbortController();
    const { interrupts } = listen(controller.signal);

    controller.abort();

    expect(stateOf(interrupts)).toEqual([true, false, false]);
    expect(interrupts.wasStopped()).toBe(true);
  });

  it("kills it at once with the reason now, also when it was aborted before", () => {
    expect(stateOf(listen(AbortSignal.abort("now")).interrupts)).toEqual([true, true, false]);
  });
});

it("who leaves waits no longer", async () => {
  const { interrupts } = listen();
  const waiting = interrupts.unlessLeft(new Promise(() => {}));

  for (let count = 0; count < 3; count += 1) process.emit("SIGINT");

  await expect(waiting).rejects.toMatchObject({ code: "RUN_LEFT", exitCode: 130 });
});

it("who does not leave gets what the work gives", async () => {
  const { interrupts } = listen();

  await expect(interrupts.unlessLeft(Promise.resolve("done"))).resolves.toBe("done");
});
