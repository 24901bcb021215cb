#!/bin/sh
# The .deb, the .rpm, the SBOM's copy and the checksums, into target/dist. Called by ./mvnw -Pdist, with the version.
# nfpm is taken from the PATH or from ~/.cache/migrator-lab/tools (MIGRATOR_LAB_CACHE); --fetch builds it there, which needs Go.
# Without nfpm the two packages are left out, and that is said.
set -eu
version=$1
export VERSION="$version"
export MAINTAINER="${MAINTAINER:-migrator <migrator@example.org>}"
export SOURCE_DATE_EPOCH="${SOURCE_DATE_EPOCH:-1795392000}"
out=target/dist
tools=${MIGRATOR_LAB_CACHE:-$HOME/.cache/migrator-lab}/tools
PATH=$tools:$PATH

if [ "${2:-}" = --fetch ] && ! command -v nfpm >/dev/null; then
  mkdir -p "$tools"
  GOBIN=$tools go install github.com/goreleaser/nfpm/v2/cmd/nfpm@v2.43.4
fi

rm -f "$out"/*.deb "$out"/*.rpm "$out"/SHA256SUMS
if command -v nfpm >/dev/null; then
  rm -rf "$out/package"
  mkdir -p "$out/package"
  tar -xzf "$out/migrator-$version.tar.gz" -C "$out/package" --strip-components=1
  gzip -9n "$out/package/migrator.1"
  for packager in deb rpm; do
    nfpm package --config deploy/dist/nfpm.yaml --packager "$packager" --target "$out/"
  done
else
  echo "migrator: nfpm is not here, so there is no .deb and no .rpm: go install github.com/goreleaser/nfpm/v2/cmd/nfpm@latest, or deploy/dist/packages.sh $version --fetch"
fi
cp target/sbom.json "$out/migrator-$version.sbom.json"
cd "$out"
find . -maxdepth 1 -type f \( -name 'migrator*.tar.gz' -o -name '*.zip' -o -name '*.deb' -o -name '*.rpm' -o -name '*.sbom.json' \) |
  sed 's|^\./||' | LC_ALL=C sort | xargs sha256sum >SHA256SUMS
cat SHA256SUMS
