#!/usr/bin/env bash
# Prepare the local environment: tools/setup.sh demo | dev | test
#
# demo: what runs (Python packages from the lock files, front end, translations); dev adds what checks;
# test adds Chromium, PostgreSQL and gettext from Debian's packages where they are missing.
# Each step leaves a stamp that holds a hash of what it was made from, so that a second run does nothing.
# Whatever is missing is said in one sentence, in French then in English, and the exit code is 1.
set -euo pipefail
cd "$(dirname "$0")/.."
. tools/say.sh

log=$(mktemp) || stop "Le disque est plein : libérez de la place, puis recommencez." "The disk is full."
trap 'rm -f "$log"' EXIT

# --- Stamps ----------------------------------------------------------------------------------------------------

hash_of() { # hash_of PATH...: one hash over the names and contents of all files below
  find "$@" -type f -not -path '*/node_modules/*' -print0 | sort -z | xargs -0 sha256sum | sha256sum | cut -c1-64
}

is_done() { [ -f ".venv/stamps/$1" ] && [ "$(cat ".venv/stamps/$1")" = "$2" ]; }
mark_done() { mkdir -p .venv/stamps && printf '%s' "$2" >".venv/stamps/$1"; }

# --- What must be there ----------------------------------------------------------------------------------------

need_space() { # need_space MEGABYTES
  local free
  free=$(df -Pm . | awk 'NR == 2 {print $4}')
  [ "$free" -ge "$1" ] || stop "Il reste $free Mo sur le disque, il en faut $1 : libérez de la place, puis recommencez." \
    "$free MB left on the disk, $1 needed: free some space, then try again."
}

need_python() {
  command -v "$python" >/dev/null || stop "Python est introuvable : installez le paquet python3 (version 3.11 ou plus)." \
    "Python not found: install the package python3, version 3.11 or later."
  "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    stop "Il faut Python 3.11 ou plus, et $python est la version $("$python" -V 2>&1 | cut -d' ' -f2)." \
      "Python 3.11 or later is needed."
  "$python" -c 'import ensurepip, venv' 2>/dev/null ||
    stop "Il manque à Python de quoi créer un environnement : installez le paquet Debian python3-venv." \
      "Python cannot create an environment: install the Debian package python3-venv."
}

need_node() {
  command -v node >/dev/null && command -v npm >/dev/null ||
    stop "Node.js ou npm est introuvable : installez Node.js, version 20 ou plus." \
      "Node.js or npm not found: install Node.js, version 20 or later."
  node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' ||
    stop "Il faut Node.js 20 ou plus, et celui-ci est la version $(node -v)." "Node.js 20 or later is needed."
}

# --- Steps -----------------------------------------------------------------------------------------------------

environment() {
  # A folder that was moved keeps an environment that points to where it was: make it anew.
  local here="$PWD/.venv"
  if [ "$(.venv/bin/python -c 'import sys; print(sys.prefix)' 2>/dev/null)" = "$here" ] &&
    grep -qsF "$here" .venv/bin/activate; then return; fi
  need_python
  need_space 1000
  tell "Environnement Python…" "Python environment"
  rm -rf .venv
  try "$python" -m venv .venv
}

packages() { # packages NAME LOCKFILE...: install exactly what the lock files say, and the package itself on top
  local name=$1 wanted args=()
  shift
  wanted=$(hash_of "$@" pyproject.toml)
  is_done "$name" "$wanted" && return
  need_space 600
  tell "Paquets Python…" "Python packages"
  for file in "$@"; do args+=(-r "$file"); done
  try .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes "${args[@]}"
  try .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
  mark_done "$name" "$wanted"
}

frontend() {
  local locked built
  [ -f frontend/package-lock.json ] || return 0
  locked=$(hash_of frontend/package-lock.json)
  built=$(hash_of frontend)
  if ! is_done node "$locked" || [ ! -d frontend/node_modules ]; then
    need_node
    need_space 400
    tell "Paquets du navigateur…" "Front-end packages"
    (cd frontend && try npm ci --no-audit --no-fund --loglevel=error)
    mark_done node "$locked"
  fi
  if ! is_done frontend "$built" || [ ! -d mafaka/ui/static/built ]; then
    need_node
    tell "Feuilles, polices et icônes…" "Front end"
    (cd frontend && try npm run build --silent)
    mark_done frontend "$built"
  fi
}

translations() {
  local wanted
  wanted=$(find mafaka -name '*.po' -print0 | sort -z | xargs -0 -r sha256sum | sha256sum)
  is_done translations "$wanted" && return
  try .venv/bin/python -m tools.translations compile
  mark_done translations "$wanted"
}

may_sudo() { command -v sudo >/dev/null && { [ -t 0 ] || sudo -n true 2>/dev/null; }; }

debian() { # Chromium, PostgreSQL and gettext, only where they are missing
  local missing=() apt=(apt-get)
  [ -x /usr/bin/chromium ] || missing+=(chromium)
  compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || missing+=(postgresql)
  command -v msgmerge >/dev/null && command -v xgettext >/dev/null || missing+=(gettext)
  [ ${#missing[@]} -eq 0 ] && return
  local sentence="Les essais ont besoin de paquets Debian : installez ${missing[*]} (apt-get install ${missing[*]})."
  command -v apt-get >/dev/null || stop "$sentence" "The tests need: ${missing[*]}."
  if [ "$(id -u)" -ne 0 ]; then
    may_sudo ||
      stop "$sentence" "The tests need these Debian packages, and only root may install them: ${missing[*]}."
    apt=(sudo apt-get)
  fi
  need_space 1500
  tell "Paquets Debian : ${missing[*]}…" "Debian packages"
  export DEBIAN_FRONTEND=noninteractive
  try "${apt[@]}" -qq update
  try "${apt[@]}" -qq -y --no-install-recommends install "${missing[@]}"
}

python=${PYTHON:-python3}
case "${1:-}" in
demo)
  environment
  packages runtime requirements/runtime.txt requirements/build.txt
  ;;
dev | test)
  [ "$1" = dev ] || debian
  environment
  packages dev requirements/dev.txt
  ;;
*)
  stop "Usage : tools/setup.sh demo | dev | test" "Usage: tools/setup.sh demo | dev | test"
  ;;
esac
frontend
translations
