#!/usr/bin/env bash
# Installs missing npm packages from the lock file. Prints nothing when there is nothing to do.
set -euo pipefail
cd "$(dirname "$0")/.."
if [ ! -f node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  npm ci --no-fund --no-audit
fi
