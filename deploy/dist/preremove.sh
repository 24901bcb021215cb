#!/bin/sh
# Before the package goes, or makes room for another version: what was made beside it.
set -e
# rpm has the new version make its archive before the old one goes.
[ "${1:-}" != 1 ] || exit 0
rm -f /usr/share/migrator/migrator-*.jsa
