#!/bin/sh
# Of a .deb that is purged: what jobs know of their work. All else there is somebody's: a vault that lies beside it, secrets.
set -e
root=${DPKG_ROOT:-}
if [ "${1:-}" = purge ]; then
  for state in "$root/var/lib/migrator" "$root/var/lib/private/migrator"; do
    [ -d "$state" ] || continue
    find "$state/" -maxdepth 1 -type f \( -name '*.mv.db' -o -name '*.trace.db' -o -name '*.holder' -o -name '*-auto-*.name' \
      -o -name looked-through.stamp \) -delete
    rm -rf "$state/runs"
  done
  for folder in /var/lib/private/migrator /var/lib/migrator \
    /etc/migrator/credentials /etc/migrator/jobs /etc/migrator/config /etc/migrator; do
    if [ -L "$root$folder" ]; then
      # As systemd links it to the one within private.
      [ -e "$root$folder" ] || rm -f "$root$folder"
    elif [ -d "$root$folder" ]; then
      rmdir "$root$folder" 2>/dev/null || echo "migrator: leaving $folder, which holds what is not the package's" >&2
    fi
  done
fi
if [ -z "$root" ] && [ -d /run/systemd/system ]; then
  systemctl daemon-reload || :
fi
