import { Worker } from "node:worker_threads";

/** Digests pieces in a thread of its own, while this one is busy with the network. */
export interface DigestThread {
  /** Takes bytes of shared memory; resolves when they are digested. @throws what the thread threw */
  readonly update: (content: Uint8Array) => Promise<void>;
  /** `sha256:<hex>` of all. */
  readonly digest: () => Promise<string>;
  /** Ends the thread. */
  readonly end: () => Promise<void>;
}

// As text: a bundle has no file for it.
const thread = `
const { createHash } = require("node:crypto");
const { parentPort } = require("node:worker_threads");
const hash = createHash("sha256");
parentPort.on("message", (content) => {
  if (content === "end") return parentPort.postMessage(hash.digest("hex"));
  hash.update(content);
  parentPort.postMessage("next");
});
`;

/** Starts the thread. */
export function startDigestThread(): DigestThread {
  const worker = new Worker(thread, { eval: true });
  const answers: PromiseWithResolvers<string>[] = [];
  worker.on("message", (answer: unknown) => answers.shift()?.resolve(String(answer)));
  worker.on("error", (error) => {
    for (const answer of answers.splice(0)) answer.reject(error);
  });

  function ask(question: Uint8Array | "end"): Promise<string> {
    const answer = Promise.withResolvers<string>();
    answers.push(answer);
    worker.postMessage(question, []);
    return answer.promise;
  }

  return {
    update: async (content) => {
      await ask(content);
    },
    digest: async () => `sha256:${await ask("end")}`,
    end: async () => {
      await worker.terminate();
    },
  };
}
