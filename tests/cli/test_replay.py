"""tickstock-monitorctl replay: what was recorded is published again, byte for byte, at the speed that was asked for.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import base64
import json
import os
import pathlib
import signal
import subprocess
import tempfile
import time
import unittest

from harness import CHANNEL, ERRORS, Ctl, RedisServer, ServerCase, ctl_path, free_port, run_ctl, wait_for

HEADER = '{"format":"tickstock-monitor-recording","version":1}'


def line(payload='x', offset_us=0, channel=CHANNEL):
    record = {'received': '2026-03-02T14:05:10.120934Z', 'offset_us': offset_us, 'channel': channel}
    if isinstance(payload, bytes):
        record['payload_base64'] = base64.b64encode(payload).decode()
    else:
        record['payload'] = payload
    return json.dumps(record)


def wait4(process):
    """The end of @process: pid, status, usage."""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = status
    return process.pid, status, usage


def position(pid, path):
    """How far the process has read the file."""
    for link in pathlib.Path(f'/proc/{pid}/fd').iterdir():
        if link.resolve() == path.resolve():
            return int(pathlib.Path(f'/proc/{pid}/fdinfo/{link.name}').read_text().split()[1])
    raise AssertionError(f'{path} is not open')


def stands_still(pid, path):
    before = position(pid, path)
    time.sleep(0.5)
    return position(pid, path) == before


SANITIZER = 8 if b'__asan_init' in pathlib.Path(ctl_path()).read_bytes() else 1  # it takes its own memory besides


class ReplayCase(ServerCase):
    def setUp(self):
        self.path = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory())) / 'recording.jsonl'

    def write(self, *lines, header=HEADER):
        self.path.write_text('\n'.join([header, *lines]) + '\n', encoding='utf-8')

    def subscribe(self, *channels):
        subscription = self.server.client.pubsub()
        self.addCleanup(subscription.close)
        subscription.subscribe(*channels)
        for _ in channels:
            wait_for(lambda: subscription.get_message(timeout=1), 'the subscription')
        return subscription

    def messages(self, subscription, count):
        result = []
        for _ in range(count):
            message = wait_for(lambda: subscription.get_message(ignore_subscribe_messages=True, timeout=1), 'a message')
            result.append((message['channel'].decode(), message['data']))
        return result

    def replay(self, *arguments, status=0):
        result = run_ctl('replay', '--url', self.server.url, *arguments, str(self.path))
        self.assertEqual(result.returncode, status, result.stderr)
        return result


class Content(ReplayCase):
    def test_byte_for_byte(self):
        payloads = ['{"a": 1}', '', 'é📈"\\\n\x01\x7f\u009b', b'', b'\x00', bytes(range(256)), 'y' * 2_000_000, b'\xff' * 2_000_000]
        self.write(*[line(payload) for payload in payloads])
        subscription = self.subscribe(CHANNEL)
        self.assertIn(f'replayed {len(payloads)}, each received by up to 1', self.replay().stdout)
        expected = [payload if isinstance(payload, bytes) else payload.encode() for payload in payloads]
        self.assertEqual([data for _, data in self.messages(subscription, len(payloads))], expected)

    def test_channels_as_recorded(self):
        self.write(line('1'), line('2', channel=ERRORS), line('3', channel='other'))
        subscription = self.subscribe(CHANNEL, ERRORS, 'other')
        self.replay()
        self.assertEqual(self.messages(subscription, 3), [(CHANNEL, b'1'), (ERRORS, b'2'), ('other', b'3')])

    def test_another_channel(self):
        self.write(line('1'), line('2', channel=ERRORS))
        subscription = self.subscribe(CHANNEL, ERRORS, 'test')
        self.replay('--channel', 'test')
        self.assertEqual(self.messages(subscription, 2), [('test', b'1'), ('test', b'2')])

    def test_round_trip_of_the_simulator(self):
        """What was recorded of a fault at one place is the same fault at another."""
        with Ctl('record', '--url', self.server.url, '--count', '100', str(self.path)) as record:
            self.server.wait_for_listener()
            run_ctl('simulate', '--url', self.server.url, '--rate', '1000', '--count', '100', '--fault', 'compressed')
            self.assertEqual(record.wait(), 0)
        again = self.path.with_name('again.jsonl')
        with RedisServer() as other, Ctl('record', '--url', other.url, '--count', '100', str(again)) as record:
            other.wait_for_listener()
            self.assertEqual(run_ctl('replay', '--url', other.url, '--speed', 'max', str(self.path)).returncode, 0)
            self.assertEqual(record.wait(), 0)
        bytes_of = [[json.loads(text).get('payload_base64') for text in path.read_text().splitlines()] for path in (self.path, again)]
        self.assertEqual(bytes_of[0], bytes_of[1])
        self.assertEqual(len(bytes_of[0]), 101)

    def test_nobody_listens(self):
        self.write(line())
        self.assertIn('replayed 1; nobody is listening', self.replay().stdout)

    def test_no_message_at_all(self):
        self.write()
        self.assertIn('replayed 0', self.replay().stdout)


class Speed(ReplayCase):
    def duration(self, *arguments):
        begin = time.monotonic()
        self.replay(*arguments)
        return time.monotonic() - begin

    def test_as_recorded(self):
        self.write(line('1'), line('2', 400_000), line('3', 1_200_000))
        self.assertGreaterEqual(self.duration(), 1.2)

    def test_faster(self):
        self.write(line('1'), line('2', 12_000_000))
        self.assertTrue(1.2 <= self.duration('--speed', '10') < 11)

    def test_slower(self):
        self.write(line('1'), line('2', 300_000))
        self.assertGreaterEqual(self.duration('--speed', '0.25'), 1.2)

    def test_as_fast_as_it_goes(self):
        for speed in ('0', 'max', 'MAX'):
            with self.subTest(speed):
                self.write(line('1'), line('2', 3_600_000_000))
                self.assertLess(self.duration('--speed', speed), 20)

    def test_the_first_does_not_wait(self):
        """As in the second half of a recording."""
        self.write(line('1', 3_600_000_000), line('2', 3_600_100_000))
        self.assertLess(self.duration(), 20)

    def test_a_large_file_is_not_held_in_memory(self):
        """80 MiB through a program that may have far less at a time."""
        with self.path.open('w') as file:
            file.write(HEADER + '\n')
            for _ in range(20_000):
                file.write(line('x' * 4000) + '\n')
        command = [ctl_path(), 'replay', '--url', self.server.url, '--speed', 'max', str(self.path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            _, status, usage = wait4(process)
            self.assertEqual(status, 0)
            self.assertIn(b'replayed 20000;', process.stdout.read())
        self.assertLess(usage.ru_maxrss, 70 * 1024 * SANITIZER)


    def test_a_server_that_does_not_answer_is_waited_for(self):
        """Few are on their way at a time, and the file is not read ahead."""
        self.write(line('first'), *[line('x' * 4000, 3_000_000)] * 20_000)
        with RedisServer() as server, Ctl('replay', '--url', server.url, str(self.path)) as replay:
            wait_for(lambda: server.client.info('commandstats').get('cmdstat_publish', {}).get('calls', 0) > 0, 'the first')
            server.process.send_signal(signal.SIGSTOP)
            try:
                wait_for(lambda: position(replay.process.pid, self.path) > 1_000_000, 'more of the file to be read')
                wait_for(lambda: stands_still(replay.process.pid, self.path), 'the reading of the file to stand still')
                self.assertLess(position(replay.process.pid, self.path), self.path.stat().st_size)
            finally:
                server.process.send_signal(signal.SIGCONT)
            self.assertEqual(replay.wait(), 0)
            self.assertIn('replayed 20001;', replay.line())


class Bad(ReplayCase):
    def test_lines_are_told_and_the_rest_is_published(self):
        self.write(line('1'), 'rubbish', line('2'), '{"channel": "x"}', line('3'))
        subscription = self.subscribe(CHANNEL)
        result = self.replay(status=1)
        self.assertEqual([data for _, data in self.messages(subscription, 3)], [b'1', b'2', b'3'])
        self.assertIn('line 3:', result.stderr)
        self.assertIn('line 5:', result.stderr)
        self.assertIn('bad lines: 2', result.stderr)
        self.assertIn('replayed 3', result.stdout)

    def test_cut_off(self):
        self.path.write_text(f'{HEADER}\n{line("1")}\n{line("2")[:50]}')
        result = self.replay(status=1)
        self.assertIn('line 3:', result.stderr)
        self.assertIn('cut off', result.stderr)
        self.assertIn('replayed 1;', result.stdout)

    def test_thousands_are_counted_and_not_told_one_by_one(self):
        self.write(*['rubbish'] * 5000, line('1'))
        result = self.replay(status=1)
        self.assertLess(len(result.stderr.splitlines()), 40)
        self.assertIn('bad lines: 5000', result.stderr)
        self.assertIn('replayed 1;', result.stdout)

    def test_control_characters_are_escaped(self):
        odd = self.path.with_name('a\x1b[2Jb')
        odd.write_text(f'{HEADER}\nrubbish\n')
        self.path = odd
        self.assertNotIn('\x1b', self.replay(status=1).stderr)

    def test_no_recording_is_2(self):
        for text in ('', '{"event_type": "METRIC_UPDATE"}\n', '\x00\x01\x02'):
            with self.subTest(text):
                self.path.write_text(text)
                self.assertIn('no recording', self.replay(status=2).stderr)

    def test_a_newer_version_is_2(self):
        self.write(line(), header=HEADER.replace('1}', '2}'))
        self.assertIn('version 2', self.replay(status=2).stderr)

    def test_no_such_file_is_2(self):
        self.assertIn('No such file', self.replay(status=2).stderr)

    def test_refused_by_acl_is_2(self):
        self.server.client.acl_setuser('mute', enabled=True, passwords=['+pw'], commands=['+@all', '-publish'], keys=['*'],
                                       channels=['*'], reset=True)
        self.write(line())
        result = run_ctl('replay', '--url', f'redis://mute:pw@127.0.0.1:{self.server.port}', str(self.path))
        self.assertEqual(result.returncode, 2)
        self.assertIn('NOPERM', result.stderr)

    def test_no_server_is_2(self):
        self.write(line())
        result = run_ctl('replay', '--url', f'redis://127.0.0.1:{free_port()}', str(self.path))
        self.assertEqual((result.returncode, result.stdout), (2, ''))


class Life(ReplayCase):
    def test_interrupt_is_0_with_a_summary(self):
        self.write(line('1'), line('2', 3_600_000_000))
        subscription = self.subscribe(CHANNEL)
        with Ctl('replay', '--url', self.server.url, str(self.path)) as replay:
            self.messages(subscription, 1)
            self.assertEqual(replay.interrupt(signal.SIGINT), 0)
            self.assertIn('replayed 1', replay.line())

    def test_loop(self):
        self.write(line('1'), line('2', 1000))
        subscription = self.subscribe(CHANNEL)
        with Ctl('replay', '--url', self.server.url, '--loop', str(self.path)) as replay:
            self.assertEqual([data for _, data in self.messages(subscription, 6)], [b'1', b'2'] * 3)
            self.assertEqual(replay.interrupt(), 0)

    def test_loop_over_nothing_ends(self):
        self.write('rubbish')
        self.replay('--loop', status=1)

    def test_waits_while_the_server_is_away(self):
        self.write(*[line(str(i), i * 20_000) for i in range(100)])
        with RedisServer() as server, Ctl('replay', '--url', server.url, str(self.path)) as replay:
            wait_for(lambda: server.client.info('commandstats').get('cmdstat_publish', {}).get('calls', 0) > 5, 'the first messages')
            server.restart()
            self.assertIn(replay.wait(), (0, 1))  # one may have been on its way
            text = replay.line()
            self.assertGreaterEqual(int(text.split()[1].rstrip(',;')), 98, text)


if __name__ == '__main__':
    unittest.main()
