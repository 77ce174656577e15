# shellcheck shell=bash
# Shared by script/server, script/test and .ci/run: finds Python, fills an environment, adds system packages.
# Sourced by bash, in the project's own folder.

unset PYTHONHOME PYTHONPATH DJANGO_SETTINGS_MODULE
export PYTHONUTF8=1 PIP_DISABLE_PIP_VERSION_CHECK=1

PYTHON=.venv/bin/python

say() { printf '%s\n' "$*" >&2; }
fail() {
    say "$*"
    exit 1
}

is_root() { [ "$(id -u)" -eq 0 ]; }

# The one command with which a person gets the named packages of Debian or Ubuntu.
install_command() {
    local command="apt-get update && apt-get install -y $*"
    if is_root; then
        printf '%s' "$command"
    elif command -v sudo >/dev/null; then
        printf "sudo sh -c '%s'" "$command"
    else
        printf "su -c '%s'" "$command"
    fi
}

# Installs packages of Debian or Ubuntu. Fails, quietly, where we are not root or there is no apt-get.
install_packages() {
    is_root && command -v apt-get >/dev/null || return 1
    say "Installing $* ..."
    (
        umask 022
        export DEBIAN_FRONTEND=noninteractive
        # The package lists of a new machine are empty, those of an old one name files that are gone.
        apt_install "$@" >/dev/null 2>&1 || {
            apt-get -q update >/dev/null && apt_install "$@" >/dev/null
        }
    ) </dev/null
}
apt_install() { apt-get -q install -y --no-install-recommends -o DPkg::Lock::Timeout=300 "$@"; }

# One process at a time prepares this folder; another that starts meanwhile waits here.
lock_folder() {
    command -v flock >/dev/null || return 0
    exec 9<.
    flock -n 9 || {
        say "Another start is preparing this folder; waiting for it ..."
        flock 9
    }
}
unlock_folder() { exec 9<&-; }

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }
makes_environments() { "$1" -c 'import ensurepip, venv' 2>/dev/null; }

# Prints the Python to use: one that can make environments, or else one that is at least new enough.
find_python() {
    local name fallback=
    for name in python3 python3.14 python3.13 python3.12 python3.11; do
        command -v "$name" >/dev/null && new_enough "$name" || continue
        makes_environments "$name" && command -v "$name" && return
        fallback=${fallback:-$(command -v "$name")}
    done
    [ -n "$fallback" ] && printf '%s\n' "$fallback"
}

# Makes the environment in folder $1, unless a working one is there.
make_environment() {
    local python packages
    "$1/bin/python" -c 'import sys, pip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && return
    python=$(find_python) || {
        install_packages python3 python3-venv
        python=$(find_python) || fail "Python 3.11 or newer is needed and was not found." \
            "On Debian 12 and Ubuntu 24.04 or newer: $(install_command python3 python3-venv)"
    }
    if ! makes_environments "$python"; then
        packages=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
        install_packages "$packages"
        makes_environments "$python" ||
            fail "Python's venv package is missing. Install it with: $(install_command "$packages")"
    fi
    rm -rf "$1"
    "$python" -m venv "$1" || fail "The environment $1 could not be made; the reason stands above."
}

# Makes environment $1 hold exactly what requirements/$2.txt pins. A copy of the list in the
# environment says what was installed, so that nothing is done when nothing has changed.
install_requirements() {
    make_environment "$1"
    cmp -s "requirements/$2.txt" "$1/$2.txt" && return
    say "Installing the Python packages of requirements/$2.txt ..."
    "$1/bin/python" -m pip install -qq --no-input --require-hashes -r "requirements/$2.txt" ||
        fail "The Python packages could not be installed; pip's reason stands above. Start again when it is mended."
    cp "requirements/$2.txt" "$1/$2.txt"
}

has_libraries() {
    "$PYTHON" -c 'import ctypes, sys
for name in sys.argv[1:]:
    ctypes.CDLL(name)' "$@" 2>/dev/null
}

# The libraries with which WeasyPrint draws PDFs. Everything but PDFs works without them.
PDF_PACKAGES="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
draws_pdfs() { has_libraries libpango-1.0.so.0 libpangoft2-1.0.so.0 libharfbuzz-subset.so.0; }
# Word splitting of the list is meant.
# shellcheck disable=SC2086
ensure_pdf_libraries() { draws_pdfs || { install_packages $PDF_PACKAGES && draws_pdfs; }; }
