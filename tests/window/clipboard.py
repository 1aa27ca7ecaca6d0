"""Prints the text on the clipboard of the private display.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import sys

import gi

gi.require_version('Gtk', '4.0')
from gi.repository import Gdk, GLib, Gtk  # noqa: E402


def main():
    Gtk.init()
    loop = GLib.MainLoop()

    def read(clipboard, result):
        try:
            sys.stdout.write(clipboard.read_text_finish(result) or '')
        except GLib.Error:  # there is none yet
            pass
        loop.quit()

    Gdk.Display.get_default().get_clipboard().read_text_async(None, read)
    loop.run()


if __name__ == '__main__':
    main()
