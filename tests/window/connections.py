"""What the tests of the connections share: a user with a file of connections of their own, and the window.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import json
import pathlib
import subprocess
import tempfile
import unittest

import redis

import driver
from driver import Atspi, Window, harness, wait_for
from harness import SAMPLES, RedisServer

BUTTON = Atspi.Role.PUSH_BUTTON
PASSWORD = 'hush-hush-of-this-test'


def metrics(cpu):
    event = json.loads((SAMPLES / 'a-metric-update.json').read_text())
    event['metrics']['system']['cpu_percent'] = cpu
    return json.dumps(event)


class Sentinel:
    """A sentinel that watches one primary and decides alone; a context manager."""

    def __init__(self, primary, service):
        self.port = harness.free_port()
        self.folder = tempfile.TemporaryDirectory(prefix='tsm-test-')
        self.process = None
        self.client = None
        self.path = pathlib.Path(self.folder.name) / 'sentinel.conf'  # a sentinel writes what it learns into it
        self.path.write_text(f'sentinel monitor {service} 127.0.0.1 {primary.port} 1\n'
                             f'sentinel down-after-milliseconds {service} 500\nsentinel failover-timeout {service} 3000\n')

    def __enter__(self):
        self.process = subprocess.Popen(['redis-server', str(self.path), '--sentinel', '--bind', '127.0.0.1', '--port', str(self.port)],
                                        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                        preexec_fn=harness.die_with_parent)
        self.client = redis.Redis(port=self.port)
        return self

    def __exit__(self, *_):
        self.client.close()
        self.process.kill()
        self.process.wait()
        self.folder.cleanup()

    def knows(self, service, **facts):
        """Whether it says so of what it watches."""
        try:
            state = self.client.sentinel_master(service)
        except redis.exceptions.RedisError:
            return False
        return all(str(state[name]) == str(value) for name, value in facts.items())


class Connections(unittest.TestCase):
    """Each test has a user of its own, with the connections that it writes."""

    def setUp(self):
        self.home = driver.new_home(self)
        self.file = pathlib.Path(self.home.name) / 'tickstock-monitor' / 'profiles'

    def server(self, *arguments, **options):
        return self.enterContext(RedisServer(*arguments, **options))

    def open(self, *arguments, **options):
        return self.enterContext(Window(*arguments, home=self.home, **options))

    def write(self, **profiles):
        """A keyfile of connections: id = fields."""
        self.file.parent.mkdir(exist_ok=True)
        self.file.write_text('\n'.join(f'[Profile {name}]\n' + ''.join(f'{key.replace("_", "-")}={value}\n' for key, value in fields.items())
                                       for name, fields in profiles.items()))

    def manage(self, text, environment=None):
        """A file of the administrator; the result is the environment in which it is found. With @environment it is replaced."""
        folder = environment['XDG_CONFIG_DIRS'] if environment else self.enterContext(tempfile.TemporaryDirectory(prefix='tsm-xdg-'))
        path = pathlib.Path(folder) / 'tickstock-monitor' / 'profiles.d' / 'site.profile'
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return {'XDG_CONFIG_DIRS': folder}

    def names(self):
        """The names in the user's file, in their order."""
        if not self.file.exists():
            return []
        return [line.partition('=')[2] for line in self.file.read_text().splitlines() if line.startswith('name=')]

    def wait_for_names(self, *names):
        wait_for(lambda: self.names() == list(names), f'{names} in the file, which has {self.names()}')

    def assert_no_password(self):
        for path in pathlib.Path(self.home.name).rglob('*'):
            if path.is_file():
                self.assertNotIn(PASSWORD.encode(), path.read_bytes(), path)

    def assert_sensitive(self, window, name, expected):
        items = window.find_all(name, BUTTON)
        self.assertTrue(items, f'no “{name}”')
        for item in items:
            self.assertEqual(item.has(Atspi.StateType.SENSITIVE), expected, name)
