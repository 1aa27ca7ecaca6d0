"""Looks for passwords in whatever the programs leave behind: as they are, and in the forms that an address, JSON or Base64 gives them.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import base64
import json
import os
import pathlib
import urllib.parse

MAX_REGION = 512 << 20  # bytes; what is larger is reserved, not used


def base64_forms(data):
    """What every Base64 of a text with @data in it has in it, wherever in the text it stands."""
    for before in range(3):
        encoded = base64.b64encode(b'\0' * before + data).decode()
        first = 0 if before == 0 else before + 1  # the characters that depend on what stands before
        last = len(encoded) if (before + len(data)) % 3 == 0 else len(encoded.rstrip('=')) - 1
        yield encoded[first:last]
        yield encoded[first:last].replace('+', '-').replace('/', '_')


def forms(password):
    """Every form that a password may be found in, as bytes. It must be long enough not to be found by chance."""
    data = password.encode()
    assert len(data) >= 12
    percent = urllib.parse.quote(password, safe='')
    texts = {password, json.dumps(password)[1:-1], json.dumps(password, ensure_ascii=False)[1:-1], percent, percent.lower(),
             urllib.parse.quote(password, safe="!$&'()*+,;=:@/"), data.hex(), data.hex().upper(), repr(data)[2:-1], *base64_forms(data)}
    found = {text.encode() for text in texts} | {password.encode('utf-16-le')}
    assert all(len(form) >= 12 for form in found)
    return found


class Search:
    """Collects what is to be searched, under names that tell where it came from."""

    def __init__(self, *passwords):
        self.forms = {form: password for password in passwords for form in forms(password)}
        self.finds = set()
        self.n_bytes = 0

    def data(self, name, data):
        """Searches bytes or a text."""
        data = data.encode('utf-8', 'surrogateescape') if isinstance(data, str) else data
        self.n_bytes += len(data)
        self.finds |= {f'{form} in {name}' for form in self.forms if form in data}

    def folder(self, folder, besides=()):
        """Searches every file below @folder, and its name; not those that the test itself wrote the password into."""
        for path in pathlib.Path(folder).rglob('*'):
            self.data(f'the name of {path}', str(path))
            if path.is_file() and not path.is_symlink() and path not in besides:
                self.data(str(path), path.read_bytes())

    def memory(self, pid, password):
        """Searches what a process may write to, as a core dump shows it, for a password as an address has it.

        The profile has it as it is, for as long as it may have to sign in again; nothing else needs the address.
        """
        form = urllib.parse.quote(password, safe='').encode()
        assert form != password.encode()
        with open(f'/proc/{pid}/maps') as maps, open(f'/proc/{pid}/mem', 'rb', buffering=0) as memory:
            for line in maps:
                place, access, *_, name = line.split(maxsplit=5) + ['']
                start, end = (int(number, 16) for number in place.split('-'))
                if not access.startswith('rw') or end - start > MAX_REGION:
                    continue
                try:
                    data = os.pread(memory.fileno(), end - start, start)
                except OSError:
                    continue  # it went meanwhile
                self.n_bytes += len(data)
                if form in data:
                    self.finds.add(f'{form} in the memory of {pid}: {name or "unnamed"}')

    def process(self, pid):
        """Searches what everybody on the computer may read about a process."""
        for name in ('cmdline', 'comm', 'status'):
            for path in [pathlib.Path(f'/proc/{pid}/{name}'), *pathlib.Path(f'/proc/{pid}/task').glob(f'*/{name}')]:
                self.data(str(path), path.read_bytes())

    def assert_nothing(self, case):
        case.assertEqual(self.finds, set())
        case.assertGreater(self.n_bytes, 0, 'nothing was searched')
