#!/bin/sh
# Installs the .deb into a fresh Debian, runs it, removes and purges it. Needs root and mmdebstrap; SUITE= chooses the Debian.
# Says "passed" at the end. After ./mvnw -Pdist with nfpm.
set -eu
command -v mmdebstrap >/dev/null || { echo "skipped: no mmdebstrap here"; exit 0; }
[ "$(id -u)" = 0 ] || { echo "skipped: needs root"; exit 0; }
deb=$(ls target/dist/migrator_*.deb 2>/dev/null | head -n 1)
[ -n "$deb" ] || { echo "skipped: no .deb in target/dist, which nfpm makes"; exit 0; }
root=$(mktemp -d)
trap 'umount "$root/proc" 2>/dev/null || :; rm -rf "$root"' EXIT
run_in() { chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root "$@"; }
fail() { echo "failed: $*" >&2; exit 1; }

mmdebstrap --quiet --variant=apt --include=openjdk-17-jre-headless "${SUITE:-bookworm}" "$root"
mount -t proc proc "$root/proc"
before=$(cd "$root" && find . -xdev \( -path ./proc -o -path ./tmp -o -path ./var/lib/dpkg -o -path ./var/log -o -path ./var/cache \) -prune -o -print | LC_ALL=C sort)

cp "$deb" "$root/migrator.deb"
run_in dpkg -i /migrator.deb
rm "$root/migrator.deb"
ls "$root"/usr/share/migrator/migrator-*.jsa >/dev/null || fail "no archive of classes"
[ "$(stat -c %a "$root/etc/migrator/credentials")" = 700 ] || fail "credentials can be read"

run_in migrator --version
mkdir -p "$root/vault"
cp -r src/test/resources/samples/made_by_v0_5_16 "$root/vault/sample"
set -- --set=minio.backupStorageType=local --set=minio.backupRootPath=/vault
run_in migrator list "$@"
run_in migrator --job=verify name=sample mode=deep --state-dir=/state "$@"
run_in migrator --job=nightly --dry-run >/dev/null 2>&1 && fail "no Milvus, and all is well" || [ $? = 5 ] || fail "the preset of /etc was not found"
run_in bash -c '. /usr/share/bash-completion/completions/migrator'
echo "# of the administrator" >>"$root/etc/migrator/config/backup.yaml"

run_in dpkg -r migrator
[ ! -e "$root/usr/bin/migrator" ] || fail "a removed package left its program"
grep -q administrator "$root/etc/migrator/config/backup.yaml" || fail "a removed package took the configuration"
# A vault beside the state, and a key: neither is the package's.
mkdir -p "$root/var/lib/migrator"
cp -r "$root/vault" "$root/var/lib/migrator/vault"
cp "$root"/state/*.mv.db "$root/var/lib/migrator/"
mkdir -p "$root/etc/migrator/credentials"
echo key >"$root/etc/migrator/credentials/seal.key"
run_in dpkg -P migrator
[ -e "$root/var/lib/migrator/vault/sample" ] || fail "a purged package took a vault"
[ ! -e "$root/etc/migrator/config" ] || fail "a purged package left its configuration"
[ -e "$root/etc/migrator/credentials/seal.key" ] || fail "a purged package took a key"
ls "$root"/var/lib/migrator/*.mv.db 2>/dev/null && fail "a purged package left what jobs know of their work"
rm -rf "$root/vault" "$root/state" "$root/var/lib/migrator" "$root/etc/migrator"
after=$(cd "$root" && find . -xdev \( -path ./proc -o -path ./tmp -o -path ./var/lib/dpkg -o -path ./var/log -o -path ./var/cache \) -prune -o -print | LC_ALL=C sort)
[ "$before" = "$after" ] || {
  echo "$before" >"$root/before"
  echo "$after" | diff "$root/before" - >&2 || :
  fail "a purged package left something"
}
echo "passed: $deb installed, ran, was removed and purged"
