#!/bin/sh
# Run by dpkg and rpm after the files are gone, and after an update: then the new version has set everything again.
set -e
case "$1" in upgrade | failed-upgrade | abort-upgrade | 1) exit 0 ;; esac

if [ -f '/etc/apparmor.d/${executable}' ]; then
  apparmor_parser --remove '/etc/apparmor.d/${executable}' >/dev/null 2>&1 || true
  rm -f '/etc/apparmor.d/${executable}'
fi

exit 0
