#!/bin/sh
# Runs the image as an engine would, without one: what lies in the layout, unpacked, by chroot, as its user, its root
# read-only, without any right. Needs root, and umoci where the layout was packed. After deploy/image/build.sh. Says "passed".
set -eu
[ "$(id -u)" = 0 ] || { echo "skipped: needs root"; exit 0; }
if [ "${1:-}" != inside ]; then
  root=target/dist/image-root
  if [ -d target/dist/image ]; then
    tag=$(umoci ls --layout target/dist/image | head -n 1)
    rm -rf target/dist/image-bundle
    umoci unpack --image "target/dist/image:$tag" target/dist/image-bundle >/dev/null
    root=target/dist/image-bundle/rootfs
  fi
  [ -d "$root" ] || { echo "skipped: no image in target/dist: deploy/image/build.sh makes one"; exit 0; }
  exec unshare --mount --propagation private "$0" inside "$PWD/$root"
fi

root=$2
fail() { echo "failed: $*" >&2; exit 1; }
state=$(mktemp -d)
trap 'rm -rf "$state"' EXIT
cp -r src/test/resources/samples/made_by_v0_5_16 "$state/sample"
chown -R 65532:65532 "$state"
mount --bind "$root" "$root"
mount -t proc proc "$root/proc"
mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
mount --bind "$state" "$root/var/lib/migrator"
mount -o remount,bind,ro "$root"
# chroot is a right, so it comes before all are given up.
enter() {
  exec chroot "$root" /usr/bin/setpriv --reuid=65532 --regid=65532 --clear-groups --inh-caps=-all --bounding-set=-all \
    --no-new-privs /usr/bin/env -i PATH=/usr/bin:/bin MIGRATOR_ARCHIVE=off MIGRATOR_STATE_DIR=/var/lib/migrator/state \
    MIGRATOR_JAVA_OPTS="-XX:-UsePerfData ${options:-}" "$@"
}
run_in() { (enter "$@"); }
vault="--set=minio.backupStorageType=local --set=minio.backupRootPath=/var/lib/migrator"

run_in sh -c 'touch /opt/migrator/x /etc/x' 2>/dev/null && fail "the root can be written"
[ "$(run_in id -u)" = 65532 ] || fail "it runs as another user"
run_in /opt/migrator/migrator --version
# With -Xshare:on Java refuses to start where the archive is not that of this very Java and class path.
options=-Xshare:on run_in /opt/migrator/migrator --version >/dev/null || fail "the archive of classes is not used"
# shellcheck disable=SC2086
run_in /opt/migrator/migrator --job=verify name=sample mode=deep $vault
[ -d "$state/state" ] || fail "no state where the volume is"

# A signal reaches Java, which is process 1 of a container: a run that waits for a Milvus that is not there ends by it.
enter /opt/migrator/migrator --job=backup collection=c name=b --set=milvus.address=192.0.2.1 $vault >"$state/told" 2>&1 &
run=$!
until grep -q preflight "$state/told"; do
  kill -0 "$run" 2>/dev/null || break
  sleep 0.2
done
kill -TERM "$run"
code=0
wait "$run" || code=$?
case $code in 4 | 5) ;; *) cat "$state/told"; fail "a signal ended it with $code" ;; esac
echo "passed: the image's root ran as 65532, read-only, with its archive; a signal ended a run with $code"
