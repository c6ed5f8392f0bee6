import type { Schema } from "./schema.ts";

const secretSchemas: unique symbol = Symbol.for("runnable.secret") as never;

/** Marks a config key as secret: its value is in no record, plan, log or error. The schema is given back, marked. */
export function secret<S extends Schema>(schema: S): S {
  registry().add(schema);
  return schema;
}

/** Whether {@link secret} marked this schema, also through another copy of this package. */
export function isSecret(schema: object): boolean {
  return registry().has(schema);
}

// One set for all copies of this package in a process.
function registry(): WeakSet<object> {
  const holder = globalThis as { [secretSchemas]?: WeakSet<object> };
  holder[secretSchemas] ??= new WeakSet();
  return holder[secretSchemas];
}
