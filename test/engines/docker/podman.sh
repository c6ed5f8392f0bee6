#!/usr/bin/env bash
# podman.sh DATA RUN: Podman with a store of its own, told by CONTAINERS_CONF=DATA/containers.conf and
# CONTAINERS_STORAGE_CONF=DATA/storage.conf, on any Linux: containers share the host's network, so no plugin for one is needed.
# Installs Podman where it is missing (Debian).
set -eu
data=$1
run=$2

if ! command -v podman >/dev/null; then
  export DEBIAN_FRONTEND=noninteractive
  options="-qq -o DPkg::Lock::Timeout=600"
  [ -n "$(find /var/lib/apt/lists -name '*Packages*' -print -quit)" ] || apt-get $options update
  networks=$(ls /etc/cni/net.d 2>/dev/null || true)
  apt-get $options install -y --no-install-recommends podman runc catatonit fuse-overlayfs slirp4netns uidmap >/dev/null
  # Others of this machine would take it for the network of their containers.
  [ -n "$networks" ] || rm -f /etc/cni/net.d/87-podman-bridge.conflist
fi

mkdir -p "$data" "$run"
# crun of Debian refuses hybrid cgroups; limits that are higher than ours need a capability.
cat >"$data/containers.conf" <<CONF
[containers]
default_ulimits = ["nofile=$(ulimit -n):$(ulimit -n)", "nproc=32768:32768"]
netns = "host"
[engine]
cgroup_manager = "cgroupfs"
events_logger = "file"
runtime = "runc"
CONF
cat >"$data/storage.conf" <<CONF
[storage]
driver = "overlay"
graphroot = "$data/root"
runroot = "$run"
[storage.options.overlay]
ignore_chown_errors = "true"
CONF
