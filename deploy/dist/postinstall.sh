#!/bin/sh
# Once the package lies there: an archive of classes for this machine's Java, without which each start takes a second longer.
set -e
case "${1:-configure}" in
  configure | [0-9]*)
    /usr/share/migrator/migrator --install-archive >/dev/null 2>&1 ||
      echo "migrator: no archive of classes could be made; it starts without" >&2
    if [ -d /run/systemd/system ]; then
      systemctl daemon-reload || :
    fi
    ;;
esac
