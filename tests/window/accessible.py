"""What assistive technology is told about a program: its accessible objects, all of them in one answer.

SPDX-License-Identifier: GPL-3.0-or-later

Atspi asks for every property of every object by itself, which takes seconds for a window; org.a11y.atspi.Cache.GetItems says them all at
once. Paths, interfaces and numbers are those of the AT-SPI protocol.
"""

import functools

import gi

gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, Gio, GLib  # noqa: E402

ROOT = '/org/a11y/atspi/accessible/root'
CACHE = '/org/a11y/atspi/cache'
DESKTOP = 'org.a11y.atspi.Registry'
ATSPI = 'org.a11y.atspi.'
TIMEOUT = 10_000  # ms; a program under a sanitizer may take its time


@functools.cache
def connection():
    """The accessibility bus of this session."""
    session = Gio.bus_get_sync(Gio.BusType.SESSION)
    answer = session.call_sync('org.a11y.Bus', '/org/a11y/bus', 'org.a11y.Bus', 'GetAddress', None, None, Gio.DBusCallFlags.NONE, TIMEOUT)
    flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
    return Gio.DBusConnection.new_for_address_sync(*answer.unpack(), flags)


def call(bus, path, interface, method, signature='()', *arguments):
    """What a method answers: one value, or a tuple of several."""
    answer = connection().call_sync(bus, path, interface, method, GLib.Variant(signature, arguments), None, Gio.DBusCallFlags.NONE, TIMEOUT)
    values = answer.unpack()
    return values[0] if len(values) == 1 else values


def once(name):
    """What a name says that says it twice, or None."""
    half = len(name) // 2
    return name[:half] if len(name) % 2 and name[half] == ' ' and name[:half] == name[half + 1:] else None


class Item:
    """One accessible object as it was when it was asked for; what is done to it is done to the one that is there now."""

    def __init__(self, reference, _application, _parent, _index, _child_count, interfaces, name, role, description, states):
        self.bus, self.path = reference
        self.interfaces = {interface.removeprefix(ATSPI) for interface in interfaces}
        self.name = name
        self.role = role
        self.description = description
        self.states = states[0] | states[1] << 32
        self.children = []

    def has(self, state):
        """Whether it is in an Atspi.StateType."""
        return bool(self.states >> state & 1)

    @property
    def spoken(self):
        """The name. GTK 4.8 gives a button its label twice, once with the underscore of its mnemonic."""
        return once(self.name) or once(self.name.replace('_', '', 1)) or self.name

    @property
    def editable(self):
        return 'EditableText' in self.interfaces

    @property
    def clickable(self):
        return 'Action' in self.interfaces and self.has(Atspi.StateType.SENSITIVE) and self._get('Action', 'NActions') > 0

    @property
    def text(self):
        """The text that it holds, or None."""
        return self._call('Text', 'GetText', '(ii)', 0, self._get('Text', 'CharacterCount')) if 'Text' in self.interfaces else None

    def click(self):
        self._call('Action', 'DoAction', '(i)', 0)

    def write(self, text):
        """Replaces the text that it holds."""
        self._call('EditableText', 'SetTextContents', '(s)', text)

    def walk(self):
        """Itself and all below it, in the order of the screen."""
        yield self
        for child in self.children:
            yield from child.walk()

    def walk_shown(self):
        """Itself and what is below it whose ancestors are all visible.

        GTK 4.8 sets SHOWING on toplevels only, so this goes by VISIBLE: a page of a stack that is not the open one counts too.
        """
        yield self
        for child in self.children:
            if child.has(Atspi.StateType.VISIBLE):
                yield from child.walk_shown()

    def _call(self, interface, method, signature, *arguments):
        return call(self.bus, self.path, ATSPI + interface, method, signature, *arguments)

    def _get(self, interface, name):
        return call(self.bus, self.path, 'org.freedesktop.DBus.Properties', 'Get', '(ss)', ATSPI + interface, name)


def children(bus, paths):
    """The paths of the children that each of these objects has now, in their order, as {path: children}; all are asked for at once."""
    answers = {}

    def receive(source, result, path):
        try:
            answers[path] = [child for _, child in source.call_finish(result).unpack()[0]]
        except GLib.Error:  # it went away meanwhile
            answers[path] = []

    for path in paths:
        connection().call(bus, path, ATSPI + 'Accessible', 'GetChildren', None, None, Gio.DBusCallFlags.NONE, TIMEOUT, None, receive, path)
    while len(answers) < len(paths):
        GLib.MainContext.default().iteration(True)
    return answers


def tree(bus):
    """The root of all objects of a program. GTK tells of an object once its parent was asked for its children, and goes on to tell of
    one that is hidden: the parents say what there is, GetItems what it is."""
    families = {}
    level = [ROOT]
    while level:
        answers = children(bus, level)
        families |= answers
        level = [path for paths in answers.values() for path in paths if path not in families]
    items = {item.path: item for item in (Item(*answer) for answer in call(bus, CACHE, ATSPI + 'Cache', 'GetItems'))}
    for path, paths in families.items():
        if path in items:
            items[path].children = [items[child] for child in paths if child in items]
    return items[ROOT]


def find_application(condition):
    """The name on the bus of the first program that meets condition(bus), or None."""
    programs = (bus for bus, _ in call(DESKTOP, ROOT, ATSPI + 'Accessible', 'GetChildren'))
    return next((bus for bus in programs if condition(bus)), None)


def process_id(bus):
    return call('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus', 'GetConnectionUnixProcessID', '(s)', bus)


def name(bus, path=ROOT):
    return call(bus, path, 'org.freedesktop.DBus.Properties', 'Get', '(ss)', ATSPI + 'Accessible', 'Name')


def click_button(bus, label, path=ROOT):
    """Clicks the button with this label, and returns whether there is one. For programs of GTK 3, which have no GetItems."""
    if call(bus, path, ATSPI + 'Accessible', 'GetRole') == Atspi.Role.PUSH_BUTTON and name(bus, path) == label:
        return call(bus, path, ATSPI + 'Action', 'DoAction', '(i)', 0)
    return any(click_button(bus, label, child) for child in children(bus, [path])[path])
