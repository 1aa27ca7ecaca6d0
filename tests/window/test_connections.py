"""Connections as a user keeps them: add, test, switch, delete, sign in, import; in the real window, against real redis-servers.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import json
import pathlib
import socket
import subprocess
import tempfile
import unittest

import driver
import harness
from driver import Atspi, Window, wait_for
from harness import CHANNEL, SAMPLES, RedisServer

BUTTON = Atspi.Role.PUSH_BUTTON
PASSWORD = 'hush-hush-of-this-test'


def metrics(cpu):
    event = json.loads((SAMPLES / 'a-metric-update.json').read_text())
    event['metrics']['system']['cpu_percent'] = cpu
    return json.dumps(event)


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
            self.assertEqual(item.get_state_set().contains(Atspi.StateType.SENSITIVE), expected, name)


class Editing(Connections):
    def test_add_test_connect_and_switch(self):
        first, second = self.server(), self.server()
        window = self.open()
        window.click('Add Connection…', BUTTON)
        window.type_into('URL', first.url)
        window.type_into('Name', 'First')
        window.click('Test Connection', BUTTON)
        window.wait_for('Redis 7.*, a primary|Valkey.*|Redis.*')
        window.wait_for('Nobody listens on tickstock:monitoring:control.*')
        window.wait_for('The connection works, with a warning.')
        window.click('Back to the Form', BUTTON)
        window.click('Save', BUTTON)
        self.wait_for_names('First')

        window.press('1', 'alt')
        window.wait_for('First: Connected')
        first.wait_for_listener()
        first.publish(CHANNEL, metrics(37.4))
        window.wait_for('CPU 37.4 %.*')

        window.press('n', 'ctrl')
        window.type_into('URL', second.url)
        window.type_into('Name', 'Second')
        window.click('Save', BUTTON)
        self.wait_for_names('First', 'Second')
        window.wait_gone('New Connection')
        window.press('2', 'alt')
        window.wait_for('Second: Connected')
        second.wait_for_listener()
        self.assertIsNone(window.find('CPU 37.4 %.*'), 'nothing of the first server may stay')
        first.publish(CHANNEL, metrics(11))
        second.publish(CHANNEL, metrics(22))
        window.wait_for('CPU 22.0 %.*')

    def test_url_fills_the_form_and_its_password_leaves_it(self):
        window = self.open()
        window.click('Add Connection…', BUTTON)
        window.type_into('URL', f'rediss://watcher:{PASSWORD}@redis.example:6390/3')
        for name, text in {'Host': 'redis.example', 'Port': '6390', 'User': 'watcher', 'Database': '3',
                           'URL': r'rediss://watcher:\*\*\*@redis.example:6390/3'}.items():
            wait_for(lambda: window.has_text(name, text), f'“{text}” in “{name}”')
        window.wait_for('It has no effect: pub/sub knows no databases.')

    def test_fault_is_said_and_nothing_is_lost(self):
        window = self.open()
        window.click('Add Connection…', BUTTON)
        window.type_into('Host', 'redis.example')
        window.type_into('Port', '70000')
        window.wait_for('The port must be a number from 1 to 65535.')
        window.wait_for('Port: The port must be a number from 1 to 65535.')
        self.assert_sensitive(window, 'Save', False)
        self.assert_sensitive(window, 'Test Connection', False)
        self.assertTrue(window.has_text('Host', 'redis.example'))
        window.type_into('Port', '7000')
        window.wait_gone('Port: .*')
        self.assert_sensitive(window, 'Save', True)

    def test_a_test_can_be_cancelled(self):
        with socket.create_server(('127.0.0.1', 0)) as silent:
            window = self.open()
            window.click('Add Connection…', BUTTON)
            window.type_into('URL', f'redis://127.0.0.1:{silent.getsockname()[1]}')
            window.type_into('Reply timeout, ms', '120000')
            window.click('Test Connection', BUTTON)
            window.wait_for('Testing the connection…')
            window.click('Cancel Test', BUTTON)
            window.wait_for('The test was cancelled.')
            window.wait_for('Test Again', BUTTON)

    def test_unsaved_changes_ask_first(self):
        window = self.open()
        window.click('Add Connection…', BUTTON)
        window.type_into('Name', 'Typed')
        window.press('Escape')
        window.click('Keep Editing', BUTTON)
        window.wait_gone('Save Changes\\?')
        self.assertTrue(window.has_text('Name', 'Typed'))
        window.click('Cancel', BUTTON)
        window.click('Discard', BUTTON)
        window.wait_gone('New Connection')
        self.assertEqual(self.names(), [])

    def test_delete_is_undone(self):
        self.write(a={'name': 'Alpha', 'url': 'redis://a.example'}, b={'name': 'Beta', 'url': 'redis://b.example'},
                   c={'name': 'Gamma', 'url': 'redis://c.example'})
        window = self.open()
        window.press(',', 'ctrl')
        window.click('Menu of Beta')
        window.click('Delete')
        self.wait_for_names('Alpha', 'Gamma')
        window.wait_for('“Beta” deleted')
        window.click('Undo', BUTTON)
        self.wait_for_names('Alpha', 'Beta', 'Gamma')

    def test_order_is_changed_by_keys(self):
        self.write(a={'name': 'Alpha', 'url': 'redis://a.example'}, b={'name': 'Beta', 'url': 'redis://b.example'},
                   c={'name': 'Gamma', 'url': 'redis://c.example'})
        window = self.open()
        window.press(',', 'ctrl')
        window.click('Menu of Gamma')
        window.click('Move Up')
        self.wait_for_names('Alpha', 'Gamma', 'Beta')
        window.press('Up', 'alt')
        self.wait_for_names('Gamma', 'Alpha', 'Beta')
        window.press('Down', 'alt')
        window.press('Down', 'alt')
        self.wait_for_names('Alpha', 'Beta', 'Gamma')

    def test_duplicate_has_a_name_of_its_own(self):
        self.write(a={'name': 'Alpha', 'url': 'redis://a.example'})
        window = self.open()
        window.press(',', 'ctrl')
        window.click('Menu of Alpha')
        window.click('Duplicate')
        wait_for(lambda: len(self.names()) == 2, 'two connections')
        self.assertEqual(len(set(self.names())), 2)

    def test_managed_connection_is_not_edited(self):
        folder = tempfile.mkdtemp(prefix='tsm-xdg-')
        self.addCleanup(subprocess.run, ['rm', '-r', folder], check=True)
        managed = pathlib.Path(folder) / 'tickstock-monitor' / 'profiles.d' / 'site.profile'
        managed.parent.mkdir(parents=True)
        managed.write_text('[Profile site]\nname=Site\nurl=redis://site.example\n')
        window = self.open(env={'XDG_CONFIG_DIRS': folder})
        window.wait_for('redis://site.example.*\nManaged by your administrator')
        window.press(',', 'ctrl')
        window.click('Menu of Site')
        window.wait_for('Duplicate')
        self.assertIsNone(window.find('Delete'))


class Importing(Connections):
    def test_pasted_text_is_shown_before_it_is_added(self):
        window = self.open()
        window.click('Import…', BUTTON)
        window.type_into('Text to import', f'REDIS_HOST=redis.example\nREDIS_PORT=7000\nREDIS_PASSWORD={PASSWORD}\nREDIS_DB=x\n')
        window.wait_for('.*redis.example:7000(.|\n)*With a password, which goes into the keyring.*')
        window.wait_for('.*REDIS_DB.*')
        self.assertEqual(self.names(), [])
        window.click('Add 1', BUTTON)
        wait_for(lambda: len(self.names()) == 1, 'a connection in the file')
        self.assert_no_password()

    def open_file(self, window, name, content):
        path = pathlib.Path(self.home.name) / name
        path.write_bytes(content)
        window.click('Open File…', BUTTON)
        window.choose_file(path, 'Open')
        path.unlink()

    def test_file_is_imported_and_not_shown(self):
        server = self.server(password=PASSWORD)
        window = self.open()
        window.click('Import…', BUTTON)
        self.open_file(window, 'engine.env', f'REDIS_HOST=127.0.0.1\nREDIS_PORT={server.port}\nREDIS_PASSWORD={PASSWORD}\n'.encode())
        window.wait_for('engine.env')
        window.click('Add 1', BUTTON)
        self.wait_for_names('engine')
        window.wait_gone('Import Connections')
        window.press('1', 'alt')
        window.wait_for('engine: Connected')
        self.assert_no_password()

    def test_bad_files_are_refused(self):
        window = self.open()
        window.click('Import…', BUTTON)
        for name, content, trouble in (('picture.png', b'\x89PNG\r\n\x1a\n', 'The file is not a text.*'),
                                       ('empty.env', b'', 'There is no connection in it.*'),
                                       ('other.json', b'{"a": 1}', '.*not an export of TickStock Monitor.*'),
                                       ('large.env', b'A=b\n' * (1 << 18) + b'REDIS_HOST=a\n', 'It is larger than 1 MiB.*')):
            with self.subTest(name):
                self.open_file(window, name, content)
                window.wait_for(trouble)
                self.assert_sensitive(window, 'Add', False)
        window.click('Paste Text Instead', BUTTON)
        window.type_into('Text to import', 'REDIS_HOST=a.example')
        window.click('Add 1', BUTTON)
        self.wait_for_names('a.example')

    def test_what_is_not_understood_is_said(self):
        window = self.open()
        window.click('Import…', BUTTON)
        window.type_into('Text to import', '{"profiles": ')
        self.assert_sensitive(window, 'Add', False)
        window.wait_for('.*JSON.*', Atspi.Role.LABEL)


class Starting(Connections):
    def test_first_page_keeps_what_was_typed_and_opens_it_again(self):
        server = self.server()
        window = self.open()
        window.type_into('Redis URL of the engine', server.url)
        window.click('Connect', BUTTON)
        window.wait_for('127.0.0.1: Connected')
        self.wait_for_names('127.0.0.1')
        window.close()
        self.open().wait_for('127.0.0.1: Connected')

    def test_disconnecting_stays_disconnected(self):
        server = self.server()
        self.write(a={'name': 'Alpha', 'url': server.url})
        window = self.open()
        window.press('1', 'alt')
        window.wait_for('Alpha: Connected')
        window.click('Alpha: Connected')
        window.click('Disconnect', BUTTON)
        window.wait_gone('Alpha: Connected')
        window.close()
        window = self.open()
        window.wait_for('Another Server')
        self.assertIsNone(window.find('Alpha: .*'))

    def test_profile_option(self):
        server = self.server()
        self.write(a={'name': 'Alpha', 'url': 'redis://127.0.0.1:1'}, b={'name': 'Beta', 'url': server.url})
        self.open('--profile=beta').wait_for('Beta: Connected')

    def test_unknown_profile_is_said(self):
        self.open('--profile=nobody').wait_for('There is no connection “nobody”.*')

    def test_environment(self):
        server = self.server()
        self.open(env={'REDIS_URL': server.url}).wait_for('.*: Connected')
        self.assertEqual(self.names(), [], 'what the environment says is not kept')

    def test_password_of_the_command_line_is_hidden(self):
        server = self.server(password=PASSWORD)
        window = self.open(f'--url={server.url}')
        window.wait_for('127.0.0.1:.*: Connected')
        self.assertNotIn(PASSWORD.encode(), pathlib.Path(f'/proc/{window.process.pid}/cmdline').read_bytes())
        self.assertIsNone(window.find(f'.*{PASSWORD}.*'))
        self.assert_no_password()


class ReadOnly(Connections):
    REASON = 'This connection is read-only: nothing is sent to the engine.'

    def setUp(self):
        super().setUp()
        self.redis = self.server()
        self.write(a={'name': 'Alpha', 'url': self.redis.url, 'read_only': 'true'})

    def test_actions_are_off_and_say_why(self):
        window = self.open('--profile=Alpha')
        window.wait_for('Alpha: Connected · Read-only')
        self.redis.wait_for_listener()
        window.wait_for(self.REASON)
        event = json.loads((SAMPLES / 'a-alert-triggered.json').read_text())
        self.redis.publish(CHANNEL, json.dumps(event))
        window.wait_for('1 open · 0 acknowledged')
        for name in ('Force Health Check', 'Restart Workers…', 'Acknowledge', 'Resolve…'):
            self.assert_sensitive(window, name, False)
        window.press('2', 'ctrl')
        window.press('a')
        window.press('r')
        self.redis.publish(CHANNEL, metrics(37.4))
        window.press('1', 'ctrl')
        window.wait_for('CPU 37.4 %.*')
        self.assertIsNotNone(window.find('1 open · 0 acknowledged'))
        self.assertIsNone(window.find('Resolve Alert\\?'))


class Passwords(Connections):
    def test_wrong_password_is_asked_for(self):
        server = self.server(password=PASSWORD)
        self.write(a={'name': 'Alpha', 'url': server.url.replace(f':{PASSWORD}@', '')})
        window = self.open('--profile=Alpha')
        window.click('Enter Password…', BUTTON)
        window.type_into('Password', 'wrong')
        window.click('Sign In', BUTTON)
        window.wait_for('.*(WRONGPASS|wrong|invalid).*', Atspi.Role.LABEL)
        window.click('Enter Password…', BUTTON)
        window.type_into('Password', PASSWORD)
        window.click('Sign In', BUTTON)
        window.wait_for('Alpha: Connected')
        window.wait_gone('Enter Password…', BUTTON)
        self.assert_no_password()


class Keyring(Connections):
    """Runs with a real gnome-keyring-daemon."""

    def test_password_outlives_the_program_and_the_file_never_has_it(self):
        server = self.server(password=PASSWORD)
        window = self.open()
        window.click('Add Connection…', BUTTON)
        window.wait_for('It will be kept in the keyring')
        window.type_into('URL', server.url)
        window.type_into('Name', 'Alpha')
        window.click('Save', BUTTON)
        self.wait_for_names('Alpha')
        window.press('1', 'alt')
        window.wait_for('Alpha: Connected')
        window.close()
        self.assert_no_password()

        window = self.open()
        window.wait_for('Alpha: Connected')
        window.press(',', 'ctrl')
        window.click('Menu of Alpha')
        window.click('Edit…')
        window.wait_for('Kept in the keyring')


class Tls(Connections):
    def setUp(self):
        super().setUp()
        self.folder = self.enterContext(tempfile.TemporaryDirectory(prefix='tsm-tls-'))
        subprocess.run(['openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2',
                        '-keyout', 'key.pem', '-out', 'certificate.pem', '-subj', '/CN=redis.example',
                        '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'], cwd=self.folder, check=True, capture_output=True)
        self.port = harness.free_port()
        self.redis = self.server('--tls-port', str(self.port), '--tls-auth-clients', 'no',
                                 '--tls-cert-file', f'{self.folder}/certificate.pem', '--tls-key-file', f'{self.folder}/key.pem')

    def test_unknown_certificate_is_pinned_after_two_questions(self):
        self.write(a={'name': 'Alpha', 'url': f'rediss://localhost:{self.port}'})
        window = self.open('--profile=Alpha')
        window.click('Edit Connection…', BUTTON)
        window.click('Test Connection', BUTTON)
        window.wait_for('The connection does not work.')
        window.wait_for('CN=redis.example')
        window.click('Trust This Certificate…', BUTTON)
        window.press('Escape')
        window.wait_gone('Trust This Certificate\\?')
        window.wait_for('The connection does not work.')
        window.click('Trust This Certificate…', BUTTON)
        window.click('Trust', BUTTON)
        window.wait_for('The connection works.*')
        window.click('Back to the Form', BUTTON)
        window.wait_for('Only this certificate is accepted: SHA-256 ([0-9A-F]{2}:){31}[0-9A-F]{2}')
        window.click('Save', BUTTON)
        window.wait_for('Alpha: Connected · Pinned certificate: SHA-256 ([0-9A-F]{2}:){31}[0-9A-F]{2}')

    def test_authority_file_makes_it_trusted(self):
        self.write(a={'name': 'Alpha', 'url': f'rediss://localhost:{self.port}', 'tls_ca_file': f'{self.folder}/certificate.pem'})
        self.open('--profile=Alpha').wait_for('Alpha: Connected · Over TLS')


if __name__ == '__main__':
    unittest.main(verbosity=2)
