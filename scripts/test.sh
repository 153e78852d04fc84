#!/usr/bin/env bash
# All that CI runs: install, types, lint, layering, build, unit tests, slow tests, the studio in Chromium.
set -euo pipefail
cd "$(dirname "$0")/.."
bash scripts/install.sh
bash scripts/chromium.sh
npm run --silent check
npm run --silent build
npx vitest run --project unit
npx vitest run --project slow
npx vitest run --project browser
