#!/usr/bin/env bash
# Renews the lock files. Needs pip-tools in a Python 3.11 and a Python 3.10: PIP311, PIP310.
set -euo pipefail
cd "$(dirname "$0")/.."
options=(-q --generate-hashes --allow-unsafe --strip-extras --no-emit-index-url --no-emit-find-links)
"${PIP311:-pip-compile}" "${options[@]}" --extra dev --unsafe-package torch -o requirements/main.txt pyproject.toml
# torch has a file of its own (requirements/torch.txt).
sed -i '/^torch==/,/^[^ ]/{/^torch==/d;/^    --hash/d}' requirements/main.txt
"${PIP310:-pip-compile}" "${options[@]}" -o requirements/rasa.txt requirements/rasa.in
"${PIP310:-pip-compile}" "${options[@]}" -o requirements/rasa-build.txt requirements/rasa-build.in
