import * as z from "zod/mini";

/** A check that text is an http(s) URL of a server: without credentials, which would be told in messages, and without a path. */
export const isUrl: z.core.$ZodCheck<string> = z.refine(isServer, {
  error: "an http or https URL without user, path or query, as http://localhost:9000",
});

function isServer(text: string): boolean {
  const url = URL.parse(text);
  return (
    url !== null &&
    /^https?:$/.test(url.protocol) &&
    [url.username, url.password, url.search, url.hash].every((part) => part === "") &&
    url.pathname === "/"
  );
}
