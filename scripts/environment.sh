# shellcheck shell=bash
# Sourced by the doors with a level, `build`, `test` or `plugins`. Afterwards the current folder is the project's, and `$python`
# is the interpreter of .venv, for `plugins` of .venv-plugins, with everything of that level installed.

stop() {
  printf 'neco-weekly: %s\n' "$1" >&2
  exit 2
}

find_python() {
  local name
  for name in python3 python3.14 python3.13 python3.12 python3.11; do
    # Debian packages venv apart from Python, so an interpreter counts only when it can make an environment.
    if "$name" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
      echo "$name"
      return
    fi
  done
  stop "no Python 3.11 or newer that can make virtual environments is on PATH; install one (Debian: apt install python3 python3-venv) and run this again."
}

CDPATH='' cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit
base_python=$(find_python)
"$base_python" scripts/environment.py "$1"
# shellcheck disable=SC2034 # the doors use it
python=$([[ $1 == plugins ]] && echo .venv-plugins || echo .venv)/bin/python
export NO_MKDOCS_2_WARNING=1 # Material's notice about MkDocs 2; requirements/build.in pins MkDocs 1.6
