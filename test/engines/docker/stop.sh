#!/usr/bin/env bash
# stop.sh DATA RUN [none]: stops what start.sh started, with the same arguments; images stay in DATA for the next time.
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
[ "${3:-}" = none ] || ip link delete rntest0 2>/dev/null
# One that was killed leaves what it mounted.
awk -v data="$1/" -v run="$run/" 'index($2, data) == 1 || index($2, run) == 1 { print $2 }' /proc/mounts | sort -r | xargs -r -n 1 umount
rm -rf "$run" "$1/host"
