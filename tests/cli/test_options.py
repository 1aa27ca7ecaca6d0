"""tickstock-monitorctl: options, help and exit status.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import re
import subprocess
import unittest

from harness import RedisServer, ctl_path, free_port, run_ctl

SUBCOMMANDS = ['watch', 'validate', 'record', 'replay', 'simulate', 'action', 'alerts', 'profiles', 'demo']

USAGE_ERRORS = [
    [],
    ['--nonsense'],
    ['no-such-subcommand'],
    ['--json', 'watch'],
    ['--url'],
    ['watch', '--nonsense'],
    ['watch', 'argument'],
    ['watch', '--count', 'x'],
    ['watch', '--count', '0'],
    ['watch', '--count', '-3'],
    ['watch', '--for', 'soon'],
    ['watch', '--for', '0'],
    ['watch', '--for', '-1'],
    ['watch', '--channel', ''],
    ['watch', '--url', 'http://example.org'],
    ['watch', '--url', 'redis://127.0.0.1:99999'],
    ['record'],
    ['record', 'one', 'two'],
    ['record', 'x', '--count', '0'],
    ['record', 'x', '--for', '0'],
    ['record', 'x', '--channel', ''],
    ['replay'],
    ['replay', 'one', 'two'],
    ['replay', 'x', '--speed', 'fast'],
    ['replay', 'x', '--speed', '-1'],
    ['replay', 'x', '--speed', 'nan'],
    ['replay', 'x', '--speed', '1e9'],
    ['replay', 'x', '--speed', ''],
    ['replay', 'x', '--channel', ''],
    ['simulate', '--dialect', 'd'],
    ['simulate', '--rate', '0'],
    ['simulate', '--rate', 'nan'],
    ['simulate', '--rate', '1e9'],
    ['simulate', '--count', '0'],
    ['simulate', '--seed', '-1'],
    ['simulate', '--sources', '0'],
    ['simulate', '--sources', '10001'],
    ['simulate', '--day', '1'],
    ['simulate', '--channel', ''],
    ['simulate', 'argument'],
    ['simulate', '--fault', 'no-such-fault'],
    ['simulate', '--fault', ''],
    ['action'],
    ['action', 'dance'],
    ['action', 'alert-resolved'],
    ['action', 'force-gc', 'too', 'many'],
    ['action', 'force-gc', 'name'],
    ['action', 'force-gc', '--type', 'x'],
    ['action', 'enable-component'],
    ['action', 'enable-component', ''],
    ['action', 'force-gc', '--wait', '0'],
    ['alerts'],
    ['alerts', 'ack'],
    ['alerts', 'forget', 'x-1'],
    ['alerts', 'ack', ''],
    ['alerts', 'ack', 'a', 'b'],
    ['alerts', 'resolve', b'\xff'],
    ['alerts', 'resolve', 'x-1', '--notes', b'\xff'],
    ['demo', 'argument'],
    ['demo', '--fault', 'no-such-fault'],
    ['demo', '--url', 'redis://127.0.0.1:6379'],
    ['demo', '--profile', 'Production'],
    ['watch', '--profile'],
    ['watch', '--profile', 'x', '--url', 'redis://127.0.0.1'],
    ['profiles'],
    ['profiles', 'dance'],
    ['profiles', 'list', 'argument'],
    ['profiles', 'list', '--replace'],
    ['profiles', 'add', 'Name'],
    ['profiles', 'add', '', 'redis://h'],
    ['profiles', 'add', 'Name', 'http://h'],
    ['profiles', 'add', 'Name', 'redis://h', '--set', 'read-only'],
    ['profiles', 'add', 'Name', 'redis://h', '--set', 'colour=mauve'],
    ['profiles', 'add', 'Name', 'redis://h', '--set', 'name=Other'],
    ['profiles', 'add', 'Name', 'redis://h', '--json'],
    ['profiles', 'test', 'x', '--url', 'redis://127.0.0.1'],
]


class Help(unittest.TestCase):
    def test_lists_every_subcommand(self):
        result = run_ctl('--help')
        self.assertEqual(result.returncode, 0)
        for name in SUBCOMMANDS:
            self.assertRegex(result.stdout, rf'(?m)^  {name} +\w')

    def test_of_each_subcommand_teaches(self):
        for name in SUBCOMMANDS:
            with self.subTest(name):
                result = run_ctl(name, '--help')
                self.assertEqual(result.returncode, 0)
                self.assertIn(f'tickstock-monitorctl {name} ', result.stdout)
                self.assertIn('Exit status:', result.stdout)
                examples = result.stdout.split('Examples:')[1].strip().splitlines()
                self.assertGreaterEqual(len(examples), 3)
                self.assertEqual(result.stderr, '')

    def test_names_the_global_options(self):
        for name in SUBCOMMANDS:
            with self.subTest(name):
                text = run_ctl(name, '--help').stdout
                for option in ('--url', '--profile', '--help', '--version', '--verbose'):
                    self.assertIn(option, text)

    def test_before_the_subcommand(self):
        self.assertEqual(run_ctl('--help', 'watch').stdout, run_ctl('watch', '--help').stdout)

    def test_short(self):
        self.assertEqual(run_ctl('-h').stdout, run_ctl('--help').stdout)

    def test_is_not_an_error_with_a_wrong_number_of_arguments(self):
        self.assertEqual(run_ctl('alerts', '--help').returncode, 0)

    def test_shows_options_that_exist(self):
        for name in SUBCOMMANDS:
            for option in re.findall(r'(?m)^  (?:-\w, )?(--[a-z-]+)', run_ctl(name, '--help').stdout):
                with self.subTest(f'{name} {option}'):
                    result = run_ctl(name, option, '--help')
                    self.assertNotIn('Unknown option', result.stderr)


class Version(unittest.TestCase):
    def test_alone(self):
        result = run_ctl('--version')
        self.assertEqual(result.returncode, 0)
        self.assertRegex(result.stdout, r'^tickstock-monitorctl \d+\.\d+\.\d+\n$')

    def test_after_a_subcommand(self):
        self.assertEqual(run_ctl('watch', '--version').stdout, run_ctl('--version').stdout)


class UsageErrors(unittest.TestCase):
    def test_are_2_with_a_hint(self):
        for arguments in USAGE_ERRORS:
            with self.subTest(arguments):
                result = run_ctl(*arguments)
                self.assertEqual(result.returncode, 2)
                self.assertEqual(result.stdout, '')
                self.assertIn('--help', result.stderr)

    def test_a_secret_is_not_shown(self):
        result = run_ctl('watch', '--url', f'redis://user:secret@127.0.0.1:{free_port()}')
        self.assertEqual(result.returncode, 2)
        self.assertNotIn('secret', result.stderr)


class Unreachable(unittest.TestCase):
    COMMANDS = [['watch'], ['simulate'], ['action', 'force-gc'], ['alerts', 'ack', 'x-1'], ['action', 'force-gc', '--wait', '3']]

    def test_refused_is_2_with_the_reason(self):
        url = f'redis://127.0.0.1:{free_port()}'
        for arguments in self.COMMANDS:
            with self.subTest(arguments):
                result = run_ctl(*arguments, '--url', url)
                self.assertEqual(result.returncode, 2)
                self.assertEqual(result.stdout, '')
                self.assertIn(url, result.stderr)
                self.assertIn('refused', result.stderr)

    def test_no_socket_is_2(self):
        self.assertEqual(run_ctl('watch', '--url', 'unix:///no/such.sock').returncode, 2)

    def test_wrong_password_is_2_with_the_servers_words(self):
        with RedisServer(password='right') as server:
            for arguments in self.COMMANDS:
                with self.subTest(arguments):
                    result = run_ctl(*arguments, '--url', f'redis://:wrong@127.0.0.1:{server.port}')
                    self.assertEqual(result.returncode, 2)
                    self.assertIn('WRONGPASS', result.stderr)


class GlobalOptions(unittest.TestCase):
    def test_url_before_and_after(self):
        with RedisServer() as server:
            for arguments in (['--url', server.url, 'action', 'force-gc'], ['action', '--url', server.url, 'force-gc'],
                              ['action', 'force-gc', f'--url={server.url}'], [f'--url={server.socket_url}', 'action', 'force-gc'],
                              ['--url', 'redis://127.0.0.1:1', 'action', 'force-gc', '--url', server.url]):
                with self.subTest(arguments):
                    result = run_ctl(*arguments)
                    self.assertEqual(result.returncode, 1, result.stderr)
                    self.assertIn('delivered to 0', result.stdout)

    def test_password(self):
        with RedisServer(password='right') as server:
            self.assertEqual(run_ctl('action', 'force-gc', '--url', server.url).returncode, 1)

    def test_verbose_before_and_after(self):
        with RedisServer() as server:
            for arguments in (['-v', 'action', 'force-gc'], ['action', 'force-gc', '--verbose']):
                with self.subTest(arguments):
                    result = run_ctl(*arguments, '--url', server.url)
                    self.assertIn('publishing: ready', result.stderr)

    def test_quiet_without_verbose(self):
        with RedisServer() as server:
            self.assertEqual(run_ctl('action', 'force-gc', '--url', server.url).stderr, '')


class Linkage(unittest.TestCase):
    def test_does_not_link_gtk(self):
        libraries = subprocess.run(['ldd', ctl_path()], capture_output=True, text=True, check=True).stdout
        self.assertNotIn('libgtk', libraries)


if __name__ == '__main__':
    unittest.main()
