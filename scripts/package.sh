#!/usr/bin/env bash
# Packs what users install, built anew: npm run package -- [--pack-destination FOLDER]
set -euo pipefail
cd "$(dirname "$0")/.."
bash scripts/install.sh
rm -rf dist
npm run --silent build
npm pack --loglevel=error "$@"
