"""Drives the real window through AT-SPI, as assistive technology does, against a real redis-server.

SPDX-License-Identifier: GPL-3.0-or-later

Run under tests/with-display.sh --a11y. The programs come from the environment: TSM_MONITOR.
"""

import os
import pathlib
import re
import signal
import subprocess
import sys

import gi

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / 'cli'))
import harness  # noqa: E402

gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, GLib  # noqa: E402

DEADLINE = harness.DEADLINE

MONITOR = os.environ['TSM_MONITOR']


def wait_for(condition, what, seconds=DEADLINE):
    """Waits until condition() is true and returns what it returned; fails with `what` when the time is over."""
    def forgiving():
        try:
            return condition()
        except GLib.Error:  # an object that went away while it was looked at
            return None
    return harness.wait_for(forgiving, what, seconds)


def walk(node):
    """Every accessible below node whose ancestors are all visible, node first.

    GTK 4.8 sets SHOWING on toplevels only, so this goes by VISIBLE: a page of a stack that is not the open one counts too.
    """
    stack = [node]
    while stack:
        item = stack.pop()
        if item is None:
            continue
        try:
            if item is not node and not item.get_state_set().contains(Atspi.StateType.VISIBLE):
                continue
            yield item
            stack.extend(item.get_child_at_index(i) for i in reversed(range(item.get_child_count())))
        except GLib.Error:
            continue


def spoken(item):
    """The name of an object. GTK 4.8 gives a button its label twice, once with the underscore of its mnemonic."""
    name = (item.get_name() or '').replace('_', '', 1) if (item.get_name() or '').startswith('_') else item.get_name() or ''
    half = len(name) // 2
    return name[:half] if len(name) % 2 and name[half] == ' ' and name[:half] == name[half + 1:] else name


class Window:
    """One running tickstock-monitor."""

    def __init__(self, *arguments, env=None):
        self.process = subprocess.Popen([MONITOR, *arguments], stdin=subprocess.DEVNULL,
                                        env={**os.environ, 'G_DEBUG': 'fatal-warnings', **(env or {})})
        try:
            self.application = wait_for(self._find_application, 'the window on the accessibility bus')
        except BaseException:
            self.close()
            raise

    def _find_application(self):
        if self.process.poll() is not None:
            raise AssertionError(f'the program ended with {self.process.returncode}')
        desktop = Atspi.get_desktop(0)
        for i in range(desktop.get_child_count()):
            application = desktop.get_child_at_index(i)
            if application is not None and application.get_process_id() == self.process.pid \
                    and application.get_child_count() > 0:
                return application
        return None

    def close(self):
        """Ends the program as closing the session does, and returns its exit status."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(DEADLINE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.close()

    def showing(self):
        """Every accessible object that is shown now."""
        return list(walk(self.application))

    def find(self, name, role=None):
        """The first shown object whose whole name matches the pattern, or None."""
        pattern = re.compile(name)
        for item in self.showing():
            if role is not None and item.get_role() != role:
                continue
            if pattern.fullmatch(spoken(item)):
                return item
        return None

    def names(self):
        """What is shown, for the message of a failed test."""
        names = [spoken(item) for item in self.showing()]
        return [name for name in names if name and not re.match('(Gtk|Adw|Tsm)[A-Z]', name)]

    def wait_for(self, name, role=None, seconds=DEADLINE):
        """Waits for an object to be shown; name is a regular expression for the whole of it."""
        try:
            return wait_for(lambda: self.find(name, role), f'“{name}”', seconds)
        except AssertionError as error:
            raise AssertionError(f'{error}; shown are {self.names()}') from None

    def wait_gone(self, name, role=None, seconds=DEADLINE):
        """Waits until no such object is shown."""
        wait_for(lambda: self.find(name, role) is None, f'“{name}” to go', seconds)

    def click(self, name, role=None):
        """Clicks what has this name, once it is shown and sensitive."""
        def clickable():
            item = self.find(name, role)
            if item is None or not item.get_state_set().contains(Atspi.StateType.SENSITIVE):
                return None
            return item
        try:
            item = wait_for(clickable, f'“{name}” to be clickable')
        except AssertionError as error:
            raise AssertionError(f'{error}; shown are {self.names()}') from None
        if item.get_n_actions() == 0:
            raise AssertionError(f'“{name}” has no action')
        item.do_action(0)

    def type_into(self, name, text):
        """Replaces the text of the entry with this name."""
        def editable():
            for item in self.showing():
                if re.fullmatch(name, spoken(item)) and 'EditableText' in item.get_interfaces():
                    return item
            return None
        entry = wait_for(editable, f'an entry “{name}”; shown are {self.names()}')
        entry.set_text_contents(text)
