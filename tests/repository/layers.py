"""Compares the room table of docs/architecture.md with every #include below src/.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import pathlib
import re

from tap import table_rows

# What each library's name in the table stands for in an include. GIO and GObject come with GLib's own names.
LIBRARIES = {
    'GLib': r'glib\.h|glib-object\.h|glib-unix\.h|glib-printf\.h|glib/.*|gobject/.*|gmodule\.h',
    'GIO': r'gio/.*',
    'json-glib': r'json-glib/.*',
    'libsecret': r'libsecret/.*',
    'hiredis': r'hiredis/.*|hiredis\.h',
    'sqlite3': r'sqlite3\.h',
    'GTK': r'gtk/.*|gdk/.*|gsk/.*|graphene.*|pango/.*|cairo.*|gdk-pixbuf/.*',
    'libadwaita': r'adwaita\.h|libadwaita/.*',
}
# The C library and the kernel: open to every room.
SYSTEM = re.compile(
    r'(sys|netinet|arpa|linux|net|sanitizer)/\w+\.h|'
    r'(assert|ctype|dirent|errno|fcntl|fenv|float|inttypes|limits|locale|malloc|math|netdb|poll|pwd|sched|signal|'
    r'stdarg|stdbool|stddef|stdint|stdio|stdlib|string|strings|termios|time|unistd|wchar)\.h')
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
VERSION_CHECK = re.compile(r'^\s*#\s*(el)?if.*_CHECK_VERSION')
# The configuration and what the resource compiler writes have no room.
GENERATED = re.compile(r'config\.h|[\w-]+-resources\.h')


class Room:
    """One row of the table. Floor 0, written as a dash, is open to every room."""

    def __init__(self, cells):
        floor, self.name, self.holds, rooms, libraries = cells
        self.name = self.name.strip('`/')
        self.floor = int(floor) if floor.isdigit() else 0
        self.rooms = {name.strip().strip('`/') for name in rooms.split(',') if name.strip()}
        self.libraries = {name.strip() for name in libraries.split(',') if name.strip()}
        self.is_planned = '(planned)' in self.holds


def read_table(document):
    """The rooms of the table whose first two columns are floor and room, by name."""
    rooms = [Room(cells) for cells in table_rows(document, 'floor', 'room')]
    return {room.name: room for room in rooms}


def check_table(rooms, root):
    """Whether the table allows only what its own rules allow, and tells of the rooms that there are."""
    faults = []
    if not rooms:
        return ['docs/architecture.md has no room table']
    folders = {path.name for path in (root / 'src').iterdir() if path.is_dir() and any(path.glob('*.[ch]'))}
    for folder in sorted(folders - set(rooms)):
        faults.append(f'src/{folder} has no row in the room table')
    for room in rooms.values():
        if room.is_planned == (room.name in folders):
            faults.append(f'{room.name}/ is {"planned, yet it is there" if room.is_planned else "in the table, yet not in src/"}')
        for name in sorted(room.rooms):
            if name not in rooms:
                faults.append(f'{room.name}/ may use {name}/, which has no row')
            elif rooms[name].floor >= room.floor:
                faults.append(f'{room.name}/ may use {name}/, which is not on a lower floor')
        for name in sorted(room.libraries - set(LIBRARIES)):
            faults.append(f'{room.name}/ may use {name}, whose headers this test does not know')
    return faults


def check_include(room, rooms, bracket, target):
    """What is wrong with one include in @room, or None."""
    if bracket == '"':
        if GENERATED.fullmatch(target):
            return None
        other = pathlib.PurePosixPath(target).parts[0]
        if '/' not in target or other not in rooms:
            return f'"{target}" is not written as "room/file.h"'
        if other != room.name and other not in room.rooms and rooms[other].floor > 0:
            return f'"{target}": {room.name}/ may not use {other}/'
        return None
    for library, pattern in LIBRARIES.items():
        if re.fullmatch(pattern, target):
            return None if library in room.libraries else f'<{target}>: {room.name}/ may not use {library}'
    return None if SYSTEM.fullmatch(target) else f'<{target}>: a library that the room table does not know'


def check_includes(rooms, root):
    """Every include of every file in a room."""
    faults = []
    for path in sorted((root / 'src').rglob('*.[ch]')):
        place = path.relative_to(root)
        room = rooms.get(place.parts[1])
        if room is None:
            continue
        for number, line in enumerate(path.read_text(encoding='utf-8').splitlines(), 1):
            match = INCLUDE.match(line)
            fault = check_include(room, rooms, match[1], match[2]) if match else None
            if fault:
                faults.append(f'{place}:{number}: {fault}')
    return faults


def check_versions(root):
    """Questions for a library's version outside compat/."""
    faults = []
    for path in sorted((root / 'src').rglob('*.[ch]')):
        place = path.relative_to(root)
        if place.parts[1] == 'compat':
            continue
        for number, line in enumerate(path.read_text(encoding='utf-8').splitlines(), 1):
            if VERSION_CHECK.match(line):
                faults.append(f'{place}:{number}: asks for a version; only compat/ may')
    return faults


def check_order(rooms, root):
    """Whether src/meson.build enters the rooms from the lowest floor upwards."""
    text = (root / 'src' / 'meson.build').read_text(encoding='utf-8')
    names = re.findall(r"^subdir\('(\w+)'\)", text, re.MULTILINE)
    floors = [rooms[name].floor for name in names if name in rooms]
    return [] if floors == sorted(floors) else ['src/meson.build does not enter the rooms in the order of their floors']
