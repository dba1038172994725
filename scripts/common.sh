# shellcheck shell=bash
# What the scripts of this folder share: where the project is, and how they speak. Sourced, never run.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# Colour helps a person and is noise in a log.
if [[ -t 1 && -z "${NO_COLOR:-}" && "${TERM:-dumb}" != dumb ]]; then
  bold=$'\e[1m' dim=$'\e[2m' green=$'\e[32m' red=$'\e[31m' plain=$'\e[0m'
else
  bold='' dim='' green='' red='' plain=''
fi
export root bold dim green red plain

say() { printf '%s\n' "$*"; }
title() { printf '\n%s%s%s\n' "$bold" "$*" "$plain"; }

fail() {
  printf '%s%s: %s%s\n' "$red" "$(basename "$0")" "$*" "$plain" >&2
  exit 1
}

wrong_usage() {
  printf '%s: %s (see --help)\n' "$(basename "$0")" "$*" >&2
  exit 2
}

# The comment at the head of a script is its help.
show_help() { sed -n '2,/^[^#]/{/^#/!q;s/^# \{0,1\}//p;}' "$0"; }

need_swift() {
  command -v swift >/dev/null ||
    fail "no 'swift' in PATH. Install Swift 6.3 or newer from https://www.swift.org/install/linux/ and put its usr/bin in PATH."
}

# A port of this machine that nothing listens on at the moment.
free_port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}
