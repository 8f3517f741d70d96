#!/usr/bin/env bash
# Sets up both environments: .venv (Python 3.11) and .venv-rasa (Python 3.10).
# Does nothing where the lock files have not changed since the last time.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf '\033[1m==> %s\033[0m\n' "$*"; }
fail() { printf '\033[31msetup: %s\033[0m\n' "$*" >&2; exit 1; }

NO_310="Python 3.10, which Rasa 3.6 needs, was not found. Install it (pyenv install 3.10), or say where it is: LOTS_PYTHON_RASA=/path/to/python3.10 make run"

# Prints the first Python of version $1 that really runs. A pyenv shim on PATH may not.
find_python() {
  local version=$1 candidate
  for candidate in "${2:-}" "python$version" "${PYENV_ROOT:-$HOME/.pyenv}/versions/$version".*/bin/python \
    "/opt/python$version/bin/python$version" "/usr/local/bin/python$version"; do
    [ -n "$candidate" ] || continue
    if "$candidate" -c "import sys; sys.exit(sys.version_info[:2] != tuple(map(int, '$version'.split('.'))))" \
      >/dev/null 2>&1; then
      printf '%s\n' "$candidate"
      return 0
    fi
  done
  return 1
}

# unchanged FOLDER FILE...: true where FOLDER was set up from just these files.
stamp_of() { cat "$@" | sha256sum | cut -d' ' -f1; }
unchanged() { local folder=$1; shift; [ -x "$folder/bin/python" ] && [ "$(cat "$folder/.stamp" 2>/dev/null)" = "$(stamp_of "$@")" ]; }

# pip is quiet but for a counter, so that a long step is seen to move.
install() {
  local folder=$1; shift
  "$folder/bin/pip" install --no-deps --progress-bar off "$@" 2>&1 |
    awk '/^(Collecting|Processing|Requirement already)/ {n++; if (n % 10 == 0) {printf "    %d packages\n", n; fflush()}}
         /^ERROR|error:/ {print; fflush()}'
}

setup_main() {
  local files=(requirements/torch.txt requirements/main.txt scripts/setup.sh)
  unchanged .venv "${files[@]}" && return
  local python
  python=$(find_python 3.11 "${LOTS_PYTHON:-}") || fail "Python 3.11 was not found. Install it (pyenv install 3.11, or apt install python3.11-venv), or say where it is: LOTS_PYTHON=/path/to/python3.11 make run"
  say "gateway and actions: .venv from $python (once, 2-4 minutes)"
  rm -rf .venv && "$python" -m venv .venv
  # shellcheck disable=SC2086
  install .venv ${LOTS_TORCH_INDEX:+--index-url "$LOTS_TORCH_INDEX"} ${LOTS_TORCH:---require-hashes -r requirements/torch.txt} ||
    install .venv --index-url https://download.pytorch.org/whl/cpu --require-hashes -r requirements/torch.txt ||
    fail "no CPU build of torch 2.13.0 could be installed. See 'Elsewhere' in README.md"
  install .venv --require-hashes -r requirements/main.txt || fail "the packages of requirements/main.txt could not be installed (network? disk?)"
  install .venv --no-build-isolation -e . || fail "the project itself could not be installed into .venv"
  stamp_of "${files[@]}" > .venv/.stamp
}

setup_rasa() {
  local files=(requirements/rasa.txt scripts/setup.sh)
  unchanged .venv-rasa "${files[@]}" && return
  local python
  python=$(find_python 3.10 "${LOTS_PYTHON_RASA:-}") || fail "$NO_310"
  say "Rasa: .venv-rasa from $python (once, 3-5 minutes)"
  rm -rf .venv-rasa && "$python" -m venv .venv-rasa
  install .venv-rasa --require-hashes -r requirements/rasa-build.txt || fail "setuptools and wheel could not be installed into .venv-rasa"
  install .venv-rasa --no-build-isolation --require-hashes -r requirements/rasa.txt || fail "the packages of requirements/rasa.txt could not be installed (network? disk?)"
  stamp_of "${files[@]}" > .venv-rasa/.stamp
}

# The browser tests need a Chromium; Debian's is used where there is one.
# The font has the Ge'ez letters of Tigrinya, for the pictures.
setup_browser() {
  command -v chromium >/dev/null || command -v google-chrome >/dev/null && return
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    say "Chromium for the browser tests (once)"
    apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-sil-abyssinica >/dev/null
  else
    fail "the browser tests need Chromium: sudo apt install chromium"
  fi
}

# Both Pythons are looked for before minutes are spent on the first.
unchanged .venv-rasa requirements/rasa.txt scripts/setup.sh || find_python 3.10 "${LOTS_PYTHON_RASA:-}" >/dev/null || fail "$NO_310"
setup_main
setup_rasa
if [ "${1:-}" = browser ]; then setup_browser; fi
