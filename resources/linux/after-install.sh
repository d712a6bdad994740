#!/bin/sh
# Run by dpkg and rpm after the files are in place, at an update, too.
set -e

# Where programs get no user namespaces, Chromium's sandbox needs this helper to be setuid root. Elsewhere it is not used.
chown root:root '/opt/${sanitizedProductName}/chrome-sandbox'
chmod 4755 '/opt/${sanitizedProductName}/chrome-sandbox'

# Ubuntu 24.04 and later give user namespaces only to programs with an AppArmor profile. Older ones cannot read it.
source='/opt/${sanitizedProductName}/resources/apparmor-profile'
if [ "$(cat /sys/module/apparmor/parameters/enabled 2>/dev/null)" = Y ] && [ -f "$source" ] &&
  apparmor_parser --skip-kernel-load --skip-cache "$source" >/dev/null 2>&1; then
  cp "$source" '/etc/apparmor.d/${executable}'
  # In a chroot or container there may be no kernel interface; the profile is then read at the next start.
  apparmor_parser --replace --write-cache '/etc/apparmor.d/${executable}' >/dev/null 2>&1 || true
fi

exit 0
