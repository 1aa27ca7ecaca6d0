"""A small harness for the repository's own tests: functions marked @case become the cases of one TAP test.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import os
import pathlib
import shutil
import sys
import traceback

ROOT = pathlib.Path(__file__).resolve().parents[2]
CASES = []


class Skip(Exception):
    """A case that cannot be run here; its text says why."""


def case(function):
    """Makes @function a case. It returns the list of what is wrong, one line each; an empty list passes."""
    CASES.append(function)
    return function


def need(program):
    """The path of @program; skips the case where it is not installed."""
    path = shutil.which(program)
    if path is None:
        raise Skip(f'{program} is not installed')
    return path


def is_skipped(name, is_top):
    """Whether a folder or file of this name is built, hidden or Git's own."""
    if name.startswith('.'):
        return name not in ('.ci', '.editorconfig', '.gitignore')
    return name == '__pycache__' or (is_top and name.startswith(('build', '_build')))


def source_files(*suffixes, root=ROOT):
    """Every file of the checkout but built ones and Git's own, with one of @suffixes where any is given."""
    found = []
    for folder, folders, files in os.walk(root):
        is_top = pathlib.Path(folder) == root
        folders[:] = sorted(name for name in folders if not is_skipped(name, is_top))
        found += [pathlib.Path(folder, name) for name in sorted(files) if not is_skipped(name, False)]
    return sorted(path for path in found if not suffixes or path.name.endswith(suffixes))


def table_rows(document, *head):
    """The rows of the first Markdown table whose header begins with @head, as lists of cells."""
    found = []
    inside = False
    for line in document.splitlines():
        cells = [cell.strip() for cell in line.strip().strip('|').split('|')] if line.startswith('|') else []
        if cells[:len(head)] == list(head):
            inside = True
        elif not cells:
            inside = False
        elif inside and not cells[0].startswith('---'):
            found.append(cells)
    return found


def main():
    """Runs every case, prints TAP, and what is wrong to stderr, where Meson shows it; ends the program."""
    failed = 0
    print(f'1..{len(CASES)}')
    for number, function in enumerate(CASES, 1):
        name = function.__name__.replace('_', '-')
        try:
            faults = function()
        except Skip as reason:
            print(f'ok {number} {name} # SKIP {reason}')
            continue
        except Exception:  # a broken case must not hide the ones after it
            faults = traceback.format_exc().splitlines()
        for fault in faults:
            print(f'{name}: {fault}', file=sys.stderr)
        failed += bool(faults)
        print(f'{"not ok" if faults else "ok"} {number} {name}', flush=True)
    sys.exit(1 if failed else 0)
