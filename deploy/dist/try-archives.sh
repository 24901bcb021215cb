#!/bin/sh
# Unpacks the .tar.gz, the .zip and, where rpm is here, the .rpm into empty folders, and runs each. Says "passed" at the end.
# After ./mvnw -Pdist. The Java is this machine's.
set -eu
dist=$PWD/target/dist
sample=$PWD/src/test/resources/samples/made_by_v0_5_16
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
fail() { echo "failed: $*" >&2; exit 1; }
# The first run makes the archive of classes.
try() {
  (
    cd "$dir/work"
    "$1" --version
    "$1" list --set=minio.backupStorageType=local "--set=minio.backupRootPath=$dir/vault"
    "$1" --job=verify name=sample mode=deep --quiet --state-dir="$dir/state" \
      --set=minio.backupStorageType=local "--set=minio.backupRootPath=$dir/vault"
  )
}
mkdir "$dir/work" "$dir/vault"
cp -r "$sample" "$dir/vault/sample"
tried=

mkdir "$dir/tar" "$dir/zip"
tar -xzf "$dist"/migrator-*.tar.gz -C "$dir/tar"
home=$(echo "$dir"/tar/migrator-*)
for file in LICENSE README.md migrator.1 sbom.json completion/migrator.bash completion/migrator.zsh config/backup.yaml \
  jobs/nightly.yaml docs/install.md deploy/README.md; do
  [ -s "$home/$file" ] || fail "no $file in the archive"
done
if command -v unzip >/dev/null; then
  unzip -q "$dist"/migrator-*.zip -d "$dir/zip"
  diff -r "$dir/tar" "$dir/zip" || fail "the zip holds something else"
  try "$(echo "$dir"/zip/migrator-*)/migrator"
  tried="$tried zip"
fi
try "$home/migrator"
bash -c ". '$home/completion/migrator.bash' && complete -p migrator" >/dev/null || fail "the completion script does not complete"
tried="$tried tar.gz"

rpm=$(ls "$dist"/migrator-*.rpm 2>/dev/null | head -n 1)
if [ -n "$rpm" ] && command -v rpm >/dev/null; then
  # Without its scripts, which want a shell in that root.
  rpm --root "$dir/rpm" --nodeps --noscripts -i "$rpm"
  [ "$(readlink "$dir/rpm/usr/bin/migrator")" = /usr/share/migrator/migrator ] || fail "/usr/bin/migrator leads elsewhere"
  try "$dir/rpm/usr/share/migrator/migrator"
  rm -f "$dir"/rpm/usr/share/migrator/*.jsa
  rpm --root "$dir/rpm" --noscripts -e migrator
  [ ! -e "$dir/rpm/usr/share/migrator" ] || fail "what was removed left /usr/share/migrator"
  tried="$tried rpm"
fi
echo "passed:$tried"
