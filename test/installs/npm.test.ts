import { npmLayout } from "./layout.ts";
import { testLayout } from "./test-layout.ts";

testLayout(npmLayout);
