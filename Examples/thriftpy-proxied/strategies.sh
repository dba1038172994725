#!/bin/sh
# How three strategies spread 600 calls over three calculators, of which the first has three times the others' weight and the
# last is slow. The settings are in common.sh.
# shellcheck source=Examples/thriftpy-proxied/common.sh
. "$(dirname "$0")/common.sh"

calculator "$first" 2 --weight 3
calculator "$second" 2 --weight 1
calculator "$third" 20 --weight 1
wait_for_calculators

# try STRATEGY: 600 calls over six connections, and who answered them.
try() {
  say "$1: $2"
  start_proxy --balance "$1"
  "$python" "$here/client.py" "$proxy" --clients 6 --calls 100
  counts
  kill "$proxy_process"
  wait "$proxy_process" || :
}

try round-robin "each in turn; the slow one holds everybody up"
try weighted-round-robin "the first gets three of five"
try least-connections "the slow one gets what it can do"
