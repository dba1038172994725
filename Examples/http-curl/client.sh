#!/bin/sh
# Calls a service by its name, with curl alone: asks the registry who is healthy, then goes from one to the next
# until one answers.
#
# usage: client.sh [--in-order] [NAME [PATH]]     default: greeter /
#
#   --in-order   try the instances in the registry's order; otherwise they are shuffled, to spread the calls
#
# The registry is MUSTER_HTTP_ADDR, default 127.0.0.1:8500.
set -eu

order=shuf
if [ "${1:-}" = --in-order ]; then
  order='cat'
  shift
fi
name=${1:-greeter}
path=${2:-/}
registry=${MUSTER_HTTP_ADDR:-127.0.0.1:8500}

# One HOST:PORT a line. An instance without an address of its own has its node's.
addresses() {
  python3 -c '
import json, sys
for entry in json.load(sys.stdin):
    print((entry["Service"]["Address"] or entry["Node"]["Address"]) + ":" + str(entry["Service"]["Port"]))'
}

answer=$(curl --silent --show-error --fail --max-time 5 "$registry/v1/health/service/$name?passing")
found=$(printf '%s' "$answer" | addresses | $order)
if [ -z "$found" ]; then
  echo "$name: no healthy instance is registered at $registry" >&2
  exit 1
fi
for instance in $found; do
  if curl --silent --fail --max-time 2 "http://$instance$path"; then exit 0; fi
  echo "$name: $instance does not answer, trying the next" >&2
done
echo "$name: none of the registered instances answers" >&2
exit 1
