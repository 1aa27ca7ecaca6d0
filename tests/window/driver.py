"""Drives the real window through AT-SPI, as assistive technology does, against a real redis-server.

SPDX-License-Identifier: GPL-3.0-or-later

Run under tests/with-display.sh --a11y. The programs come from the environment: TSM_MONITOR and TSM_CTL.
"""

import os
import re
import signal
import subprocess
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

DEADLINE = 20  # s: how long a condition may take, on a slow machine under a sanitizer

MONITOR = os.environ["TSM_MONITOR"]
CTL = os.environ["TSM_CTL"]


def wait_for(condition, what, seconds=DEADLINE):
    """Waits until condition() is true and returns what it returned; fails with `what` when the time is over."""
    end = time.monotonic() + seconds
    while True:
        try:
            result = condition()
        except GLib.Error:  # an object that went away while it was looked at
            result = None
        if result:
            return result
        if time.monotonic() > end:
            raise AssertionError(f"waited {seconds} s in vain for {what}")
        time.sleep(0.05)


def walk(node):
    """Every accessible below node that is shown, node first."""
    stack = [node]
    while stack:
        item = stack.pop()
        if item is None:
            continue
        yield item
        try:
            count = item.get_child_count()
            stack.extend(item.get_child_at_index(i) for i in reversed(range(count)))
        except GLib.Error:
            continue


class Window:
    """One running tickstock-monitor."""

    def __init__(self, *arguments, env=None):
        self.process = subprocess.Popen([MONITOR, *arguments], stdin=subprocess.DEVNULL,
                                        env={**os.environ, **(env or {})})
        try:
            self.application = wait_for(self._find_application, "the window on the accessibility bus")
        except BaseException:
            self.close()
            raise

    def _find_application(self):
        if self.process.poll() is not None:
            raise AssertionError(f"the program ended with {self.process.returncode}")
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
        return [item for item in walk(self.application) if item.get_state_set().contains(Atspi.StateType.SHOWING)]

    def find(self, name, role=None):
        """The first shown object whose whole name matches the pattern, or None."""
        pattern = re.compile(name)
        for item in self.showing():
            if role is not None and item.get_role() != role:
                continue
            if pattern.fullmatch(item.get_name() or ""):
                return item
        return None

    def names(self):
        """All names shown, for the message of a failed test."""
        return [name for name in (item.get_name() for item in self.showing()) if name]

    def wait_for(self, name, role=None, seconds=DEADLINE):
        """Waits for an object to be shown; name is a regular expression for the whole of it."""
        try:
            return wait_for(lambda: self.find(name, role), f"“{name}”", seconds)
        except AssertionError as error:
            raise AssertionError(f"{error}; shown are {self.names()}") from None

    def wait_gone(self, name, role=None, seconds=DEADLINE):
        """Waits until no such object is shown."""
        wait_for(lambda: self.find(name, role) is None, f"“{name}” to go", seconds)

    def click(self, name, role=None):
        """Clicks what has this name, once it is shown and sensitive."""
        def clickable():
            item = self.find(name, role)
            if item is None or not item.get_state_set().contains(Atspi.StateType.SENSITIVE):
                return None
            return item
        try:
            item = wait_for(clickable, f"“{name}” to be clickable")
        except AssertionError as error:
            raise AssertionError(f"{error}; shown are {self.names()}") from None
        if item.get_n_actions() == 0:
            raise AssertionError(f"“{name}” has no action")
        item.do_action(0)

    def type_into(self, name, text):
        """Replaces the text of the entry with this name."""
        def editable():
            for item in self.showing():
                if re.fullmatch(name, item.get_name() or "") and item.get_editable_text_iface() is not None:
                    return item
            return None
        entry = wait_for(editable, f"an entry “{name}”; shown are {self.names()}")
        entry.set_text_contents(text)
