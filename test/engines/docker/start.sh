#!/usr/bin/env bash
# start.sh DATA RUN [none]: a Docker engine of its own, without systemd, at unix://RUN/docker.sock; DATA/host says so. Installs what is missing (Debian), does
# nothing where it runs already. Its bridge is its own (none: containers have no network), since two engines would delete each
# other's docker0, and it leaves iptables and forwarding alone, which other networks of this machine depend on.
set -eu
data=$1
run=$2
bridge=${3:-rntest0}
export DOCKER_HOST=unix://$run/docker.sock

answers() { timeout 10 docker version >/dev/null 2>&1; }

install() {
  export DEBIAN_FRONTEND=noninteractive
  local options="-qq -o DPkg::Lock::Timeout=600"
  [ -n "$(find /var/lib/apt/lists -name '*Packages*' -print -quit)" ] || apt-get $options update
  apt-get $options install -y --no-install-recommends docker.io containerd runc iptables >/dev/null
}

command -v docker >/dev/null && answers && exit 0
command -v dockerd >/dev/null && command -v docker >/dev/null || install

mkdir -p "$data" "$run"
if [ "$bridge" != none ]; then
  if [ ! -e "/sys/class/net/$bridge" ]; then
    ip link add "$bridge" type bridge
    ip addr add 172.29.213.1/24 dev "$bridge"
  fi
  ip link set "$bridge" up
fi

# Not `kill -0`: a process that ended and that nobody waited for passes it.
alive() { [ -n "$(readlink "/proc/$(cat "$run/$1.pid" 2>/dev/null)/exe" 2>/dev/null)" ]; }

# Its own containerd: the machine's would end our containers when somebody stops it.
printf 'version = 2\ndisabled_plugins = ["io.containerd.grpc.v1.cri"]\n' >"$data/containerd.toml"
if ! alive containerd; then
  setsid containerd --config "$data/containerd.toml" --root "$data/containerd" --state "$run/containerd" \
    --address "$run/containerd.sock" >>"$data/containerd.log" 2>&1 </dev/null &
  echo $! >"$run/containerd.pid"
fi
setsid dockerd --host "$DOCKER_HOST" --containerd "$run/containerd.sock" --data-root "$data/docker" \
  --exec-root "$run/docker" --pidfile "$run/docker.pid" --storage-driver overlay2 --bridge "$bridge" \
  --iptables=false --ip-forward=false --ip-masq=false >>"$data/dockerd.log" 2>&1 </dev/null &

for _ in $(seq 600); do
  if answers; then
    echo "$DOCKER_HOST" >"$data/host"
    exit 0
  fi
  sleep 0.1
done
tail -n 20 "$data/dockerd.log" >&2
exit 1
