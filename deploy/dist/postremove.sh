#!/bin/sh
# Of a .deb that is purged: what jobs know of their work, and what the administrator put beside the configuration.
set -e
if [ "${1:-}" = purge ]; then
  rm -rf /var/lib/migrator /var/lib/private/migrator
  rm -rf /etc/migrator
fi
if [ -d /run/systemd/system ]; then
  systemctl daemon-reload || :
fi
