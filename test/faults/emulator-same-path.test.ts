import { testFaults } from "./test-faults.ts";

await testFaults("emulator, same-path");
