#!/bin/sh
# Three calculators behind a proxy: one is killed while a client calls, and the client sees nothing of it.
# The settings are in common.sh.
# shellcheck source=Examples/thriftpy-proxied/common.sh
. "$(dirname "$0")/common.sh"

say "Starting three calculators under 'muster run'. Nothing in them knows of a registry."
calculator "$first"
calculator "$second"
victim=$!
calculator "$third"
wait_for_calculators
"$muster" instances calculator

say "Starting 'muster proxy' at $proxy. Its clients' calls may be repeated: the calculator's methods are idempotent."
start_proxy --idempotent '*'

say "A client with six connections makes 3,000 calls in five seconds."
"$python" "$here/client.py" "$proxy" --clients 6 --calls 500 --pause 0.01 &
client=$!
sleep 2
say "kill -9 for the calculator on port $second, in the middle of it."
pkill -KILL -P "$victim"
wait "$client"

say "Who answered, of those that are left:"
counts
say "The registry's list has two left:"
"$muster" instances calculator
