#!/usr/bin/env bash
# stop.sh DATA RUN: stops what start.sh started; images stay in DATA for the next time.
set -u
run=$2

stop() {
  local pid
  pid=$(cat "$run/$1.pid" 2>/dev/null) || return 0
  kill "$pid" 2>/dev/null
  for _ in $(seq 300); do
    # Not `kill -0`: a process that ended and that nobody waited for passes it.
    [ -n "$(readlink "/proc/$pid/exe" 2>/dev/null)" ] || break
    sleep 0.1
  done
  rm -f "$run/$1.pid"
}

stop docker
stop containerd
ip link delete rntest0 2>/dev/null
umount "$run"/docker/netns/default 2>/dev/null
rm -rf "$run" "$1/host"
