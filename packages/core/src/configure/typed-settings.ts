import type { JsonObject } from "@runnable/plugin";

/** A type's name: those that the compiler has seen are offered, and any other is taken. */
export type TypeName<Registered> = (keyof Registered & string) | (string & {});

/** The settings of a type; any, of one that the compiler has not seen. A file to build upon, `I`, may bring some of them. */
export type TypedSettings<Registered, T, I> = T extends keyof Registered
  ? Registered[T] extends (config?: infer C) => unknown
    ? undefined extends I
      ? Written<NonNullable<C>>
      : Partial<Written<NonNullable<C>>>
    : JsonObject
  : JsonObject;

/** `${NAME}`, which is filled in from the environment. */
type VariableText = `${string}\${${string}}${string}`;

/** A text of a few may also come from a variable; what a number or a boolean is stands in the file. */
type Written<T> = T extends string
  ? string extends T
    ? T
    : T | VariableText
  : T extends object
    ? { readonly [K in keyof T]: Written<T[K]> }
    : T;
