import { describe, inject } from "vitest";

import { describeCatalog } from "../../packages/core/test/stores/catalog-contract.ts";
import { s3Store, useKeys } from "./s3-store.ts";

const access = inject("s3");

describe.skipIf(!access)("a server", () => {
  if (!access) return;
  useKeys(access);

  describeCatalog("s3", s3Store("catalog", access));
});
