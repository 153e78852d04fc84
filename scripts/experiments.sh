#!/usr/bin/env bash
# Tests a paper's claim: npm run experiments -- NAME; see docs/experiments.md.
set -euo pipefail
cd "$(dirname "$0")/.."
bash scripts/install.sh
npx tsc -p tsconfig.bench.json
exec node .build/experiments/main.js "$@"
