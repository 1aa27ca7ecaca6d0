"""tickstock-monitorctl leaves no password behind, wherever it came from and whatever goes wrong. Run under tests/with-keyring.sh.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import contextlib
import os
import pathlib
import shutil
import socket
import tempfile
import threading
import unittest
import urllib.parse

import leak
from harness import Ctl, RedisServer, run_ctl

RIGHT = 'r1ght: wörd@of/this#test'
WRONG = 'wr0ng: wörd@of/this#test'
VERBOSE = {'DBUS_SESSION_BUS_ADDRESS': os.environ['DBUS_SESSION_BUS_ADDRESS'], 'G_MESSAGES_DEBUG': 'all'}


class Parrot:
    """A server that asks for a password and repeats it, as a Redis without AUTH, a sentinel or a proxy may do."""

    def __init__(self, answer):
        self.answer = answer
        self.heard = b''
        self.socket = socket.create_server(('127.0.0.1', 0))
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                connection = self.socket.accept()[0]
            except OSError:
                return
            with connection, contextlib.suppress(OSError):
                words = connection.recv(65536)
                self.heard += words
                connection.sendall(self.answer(words) if b'AUTH' in words else b'-NOAUTH Authentication required.\r\n')
                connection.recv(65536)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()


def last_argument(words):
    return words.rstrip().rpartition(b'\r\n')[2]


class Leaks(unittest.TestCase):
    def setUp(self):
        self.home = pathlib.Path(tempfile.mkdtemp(prefix='tsm-test-leaks-'))
        self.addCleanup(shutil.rmtree, self.home)
        for name in ('home', 'tmp', 'config', 'data', 'state', 'cache'):
            (self.home / name).mkdir()
        self.env = {**VERBOSE, 'HOME': f'{self.home}/home', 'TMPDIR': f'{self.home}/tmp', 'XDG_CONFIG_HOME': f'{self.home}/config',
                    'XDG_CONFIG_DIRS': f'{self.home}/xdg', 'XDG_DATA_HOME': f'{self.home}/data', 'XDG_STATE_HOME': f'{self.home}/state',
                    'XDG_CACHE_HOME': f'{self.home}/cache', 'GSETTINGS_BACKEND': 'keyfile'}
        self.written = set()  # by the test itself
        self.search = leak.Search(RIGHT, WRONG)
        self.redis = self.enterContext(RedisServer(password=RIGHT))

    def tearDown(self):
        self.search.folder(self.home, self.written)
        self.search.folder(os.environ['HOME'])  # that of the keyring, which encrypts
        self.search.assert_nothing(self)

    def url(self, password=None, port=None):
        credentials = f':{urllib.parse.quote(password, safe="")}@' if password else ''
        return f'redis://{credentials}127.0.0.1:{port or self.redis.port}'

    def run_ctl(self, *arguments, status=0, stdin=None, env=None):
        result = run_ctl(*arguments, stdin=stdin, env={**self.env, **(env or {})})
        self.search.data(f'what {arguments} said', result.stdout + result.stderr)
        self.assertEqual(result.returncode, status, result.stdout + result.stderr)
        return result.stdout + result.stderr

    def give(self, name, text):
        path = self.home / name
        path.write_text(text, encoding='utf-8')
        self.written.add(path)
        return str(path)

    def test_of_a_connection_and_its_life(self):
        self.run_ctl('profiles', 'add', 'Here', self.url(RIGHT))
        self.run_ctl('profiles', 'use', 'Here')
        self.run_ctl('profiles', 'test', 'Here')
        self.run_ctl('profiles', 'test', 'Here', '--json')
        self.run_ctl('profiles', 'list')
        self.run_ctl('profiles', 'list', '--json')
        self.run_ctl('-v', 'watch', '--for', '0.1')
        self.run_ctl('record', '--for', '0.1', str(self.home / 'recording'))
        self.run_ctl('profiles', 'export', '-o', str(self.home / 'exported.profile'))
        self.run_ctl('profiles', 'export', '--json', '-o', str(self.home / 'exported.json'))
        self.run_ctl('profiles', 'password', 'Here', stdin=WRONG.encode())
        self.run_ctl('profiles', 'test', 'Here', status=1)
        self.run_ctl('watch', '--for', '0.1', status=2)
        self.run_ctl('profiles', 'remove', 'Here')

    def test_of_an_import(self):
        plain = self.give('engine.env', f'REDIS_HOST=127.0.0.1\nREDIS_PORT={self.redis.port}\nREDIS_PASSWORD="{RIGHT}"\n'
                          f'REDIS_DB=x{WRONG}\nSECRET {WRONG}\n')
        broken = self.give('broken.env', f'REDIS_URL={self.url(RIGHT)}x\nREDIS_PASSWORD={WRONG}\n')
        keyfile = self.give('keyfile', f'[Profile a]\nurl={self.url(RIGHT)}\npassword={WRONG}\n[Profile b]\nurl={WRONG}\n{WRONG}\n')
        json = self.give('json', '{"format": "tickstock-monitor-profiles", "profiles": [{"url": "%s", "password": "%s", "%s": 1}]}'
                         % (self.url(RIGHT), WRONG, 'unknown'))
        self.run_ctl('profiles', 'import', plain, status=1)
        self.run_ctl('profiles', 'import', broken, status=2)
        self.run_ctl('profiles', 'import', keyfile, status=1)
        self.run_ctl('profiles', 'import', json, status=1)
        self.run_ctl('profiles', 'test', 'engine')
        self.run_ctl('profiles', 'list')
        self.run_ctl('profiles', 'export')

    def test_of_a_file_that_was_written_by_hand(self):
        folder = self.home / 'config' / 'tickstock-monitor'
        folder.mkdir()
        self.give('config/tickstock-monitor/profiles', f'[Profile a]\nname=Here\nurl={self.url(RIGHT)}\npassword={WRONG}\nurl {WRONG}\n')
        self.run_ctl('profiles', 'list')
        self.run_ctl('profiles', 'add', 'There', 'redis://there.example')
        self.written.clear()

    def test_without_a_keyring(self):
        nobody = {'DBUS_SESSION_BUS_ADDRESS': 'disabled:'}
        self.run_ctl('profiles', 'add', 'Here', self.url(RIGHT), env=nobody, status=1)
        self.run_ctl('profiles', 'test', 'Here', env={**nobody, 'REDIS_PASSWORD': RIGHT})
        self.run_ctl('profiles', 'test', 'Here', env={**nobody, 'REDIS_PASSWORD': WRONG}, status=1)
        self.run_ctl('watch', '--for', '0.1', env={**nobody, 'REDIS_URL': self.url(WRONG)}, status=2)

    def test_of_wrong_addresses(self):
        for address in (f'{self.url(RIGHT)}x', f'redi://u:{RIGHT}@host', f'redis://u:{RIGHT}%@host', f'redis://u:{RIGHT}@[::1',
                        f'redis+sentinel://u:{RIGHT}@host'):
            with self.subTest(address):
                self.run_ctl('--url', address, 'watch', status=2)
                self.run_ctl('watch', f'--url={address}', status=2)
                self.run_ctl('profiles', 'add', 'Here', address, status=2)

    def test_of_a_process(self):
        for arguments in (['watch', '--url', self.url(RIGHT)], [f'--url={self.url(RIGHT)}', 'watch', '--json']):
            with self.subTest(arguments), Ctl(*arguments, env=self.env) as ctl:
                self.redis.wait_for_listener()
                self.search.process(ctl.process.pid)
                self.search.memory(ctl.process.pid, RIGHT)
                ctl.interrupt()
                for line in iter(ctl.error_line, None):
                    self.search.data('standard error', line)

    def test_that_a_server_repeats(self):
        answers = {
            'no AUTH': lambda words: b"-ERR unknown command 'AUTH', with args beginning with: '%s' \r\n" % last_argument(words),
            'half of it': lambda words: b"-ERR unknown command 'AUTH', with args beginning with: '%s\r\n" % last_argument(words)[:18],
            'an error': lambda words: b'-%s\r\n' % last_argument(words),
            'no word': lambda words: b'+OK\r\n+%s\r\n' % last_argument(words),
            'an echo': lambda words: words,
            'no Redis': lambda words: b'HTTP/1.1 400 Bad Request: ' + last_argument(words),
            'not by the protocol': last_argument,
        }
        for name, answer in answers.items():
            for scheme, path in (('redis', ''), ('redis+sentinel', '/mymaster')):
                with self.subTest(name, scheme=scheme), Parrot(answer) as parrot:
                    url = self.url(RIGHT, parrot.port).replace('redis:', f'{scheme}:') + path
                    self.run_ctl('-v', 'watch', '--url', url, status=2)
                    self.run_ctl('profiles', 'test', '--json', '--url', url, status=1)
                    self.assertIn(RIGHT.encode(), parrot.heard)


if __name__ == '__main__':
    unittest.main(verbosity=2)
