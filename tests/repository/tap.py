"""A small harness for the repository's own tests: functions marked @case become the cases of one TAP test.

SPDX-License-Identifier: GPL-3.0-or-later
"""

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


def source_files(*suffixes, root=ROOT):
    """Every file of the checkout but built ones and Git's own, with one of @suffixes where any is given."""
    found = []
    for path in sorted(root.rglob('*')):
        parts = path.relative_to(root).parts
        hidden = any(part.startswith('.') and part not in ('.ci', '.editorconfig', '.gitignore') for part in parts)
        built = parts[0].startswith(('build', '_build')) or '__pycache__' in parts
        if hidden or built or not path.is_file():
            continue
        if not suffixes or path.name.endswith(suffixes):
            found.append(path)
    return found


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
