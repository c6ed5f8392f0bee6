import type { StoreKind } from "@runnable/plugin";

/** What a type may be: also the name of its section in the configuration. */
export type ServiceKind = "job-executor" | StoreKind;

/** In the order of messages. */
export const serviceKinds: readonly ServiceKind[] = [
  "job-executor",
  "run-log-store",
  "catalog",
  "secrets",
];

/** Keys of a manifest, `runnable.executors` and so on. */
export const manifestKeys: Readonly<Record<ServiceKind, string>> = {
  "job-executor": "executors",
  "run-log-store": "run-log-stores",
  catalog: "catalogs",
  secrets: "secrets",
};

/** For people: `no executor named "x"`. */
export const kindWords: Readonly<Record<ServiceKind, string>> = {
  "job-executor": "executor",
  "run-log-store": "run log store",
  catalog: "catalog",
  secrets: "secrets store",
};

/** Beginnings of error codes: `EXECUTOR_NOT_FOUND`. */
export const kindCodes: Readonly<Record<ServiceKind, string>> = {
  "job-executor": "EXECUTOR",
  "run-log-store": "RUN_LOG_STORE",
  catalog: "CATALOG",
  secrets: "SECRETS",
};
