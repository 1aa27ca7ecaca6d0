"""tickstock-monitorctl demo: a private server that never outlives whoever wanted it.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import os
import pathlib
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import unittest

import redis

from harness import CHANNEL, Ctl, ctl_path, run_ctl, wait_for


def is_alive(pid):
    """A zombie is not."""
    try:
        return pathlib.Path(f'/proc/{pid}/stat').read_text().rpartition(')')[2].split()[0] != 'Z'
    except FileNotFoundError:
        return False


def servers_of(pid):
    """The redis-server processes that @pid started."""
    result = subprocess.run(['pgrep', '-P', str(pid)], capture_output=True, text=True, check=False)
    return [int(line) for line in result.stdout.split()]


class DemoCase(unittest.TestCase):
    def start(self, *arguments, stdin=subprocess.DEVNULL):
        demo = Ctl('demo', *arguments, stdin=stdin)
        self.addCleanup(demo.__exit__)
        demo.url = demo.line()
        self.assertIsNotNone(demo.url, 'a URL')
        demo.socket = pathlib.Path(demo.url.removeprefix('unix://'))
        demo.servers = servers_of(demo.process.pid)
        self.assertEqual(len(demo.servers), 1)
        return demo

    def assert_gone(self, demo):
        wait_for(lambda: not any(is_alive(pid) for pid in demo.servers), 'the end of redis-server')
        wait_for(lambda: not demo.socket.parent.exists(), 'the removal of its directory')


class Life(DemoCase):
    def test_url_is_the_only_line(self):
        demo = self.start()
        self.assertTrue(demo.url.startswith('unix:///'))
        self.assertEqual(demo.interrupt(), 0)
        self.assertIsNone(demo.line())

    def test_publishes(self):
        demo = self.start()
        result = run_ctl('watch', '--json', '--count', '5', '--url', demo.url)
        self.assertEqual(len(result.stdout.splitlines()), 5)

    def test_answers_commands(self):
        demo = self.start()
        self.assertEqual(run_ctl('action', 'force-health-check', '--wait', '20', '--url', demo.url).returncode, 0)

    def test_options_of_the_traffic(self):
        demo = self.start('--dialect', 'b', '--rate', '100')
        result = run_ctl('watch', '--json', '--count', '20', '--url', demo.url)
        self.assertEqual(result.stdout.count('"dialect":"b"'), 20)

    def test_nobody_else_may_enter(self):
        demo = self.start()
        self.assertEqual(stat.S_IMODE(demo.socket.parent.stat().st_mode), 0o700)

    def test_has_no_tcp_port_and_saves_nothing(self):
        demo = self.start()
        result = subprocess.run(['redis-cli', '-s', str(demo.socket), 'CONFIG', 'GET', '*'], capture_output=True, text=True, check=True)
        lines = result.stdout.splitlines()
        settings = dict(zip(lines[::2], lines[1::2]))
        self.assertEqual((settings['port'], settings['save'], settings['appendonly']), ('0', '', 'no'))


class End(DemoCase):
    def test_signals(self):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            with self.subTest(number):
                demo = self.start()
                self.assertEqual(demo.interrupt(number), 0)
                self.assert_gone(demo)

    def test_end_of_standard_input(self):
        demo = self.start('--until-eof', stdin=subprocess.PIPE)
        demo.process.stdin.write(b'this means nothing there\n' * 1000)
        demo.process.stdin.write(b'\x00\xff' * 100_000)
        demo.process.stdin.flush()
        self.assertTrue(is_alive(demo.servers[0]))
        demo.process.stdin.close()
        self.assertEqual(demo.wait(), 0)
        self.assert_gone(demo)

    def test_standard_input_does_not_matter_without_the_option(self):
        demo = self.start()
        self.assertEqual(len(run_ctl('watch', '--json', '--count', '10', '--url', demo.url).stdout.splitlines()), 10)
        self.assertIsNone(demo.process.poll())

    def test_parent_is_killed(self):
        """As when the window is killed: its end of the pipe closes, and everything goes."""
        parent = subprocess.Popen(
            [sys.executable, '-c', 'import subprocess, sys, time\n'
             'demo = subprocess.Popen(sys.argv[1:], stdin=subprocess.PIPE)\n'
             'print(demo.pid, file=sys.stderr, flush=True)\ntime.sleep(600)', ctl_path(), 'demo', '--until-eof'],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        with parent:
            host = int(parent.stderr.readline())
            url = parent.stdout.readline().decode().strip()
            directory = pathlib.Path(url.removeprefix('unix://')).parent
            servers = servers_of(host)
            self.assertEqual(len(servers), 1)
            parent.send_signal(signal.SIGKILL)
            parent.wait()
            wait_for(lambda: not is_alive(host) and not is_alive(servers[0]), 'the end of the host and of redis-server')
            self.assertFalse(directory.exists())

    def test_host_is_killed(self):
        demo = self.start()
        demo.interrupt(signal.SIGKILL)
        wait_for(lambda: not is_alive(demo.servers[0]), 'the end of redis-server')
        shutil.rmtree(demo.socket.parent)  # nobody was left to do it

    def test_server_dies(self):
        demo = self.start()
        os.kill(demo.servers[0], signal.SIGKILL)
        self.assertEqual(demo.wait(), 2)
        self.assertIn('redis-server', demo.error_line())
        self.assert_gone(demo)


class Faults(DemoCase):
    """What is played can be changed while it runs, as the window does."""

    def say(self, demo, line):
        demo.process.stdin.write(line)
        demo.process.stdin.flush()

    def watch(self, demo, channel=CHANNEL):
        watch = Ctl('watch', '--json', '--url', demo.url, '--channel', channel)
        self.addCleanup(watch.__exit__)
        return watch

    def wait_for_event(self, watch, is_it, what):
        """Passes over what was on its way when the fault changed."""
        wait_for(lambda: is_it(watch.event()), what)

    def test_from_the_beginning(self):
        demo = self.start('--fault', 'encoded-twice')
        self.assertEqual(self.watch(demo).event()['findings'][0]['code'], 'encoded-twice')

    def test_list(self):
        self.assertEqual(run_ctl('demo', '--fault', 'list').stdout, run_ctl('simulate', '--fault', 'list').stdout)

    def test_switch_there_and_back(self):
        demo = self.start('--until-eof', '--rate', '50', stdin=subprocess.PIPE)
        watch = self.watch(demo)
        self.wait_for_event(watch, lambda event: event['accepted'] == 'yes', 'an event as it should be')
        self.say(demo, b'fault malf')
        self.say(demo, b'ormed\n')
        self.wait_for_event(watch, lambda event: event['accepted'] == 'no', 'a malformed event')
        self.say(demo, b'fault none\n')
        self.wait_for_event(watch, lambda event: event['accepted'] == 'yes', 'an event as it should be again')
        self.say(demo, b'fault clock-skew\nfault wrong-channel\n')
        self.assertEqual(self.watch(demo, 'tickstock.monitoring').event()['accepted'], 'yes')

    def test_a_stream_goes_with_its_fault(self):
        demo = self.start('--until-eof', '--rate', '50', stdin=subprocess.PIPE)
        with redis.Redis(unix_socket_path=str(demo.socket)) as client:
            self.say(demo, b'fault not-pubsub\n')
            wait_for(lambda: client.type(CHANNEL) == b'stream', 'the stream')
            self.say(demo, b'fault none\n')
            wait_for(lambda: client.exists(CHANNEL) == 0, 'the end of the stream')

    def test_errors_are_on_standard_error(self):
        demo = self.start('--until-eof', stdin=subprocess.PIPE)
        self.say(demo, b'fault no-such-fault\n')
        line = demo.error_line()
        self.assertIn('no-such-fault', line)
        self.assertIn('wrong-channel', line)
        self.say(demo, b'dance\n')
        self.assertIn('fault CODE', demo.error_line())
        demo.process.stdin.close()
        self.assertEqual(demo.wait(), 0)
        self.assertIsNone(demo.line())


class Start(unittest.TestCase):
    def test_without_redis_server_it_names_the_package(self):
        result = run_ctl('demo', env={'PATH': '/no/such/directory'})
        self.assertEqual(result.returncode, 2)
        self.assertIn('redis-server', result.stderr)
        self.assertIn('Debian', result.stderr)

    def test_two_at_a_time(self):
        with Ctl('demo') as one, Ctl('demo') as two:
            self.assertNotEqual(one.line(), two.line())
            self.assertEqual(one.interrupt(), 0)
            self.assertEqual(two.interrupt(), 0)

    def test_long_temporary_directory(self):
        with tempfile.TemporaryDirectory() as directory:
            long = pathlib.Path(directory) / ('x' * 120)
            long.mkdir()
            os.environ['TMPDIR'] = str(long)
            try:
                with Ctl('demo') as demo:
                    self.assertTrue(demo.line().startswith('unix:///'))
                    self.assertEqual(demo.interrupt(), 0)
            finally:
                del os.environ['TMPDIR']
            self.assertEqual(list(long.iterdir()), [])

    def test_odd_temporary_directory(self):
        with tempfile.TemporaryDirectory(prefix='a b?#%20é') as directory:
            os.environ['TMPDIR'] = directory
            try:
                with Ctl('demo') as demo:
                    url = demo.line()
                    result = run_ctl('watch', '--json', '--count', '1', '--url', url)
                    self.assertEqual(result.returncode, 0, result.stderr)
                    self.assertIn(CHANNEL, result.stdout)
                    self.assertEqual(demo.interrupt(), 0)
            finally:
                del os.environ['TMPDIR']


if __name__ == '__main__':
    unittest.main()
