"""The window leaves no password behind, wherever it came from and whatever goes wrong, and shows none. Needs a keyring.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import os
import pathlib
import tempfile
import unittest
import urllib.parse

import driver
import leak
from driver import Atspi, Window, wait_for
from harness import RedisServer

BUTTON = Atspi.Role.PUSH_BUTTON
RIGHT = 'r1ght: wörd@of/this#test'
WRONG = 'wr0ng: wörd@of/this#test'


class Leaks(unittest.TestCase):
    def setUp(self):
        self.home = driver.new_home(self)
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory(prefix='tsm-leaks-')))
        for name in ('home', 'tmp', 'state', 'cache'):
            (self.folder / name).mkdir()
        self.env = {'HOME': f'{self.folder}/home', 'TMPDIR': f'{self.folder}/tmp', 'XDG_STATE_HOME': f'{self.folder}/state',
                    'XDG_CACHE_HOME': f'{self.folder}/cache', 'GSETTINGS_BACKEND': 'keyfile', 'G_MESSAGES_DEBUG': 'all'}
        self.written = set()  # by the test itself
        self.search = leak.Search(RIGHT, WRONG)
        self.redis = self.enterContext(RedisServer(password=RIGHT))

    def tearDown(self):
        for folder in (self.folder, self.home.name, os.environ['XDG_DATA_HOME']):  # the last is that of the keyring, which encrypts
            self.search.folder(folder, self.written)
        self.assertGreater((self.folder / 'output').stat().st_size, 0)
        self.search.assert_nothing(self)

    def open(self, *arguments, env=None):
        output = self.enterContext(open(self.folder / 'output', 'a+b'))
        return self.enterContext(Window('--report', *arguments, home=self.home, env={**self.env, **(env or {})}, output=output))

    def look(self, window, when):
        """Searches what the window shows, and what everybody may read about its process."""
        for text in window.texts():
            self.search.data(f'the window {when}', text)
        self.search.process(window.process.pid)

    def url(self, password=None):
        return self.redis.url.replace(f':{RIGHT}@', f':{urllib.parse.quote(password, safe="")}@' if password else '')

    def give(self, path, text):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding='utf-8')
        self.written.add(path)
        return path

    def test_of_the_form(self):
        window = self.open()
        window.click('Add Connection…', BUTTON)
        window.type_into('URL', self.url(RIGHT))
        wait_for(lambda: window.has_text('URL', r'redis://:\*\*\*@.*'), 'the address without its password')
        window.type_into('Name', 'Alpha')
        self.look(window, 'with the form')
        window.click('Test Connection', BUTTON)
        window.wait_for('The connection works.*')
        self.look(window, 'after the test')
        window.click('Back to the Form', BUTTON)
        window.save_form()
        window.press('1', 'alt')
        window.wait_for('Alpha: Connected')
        self.look(window, 'when connected')
        window.close()

        window = self.open()
        window.wait_for('Alpha: Connected')
        window.press(',', 'ctrl')
        window.click('Import and Export')
        window.click('Export…')
        window.click('Keyfile…', BUTTON)
        window.choose_file(self.folder / 'exported', 'Export')
        window.wait_for('Exported to exported. Passwords are not in it.')
        self.assertIn('name=Alpha', (self.folder / 'exported').read_text())
        window.click('Menu of Alpha')
        window.click('Edit…')
        window.wait_for('Kept in the keyring')
        wait_for(lambda: window.has_text('URL', r'redis://:\*\*\*@.*'), 'the password')
        self.look(window, 'with what is kept')
        window.type_into('Password', WRONG)
        window.click('Test Connection', BUTTON)
        window.wait_for('The connection does not work.')
        self.look(window, 'after the test with a wrong password')

    def test_of_the_first_page(self):
        window = self.open()
        window.type_into('Redis URL of the engine', self.url(WRONG))
        window.click('Connect', BUTTON)
        window.wait_for('Enter Password…', BUTTON)
        self.look(window, 'with a wrong password')
        window.click('Enter Password…', BUTTON)
        window.type_into('Password', RIGHT)
        self.look(window, 'with the question for the password')
        window.click('Sign In', BUTTON)
        window.wait_for('127.0.0.1: Connected')
        window.click('127.0.0.1: Connected')
        window.click('Disconnect', BUTTON)
        window.wait_for('Another Server')
        self.look(window, 'after disconnecting')
        window.click('Connect', BUTTON)
        window.wait_for('127.0.0.1: Connected')

    def test_of_the_command_line(self):
        window = self.open(f'--url={self.url(RIGHT)}', f'--screenshot={self.folder}/picture.png', '--for=2')
        window.wait_for('.*: Connected')
        self.look(window, 'of the command line')
        self.search.memory(window.process.pid, RIGHT)
        self.assertEqual(window.process.wait(driver.DEADLINE), 0)
        self.assertTrue((self.folder / 'picture.png').exists())

        window = self.open(f'--url={self.url(RIGHT)}x')
        window.wait_for('The port must be a number.*')
        self.look(window, 'that refuses the address')

    def test_of_the_environment(self):
        window = self.open(env={'REDIS_URL': self.url(RIGHT)})
        window.wait_for('.*: Connected')
        self.look(window, 'of the environment')
        window.close()
        window = self.open(env={'REDIS_URL': f'{self.url(RIGHT)}x', 'REDIS_PASSWORD': WRONG})
        window.wait_for('.*REDIS_URL.*')
        self.look(window, 'of a wrong environment')

    def test_of_an_import(self):
        path = self.give(self.folder / 'engine.env', f'REDIS_HOST=127.0.0.1\nREDIS_PORT={self.redis.port}\nREDIS_PASSWORD="{RIGHT}"\n'
                         f'REDIS_DB=x{WRONG}\nAPI_KEY={WRONG}\n')
        window = self.open()
        window.click('Import…', BUTTON)
        window.click('Open File…', BUTTON)
        window.choose_file(path, 'Open')
        window.wait_for('.*REDIS_DB.*')
        self.look(window, 'with the file')
        window.click('Add 1', BUTTON)
        window.wait_gone('Import Connections')
        window.press('1', 'alt')
        window.wait_for('engine: Connected')

    def test_of_a_file_that_was_written_by_hand(self):
        path = pathlib.Path(self.home.name) / 'tickstock-monitor' / 'profiles'
        self.give(path, f'[Profile a]\nname=Alpha\nurl={self.url(RIGHT)}\npassword={WRONG}\n{WRONG}\n')
        window = self.open()
        window.wait_for('.*[Pp]assword.*', Atspi.Role.LABEL)
        self.look(window, 'with problems')
        window.press('n', 'ctrl')
        window.type_into('URL', 'redis://there.example')
        window.save_form()
        wait_for(lambda: 'there.example' in path.read_text(encoding='utf-8'), 'the file to be written')
        self.written.clear()


if __name__ == '__main__':
    unittest.main(verbosity=2)
