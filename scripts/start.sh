#!/usr/bin/env bash
# From a fresh clone: installs what is missing and opens the studio with the models in the repository.
set -euo pipefail
cd "$(dirname "$0")/.."
bash scripts/install.sh
newest() { find src package.json vite.*.config.ts -newer "$1" -type f -print -quit; }
if [ ! -f dist/cli/main.js ] || [ ! -f dist/page/seq2see.js ] || [ ! -f dist/studio/index.html ] || [ -n "$(newest dist/studio/index.html)" ]; then
  echo "Building …"
  npm run --silent build
fi
exec node dist/cli/main.js studio "$@"
