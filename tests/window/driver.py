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

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / 'cli'))
import accessible  # noqa: E402
import harness  # noqa: E402
from accessible import Atspi, GLib  # noqa: E402

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
    return harness.wait_for(forgiving, what, seconds, pause=0.1)


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


def click_in(program, label):
    """Clicks a button of another program, once it is shown."""
    def click():
        bus = accessible.find_application(lambda candidate: accessible.name(candidate) == program)
        return bus and accessible.click_button(bus, label)
    wait_for(click, f'“{label}” of {program}')


class Window:
    """One running tickstock-monitor, with settings of its own unless @home says which to share; @output is a file for what it says,
    open for reading too."""

    def __init__(self, *arguments, env=None, home=None, output=None):
        self.home = home or new_home()
        self.notifications = Notifications.ensure()
        self.output = output or tempfile.TemporaryFile()
        self.process = subprocess.Popen([MONITOR, *arguments], stdin=subprocess.DEVNULL, stdout=self.output, stderr=self.output,
                                        env={**os.environ, 'GSETTINGS_BACKEND': 'memory',
                                             'XDG_CONFIG_HOME': self.home.name, **(env or {})})
        try:
            self.bus = wait_for(self._find_bus, 'the window on the accessibility bus')
        except BaseException:
            self.close()
            raise

    def _find_bus(self):
        if self.process.poll() is not None:
            raise AssertionError(f'the program ended with {self.process.returncode}')
        bus = accessible.find_application(lambda candidate: accessible.process_id(candidate) == self.process.pid)
        return bus if bus and accessible.children(bus, [accessible.ROOT])[accessible.ROOT] else None

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

    def __exit__(self, kind, *_):
        status = self.close()
        complaints = self.complaints()
        if kind is None and (status != 0 or complaints):
            raise AssertionError('\n'.join([f'the program ended with {status}', *complaints]))

    def complaints(self):
        """Warnings and worse that it logged, but for two of GTK 4.8's own: a popover that opens asks for a tooltip, and when it is gone
        before that is due, gtktooltip.c asks where the pointer is, and what is there, on no surface."""
        self.output.seek(0)
        said = self.output.read().decode(errors='replace')
        sys.stderr.write(said)
        return [line for line in said.splitlines() if re.search(r'(WARNING|CRITICAL|ERROR) \*\*', line)
                and not re.search(r"(gdk_surface_get_device_position|_gtk_widget_find_at_coords): assertion 'GDK_IS_SURFACE", line)]

    def showing(self, title=None):
        """Every accessible object that is shown now, of any window or of those with this title."""
        windows = accessible.tree(self.bus).children
        return [item for window in windows if title in (None, window.name) for item in window.walk_shown()]

    def find_all(self, name, role=None, title=None):
        """Every shown object whose whole name matches the pattern."""
        pattern = re.compile(name)
        return [item for item in self.showing(title) if role in (None, item.role) and pattern.fullmatch(item.spoken)]

    def find(self, name, role=None):
        """The first of them, or None."""
        return next(iter(self.find_all(name, role)), None)

    def names(self):
        """What is shown, for the message of a failed test."""
        names = [item.spoken for item in self.showing()]
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
            return next((item for item in self.find_all(name, role, title) if item.clickable), None)
        try:
            item = wait_for(clickable, f'“{name}” to be clickable')
        except AssertionError as error:
            raise AssertionError(f'{error}; shown are {self.names()}') from None
        item.click()

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

    def tab_to(self, name, *modifiers):
        """Presses Tab, with modifiers at will, until what has this name has the focus; fails where Tab comes round or stops before."""
        def focused():
            return next((item for item in self.showing() if item.has(Atspi.StateType.FOCUSED)), None)

        def path(item):
            return item and item.path
        for _ in range(40):
            before = path(focused())
            self.press('Tab', *modifiers)
            wait_for(lambda: path(focused()) != before, f'Tab to go on to “{name}”')
            now = focused()
            if now and re.fullmatch(name, now.spoken):
                return
        raise AssertionError(f'Tab does not reach “{name}”')

    def texts(self):
        """All that assistive technology can read, of what is shown and of what is not; but for what is typed into a password field, which
        GTK 4.8 gives away."""
        for item in accessible.tree(self.bus).walk():
            yield from filter(None, (item.name, item.description))
            try:
                if not (item.editable and item.name == 'Password'):
                    yield item.text or ''
            except GLib.Error:  # it went away since
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
        return any(re.fullmatch(text, item.text) for item in self.find_all(name) if item.editable)

    def type_into(self, name, text):
        """Replaces the text of the entry with this name."""
        def entry():
            return next((item for item in self.find_all(name) if item.editable), None)
        try:
            item = wait_for(entry, f'an entry “{name}”')
        except AssertionError as error:
            raise AssertionError(f'{error}; shown are {self.names()}') from None
        item.write(text)
