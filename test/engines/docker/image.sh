#!/usr/bin/env bash
# image.sh NAME NODE_VERSION: images without a registry, from Debian's own packages and npm's Node: NAME/node, NAME/plain (the
# same without Node) and NAME/user (as the user `node`). Does nothing where they are there.
set -eu
name=$1
version=$2
tag=$version
docker image inspect "$name/user:$tag" >/dev/null 2>&1 && exit 0

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/root" "$work/packages"
chmod 755 "$work"
# apt-get downloads as a user of its own.
chmod 777 "$work/packages"

case $(uname -m) in aarch64) arch=arm64 ;; *) arch=x64 ;; esac
(cd "$work" && npm pack --silent "node-linux-$arch@$version" >/dev/null) &
download=$!
packages="base-files base-passwd bash coreutils dash debianutils findutils grep gzip sed tar hostname util-linux procps
  libc6 libc-bin libstdc++6 libgcc-s1 zlib1g libacl1 libattr1 libselinux1 libpcre2-8-0 libgmp10 libssl3 libtinfo6 libblkid1
  libmount1 libsmartcols1 libuuid1 libudev1 libcap-ng0 libcrypt1 libpam0g libproc2-0 libncursesw6 libsystemd0 libcap2
  libgcrypt20 libgpg-error0 liblz4-1 liblzma5 libzstd1 libbz2-1.0 libaudit1 libsepol2 libdebconfclient0 diffutils mawk netbase"
[ -n "$(find /var/lib/apt/lists -name '*Packages*' -print -quit)" ] || apt-get -qq -o DPkg::Lock::Timeout=600 update
(cd "$work/packages" && apt-get download -qq $packages)

cd "$work/root"
for package in ../packages/*.deb; do
  dpkg-deb --fsys-tarfile "$package" | tar -x --exclude='./usr/share/doc/*' --exclude='./usr/share/man/*' --exclude='./usr/share/locale/*'
done
for directory in bin sbin lib lib64; do
  mkdir -p usr/$directory
  if [ -d $directory ] && [ ! -L $directory ]; then
    cp -a $directory/. usr/$directory/
    rm -rf $directory
  fi
  ln -sfn usr/$directory $directory
done
cp usr/share/base-passwd/passwd.master etc/passwd
cp usr/share/base-passwd/group.master etc/group
printf 'node:x:1000:1000::/home/node:/bin/bash\n' >>etc/passwd
printf 'node:x:1000:\n' >>etc/group
sed -i 's/^\([^:]*\):\*:/\1:x:/' etc/passwd etc/group
ln -sf mawk usr/bin/awk
[ -e usr/bin/sh ] || ln -s dash usr/bin/sh
cp usr/share/libc-bin/nsswitch.conf etc/ 2>/dev/null || cp /etc/nsswitch.conf etc/
mkdir -p home/node root tmp proc sys dev usr/local/bin
chmod 1777 tmp
chown 1000:1000 home/node
ldconfig -r .

path='ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'
tar -c . | docker import --change "$path" - "$name/plain:$tag" >/dev/null
wait $download
tar -xzf "$work"/node-linux-*.tgz -C usr/local --strip 1 package/bin/node
chown -R 0:0 usr/local/bin
# As Docker's own images of Node say it.
tar -c . | docker import --change "$path" --change "ENV NODE_VERSION=$version" --change 'CMD ["node"]' - "$name/node:$tag" >/dev/null
# A Dockerfile would need a builder; a container that never starts makes the third from the layers of the second.
container=$(docker create "$name/node:$tag")
docker commit --change 'USER node' "$container" "$name/user:$tag" >/dev/null
docker rm "$container" >/dev/null
