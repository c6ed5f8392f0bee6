export { localPlugin } from "./local-plugin.ts";
