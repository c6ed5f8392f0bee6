/** By hand: `node test/engines/docker/engine.ts up` prints DOCKER_HOST and keeps the engine until `… down`. */
import { leaveDockerEngine, useDockerEngine } from "./docker-engine.ts";

const [command] = process.argv.slice(2);
if (command === "up") {
  const engine = await useDockerEngine("by-hand");
  if (!engine) throw new Error("there is no engine, and none can be started here");
  console.log(`export DOCKER_HOST=${engine.host ?? ""}`);
} else if (command === "down") {
  await leaveDockerEngine("by-hand");
} else {
  throw new Error("say up or down");
}
