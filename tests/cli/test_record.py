"""tickstock-monitorctl record: what arrives is in the file, byte for byte, whatever happens.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import base64
import contextlib
import json
import os
import pathlib
import re
import signal
import socketserver
import subprocess
import tempfile
import threading
import time
import unittest

from harness import CHANNEL, DEADLINE, ERRORS, Ctl, RedisServer, ServerCase, ctl_path, free_port, run_ctl, wait_for

ISO = re.compile(r'^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?Z$')
HEADER = {'format': 'tickstock-monitor-recording', 'version': 1}
PAYLOADS = [b'{"event_type": "METRIC_UPDATE"}', b'', b'\x00', b'a\x00b', bytes(range(256)), 'é\u202e\u009b📈"\\\n\x1b[2J\x7f'.encode(),
            b'\xff\xfe', b'x' * 2_000_000, b'\x80' * 2_000_000]


def payload_of(record):
    if 'payload' in record:
        return record['payload'].encode()
    return base64.b64decode(record['payload_base64'], validate=True)


class HesitantServer(socketserver.ThreadingTCPServer):
    """Speaks as much Redis as is needed; grants the first channel, publishes there, and takes its time with the second."""

    daemon_threads = True
    PAUSE = 0.5  # s

    class Client(socketserver.StreamRequestHandler):
        def handle(self):
            with contextlib.suppress(ConnectionError):
                while line := self.rfile.readline():
                    words = []
                    for _ in range(int(line[1:])):
                        self.rfile.readline()
                        words.append(self.rfile.readline().rstrip(b'\r\n').decode())
                    self.wfile.write(self.answer([word.lower() for word in words]))

        @staticmethod
        def answer(words):
            if words[0] == 'ping':
                return b'+PONG\r\n'
            if words[0] == 'info':
                return b'$0\r\n\r\n'
            if words[0] != 'subscribe':
                return b'+OK\r\n'
            name = f'${len(words[1])}\r\n{words[1]}\r\n'
            granted = f'*3\r\n$9\r\nsubscribe\r\n{name}:1\r\n'
            if words[1] == 'one':
                return f'{granted}*3\r\n$7\r\nmessage\r\n{name}$5\r\nearly\r\n'.encode()
            time.sleep(HesitantServer.PAUSE)
            return granted.encode()


class RecordCase(ServerCase):
    def setUp(self):
        self.path = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory())) / 'recording.jsonl'

    def record(self, *arguments, path=None, channels=(CHANNEL, ERRORS)):
        """A `record` that hears the channels already."""
        for channel in channels:
            wait_for(lambda name=channel: self.server.listeners(name) == 0, 'the last test to let go')
        ctl = Ctl('record', '--url', self.server.url, *arguments, str(path or self.path))
        self.addCleanup(ctl.__exit__)
        for channel in channels:
            self.server.wait_for_listener(channel)
        return ctl

    def burst(self, count, payload):
        pipeline = self.server.client.pipeline(transaction=False)
        for _ in range(count):
            pipeline.publish(CHANNEL, payload)
        pipeline.execute()

    def lines(self):
        return self.path.read_text(encoding='utf-8').splitlines()

    def records(self):
        header, *records = [json.loads(line) for line in self.lines()]
        self.assertEqual(header, HEADER)
        return records

    def wait_for_lines(self, count):
        wait_for(lambda: self.path.exists() and self.path.read_bytes().count(b'\n') >= count, f'{count} lines')


class Content(RecordCase):
    def test_payloads_byte_for_byte(self):
        ctl = self.record('--count', str(len(PAYLOADS)))
        for payload in PAYLOADS:
            self.server.publish(CHANNEL, payload)
        self.assertEqual(ctl.wait(), 0)
        records = self.records()
        self.assertEqual([payload_of(record) for record in records], PAYLOADS)
        for record, payload in zip(records, PAYLOADS, strict=True):
            is_text = b'\x00' not in payload and payload.decode(errors='replace').encode() == payload
            self.assertEqual('payload' in record, is_text)

    def test_members(self):
        ctl = self.record('--count', '2')
        self.server.publish(CHANNEL, 'one')
        self.server.publish(ERRORS, 'two')
        ctl.wait()
        one, two = self.records()
        self.assertEqual(list(one), ['received', 'offset_us', 'channel', 'payload'])
        self.assertEqual((one['channel'], two['channel']), (CHANNEL, ERRORS))
        self.assertEqual(one['offset_us'], 0)
        self.assertGreater(two['offset_us'], 0)
        self.assertRegex(one['received'], ISO)

    def test_pattern(self):
        ctl = self.record('--count', '1', '--channel', 'engine-?:*', channels=())
        wait_for(lambda: self.server.client.pubsub_numpat() == 1, 'the pattern to be subscribed')
        self.server.publish('engine-7:monitoring', 'x')
        ctl.wait()
        record, = self.records()
        self.assertEqual((record['channel'], record['pattern']), ('engine-7:monitoring', 'engine-?:*'))

    def test_odd_channel(self):
        ctl = self.record('--count', '1', '--channel', 'odd*', channels=())
        wait_for(lambda: self.server.client.pubsub_numpat() == 1, 'the pattern to be subscribed')
        self.server.publish(b'odd\xff', 'x')
        ctl.wait()
        self.assertEqual(base64.b64decode(self.records()[0]['channel_base64']), b'odd\xff')

    def test_has_no_control_character(self):
        ctl = self.record('--count', '1')
        self.server.publish(CHANNEL, PAYLOADS[5])
        ctl.wait()
        self.assertNotRegex(self.path.read_text(encoding='utf-8'), '[\x00-\x09\x0b-\x1f\x7f-\x9f]')

    def test_standard_output(self):
        ctl = self.record('--count', '1', path='-')
        self.server.publish(CHANNEL, 'x')
        self.assertEqual(json.loads(ctl.line()), HEADER)
        self.assertEqual(json.loads(ctl.line())['payload'], 'x')
        self.assertIsNone(ctl.line())
        self.assertEqual(ctl.wait(), 0)

    def test_none_of_a_burst_is_lost(self):
        n = 30_000
        ctl = self.record('--count', str(n))
        for _ in range(n // 1000):
            self.burst(1000, 'x' * 500)
        self.assertEqual(ctl.wait(), 0)
        self.assertEqual(len(self.lines()), n + 1)

    def test_of_a_burst_no_more_than_wanted(self):
        """What waits behind the last one is not written when the rest is."""
        ctl = self.record('--count', '3')
        self.burst(1000, 'x' * 500)
        self.assertEqual(ctl.wait(), 0)
        self.assertEqual(len(self.lines()), 3 + 1)

    def test_too_large(self):
        """A message that makes a longer line than a reader takes; what follows it is written."""
        with RedisServer('--client-output-buffer-limit', 'pubsub 0 0 0') as server, \
                Ctl('record', '--url', server.url, '--count', '2', str(self.path)) as ctl:
            server.wait_for_listener()
            for payload in ('one', b'\x00' * 51_000_000, 'two'):
                server.publish(CHANNEL, payload)
            self.assertEqual(ctl.wait(), 1)
            said = [ctl.error_line() for _ in range(3)]
        self.assertEqual([record['payload'] for record in self.records()], ['one', 'two'])
        self.assertRegex(said[0], 'too large|longer|MiB')
        self.assertRegex(said[1], 'recorded: 2$')
        self.assertRegex(said[2], 'left out as too large: 1$')

    def assert_early_message_is_recorded(self, *arguments):
        with HesitantServer(('127.0.0.1', 0), HesitantServer.Client) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            url = f'redis://127.0.0.1:{server.server_address[1]}'
            result = run_ctl('record', '--url', url, *arguments, '--channel', 'one', '--channel', 'two', str(self.path))
            server.shutdown()
        self.assertEqual((result.returncode, result.stderr), (0, 'tickstock-monitorctl: recorded: 1\n'))
        self.assertEqual([record['payload'] for record in self.records()], ['early'])

    def test_message_before_all_channels_are_granted(self):
        """The file is made when the server has answered for all of them; what comes meanwhile waits."""
        self.assert_early_message_is_recorded('--count', '1')

    def test_what_waits_at_the_end_is_written(self):
        """The time is up before the message that waits had its turn."""
        self.assert_early_message_is_recorded('--for', '0.0001')


class End(RecordCase):
    def test_for(self):
        ctl = self.record('--for', '0.8')
        self.server.publish(CHANNEL, 'x')
        self.assertEqual(ctl.wait(), 0)
        self.assertEqual(len(self.records()), 1)

    def test_interrupt_is_0_with_a_summary(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            with self.subTest(number):
                ctl = self.record('--force')
                self.server.publish(CHANNEL, 'x')
                self.wait_for_lines(2)
                self.assertEqual(ctl.interrupt(number), 0)
                self.assertIn('recorded: 1', ctl.error_line())

    def test_killed_it_leaves_whole_lines(self):
        ctl = self.record()
        for i in range(100):
            self.server.publish(CHANNEL, str(i))
        self.wait_for_lines(101)
        ctl.interrupt(signal.SIGKILL)
        self.assertEqual([record['payload'] for record in self.records()], [str(i) for i in range(100)])

    def test_closed_pipe_ends_quietly(self):
        reader, writer = os.pipe()
        with subprocess.Popen([ctl_path(), 'record', '--url', self.server.url, '-'], stdout=writer, stderr=subprocess.PIPE) as process:
            os.close(writer)
            os.close(reader)
            self.assertEqual(process.wait(DEADLINE), 0)
            self.assertEqual(process.stderr.read(), b'')

    def test_goes_on_after_a_restart(self):
        with RedisServer() as server, Ctl('record', '--url', server.url, '--count', '2', str(self.path)) as ctl:
            server.wait_for_listener()
            server.publish(CHANNEL, 'one')
            self.wait_for_lines(2)
            server.restart()
            server.wait_for_listener()
            server.publish(CHANNEL, 'two')
            self.assertEqual(ctl.wait(), 0)
        self.assertEqual([record['payload'] for record in self.records()], ['one', 'two'])


class Refused(RecordCase):
    def run_record(self, *arguments, path=None):
        return run_ctl('record', '--url', self.server.url, '--for', '0.2', *arguments, str(path or self.path))

    def test_an_existing_file(self):
        self.path.write_text('precious')
        result = self.run_record()
        self.assertEqual(result.returncode, 2)
        self.assertIn('--force', result.stderr)
        self.assertEqual(self.path.read_text(), 'precious')

    def test_a_folder(self):
        result = self.run_record(path=self.path.parent)
        self.assertEqual(result.returncode, 2)
        self.assertNotIn('--force', result.stderr)

    def test_force(self):
        self.path.write_text('of no value' * 1000)
        self.assertEqual(self.run_record('--force').returncode, 0)
        self.assertEqual(self.records(), [])

    def test_a_full_disk(self):
        result = self.run_record('--force', path='/dev/full')
        self.assertEqual(result.returncode, 2)
        self.assertIn('No space left', result.stderr)
        self.assertIn('/dev/full', result.stderr)

    def test_no_such_directory(self):
        result = self.run_record(path='/no/such/directory/x')
        self.assertEqual(result.returncode, 2)
        self.assertNotIn('--force', result.stderr)
        self.assertIn('No such file or directory', result.stderr)

    def test_a_file_that_grows_too_large(self):
        """As a disk that fills up on the way: what is there is whole."""
        command = f'ulimit -f 64; trap "" XFSZ; exec {ctl_path()} record --url {self.server.url} {self.path}'
        with subprocess.Popen(['bash', '-c', command], stderr=subprocess.PIPE) as process:
            self.server.wait_for_listener()
            self.burst(1000, 'x' * 1000)
            self.assertEqual(process.wait(DEADLINE), 2)
            said = process.stderr.read()
        self.assertEqual((said.count(b'File too large'), said.count(b'recorded')), (1, 0), said)
        records = self.records()
        self.assertGreater(len(records), 50)
        self.assertEqual({record['payload'] for record in records}, {'x' * 1000})
        self.assertTrue(self.path.read_bytes().endswith(b'\n'))

    def test_without_a_server_an_older_recording_is_kept(self):
        self.path.write_text('precious')
        result = run_ctl('record', '--url', f'redis://127.0.0.1:{free_port()}', '--force', str(self.path))
        self.assertEqual(result.returncode, 2)
        self.assertEqual(self.path.read_text(), 'precious')

    def test_usage(self):
        for arguments in (['--count', '0'], ['--count', '-1'], ['--for', '0'], ['--for', 'nan'], ['--for', '1e7'], ['--channel', ''], ['other']):
            with self.subTest(arguments):
                self.assertEqual(run_ctl('record', *arguments, str(self.path)).returncode, 2)
                self.assertFalse(self.path.exists())
        self.assertEqual(run_ctl('record').returncode, 2)

    def test_without_a_server_no_file_is_made(self):
        result = run_ctl('record', '--url', f'redis://127.0.0.1:{free_port()}', str(self.path))
        self.assertEqual(result.returncode, 2)
        self.assertFalse(self.path.exists())


if __name__ == '__main__':
    unittest.main()
