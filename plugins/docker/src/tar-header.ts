/** One entry of a tar archive. `path` has no leading slash; a directory's ends with one. */
export interface TarEntry {
  readonly path: string;
  readonly mode: number;
  readonly bytes: number;
  readonly type: "file" | "directory";
}

const blockBytes = 512;
const nameBytes = 100;
/** Largest size that eleven octal digits tell. */
const largestSize = 8 ** 11 - 1;
const kinds = { file: "0", directory: "5", extended: "x" } as const;

/** Header of an entry, owned by root and without a time of change; with an extended header where its name or size asks for one. Source: POSIX.1-2024, pax, "ustar Interchange Format". */
export function tarHeader({ path, mode, bytes, type }: TarEntry): Buffer {
  const records = [
    ...(Buffer.byteLength(path) > nameBytes ? [record("path", path)] : []),
    ...(bytes > largestSize ? [record("size", String(bytes))] : []),
  ];
  const own = block({ path, mode, bytes: Math.min(bytes, largestSize), kind: kinds[type] });
  if (records.length === 0) return own;
  const text = Buffer.from(records.join(""));
  const padding = Buffer.alloc((blockBytes - (text.length % blockBytes)) % blockBytes);
  const extended = { path: "pax", mode: 0o644, bytes: text.length, kind: kinds.extended };
  return Buffer.concat([block(extended), text, padding, own]);
}

interface Block {
  readonly path: string;
  readonly mode: number;
  readonly bytes: number;
  readonly kind: string;
}

function block({ path, mode, bytes, kind }: Block): Buffer {
  const header = Buffer.alloc(blockBytes);
  Buffer.from(path).copy(header, 0, 0, nameBytes);
  header.write(octal(mode, 7), 100);
  header.write(octal(0, 7), 108);
  header.write(octal(0, 7), 116);
  header.write(octal(bytes, 11), 124);
  header.write(octal(0, 11), 136);
  // The sum is taken with spaces in its own place.
  header.write(" ".repeat(8), 148);
  header.write(kind, 156);
  header.write("ustar\x0000", 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${octal(sum, 6)}\0 `, 148);
  return header;
}

function octal(value: number, digits: number): string {
  return value.toString(8).padStart(digits, "0");
}

/** `<length> <key>=<value>\n`, where the length counts its own digits. */
function record(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`;
  const bytes = Buffer.byteLength(rest);
  let length = bytes;
  while (String(length).length + bytes !== length) length = String(length).length + bytes;
  return `${length}${rest}`;
}
