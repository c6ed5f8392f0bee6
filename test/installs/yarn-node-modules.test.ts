import { yarnNodeModules } from "./layout.ts";
import { testLayout } from "./test-layout.ts";

testLayout(yarnNodeModules);
