import { pnpmHoisted } from "./layout.ts";
import { testLayout } from "./test-layout.ts";

testLayout(pnpmHoisted);
