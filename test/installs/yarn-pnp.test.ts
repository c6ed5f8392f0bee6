import { yarnPnp } from "./layout.ts";
import { testLayout } from "./test-layout.ts";

testLayout(yarnPnp);
