#!/bin/sh
# Runs one greeter and keeps it in the registry, with curl alone.
#
# usage: service.sh PORT
#
# Settings, from the environment:
#   MUSTER_HTTP_ADDR   the registry, default 127.0.0.1:8500
#   NAME               the name to register under, default greeter
#   TTL                how long the registry trusts one heartbeat, default 10s
#   BEAT               seconds between heartbeats, default 3; well under the TTL
#   DEREGISTER_AFTER   when to forget an instance that stays critical, default 1m
set -eu

port=${1:?usage: service.sh PORT}
registry=${MUSTER_HTTP_ADDR:-127.0.0.1:8500}
name=${NAME:-greeter}
id=$name-$port
check=service:$id
greeter=

put() { curl --silent --show-error --fail --max-time 5 --output /dev/null --request PUT "$@"; }

register() {
  put --data @- "$registry/v1/agent/service/register" <<JSON
{
  "ID": "$id",
  "Name": "$name",
  "Address": "127.0.0.1",
  "Port": $port,
  "Check": { "TTL": "${TTL:-10s}", "DeregisterCriticalServiceAfter": "${DEREGISTER_AFTER:-1m}" }
}
JSON
}

# A heartbeat says "I can serve", so the service is asked first.
heartbeat() {
  curl --silent --fail --max-time 2 --output /dev/null "http://127.0.0.1:$port/" || return 0
  # The registry may have forgotten the instance, or be away for a moment: register again, or try at the next beat.
  put "$registry/v1/agent/check/pass/$check" || register || echo "$id: the registry at $registry can't be reached" >&2
}

# A service that ends in order leaves at once; one that crashes leaves when its TTL has run out.
leave() {
  trap - EXIT
  kill "$greeter" 2>/dev/null || :
  put "$registry/v1/agent/service/deregister/$id" || :
}

python3 "$(dirname "$0")/greeter.py" "$port" &
greeter=$!
trap leave EXIT
trap 'exit 0' INT TERM

until curl --silent --output /dev/null "http://127.0.0.1:$port/"; do
  kill -0 "$greeter" || { echo "$id: the service did not start" >&2; exit 1; }
  sleep 0.1
done
register
echo "$id: serving on port $port, registered at $registry"
while kill -0 "$greeter" 2>/dev/null; do
  heartbeat
  sleep "${BEAT:-3}" &
  wait $! # unlike sleep, wait ends at once when a signal arrives
done
