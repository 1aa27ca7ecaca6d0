"""Passwords as a user meets them in the real window: in the keyring, without one, wrong, and entered when asked for.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import os
import subprocess
import unittest

import driver
import harness
from connections import BUTTON, PASSWORD, Connections
from driver import DEADLINE, Atspi


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


    def test_keyring_that_comes_later_is_used(self):
        server = self.server(password=PASSWORD)
        window = self.open()
        window.click('Add Connection…', BUTTON)
        window.wait_for('There is no keyring here that could be asked, so passwords are kept only until the program ends.')
        window.type_into('URL', server.url)
        window.type_into('Name', 'Alpha')
        window.save_form()
        window.wait_for('There is no keyring here that could be asked.*')
        window.press('1', 'alt')
        window.wait_for('Alpha: Connected')

        self.start_keyring()
        window.press(',', 'ctrl')
        window.click('Menu of Alpha')
        window.click('Edit…')
        window.save_form()
        window.close()
        self.open().wait_for('Alpha: Connected')
        self.assert_no_password()

    def start_keyring(self):
        keyring = subprocess.Popen(['gnome-keyring-daemon', '--unlock', '--foreground', '--components=secrets'], stdin=subprocess.PIPE,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(keyring.wait, DEADLINE)
        self.addCleanup(keyring.terminate)
        keyring.stdin.write(b'of this test')
        keyring.stdin.close()
        subprocess.run(['gdbus', 'wait', '--session', '--timeout', str(DEADLINE), 'org.freedesktop.secrets'], check=True)


class Keyring(Connections):
    """Runs with a real gnome-keyring-daemon."""

    def test_password_outlives_the_program_and_the_file_never_has_it(self):
        server = self.server(password=PASSWORD)
        window = self.open()
        window.click('Add Connection…', BUTTON)
        window.wait_for('It will be kept in the keyring')
        window.type_into('URL', server.url)
        window.type_into('Name', 'Alpha')
        window.save_form()
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

    def test_password_of_a_managed_connection(self):
        server = self.server(password=PASSWORD)
        environment = self.manage(f'[Profile site]\nname=Site\nurl={server.url.replace(f":{PASSWORD}@", "")}\n')
        window = self.open('--profile=Site', env=environment)
        window.click('Enter Password…', BUTTON)
        window.wait_for('(.|\n)*It will be kept in the keyring\\.')
        window.type_into('Password', PASSWORD)
        window.click('Sign In', BUTTON)
        window.wait_for('Site: Connected')
        window.close()
        self.open('--profile=Site', env=environment).wait_for('Site: Connected')
        self.assertEqual(self.names(), [])


class Locked(Connections):
    """Runs with a real gnome-keyring-daemon, whose own program asks the user to unlock it."""

    def test_it_is_waited_for(self):
        server = self.server(password=PASSWORD)
        self.write(a={'name': 'Alpha', 'url': server.url.replace(f':{PASSWORD}@', '')})
        self.keep('a')
        self.lock()
        window = self.open('--profile=Alpha')
        window.wait_for('Alpha: Waiting for the keyring')
        driver.click_in('gcr-prompter', 'Cancel')
        window.click('Enter Password…', BUTTON)
        window.wait_for('(.|\\n)*The keyring is locked, so passwords are kept only until the program ends. Unlock it and try again\\.')
        window.type_into('Password', PASSWORD)
        window.click('Sign In', BUTTON)
        window.wait_for('Alpha: Connected')
        driver.click_in('gcr-prompter', 'Cancel')
        window.wait_for('The keyring is locked.*')
        window.close()
        self.assert_no_password()

        window = self.open('--profile=Alpha')
        window.wait_for('Alpha: Waiting for the keyring')
        self.assertEqual(window.close(), 0)

    def keep(self, profile):
        subprocess.run([harness.ctl_path(), 'profiles', 'password', profile], input=PASSWORD.encode(), check=True, timeout=DEADLINE,
                       env={**os.environ, 'XDG_CONFIG_HOME': self.home.name}, stdout=subprocess.DEVNULL)

    @staticmethod
    def lock():
        subprocess.run(['gdbus', 'call', '--session', '--dest', 'org.freedesktop.secrets', '--object-path', '/org/freedesktop/secrets',
                        '--method', 'org.freedesktop.Secret.Service.Lock', "['/org/freedesktop/secrets/collection/login']"], check=True,
                       stdout=subprocess.DEVNULL)


if __name__ == '__main__':
    unittest.main(verbosity=2)
