#!/bin/sh
# The image without a container engine, as an OCI layout: target/dist/image, after ./mvnw -Pdist. Needs root, mmdebstrap and
# umoci (packages of Debian); SUITE=trixie chooses another Debian, JRE= another Java. The same as the Dockerfile beside it.
#   deploy/image/build.sh            builds
#   deploy/image/build.sh --root     leaves target/dist/image-root, the file system alone, and packs nothing
set -eu
for tool in mmdebstrap tar; do
  command -v "$tool" >/dev/null || { echo "deploy/image/build.sh: needs $tool" >&2; exit 3; }
done
suite=${SUITE:-bookworm}
jre=${JRE:-openjdk-17-jre-headless}
version=$(sed -n 's|^  <version>\(.*\)</version>|\1|p' pom.xml | head -n 1)
dist=target/dist
archive=$dist/migrator-$version.tar.gz
root=$dist/image-root
[ -f "$archive" ] || { echo "deploy/image/build.sh: there is no $archive: run ./mvnw -Pdist" >&2; exit 2; }

rm -rf "$root" "$dist/image"
# Java's alternatives want the folder of its man pages.
mmdebstrap --variant=apt --essential-hook='mkdir -p "$1"/usr/share/man/man1' --include="$jre,ca-certificates" \
  --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' \
  --dpkgopt='path-exclude=/usr/share/locale/*' --customize-hook='rm -rf "$1"/var/lib/apt/lists/* "$1"/var/cache/apt/*' \
  "$suite" "$root"

mkdir -p "$root/opt/migrator" "$root/etc/migrator" "$root/var/lib/migrator"
tar -xzf "$archive" -C "$root/opt/migrator" --strip-components=1 --no-same-owner \
  --exclude='*/docs' --exclude='*/deploy' --exclude='*/config' --exclude='*/jobs'
# By the very Java that reads it: an archive of another build is passed over. Java finds its libraries by /proc.
mount -t proc proc "$root/proc"
trap 'umount "$root/proc" 2>/dev/null || :' EXIT
chroot "$root" /opt/migrator/migrator --install-archive
umount "$root/proc"
trap - EXIT
chown 65532:65532 "$root/var/lib/migrator"
[ "${1:-}" != --root ] || exit 0

command -v umoci >/dev/null || { echo "deploy/image/build.sh: needs umoci to pack $root" >&2; exit 3; }
tag=$dist/image:$version
umoci init --layout "$dist/image"
umoci new --image "$tag"
umoci insert --image "$tag" "$root" /
umoci config --image "$tag" \
  --config.user 65532:65532 --config.workingdir /etc/migrator \
  --config.entrypoint /opt/migrator/migrator --config.cmd=--help \
  --config.env PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
  --config.env LANG=C.UTF-8 --config.env MIGRATOR_ARCHIVE=off \
  --config.env MIGRATOR_STATE_DIR=/var/lib/migrator/state --config.env MIGRATOR_JAVA_OPTS=-XX:-UsePerfData \
  --config.label org.opencontainers.image.title=migrator \
  --config.label "org.opencontainers.image.version=$version" \
  --config.label org.opencontainers.image.licenses=Apache-2.0 \
  --config.volume /var/lib/migrator
umoci gc --layout "$dist/image"
echo "made $tag"
