"""tickstock-monitorctl: profiles, and which server the other subcommands use. Run under tests/with-keyring.sh.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import concurrent.futures
import json
import os
import pathlib
import pty
import re
import shlex
import shutil
import signal
import socket
import subprocess
import tempfile
import termios
import unittest

from harness import CONTROL, Ctl, RedisServer, ctl_path, environment, free_port, run_ctl, wait_for

DOCUMENT = pathlib.Path(__file__).parents[2] / 'docs' / 'deployment.md'
SECRET = 's3cr3t-wörd'
KEYRING = {'DBUS_SESSION_BUS_ADDRESS': os.environ['DBUS_SESSION_BUS_ADDRESS']}


class Home(unittest.TestCase):
    """A user of their own; whatever they are told or is written for them is searched for the password."""

    env = {}

    def setUp(self):
        self.home = pathlib.Path(tempfile.mkdtemp(prefix='tsm-test-profiles-'))
        self.addCleanup(shutil.rmtree, self.home)
        self.env = {**self.env, 'XDG_CONFIG_HOME': str(self.home / 'config'), 'XDG_CONFIG_DIRS': str(self.home / 'xdg')}
        self.file = self.home / 'config' / 'tickstock-monitor' / 'profiles'
        self.addCleanup(self.search)

    def search(self):
        for path in (path for path in self.home.rglob('*') if path.is_file() and path.name != 'given'):
            self.assertNotIn(SECRET.encode(), path.read_bytes(), path)

    def run_ctl(self, *arguments, status=0, stdin=None, env=None):
        result = run_ctl(*arguments, stdin=stdin, env={**self.env, **(env or {})})
        self.assertNotIn(SECRET, result.stdout + result.stderr)
        self.assertEqual(result.returncode, status, result.stdout + result.stderr)
        return result

    def profiles(self):
        return [json.loads(line) for line in self.run_ctl('profiles', 'list', '--json').stdout.splitlines()]

    def names(self):
        return [profile['name'] for profile in self.profiles()]

    def give(self, text):
        """A file of the user's, which may hold the password."""
        path = self.home / 'given'
        path.write_bytes(text.encode())
        return str(path)

    def manage(self, text):
        path = self.home / 'xdg' / 'tickstock-monitor' / 'profiles.d' / 'corporate.profile'
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding='utf-8')


class Store(Home):
    def test_there_is_none_at_first(self):
        result = self.run_ctl('profiles', 'list')
        self.assertEqual(result.stdout, '')
        self.assertIn('no connection yet', result.stderr)
        self.assertFalse(self.file.exists())

    def test_add_use_and_remove(self):
        self.run_ctl('profiles', 'add', 'Production', 'rediss://me@10.0.0.5:6380/2', '--set', 'read-only=true', '--set', 'channels=a,b')
        self.run_ctl('profiles', 'add', 'Test', 'localhost')
        production, test = self.profiles()
        self.assertEqual(production['url'], 'rediss://me@10.0.0.5:6380/2')
        self.assertIs(production['read-only'], True)
        self.assertEqual(production['channels'], ['a', 'b'])
        self.assertEqual(production['keep-alive-s'], 5)
        self.assertIs(production['active'], False)
        self.assertEqual(test['url'], 'redis://localhost:6379')

        self.run_ctl('profiles', 'use', 'TEST')
        listed = self.run_ctl('profiles', 'list').stdout.splitlines()
        self.assertEqual(listed, ['  Production  rediss://me@10.0.0.5:6380/2  [read-only]', '* Test        redis://localhost:6379'])
        self.run_ctl('profiles', 'remove', production['id'], env=KEYRING)
        self.assertEqual(self.names(), ['Test'])

    def test_who_is_not_there(self):
        self.run_ctl('profiles', 'add', 'One', 'redis://one')
        for arguments in (['watch', '--profile'], ['profiles', 'remove'], ['profiles', 'use'], ['profiles', 'password'], ['profiles', 'test'],
                          ['profiles', 'export']):
            with self.subTest(arguments):
                self.assertIn('There is no connection “nobody”', self.run_ctl(*arguments, 'nobody', status=2).stderr)

    def test_a_name_is_there_once(self):
        self.run_ctl('profiles', 'add', 'Production', 'redis://a')
        self.assertIn('already', self.run_ctl('profiles', 'add', 'production', 'redis://b', status=2).stderr)
        self.assertEqual(self.names(), ['Production'])

    def test_a_wrong_file_is_told_and_not_lost(self):
        self.file.parent.mkdir(parents=True)
        self.file.write_text('[Profile one]\nname=One\nurl=redis://one\ncolour=mauve\n', encoding='utf-8')
        result = self.run_ctl('profiles', 'list')
        self.assertIn('group “Profile one”, key “colour”', result.stderr)
        self.run_ctl('profiles', 'add', 'Two', 'redis://two')
        self.assertIn('colour=mauve', self.file.with_suffix('.broken').read_text(encoding='utf-8'))

    def test_many_add_at_the_same_time(self):
        names = [f'N{i}' for i in range(12)]
        with concurrent.futures.ThreadPoolExecutor(len(names)) as pool:
            list(pool.map(lambda name: self.run_ctl('profiles', 'add', name, 'redis://there.example'), names))
        self.assertEqual(sorted(self.names()), sorted(names))

    def test_what_cannot_be_saved_is_an_error(self):
        (self.home / 'config').write_text('a file where a folder should be', encoding='utf-8')
        self.assertIn('could not be saved', self.run_ctl('profiles', 'add', 'One', 'redis://one', status=2).stderr)

    def test_managed(self):
        self.manage('[TickStock Monitor]\nactive=corp\n[Profile corp]\nname=Corporate\nurl=redis://10.0.0.5\nread-only=true\n')
        self.assertEqual(self.run_ctl('profiles', 'list').stdout, '* Corporate  redis://10.0.0.5:6379  [managed]  [read-only]\n')
        self.assertIn('administrator', self.run_ctl('profiles', 'remove', 'corp', status=2).stderr)
        self.assertIn('by name', self.run_ctl('profiles', 'export', status=2).stderr)
        self.assertIn('[Profile corp]', self.run_ctl('profiles', 'export', 'corporate').stdout)
        self.assertFalse(self.file.exists())


class Exchange(Home):
    def fill(self):
        self.run_ctl('profiles', 'add', 'One', 'redis://one', '--set', 'colour=red')
        self.run_ctl('profiles', 'add', 'Two', 'unix:///run/two.sock')
        self.run_ctl('profiles', 'use', 'Two')
        return self.profiles()

    def round_trip(self, *options):
        before = self.fill()
        exported = self.home / 'exported'
        self.run_ctl('profiles', 'export', '-o', str(exported), *options)
        self.assertEqual(self.run_ctl('profiles', 'export', *options).stdout, exported.read_text(encoding='utf-8'))
        shutil.rmtree(self.home / 'config')
        self.assertEqual(self.run_ctl('profiles', 'import', str(exported)).stdout, 'Imported “One”.\nImported “Two”.\n')
        self.assertEqual(self.profiles(), before)
        self.assertEqual(self.run_ctl('profiles', 'import', str(exported)).stdout, '“One” is there already.\n“Two” is there already.\n')
        self.assertEqual(self.profiles(), before)

    def test_keyfile_round_trip(self):
        self.round_trip()

    def test_json_round_trip(self):
        self.round_trip('--json')

    def test_export_is_what_an_administrator_rolls_out(self):
        self.fill()
        self.manage(self.run_ctl('profiles', 'export', 'One').stdout)
        shutil.rmtree(self.home / 'config')
        self.assertEqual(self.run_ctl('profiles', 'list').stdout, '  One  redis://one:6379  [managed]\n')

    def test_import_beside_and_instead(self):
        self.fill()
        changed = self.give('[Profile x]\nname=One\nurl=redis://other\n')
        self.assertEqual(self.run_ctl('profiles', 'import', changed).stdout, 'Imported “One” as “One 2”.\n')
        self.assertEqual(self.names(), ['One', 'Two', 'One 2'])
        self.run_ctl('profiles', 'remove', 'One 2', env=KEYRING)
        self.assertEqual(self.run_ctl('profiles', 'import', changed, '--replace').stdout, 'Replaced “One”.\n')
        self.assertEqual([profile['url'] for profile in self.profiles()], ['redis://other:6379', 'unix:///run/two.sock'])

    def test_what_is_left_out_is_told(self):
        result = self.run_ctl('profiles', 'import', self.give('REDIS_HOST=h\nREDIS_PORT=many\n'), status=1)
        self.assertIn('Line 2, REDIS_PORT', result.stderr)
        self.assertEqual([profile['url'] for profile in self.profiles()], ['redis://h:6379'])

    def test_what_is_none_is_an_error(self):
        for text in ('', 'nothing\n', '{"format": 1}', f'REDIS_URL=http://:{SECRET}@h\n', 'x' * 2000000):
            with self.subTest(text[:20]):
                self.run_ctl('profiles', 'import', '-', stdin=text.encode(), status=2)
        for path in ('/nowhere', '/'):
            self.assertIn(path, self.run_ctl('profiles', 'import', path, status=2).stderr)
        self.assertFalse(self.file.exists())

    def test_import_names_it_after_its_file(self):
        path = self.home / 'Staging.env'
        path.write_text('REDIS_HOST=h\n', encoding='utf-8')
        self.run_ctl('profiles', 'import', str(path))
        (self.home / '.env').write_text('REDIS_HOST=h2\n', encoding='utf-8')
        self.run_ctl('profiles', 'import', str(self.home / '.env'))
        self.assertEqual(self.names(), ['Staging', 'h2'])


class WithServer(Home):
    """A server that wants the password."""

    @classmethod
    def setUpClass(cls):
        cls.server = RedisServer(password=SECRET).start()
        cls.bare = f'redis://127.0.0.1:{cls.server.port}'

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()

    def assert_hears(self, *arguments, env=None):
        """Whether `watch` gets to the server."""
        with Ctl('watch', '--json', '--count', '1', *arguments, env={**self.env, **(env or {})}) as ctl:
            self.server.wait_for_listener()
            self.server.publish('tickstock:monitoring', '{}')
            self.assertEqual(ctl.event()['channel'], 'tickstock:monitoring')
            self.assertEqual(ctl.wait(), 0)


class Choice(WithServer):
    """Which server it is: --url, --profile, the active one, the environment."""

    def test_password_of_an_address_is_not_in_ps(self):
        for arguments in (['--url', self.server.url], [f'--url={self.server.url}']):
            with self.subTest(arguments), Ctl('watch', *arguments, env=self.env) as ctl:
                self.server.wait_for_listener()
                line = pathlib.Path(f'/proc/{ctl.process.pid}/cmdline').read_bytes()
                self.assertNotIn(SECRET.encode(), line)
                self.assertIn(f'redis://:***@127.0.0.1:{self.server.port}'.encode(), line)
                shown = subprocess.run(['ps', '-o', 'args=', '-p', str(ctl.process.pid)], capture_output=True, check=False).stdout
                self.assertNotIn(SECRET.encode(), shown)
                ctl.interrupt()

    def test_environment(self):
        self.assert_hears(env={'REDIS_URL': self.server.url})
        self.assert_hears(env={'REDIS_HOST': '127.0.0.1', 'REDIS_PORT': str(self.server.port), 'REDIS_PASSWORD': SECRET})

    def test_password_from_the_environment(self):
        self.assert_hears('--url', self.bare, env={'REDIS_PASSWORD': SECRET})
        self.run_ctl('profiles', 'add', 'Here', self.bare)
        self.assert_hears('--profile', 'here', env={'REDIS_PASSWORD': SECRET})

    def test_wrong_environment_is_an_error(self):
        result = self.run_ctl('watch', status=2, env={'REDIS_URL': f'http://:{SECRET}@127.0.0.1'})
        self.assertIn('REDIS_URL: The address must begin with', result.stderr)

    def test_order(self):
        nowhere = f'redis://127.0.0.1:{free_port()}'
        self.run_ctl('profiles', 'add', 'Nowhere', nowhere)
        self.run_ctl('profiles', 'add', 'Here', self.bare)
        password = {'REDIS_PASSWORD': SECRET}

        self.assert_hears(env={**password, 'REDIS_URL': self.bare})
        self.run_ctl('profiles', 'use', 'Nowhere')
        result = self.run_ctl('watch', status=2, env={**password, 'REDIS_URL': self.bare})
        self.assertIn(nowhere.replace('://', '://:***@'), result.stderr)
        self.assertNotIn('keyring', result.stderr)
        self.assert_hears('--profile', 'Here', env=password)
        self.assert_hears('--url', self.bare, env=password)
        self.run_ctl('profiles', 'use', 'Here')
        self.assert_hears(env={**password, 'REDIS_URL': nowhere})

    def test_verbose_names_the_connection(self):
        self.run_ctl('profiles', 'add', 'Nowhere', f'redis://127.0.0.1:{free_port()}')
        result = self.run_ctl('watch', '-v', '--profile', 'Nowhere', status=2)
        self.assertIn('Using the connection “Nowhere”', result.stderr)

    def test_engine_does_not_go_to_the_active_one(self):
        with socket.socket() as probe:
            if probe.connect_ex(('127.0.0.1', 6379)) == 0:
                self.skipTest('somebody uses the default port')
        self.run_ctl('profiles', 'add', 'Production', self.server.url, status=1)
        self.run_ctl('profiles', 'use', 'Production')
        password = {'REDIS_PASSWORD': SECRET}
        self.assertIn('redis://:***@127.0.0.1:6379', self.run_ctl('simulate', '--count', '1', status=2, env=password).stderr)
        self.run_ctl('simulate', '--count', '1', '--profile', 'Production', env=password)


class Commands(WithServer):
    password = {'REDIS_PASSWORD': SECRET}

    def subscribe(self, channel):
        heard = self.server.client.pubsub(ignore_subscribe_messages=True)
        heard.subscribe(channel)
        self.addCleanup(heard.close)
        self.server.wait_for_listener(channel)
        return heard

    def test_read_only_sends_nothing(self):
        heard = self.subscribe(CONTROL)
        self.run_ctl('profiles', 'add', 'Safe', self.bare, '--set', 'read-only=true')
        for arguments in (['action', 'force-gc'], ['alerts', 'ack', 'x-1'], ['alerts', 'resolve', 'x-1'], ['simulate', '--count', '1'],
                          ['replay', '/dev/null']):
            with self.subTest(arguments):
                result = self.run_ctl(*arguments, '--profile', 'Safe', status=2, env=self.password)
                self.assertIn('“Safe” is read-only', result.stderr)
        self.server.publish(CONTROL, 'end')
        self.assertEqual(wait_for(heard.get_message, 'the end')['data'], b'end')

    def test_control_channel_of_the_profile(self):
        heard = self.subscribe('my:control')
        self.run_ctl('profiles', 'add', 'Mine', self.bare, '--set', 'control-channel=my:control', '--set', 'requested-by=Ops')
        self.assertIn('delivered to 1', self.run_ctl('action', 'force-gc', '--profile', 'Mine', env=self.password).stdout)
        self.assertIn('"Ops"', wait_for(heard.get_message, 'the command')['data'].decode())


class Keyring(WithServer):
    env = KEYRING

    def test_password_of_the_address_goes_there(self):
        self.run_ctl('profiles', 'add', 'Here', self.server.url)
        self.assertEqual(self.profiles()[0]['url'], self.bare)
        self.run_ctl('profiles', 'use', 'Here')
        self.assert_hears()

    def test_password_from_a_pipe(self):
        self.run_ctl('profiles', 'add', 'Here', self.bare)
        self.run_ctl('profiles', 'test', 'Here', status=1)
        self.assertIn('in the keyring', self.run_ctl('profiles', 'password', 'Here', stdin=f'{SECRET}\n'.encode()).stdout)
        self.run_ctl('profiles', 'test', 'Here')
        self.assertIn('forgotten', self.run_ctl('profiles', 'password', 'Here', stdin=b'\n').stdout)
        self.run_ctl('profiles', 'test', 'Here', status=1)

    def test_password_for_a_managed_one(self):
        self.manage(f'[Profile corp]\nname=Corporate\nurl={self.bare}\n')
        self.run_ctl('profiles', 'password', 'corp', stdin=SECRET.encode())
        self.run_ctl('profiles', 'test', 'corp')

    def test_removed_with_its_profile(self):
        self.run_ctl('profiles', 'add', 'Here', self.server.url)
        exported = self.run_ctl('profiles', 'export').stdout
        self.run_ctl('profiles', 'remove', 'Here')
        self.run_ctl('profiles', 'import', '-', stdin=exported.encode())
        self.run_ctl('profiles', 'test', 'Here', status=1)

    def test_imported_from_an_env_file(self):
        path = self.give(f'export REDIS_HOST=127.0.0.1\nREDIS_PORT={self.server.port}\nREDIS_PASSWORD="{SECRET}"\n'
                         'REDIS_MONITORING_CHANNEL=tickstock:monitoring\nOTHER=1\n')
        self.assertEqual(self.run_ctl('profiles', 'import', path).stdout, 'Imported “given”.\n')
        self.run_ctl('profiles', 'test', 'given')

    def test_wrong_passwords_are_refused(self):
        self.run_ctl('profiles', 'add', 'Here', self.bare)
        self.run_ctl('profiles', 'password', 'Here', stdin=b'\xff\n', status=2)
        self.run_ctl('profiles', 'password', 'Here', stdin=b'x' * 2000, status=2)


class Document(Home):
    """What docs/deployment.md tells to type is typed."""

    env = KEYRING

    def test_files(self):
        blocks = re.findall(r'```\w+\n(.*?)```', DOCUMENT.read_text(encoding='utf-8'), re.DOTALL)
        self.assertEqual(len(blocks), 2)
        for block in blocks:
            with self.subTest(block):
                self.run_ctl('profiles', 'import', '-', stdin=block.encode())
        self.assertEqual(self.names(), ['Production', 'Production 2'])

    def test_roll_out(self):
        section = DOCUMENT.read_text(encoding='utf-8').split('## Roll-out')[1].split('\n## ')[0]
        commands = re.findall(r'^    (.*)$', section, re.MULTILINE)
        self.assertEqual(len(commands), 4)
        for command in commands:
            with self.subTest(command):
                words = [word.replace('/etc/xdg', str(self.home / 'xdg')) for word in shlex.split(command)]
                if words[0] == 'install':  # on another workstation
                    shutil.rmtree(self.home / 'config')
                else:
                    words[0] = ctl_path()
                subprocess.run(words, cwd=self.home, env=environment(self.env), input=f'{SECRET}\n'.encode(), capture_output=True, check=True)
        self.assertEqual([(profile['name'], profile['managed'], profile['read-only']) for profile in self.profiles()],
                         [('Production', True, True)])


class NoKeyring(WithServer):
    def test_a_password_is_not_kept_and_that_is_said(self):
        result = self.run_ctl('profiles', 'add', 'Here', self.server.url, status=1)
        self.assertIn('Added “Here”.', result.stdout)
        self.assertIn('no keyring', result.stderr)
        self.assertIn('was not kept', result.stderr)

    def test_a_refused_connection_says_why(self):
        self.run_ctl('profiles', 'add', 'Here', self.bare)
        self.assertIn('no keyring', self.run_ctl('watch', '--profile', 'Here', status=2).stderr)


class Terminal(WithServer):
    env = KEYRING

    def setUp(self):
        super().setUp()
        self.run_ctl('profiles', 'add', 'Here', self.bare)
        self.master, self.slave = pty.openpty()
        self.addCleanup(os.close, self.master)
        self.addCleanup(os.close, self.slave)
        self.process = subprocess.Popen([ctl_path(), 'profiles', 'password', 'Here'], stdin=self.slave, stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, env=environment(self.env))
        self.addCleanup(self.process.communicate)
        self.addCleanup(self.process.kill)
        wait_for(lambda: not self.echoes(), 'the terminal to be silent')

    def echoes(self):
        return bool(termios.tcgetattr(self.slave)[3] & termios.ECHO)

    def test_password_is_not_shown(self):
        os.write(self.master, f'{SECRET}\n'.encode())
        out, err = self.process.communicate(timeout=30)
        self.assertEqual(self.process.returncode, 0, err)
        self.assertIn('Password of “Here”', err.decode())
        self.assertTrue(self.echoes())
        os.set_blocking(self.master, False)
        try:
            shown = os.read(self.master, 4096)
        except BlockingIOError:
            shown = b''
        self.assertNotIn(SECRET.encode(), shown + out + err)
        self.run_ctl('profiles', 'test', 'Here')

    def test_interrupted_terminal_echoes_again(self):
        wait_for(lambda: b'S' in pathlib.Path(f'/proc/{self.process.pid}/stat').read_bytes(), 'it to wait')
        self.process.send_signal(signal.SIGINT)
        self.process.communicate(timeout=30)
        self.assertEqual(self.process.returncode, 2)
        self.assertTrue(self.echoes())


class Trial(WithServer):
    password = {'REDIS_PASSWORD': SECRET}

    def steps(self, *arguments, status):
        result = self.run_ctl('profiles', 'test', '--json', *arguments, status=status, env=self.password)
        return {step['step']: step for step in map(json.loads, result.stdout.splitlines())}

    def test_that_passes(self):
        with Ctl('simulate', '--url', self.server.url, '--quiet', env=self.env):
            self.server.wait_for_listener(CONTROL)
            steps = self.steps('--url', self.bare, status=0)
        self.assertEqual([step['state'] for step in steps.values()], ['pass', 'pass', 'skipped', 'pass', 'pass', 'pass', 'pass'])
        self.assertEqual(list(steps), ['resolve', 'connect', 'tls', 'server', 'authenticate', 'subscribe', 'control'])
        self.assertGreater(steps['connect']['ms'], 0)

    def test_that_fails(self):
        steps = self.steps('--url', f'redis://127.0.0.1:{free_port()}', status=1)
        self.assertEqual(steps['connect']['state'], 'fail')
        self.assertIn('error', steps['connect'])
        self.assertEqual(steps['subscribe']['state'], 'pending')

    def tls_server(self, clients):
        """The port of a server whose certificate a connection can trust, and that file."""
        folder, port = self.home / 'tls', free_port()
        folder.mkdir()
        subprocess.run(['openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-subj',
                        '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost', '-keyout', 'key.pem', '-out', 'cert.pem'],
                       cwd=folder, check=True, capture_output=True)
        self.enterContext(RedisServer('--tls-port', str(port), '--tls-auth-clients', clients, '--tls-cert-file', f'{folder}/cert.pem',
                                      '--tls-key-file', f'{folder}/key.pem', '--tls-ca-cert-file', f'{folder}/cert.pem'))
        return port, folder / 'cert.pem'

    def assert_fails_at_tls(self, words, *arguments):
        """Also where the fault shows itself only in the step after that."""
        steps = self.steps(*arguments, status=1)
        self.assertEqual([step['state'] for step in list(steps.values())[1:4]], ['pass', 'fail', 'pending'])
        self.assertIn(words, steps['tls']['error'])
        lines = self.run_ctl('profiles', 'test', *arguments, status=1).stdout.splitlines()
        self.assertEqual(len(lines), 7)
        self.assertRegex(lines[2], f'^Secure with TLS  +failed  .*{words}')

    def test_that_should_speak_tls(self):
        port, _ = self.tls_server('no')
        self.assert_fails_at_tls('This server wants TLS', '--url', f'redis://localhost:{port}')

    def test_that_should_show_a_certificate(self):
        port, authority = self.tls_server('yes')
        self.run_ctl('profiles', 'add', 'Secure', f'rediss://localhost:{port}', '--set', f'tls-ca-file={authority}')
        self.assert_fails_at_tls('asks for a client certificate', 'Secure')

    def test_in_words(self):
        lines = self.run_ctl('profiles', 'test', '--url', self.bare, env=self.password).stdout.splitlines()
        self.assertEqual(len(lines), 7)
        self.assertRegex(lines[1], r'^Connect  +ok  +\d+\.\d ms  127\.0\.0\.1')
        self.assertEqual([line for line in lines if line.endswith(' ')], [])
        column = lines[1].index('127.0.0.1')
        self.assertEqual([line for line in lines if len(line) > column and line[column - 2:column] != '  '], [], 'words begin in one column')


if __name__ == '__main__':
    unittest.main()
