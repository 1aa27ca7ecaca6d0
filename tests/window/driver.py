"""Drives the real window through AT-SPI, as assistive technology does, against a real redis-server.

SPDX-License-Identifier: GPL-3.0-or-later

Run under tests/with-display.sh --a11y. The programs come from the environment: TSM_MONITOR.
"""

import atexit
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading

import gi

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / 'cli'))
import harness  # noqa: E402

gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, GLib  # noqa: E402

DEADLINE = harness.DEADLINE

MONITOR = os.environ['TSM_MONITOR']
KEYSYMS = {'Return': 0xff0d, 'Escape': 0xff1b, 'Delete': 0xffff, 'Up': 0xff52, 'Down': 0xff54, 'Tab': 0xff09, 'F10': 0xffc7}


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


def once(name):
    """What a name says that says it twice, or None."""
    half = len(name) // 2
    return name[:half] if len(name) % 2 and name[half] == ' ' and name[:half] == name[half + 1:] else None


def spoken(item):
    """The name of an object. GTK 4.8 gives a button its label twice, once with the underscore of its mnemonic."""
    name = item.get_name() or ''
    return once(name) or once(name.replace('_', '', 1)) or name


def new_home(case=None):
    """A folder for the settings of one user, as on a new account; removed after the test @case, or with the process."""
    folder = tempfile.TemporaryDirectory(prefix='tsm-home-')
    font = pathlib.Path(os.environ.get('XDG_CONFIG_HOME', '')) / 'gtk-4.0'
    if font.is_dir():
        shutil.copytree(font, pathlib.Path(folder.name) / 'gtk-4.0')
    if case is not None:
        case.addCleanup(folder.cleanup)
    return folder


class Notifications:
    """What is sent to the desktop. The service is started for the first window: GLib warns where there is none."""

    _running = None

    @classmethod
    def ensure(cls):
        if cls._running is None:
            cls._running = cls()
        return cls._running

    def __init__(self):
        self.calls = []
        script = pathlib.Path(__file__).with_name('notifications.py')
        self.process = subprocess.Popen([sys.executable, str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        atexit.register(self.process.kill)
        threading.Thread(target=self._read, daemon=True).start()
        harness.wait_for(lambda: self.calls, 'the notification service')

    def _read(self):
        for line in self.process.stdout:
            self.calls.append(json.loads(line))

    def sent(self):
        """Title and body of each that was sent, in order."""
        return [(call['title'], call['body']) for call in self.calls if 'sent' in call]

    def forget(self):
        del self.calls[1:]

    def click(self):
        """Clicks the last one."""
        number = [call['sent'] for call in self.calls if 'sent' in call][-1]
        self.process.stdin.write(f'{number}\n')
        self.process.stdin.flush()


def find_application(condition):
    """The first application on the accessibility bus that meets the condition, or None."""
    desktop = Atspi.get_desktop(0)
    applications = (desktop.get_child_at_index(i) for i in range(desktop.get_child_count()))
    return next((application for application in applications if application is not None and condition(application)), None)


def click_in(application, name):
    """Clicks a button of another program, once it is shown."""
    def button():
        program = find_application(lambda candidate: candidate.get_name() == application)
        return program and next((item for item in walk(program) if item.get_role() == Atspi.Role.PUSH_BUTTON and spoken(item) == name), None)
    wait_for(button, f'“{name}” of {application}').do_action(0)


class Window:
    """One running tickstock-monitor, with settings of its own unless @home says which to share; @output is a file for what it says."""

    def __init__(self, *arguments, env=None, home=None, output=None):
        self.home = home or new_home()
        self.notifications = Notifications.ensure()
        self.process = subprocess.Popen([MONITOR, *arguments], stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                                        env={**os.environ, 'G_DEBUG': 'fatal-warnings', 'GSETTINGS_BACKEND': 'memory',
                                             'XDG_CONFIG_HOME': self.home.name, **(env or {})})
        try:
            self.application = wait_for(self._find_application, 'the window on the accessibility bus')
        except BaseException:
            self.close()
            raise

    def _find_application(self):
        if self.process.poll() is not None:
            raise AssertionError(f'the program ended with {self.process.returncode}')
        return find_application(lambda application: application.get_process_id() == self.process.pid and application.get_child_count() > 0)

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

    def _walk(self, title=None):
        """What is shown, of any window or of those with this title. All windows are asked for at once: GTK 4.8 stumbles when it is
        asked for one that has gone since they were counted."""
        tops = [self.application.get_child_at_index(i) for i in range(self.application.get_child_count())]
        for top in tops:
            if top is not None and title in (None, top.get_name()):
                yield from walk(top)

    def _matches(self, name, role, title=None):
        pattern = re.compile(name)
        return (item for item in self._walk(title) if (role is None or item.get_role() == role) and pattern.fullmatch(spoken(item)))

    def showing(self, title=None):
        """Every accessible object that is shown now, of any window or of those with this title."""
        return list(self._walk(title))

    def find_all(self, name, role=None, title=None):
        """Every shown object whose whole name matches the pattern."""
        return list(self._matches(name, role, title))

    def find(self, name, role=None):
        """The first of them, or None."""
        return next(self._matches(name, role), None)

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

    def click(self, name, role=None, title=None):
        """Clicks what has this name, once it is shown and sensitive."""
        def clickable():
            return next((item for item in self._matches(name, role, title) if item.get_n_actions() > 0
                         and item.get_state_set().contains(Atspi.StateType.SENSITIVE)), None)
        try:
            item = wait_for(clickable, f'“{name}” to be clickable')
        except AssertionError as error:
            raise AssertionError(f'{error}; shown are {self.names()}') from None
        item.do_action(0)

    def save_form(self):
        """Saves the connection that is being edited, and waits until the keys reach the main window again."""
        self.click('Save', Atspi.Role.PUSH_BUTTON)
        self.wait_gone('(New|Edit) Connection')

    def press(self, key, *modifiers):
        """Presses a key as the keyboard does: a character, or the name of a keysym; modifiers are 'alt', 'ctrl' and 'shift'."""
        codes = {'shift': 50, 'ctrl': 37, 'alt': 64}  # of the left ones, on every X keyboard of evdev
        symbol = ord(key) if len(key) == 1 else KEYSYMS[key]
        for modifier in modifiers:
            Atspi.generate_keyboard_event(codes[modifier], None, Atspi.KeySynthType.PRESS)
        Atspi.generate_keyboard_event(symbol, None, Atspi.KeySynthType.SYM)
        for modifier in reversed(modifiers):
            Atspi.generate_keyboard_event(codes[modifier], None, Atspi.KeySynthType.RELEASE)

    def texts(self):
        """All that assistive technology can read, of what is shown and of what is not; but for what is typed into a password field, which
        GTK 4.8 gives away."""
        stack = [self.application]
        while stack:
            item = stack.pop()
            try:
                yield from filter(None, (item.get_name(), item.get_description()))
                interfaces = item.get_interfaces()
                if 'Text' in interfaces and not ('EditableText' in interfaces and item.get_name() == 'Password'):
                    yield Atspi.Text.get_text(item, 0, Atspi.Text.get_character_count(item))
                stack.extend(filter(None, (item.get_child_at_index(i) for i in range(item.get_child_count()))))
            except GLib.Error:  # it went away while it was looked at
                continue

    def choose_file(self, path, button):
        """Names a file in the file chooser that is coming up, and clicks its @button."""
        self.wait_for(button, Atspi.Role.PUSH_BUTTON)
        if self.find('Name:', Atspi.Role.TEXT) is None:  # it opens, and shows no entry yet
            self.press('l', 'ctrl')
        self.type_into('Name:|GtkFileChooserEntry', str(path))
        self.click(button, Atspi.Role.PUSH_BUTTON)
        self.wait_gone(button, Atspi.Role.PUSH_BUTTON)

    def has_text(self, name, text):
        """Whether an entry with this name holds just this text; both are regular expressions."""
        return any(re.fullmatch(text, Atspi.Text.get_text(item, 0, Atspi.Text.get_character_count(item))) for item in self.find_all(name)
                   if 'EditableText' in item.get_interfaces())

    def type_into(self, name, text):
        """Replaces the text of the entry with this name."""
        def editable():
            return next((item for item in self._matches(name, None) if 'EditableText' in item.get_interfaces()), None)
        try:
            entry = wait_for(editable, f'an entry “{name}”')
        except AssertionError as error:
            raise AssertionError(f'{error}; shown are {self.names()}') from None
        entry.set_text_contents(text)
