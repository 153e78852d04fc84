#!/usr/bin/env bash
# Builds and packs what users install: npm run package -- [--pack-destination FOLDER]
set -euo pipefail
cd "$(dirname "$0")/.."
bash scripts/install.sh
rm -rf dist
npm run --silent build
npm pack --loglevel=error "$@"
