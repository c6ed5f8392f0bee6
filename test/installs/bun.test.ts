import { bunLayout } from "./layout.ts";
import { testLayout } from "./test-layout.ts";

testLayout(bunLayout);
