import type { DockerConfig } from "./docker-config.ts";

/** Settings that are options of `create` by another spelling. */
const plain = {
  "--platform": "platform",
  "--network": "network",
  "--cpus": "cpus",
  "--memory": "memory",
  "--gpus": "gpus",
  "--shm-size": "shm_size",
  "--workdir": "workdir",
} as const satisfies { readonly [option: string]: keyof DockerConfig };

const lists = {
  "--security-opt": "security_opt",
  "--cap-add": "cap_add",
  "--cap-drop": "cap_drop",
} as const satisfies { readonly [option: string]: keyof DockerConfig };

const maps = {
  "--label": "labels",
  "--ulimit": "ulimits",
} as const satisfies { readonly [option: string]: keyof DockerConfig };

/** Options of `create` that the settings alone decide, in a fixed order. */
export function configOptions(config: DockerConfig): readonly string[] {
  const swap = config.memory_swap ?? config.memory;
  return [
    ...Object.entries(plain).flatMap(([option, key]) => given(option, config[key])),
    ...given("--memory-swap", swap),
    ...(config.init ? ["--init"] : []),
    ...Object.entries(lists).flatMap(([option, key]) =>
      config[key].flatMap((value) => [option, value]),
    ),
    ...Object.entries(maps).flatMap(([option, key]) =>
      Object.entries(config[key]).flatMap(([name, value]) => [option, `${name}=${value}`]),
    ),
    ...Object.entries(config.add_host).flatMap(([host, address]) => [
      "--add-host",
      `${host}:${address}`,
    ]),
  ];
}

function given(option: string, value: string | number | undefined): readonly string[] {
  return value === undefined ? [] : [option, String(value)];
}
