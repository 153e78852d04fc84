#!/usr/bin/env bash
# All that CI runs: install, types, lint, layering, build, unit tests, slow tests.
set -euo pipefail
cd "$(dirname "$0")/.."
bash scripts/install.sh
npm run --silent check
npm run --silent build
npx vitest run --project unit
if compgen -G "src/**/*.slow.test.ts" >/dev/null || compgen -G "test/**/*.slow.test.ts" >/dev/null || ls test/*.slow.test.ts >/dev/null 2>&1; then
  npx vitest run --project slow
fi
