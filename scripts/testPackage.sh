#!/usr/bin/env bash
# Packs what users install, installs it in empty folders and runs one project of each kind: npm run test:package
set -euo pipefail
cd "$(dirname "$0")/.."
bash scripts/chromium.sh
rm -rf .build/package
mkdir -p .build/package
bash scripts/package.sh --pack-destination .build/package
npx vitest run --project package
