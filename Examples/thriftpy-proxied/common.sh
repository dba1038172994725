# What both scripts of this example need; they say what they do and clean up behind themselves.
#
# Settings, from the environment:
#   MUSTER_HTTP_ADDR   the registry, default 127.0.0.1:8500
#   MUSTER             the command, default muster
#   PYTHON             a Python that has thriftpy2, default python3
#   PORTS              of the three calculators, default "9101 9102 9103"
#   PROXY              where the proxy listens, default 127.0.0.1:9100
#   METRICS            where it tells what it does, default 127.0.0.1:9190
# shellcheck shell=sh
set -eu

here=$(dirname "$0")
muster=${MUSTER:-muster}
python=${PYTHON:-python3}
proxy=${PROXY:-127.0.0.1:9100}
metrics=${METRICS:-127.0.0.1:9190}
# shellcheck disable=SC2086 # three words
set -- ${PORTS:-9101 9102 9103}
# shellcheck disable=SC2034 # for the scripts
first=$1 second=$2 third=$3
started=

say() { printf '%s\n' "▸ $*"; }

leave() {
  trap - EXIT
  # shellcheck disable=SC2086 # several process ids
  kill $started 2>/dev/null || :
  wait
}
trap leave EXIT
trap 'exit 1' INT TERM

# calculator PORT [MILLISECONDS [OPTION…]]: starts a calculator that takes so long for a call, under `muster run`.
calculator() {
  port=$1 delay=${2:-0}
  shift $(($# < 2 ? $# : 2))
  "$muster" run calculator --port "$port" --drain 0s "$@" -- "$python" "$here/server.py" "$port" "$delay" >/dev/null 2>&1 &
  started="$started $!"
}

# Waits until three calculators are in the registry.
wait_for_calculators() {
  for _ in $(seq 300); do
    if [ "$("$muster" instances calculator 2>/dev/null | grep -c passing)" = 3 ]; then return; fi
    sleep 0.1
  done
  echo "the calculators did not start" >&2
  exit 1
}

# start_proxy [OPTION…]: starts a proxy and waits until it is ready.
start_proxy() {
  "$muster" proxy calculator --listen "$proxy" --metrics "$metrics" --log-level error "$@" >/dev/null &
  proxy_process=$!
  started="$started $!"
  until curl --silent --fail --output /dev/null "$metrics/metrics"; do
    kill -0 "$proxy_process"
    sleep 0.1
  done
}

# Prints how many calls each calculator has answered.
counts() {
  curl --silent --fail "$metrics/metrics" |
    sed -n 's/^muster_proxy_tries_total{.*instance="\([^"]*\)",outcome="success"} \(.*\)$/    \1  \2 calls/p'
}
