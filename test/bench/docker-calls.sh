#!/bin/sh
# docker-calls.sh IMAGE PAYLOAD DIRECTORY WORK: asks the engine for what the docker executor asks for, in the same order: a container
# that sees DIRECTORY at /kept, PAYLOAD (a tar archive) copied into it, its output followed to the end. In it a Node starts another,
# which does WORK, a program for `node -e`, in an empty directory.
set -eu
image=$1
payload=$2
directory=$3
work=$4
supervisor='require("node:child_process").spawnSync(process.execPath, ["-e", process.argv[1]], { stdio: "inherit" })'

docker info --format '{{json .SecurityOptions}}' >/dev/null
id=$(docker create --pull never --init --user "$(id -u):$(id -g)" --label "bench=$$" --workdir /runnable/work \
  --log-driver json-file --log-opt max-size=1000g --env HOME=/runnable/work \
  --mount "type=bind,source=$directory,target=/kept" --entrypoint node "$image" -e "$supervisor" "$work")
docker container inspect "$id" >/dev/null &
docker cp - "$id:/" <"$payload"
wait
docker start "$id" >/dev/null
docker logs --follow "$id" &
status=$(docker wait "$id")
wait
docker rm --force --volumes "$id" >/dev/null
exit "$status"
