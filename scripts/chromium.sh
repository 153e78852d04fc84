#!/usr/bin/env bash
# Provides a Chromium for the browser tests: installs Debian's where that is allowed.
set -euo pipefail
if [ -x "${CHROMIUM_PATH:-/usr/bin/chromium}" ]; then exit 0; fi
if [ -n "${CHROMIUM_PATH:-}" ]; then
  echo "CHROMIUM_PATH is $CHROMIUM_PATH, where no program is: correct it, or unset it and run 'apt-get install chromium'." >&2
  exit 1
fi
as_root=""
if [ "$(id -u)" != 0 ]; then as_root="sudo -n"; fi
if command -v apt-get >/dev/null && { [ -z "$as_root" ] || $as_root true 2>/dev/null; }; then
  echo "Installing Chromium for the browser tests …"
  export DEBIAN_FRONTEND=noninteractive
  if $as_root apt-get install -y --no-install-recommends chromium >/dev/null 2>&1; then exit 0; fi
  if $as_root apt-get update >/dev/null 2>&1 && $as_root apt-get install -y --no-install-recommends chromium >/dev/null 2>&1; then exit 0; fi
fi
echo "The browser tests need Chromium: run 'apt-get install chromium' as root, or set CHROMIUM_PATH to one." >&2
exit 1
