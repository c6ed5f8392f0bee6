import type {
  EndpointNeed,
  JsonObject,
  Need,
  PathNeed,
  PlaceContext,
  Placement,
  Refusal,
} from "@runnable/plugin";

import { containerPaths } from "./container-paths.ts";
import type { DockerConfig } from "./docker-config.ts";
import { engineHost, isElsewhere } from "./engine/engine-host.ts";
import { engineProgram } from "./engine/engine-program.ts";

/** Name by which a container reaches the machine of its engine. Source: docs.docker.com, "Networking on Docker Desktop", and `--add-host …:host-gateway`. */
export const gatewayHost = "host.docker.internal";

const loopback = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;

/** Where a need is, seen from the container. It asks for the kind of a need, never for the name of a store. */
export function place(need: Need, { config }: PlaceContext<DockerConfig>): Placement | Refusal {
  if (need.kind === "files") return { at: "path", path: payloadPath(config), shared: false };
  if (need.kind === "values") return { at: "stdin" };
  if (need.kind === "endpoint") return placeEndpoint(need, config);
  if (config.storage === "relay" && need.role !== "code") {
    return { at: "relay", path: `${containerPaths.out}/${need.id}` };
  }
  if (need.kind === "path") return placePath(need, config);
  return {
    refuse: "a container does not see the memory of this process",
    remedy: "Use a store on disk, or set job-executor.config.storage to relay.",
  };
}

function payloadPath({ code, workdir }: DockerConfig): string {
  return code === "image" ? (workdir ?? ".") : containerPaths.payload;
}

function placePath(need: Need & PathNeed, config: DockerConfig): Placement | Refusal {
  const host = engineHost(engineProgram(config, process.env), process.env);
  if (isElsewhere(host)) {
    return {
      refuse: `the engine at ${host} mounts directories of its own machine, not of this one`,
      remedy:
        need.role === "code"
          ? "Set job-executor.config.code to bundle: then the code is copied into the container."
          : "Set job-executor.config.storage to relay, or use a store that is reached over the network.",
    };
  }
  // Code finds its modules, and modules each other, by the paths that they have here.
  const path = need.role === "code" ? need.path : `${containerPaths.stores}/${need.id}`;
  const readonly = need.access === "read";
  return { at: "path", path, shared: "verify", spec: { source: need.path, readonly } };
}

function placeEndpoint(need: EndpointNeed, { network }: DockerConfig): Placement {
  const url = new URL(need.url);
  if (network === "host" || !loopback.test(url.hostname)) {
    return { at: "endpoint", url: need.url, shared: true };
  }
  url.hostname = gatewayHost;
  const spec: JsonObject = { gateway: true };
  return { at: "endpoint", url: trimmed(url.href, need.url), shared: true, spec };
}

// URL adds a slash to a bare origin.
function trimmed(href: string, given: string): string {
  return given.endsWith("/") ? href : href.replace(/\/$/, "");
}
