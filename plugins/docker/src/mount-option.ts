import type { ExtraMount } from "./docker-config.ts";

/** `--mount`, which refuses a source that is not there; `-v` would make it, as root. */
export function mountOption({ type, source, target, readonly }: ExtraMount): readonly string[] {
  const fields = [
    `type=${type}`,
    ...(source === undefined ? [] : [field("source", source)]),
    field("target", target),
    // For a volume Podman does not know the longer word.
    ...(readonly ? ["ro"] : []),
  ];
  return ["--mount", fields.join(",")];
}

// The value of --mount is one line of CSV. Source: docker/cli, opts/mount.go.
function field(key: string, value: string): string {
  const text = `${key}=${value}`;
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
