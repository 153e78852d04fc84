#!/usr/bin/env bash
# Checks the models against every reference file of a folder: npm run test:reference -- FOLDER
set -euo pipefail
folder="${1:-test/reference}"
if [ ! -d "$folder" ]; then
  echo "test:reference: there is no folder $folder; npm run test:reference -- FOLDER" >&2
  exit 1
fi
folder="$(cd "$folder" && pwd)"
cd "$(dirname "$0")/.."
bash scripts/install.sh
REFERENCE_FOLDER="$folder" npx vitest run --project unit test/reference.test.ts --reporter=verbose
