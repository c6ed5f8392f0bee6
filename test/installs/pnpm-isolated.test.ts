import { pnpmIsolated } from "./layout.ts";
import { testLayout } from "./test-layout.ts";

testLayout(pnpmIsolated);
