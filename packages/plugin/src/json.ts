/** A value that JSON can hold. Plans, handles and records consist of these, so that they survive a crash and a process border. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** A JSON object with string keys. An optional key may be absent; `undefined` is dropped on writing, as `JSON.stringify` does. */
export type JsonObject = { readonly [key: string]: Json | undefined };
