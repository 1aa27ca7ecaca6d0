#!/bin/sh
# Runs a command on a private X display and session bus, so that tests need no desktop and leave none behind.
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Usage: with-display.sh [--a11y] [--keyring] [--size WIDTHxHEIGHT] COMMAND [ARGUMENT…]
#
#   --a11y   connect GTK to an accessibility bus on the private session bus; else GTK keeps its accessible
#            attributes to itself, where gtk_test_accessible_* can read them
#   --keyring  a gnome-keyring-daemon with an unlocked keyring offers the Secret Service; without it nobody does
#   --size   size of the screen in pixels, 1400x900 unless given
#
# The exit status is that of the command; 77 (skipped, for Meson) where Xvfb or dbus-run-session is missing.
set -u

a11y=test
size=1400x900
keyring=
while [ $# -gt 0 ]; do
  case $1 in
    --a11y) a11y=atspi; shift ;;
    --keyring) keyring=yes; shift ;;
    --size) size=${2:?--size needs WIDTHxHEIGHT}; shift 2 ;;
    --) shift; break ;;
    -*) echo "with-display.sh: unknown option $1" >&2; exit 2 ;;
    *) break ;;
  esac
done
[ $# -gt 0 ] || { echo "with-display.sh: no command given" >&2; exit 2; }

for tool in Xvfb dbus-run-session ${keyring:+gnome-keyring-daemon gdbus}; do
  command -v "$tool" >/dev/null 2>&1 || { echo "with-display.sh: $tool is not installed" >&2; exit 77; }
done

scratch=$(mktemp -d "${TMPDIR:-/tmp}/tsm-display.XXXXXX") || exit 99
server=
clean_up ()
{
  [ -z "$server" ] || { kill "$server" 2>/dev/null; wait "$server" 2>/dev/null; }
  rm -rf "$scratch"
}
trap clean_up EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

# Xvfb looks for a free display itself and writes its number once it takes connections: the FIFO makes that wait.
mkfifo "$scratch/display" || exit 99
Xvfb -displayfd 3 -fbdir "$scratch" -screen 0 "${size}x24" -nolisten tcp -noreset 3>"$scratch/display" >"$scratch/xvfb.log" 2>&1 &
server=$!
if ! IFS= read -r display <"$scratch/display"; then
  cat "$scratch/xvfb.log" >&2
  exit 99
fi

# Settings of whoever runs the tests must not reach them: fonts apart, the programs start as on a new account.
mkdir -m 700 "$scratch/runtime" "$scratch/config" "$scratch/config/gtk-4.0" "$scratch/data"
printf '[Settings]\ngtk-font-name=Cantarell 11\n' >"$scratch/config/gtk-4.0/settings.ini"
# What stands on the screen, for pictures of it: an XWD file.
export TSM_SCREEN="$scratch/Xvfb_screen0"
export DISPLAY=":$display" XDG_RUNTIME_DIR="$scratch/runtime"
export XDG_CONFIG_HOME="$scratch/config" XDG_CONFIG_DIRS="$scratch/xdg" XDG_DATA_HOME="$scratch/data"
export GDK_BACKEND=x11 GSK_RENDERER=cairo GTK_A11Y="$a11y" GSETTINGS_BACKEND=memory ADW_DISABLE_PORTAL=1
# Nothing here needs GL, and looking for it costs time and leaks; GTK before 4.16 and after call it differently.
export GDK_DEBUG=gl-disable GDK_DISABLE=gl,vulkan
export LSAN_OPTIONS="${LSAN_OPTIONS:-suppressions=$(dirname "$0")/lsan.supp:print_suppressions=0}"
unset WAYLAND_DISPLAY XAUTHORITY GTK_THEME
unset REDIS_URL REDIS_HOST REDIS_PORT REDIS_DB REDIS_USERNAME REDIS_PASSWORD REDIS_MONITORING_CHANNEL

# The bus and what it starts write to a log: on the command's own output their lines would break its TAP.
# Not exec: the trap above must still run.
exec 4>&1 5>&2
#
# The bus would start a keyring by itself, which asks for a password in a window: here there is one only if asked for.
mkdir -p "$scratch/data/dbus-1/services"
printf '[D-BUS Service]\nName=org.freedesktop.secrets\nExec=/bin/false\n' >"$scratch/data/dbus-1/services/org.freedesktop.secrets.service"
export TSM_KEYRING="$keyring"
dbus-run-session -- sh -c '
  if [ -n "$TSM_KEYRING" ]; then
    printf "of this test" | env -u G_DEBUG gnome-keyring-daemon --unlock --foreground --components=secrets &
    keyring=$!
    trap "kill $keyring" EXIT
    gdbus wait --session --timeout 30 org.freedesktop.secrets || exit 99
    "$@" >&4 2>&5 4>&- 5>&-
    exit
  fi
  exec "$@" >&4 2>&5 4>&- 5>&-' sh "$@" >"$scratch/bus.log" 2>&1 &
child=$!
trap 'kill -TERM "$child" 2>/dev/null; exit 143' TERM
trap 'kill -INT "$child" 2>/dev/null; exit 130' INT
wait "$child"
