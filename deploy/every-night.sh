#!/bin/sh
# Runs `oit nightly` with the given options every night at OIT_AT (01:00), Thai time: the timer of a container.
set -eu
at=${OIT_AT:-01:00}
child=''
stop() {
  trap - TERM INT
  if [ -n "$child" ]; then kill -INT "$child" 2>/dev/null || true; wait "$child" || true; fi
  exit 0
}
trap stop TERM INT

while :; do
  now=$(date +%s)
  next=$(TZ=Asia/Bangkok date -d "today $at" +%s)
  [ "$next" -gt "$now" ] || next=$(TZ=Asia/Bangkok date -d "tomorrow $at" +%s)
  sleep "$((next - now))" & child=$!
  wait "$child" || true
  status=0
  oit nightly -q "$@" & child=$!
  wait "$child" || status=$?
  child=''
  [ "$status" -le 1 ] || echo "oit nightly ended with status $status" >&2
done
