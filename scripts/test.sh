#!/usr/bin/env bash
# Everything that CI runs: install, types, lint, layering, unit tests, slow tests, the studio in Chromium. Tests build what they run.
set -euo pipefail
cd "$(dirname "$0")/.."
bash scripts/install.sh
bash scripts/chromium.sh
bash scripts/mpi.sh || true
npm run --silent check
npx vitest run --project unit
npx vitest run --project slow
npx vitest run --project browser
