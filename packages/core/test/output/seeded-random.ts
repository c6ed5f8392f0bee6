/** Reproducible numbers in [0, 1): mulberry32, by Tommy Ettinger (public domain). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Bytes like those that programs write: words, newlines, characters of 2–4 bytes, carriage returns, noise. */
export function randomOutput(random: () => number, length: number): Buffer {
  const noise = () => String.fromCharCode(Math.floor(random() * 256));
  const words = ["word ", "\n", "\n\n", "é", "漢字", "🐧", "\r\n", "\r 10%", "\t\u001b[31m", "\0"];
  const pieces: Buffer[] = [];
  for (let size = 0; size < length;) {
    const word = words[Math.floor(random() * words.length * 1.2)];
    const piece = word === undefined ? Buffer.from(noise(), "latin1") : Buffer.from(word);
    const times = random() < 0.01 ? Math.floor(random() * 20_000) : 1;
    for (let n = 0; n < times && size < length; n += 1) {
      pieces.push(piece);
      size += piece.length;
    }
  }
  return Buffer.concat(pieces);
}

/** The bytes in pieces of random sizes, often tiny. */
export function* randomChunks(random: () => number, bytes: Uint8Array): Generator<Uint8Array> {
  for (let start = 0; start < bytes.length;) {
    const size = 1 + Math.floor(random() ** 4 * 70_000);
    yield bytes.subarray(start, start + size);
    start += size;
  }
}
