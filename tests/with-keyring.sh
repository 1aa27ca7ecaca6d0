#!/bin/sh
# Runs a program in a D-Bus session and a home of its own: tests/with-keyring.sh [--none] PROGRAM [ARGUMENT…]
# SPDX-License-Identifier: GPL-3.0-or-later
#
# In the session a real gnome-keyring-daemon with an unlocked keyring offers the Secret Service; with --none nobody does. The bus
# starts no service by itself. Ends with 77 (skipped) where something that this needs is not installed.

set -eu

# Inside the session: the keyring and the program.
inside() {
  if [ "$1" = --none ]; then
    shift
    "$@"
    exit
  fi
  # Its own warnings are not the program's.
  printf 'of this test' | env -u G_DEBUG gnome-keyring-daemon --unlock --foreground --components=secrets >"$TSM_KEYRING_LOG" 2>&1 &
  keyring=$!
  trap 'kill "$keyring" 2>/dev/null || true' EXIT
  gdbus wait --session --timeout 30 org.freedesktop.secrets
  "$@"
}

if [ -n "${TSM_KEYRING_LOG:-}" ]; then
  inside "$@"
  exit
fi

for program in dbus-run-session gnome-keyring-daemon gdbus; do
  command -v "$program" >/dev/null || { echo "1..0 # SKIP $program is not installed"; exit 77; }
done

home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
mkdir -m 700 "$home/run"
cat >"$home/bus.conf" <<BUS
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir=$home/run</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
BUS

unset DISPLAY WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS
export HOME="$home" XDG_RUNTIME_DIR="$home/run" XDG_CONFIG_HOME="$home/config" XDG_DATA_HOME="$home/data" XDG_CACHE_HOME="$home/cache" \
  TSM_KEYRING_LOG="$home/keyring.log"
status=0
dbus-run-session --config-file="$home/bus.conf" -- "$0" "$@" || status=$?
exit "$status"
