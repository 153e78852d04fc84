#!/usr/bin/env bash
# Everything that CI runs: install, types, lint, layering, unit tests, slow tests, the studio in Chromium.
set -euo pipefail
cd "$(dirname "$0")/.."
bash scripts/install.sh
bash scripts/chromium.sh
bash scripts/mpi.sh || true
npm run --silent check
npx vitest run --project unit
# Once for both; tests that are run alone build what they need.
npm run --silent build
npx tsc -p tsconfig.bench.json
export SEQ2SEE_BUILT=1
npx vitest run --project slow
npx vitest run --project browser
