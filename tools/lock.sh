#!/usr/bin/env bash
# Write the three lock files: what runs, what builds, what develops. Each holds to the one before it.
set -euo pipefail
cd "$(dirname "$0")/.."

compile() {
  .venv/bin/python -m piptools compile --quiet --upgrade --generate-hashes --strip-extras --allow-unsafe \
    --no-emit-index-url --no-emit-trusted-host --no-emit-find-links "$@"
}

compile --extra=postgresql --output-file=requirements/runtime.txt pyproject.toml
compile --constraint=requirements/runtime.txt --output-file=requirements/build.txt requirements/build.in
compile --constraint=requirements/runtime.txt --constraint=requirements/build.txt \
  --extra=dev --extra=postgresql --output-file=requirements/dev.txt pyproject.toml
