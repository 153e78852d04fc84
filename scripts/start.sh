#!/usr/bin/env bash
# The main job from a fresh clone: sets up, trains a small model, translates with it and shows an alignment.
set -euo pipefail
cd "$(dirname "$0")/.."
bash scripts/install.sh
[ -f dist/cli/main.js ] && [ -z "$(find src -newer dist/cli/main.js -name '*.ts' -print -quit)" ] || npm run --silent build
node dist/cli/main.js demo "$@"
