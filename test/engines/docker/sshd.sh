#!/usr/bin/env bash
# sshd.sh DIRECTORY PORT SOCKET: an SSH server on a loopback port that lets in whoever has the key in DIRECTORY, and over which
# `docker` finds the engine at SOCKET. DIRECTORY/bin/ssh is a client that knows it. Stays in the foreground.
set -eu
directory=$1
port=$2
socket=$3

if ! command -v sshd >/dev/null && ! [ -x /usr/sbin/sshd ]; then
  export DEBIAN_FRONTEND=noninteractive
  options="-qq -o DPkg::Lock::Timeout=600"
  [ -n "$(find /var/lib/apt/lists -name '*Packages*' -print -quit)" ] || apt-get $options update
  apt-get $options install -y --no-install-recommends openssh-server openssh-client >/dev/null
fi

ssh-keygen -q -t ed25519 -N '' -f "$directory/host"
ssh-keygen -q -t ed25519 -N '' -f "$directory/user"
mkdir -p /run/sshd "$directory/bin"
cat >"$directory/sshd_config" <<CONF
ListenAddress 127.0.0.1
Port $port
HostKey $directory/host
AuthorizedKeysFile $directory/user.pub
PidFile none
StrictModes no
UsePAM no
PasswordAuthentication no
PermitRootLogin prohibit-password
SetEnv DOCKER_HOST=unix://$socket
CONF
cat >"$directory/bin/ssh" <<SCRIPT
#!/bin/sh
exec $(command -v ssh) -F none -i '$directory/user' -o IdentitiesOnly=yes -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR \
  -o ControlMaster=auto -o ControlPath='$directory/%C' -o ControlPersist=5 "\$@"
SCRIPT
chmod 755 "$directory/bin/ssh"
exec "$(command -v sshd || echo /usr/sbin/sshd)" -D -e -f "$directory/sshd_config"
