#!/bin/sh
# Runs the packed image by crun, as an engine would: user, entry point, folder and variables are those of the image's own
# configuration, its root is read-only, and it has no right and no network. Needs root, crun, umoci and python3. After
# deploy/image/build.sh. Says "passed".
set -eu
skip() { echo "skipped: $*"; exit 0; }
fail() { echo "failed: $*" >&2; exit 1; }
[ "$(id -u)" = 0 ] || skip "needs root"
for tool in crun umoci python3; do
  command -v "$tool" >/dev/null || skip "no $tool here (a package of Debian)"
done
[ -d target/dist/image ] || skip "no packed image in target/dist: deploy/image/build.sh makes one"
[ "${1:-}" = inside ] || exec unshare --mount --propagation private "$0" inside
# crun refuses a machine with both kinds of control groups; it makes none here.
umount /sys/fs/cgroup/unified 2>/dev/null || :

bundle=$PWD/target/dist/image-crun
work=$(mktemp -d)
name=migrator-$$
trap 'crun --root "$work/run" delete --force "$name" 2>/dev/null || :; rm -rf "$work" "$bundle"' EXIT
rm -rf "$bundle"
umoci unpack --image "target/dist/image:$(umoci ls --layout target/dist/image | head -n 1)" "$bundle" >/dev/null
cp "$bundle/config.json" "$work/config.json"
mkdir "$work/state"
cp -r src/test/resources/samples/made_by_v0_5_16 "$work/state/sample"
chown -R 65532:65532 "$work/state"

# What an engine adds to the image's own configuration. Arguments replace those behind the entry point.
bundle_of() {
  python3 - "$work" "$bundle/config.json" "$@" <<'PYTHON'
import json, sys
work, out, *arguments = sys.argv[1:]
config = json.load(open(work + "/config.json"))
process = config["process"]
process["terminal"] = False
process["args"] = process["args"][:1] + arguments
process["capabilities"] = {kind: [] for kind in ("bounding", "effective", "inheritable", "permitted", "ambient")}
process["noNewPrivileges"] = True
config["root"]["readonly"] = True
kept = [one for one in config["mounts"] if one["destination"] != "/var/lib/migrator" and one["type"] != "cgroup"]
config["mounts"] = kept + [
    {"destination": "/tmp", "type": "tmpfs", "source": "tmpfs", "options": ["nosuid", "nodev", "mode=1777"]},
    {"destination": "/var/lib/migrator", "type": "bind", "source": work + "/state", "options": ["bind", "rw"]},
]
json.dump(config, open(out, "w"))
PYTHON
}
engine() { crun --root "$work/run" --cgroup-manager=disabled "$@"; }
run_in() {
  bundle_of "$@"
  engine run --bundle "$bundle" "$name"
}
vault="--set=minio.backupStorageType=local --set=minio.backupRootPath=/var/lib/migrator"

# Else a machine is told to be at fault, not the image: some let no container begin.
told=$(run_in --version 2>&1) || skip "crun begins no container on this machine: $(echo "$told" | tail -n 1)"
echo "$told"
grep -q '"uid": *65532' "$work/config.json" || fail "the image names another user"
# shellcheck disable=SC2086
run_in --job=verify name=sample mode=deep $vault
[ "$(stat -c %u "$work/state/state")" = 65532 ] || fail "the state is another user's"
run_in --job=verify name=sample --state-dir=/opt/migrator/state >"$work/told" 2>&1 && fail "the root can be written"

# A signal to process 1.
# shellcheck disable=SC2086
bundle_of --job=backup collection=c name=b --set=milvus.address=192.0.2.1 $vault
engine run --bundle "$bundle" "$name" >"$work/told" 2>&1 &
run=$!
until grep -q preflight "$work/told"; do
  kill -0 "$run" 2>/dev/null || break
  sleep 0.2
done
engine kill "$name" TERM || fail "it ended before it was asked to"
code=0
wait "$run" || code=$?
case $code in 4 | 5) ;; *) cat "$work/told"; fail "a signal ended it with $code" ;; esac
echo "passed: crun ran the image as its user, read-only, without rights; a signal ended a run with $code"
