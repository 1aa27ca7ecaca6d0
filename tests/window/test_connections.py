"""Connections as a user keeps them: add, test, switch, delete, import; in the real window, against real redis-servers.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import contextlib
import json
import pathlib
import re
import socket
import threading
import unittest

import redis

from connections import BUTTON, PASSWORD, Connections, Sentinel, metrics
from driver import Atspi, wait_for
from harness import CHANNEL, SAMPLES


@contextlib.contextmanager
def publisher(server, channel):
    """An engine that publishes there five times a second."""
    stop = threading.Event()

    def publish():
        while not stop.wait(0.2):
            server.publish(channel, metrics(37.4))
    thread = threading.Thread(target=publish)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


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
        window.save_form()
        self.wait_for_names('First')

        window.press('1', 'alt')
        window.wait_for('First: Connected')
        first.wait_for_listener()
        first.publish(CHANNEL, metrics(37.4))
        window.wait_for('CPU 37.4 %.*')

        window.press('n', 'ctrl')
        window.type_into('URL', second.url)
        window.type_into('Name', 'Second')
        window.save_form()
        self.wait_for_names('First', 'Second')
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

    def test_tab_reaches_each_field(self):
        """Past the notes below some, and from the last one round to the first."""
        window = self.open()
        window.press('n', 'ctrl')
        window.wait_for('New Connection')
        for presses, name in ((2, 'Host'), (1, 'Port'), (1, 'Database'), (1, 'User'), (1, 'Password')):
            for _ in range(presses):
                window.press('Tab')
            window.press('7')
            wait_for(lambda: window.has_text(name, '7'), f'what was typed in “{name}”')
        for _ in range(8):  # over transport, address and colour
            window.press('Tab', 'shift')
        window.press('8')
        wait_for(lambda: window.has_text('Name', '8'), 'what was typed in “Name”')
        for _ in range(2):  # over what saves and what cancels
            window.press('Tab', 'shift')
        window.press('Tab')
        window.press('Tab')
        window.press('9')
        wait_for(lambda: window.has_text('Name', '9'), 'what was typed in “Name”, once round')

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


class Managed(Connections):
    def test_is_read_and_tested_and_duplicated_but_not_changed(self):
        server = self.server()
        window = self.open(env=self.manage(f'[Profile site]\nname=Site\nurl={server.url}\nread-only=true\n'))
        window.wait_for(f'{server.url}\nRead-only · Managed by your administrator')
        window.press(',', 'ctrl')
        window.click('Menu of Site')
        window.wait_for('Duplicate')
        for change in ('Edit…', 'Move Up', 'Move Down', 'Delete'):
            self.assertIsNone(window.find(change), change)
        window.press('Escape')
        window.wait_gone('Duplicate')
        window.press('Delete')
        window.press('Down', 'alt')
        self.assertIsNotNone(window.find('Menu of Site'))
        window.press('Tab', 'shift')
        window.press('Return')
        window.wait_for('Managed by your administrator', Atspi.Role.LABEL)
        window.wait_for('Host')
        self.assertIsNone(window.find('Save', BUTTON))
        self.assertIsNone(window.find('Paste an address.*'))
        for name in ('URL', 'Host', 'Port', 'User', 'Password', 'Name'):
            with self.subTest(name):
                window.type_into(name, '7')
                self.assertFalse(window.has_text(name, '7'))
        window.click('Test Connection', BUTTON)
        window.wait_for('The connection works.')
        window.press('Escape')
        window.press('Escape')
        window.wait_gone('Test Connection', BUTTON)
        window.click('Menu of Site')
        window.click('Duplicate')
        self.wait_for_names('Site 2')
        window.click('Menu of Site 2')
        window.wait_for('Delete')

    def test_the_active_one_is_opened_until_the_user_has_chosen(self):
        site, mine = self.server(), self.server()
        self.write(mine={'name': 'Mine', 'url': mine.url})
        environment = self.manage(f'[TickStock Monitor]\nactive=site\n[Profile site]\nname=Site\nurl={site.url}\n')
        window = self.open(env=environment)
        window.wait_for('Site: Connected')
        window.press('1', 'alt')
        window.wait_for('Mine: Connected')
        window.close()
        self.open(env=environment).wait_for('Mine: Connected')

    def test_what_the_administrator_changes_is_shown_and_breaks_nothing(self):
        before, after = self.server(), self.server()
        text = '[TickStock Monitor]\nactive=site\n[Profile site]\nname={}\nurl={}\n'
        environment = self.manage(text.format('Site', before.url))
        window = self.open(env=environment)
        window.wait_for('Site: Connected')
        before.wait_for_listener()
        window.press(',', 'ctrl')
        window.wait_for('Menu of Site')
        self.manage(text.format('Moved', after.url), environment)
        window.wait_for('Menu of Moved')
        window.wait_gone('Menu of Site')
        window.press('Escape')
        window.wait_for('Site: Connected')
        self.assertEqual((before.listeners(CHANNEL), after.listeners(CHANNEL)), (1, 0))
        window.press('1', 'alt')
        window.wait_for('Moved: Connected')
        after.wait_for_listener()


class Replica(Connections):
    def test_commands_are_warned_of(self):
        primary = self.server()
        replica = self.server('--replicaof', '127.0.0.1', str(primary.port))
        wait_for(lambda: replica.client.info('replication')['master_link_status'] == 'up', 'the replica to follow')
        self.write(a={'name': 'Alpha', 'url': replica.url})
        window = self.open('--profile=Alpha')
        window.wait_for('Alpha: Connected')
        replica.wait_for_listener()
        primary.publish(CHANNEL, metrics(37.4))
        window.wait_for('CPU 37.4 %.*')
        window.wait_for('.*replica.*')
        window.click('Alpha: Connected')
        window.wait_for('This is a replica: commands sent here do not reach an engine on the primary.')


class Sentinels(Connections):
    def test_fail_over_is_followed_and_said(self):
        primary = self.server()
        replica = self.server('--replicaof', '127.0.0.1', str(primary.port))
        wait_for(lambda: replica.client.info('replication')['master_link_status'] == 'up', 'the replica to follow')
        sentinel = self.enterContext(Sentinel(primary, 'mymaster'))
        wait_for(lambda: sentinel.knows('mymaster', **{'num-slaves': 1}), 'the sentinel to know of the replica')
        self.write(a={'name': 'Alpha', 'url': f'redis+sentinel://127.0.0.1:{sentinel.port}/mymaster'})
        window = self.open('--profile=Alpha')
        window.wait_for('Alpha: Connected')
        primary.wait_for_listener()
        primary.publish(CHANNEL, metrics(37.4))
        window.wait_for('CPU 37.4 %.*')

        primary.kill()
        moved = f'The primary of “mymaster” moved from 127.0.0.1:{primary.port} to 127.0.0.1:{replica.port}, and the connection followed it.'
        wait_for(lambda: self.is_heard(replica), 'the window to follow', 60)
        # Whoever listens may be a check of the flow, which is ahead of the link that waits for its next attempt.
        window.wait_for('Alpha: Connected', seconds=60)
        replica.publish(CHANNEL, metrics(22))
        window.wait_for('CPU 22.0 %.*')
        window.click('Alpha: Connected')
        window.wait_for(re.escape(moved))
        window.press('Escape')
        window.click('Flow', Atspi.Role.PAGE_TAB)
        window.wait_for('Disconnected', Atspi.Role.LABEL)

    @staticmethod
    def is_heard(server):
        try:
            return server.listeners(CHANNEL) > 0
        except redis.ConnectionError:  # a server that becomes the primary closes its connections
            return False


class Channels(Connections):
    def test_switch_is_saved_and_survives_a_restart(self):
        server = self.server()
        self.write(a={'name': 'Alpha', 'url': server.url, 'colour': 'green'})
        with publisher(server, 'tickstock.monitoring'):
            window = self.open('--profile=Alpha', '--page=flow')
            window.click('Switch Channel', BUTTON)
            window.wait_for('Listen to “tickstock.monitoring”\\?')
            window.click('Switch Channel', BUTTON, title='Switch Channel')
            window.click('Overview', Atspi.Role.PAGE_TAB)
            window.wait_for('CPU 37.4 %.*')
            wait_for(lambda: 'channels=tickstock.monitoring;tickstock:errors' in self.file.read_text(), 'the channel in the file')
            self.assertIn('colour=green', self.file.read_text())
            window.close()
            self.open('--profile=Alpha').wait_for('CPU 37.4 %.*')


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

    def test_component_cannot_be_enabled_and_says_why(self):
        window = self.open('--profile=Alpha')
        self.redis.wait_for_listener()
        event = {'event_type': 'HEALTH_CHECK', 'overall_status': 'HEALTHY', 'components': {'pattern_detector': {'status': 'DISABLED'}}}
        self.redis.publish(CHANNEL, json.dumps(event))
        enable = window.wait_for('Enable Pattern detector', BUTTON)
        self.assertFalse(enable.has(Atspi.StateType.SENSITIVE))
        self.assertEqual(enable.description, self.REASON)


if __name__ == '__main__':
    unittest.main(verbosity=2)
