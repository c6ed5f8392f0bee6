/** Small, so that all threads begin soon; many, so that none waits for another on a busy machine. */
const pieceBytes = 256 * 1024;
const pieces = 64;

/** A piece of memory that is filled up to a length. */
export interface Piece {
  readonly memory: Buffer;
  readonly length: number;
}

/** Memory that threads share. It is used again and again: fresh memory would cost as much as the network. */
export interface MemoryPool {
  /** Resolves when there is some to spare. @throws what a lender threw */
  readonly take: () => Promise<Buffer>;
  /** It is to spare again when the work on it is done. */
  readonly lend: (memory: Buffer, work: Promise<void>) => void;
  /** Resolves when all work is done. @throws what it threw */
  readonly allBack: () => Promise<void>;
}

/** A pool of 16 MiB. */
export function memoryPool(): MemoryPool {
  const spare = Array.from({ length: pieces }, sharedMemory);
  const underWay: Promise<void>[] = [];
  return {
    take: async () => {
      for (;;) {
        const memory = spare.pop();
        if (memory !== undefined) return memory;
        await underWay.shift();
      }
    },
    lend: (memory, work) => {
      const back = work.then(() => void spare.push(memory));
      // Whoever waits for it sees the failure.
      back.catch(() => undefined);
      underWay.push(back);
    },
    allBack: async () => {
      await Promise.allSettled(underWay);
      await Promise.all(underWay);
    },
  };
}

/** Copies chunks into memory that `take` gives: all pieces but the last are full. */
export async function* inPieces(
  chunks: AsyncIterable<Buffer>,
  take: () => Promise<Buffer>,
): AsyncGenerator<Piece> {
  let memory = await take();
  let length = 0;
  for await (const chunk of chunks) {
    for (let taken = 0; taken < chunk.length;) {
      const copied = chunk.copy(memory, length, taken);
      taken += copied;
      length += copied;
      if (length < memory.length) continue;
      yield { memory, length };
      memory = await take();
      length = 0;
    }
  }
  if (length > 0) yield { memory, length };
}

function sharedMemory(): Buffer {
  return Buffer.from(new SharedArrayBuffer(pieceBytes));
}
