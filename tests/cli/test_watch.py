"""tickstock-monitorctl watch: a line for each message, whatever it is.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import datetime
import gzip
import json
import os
import pickle
import re
import signal
import subprocess
import time
import unittest

from harness import CHANNEL, DEADLINE, ERRORS, SAMPLES, Ctl, RedisServer, ServerCase, run_ctl, wait_for

TYPES = {
    'a-alert-resolved': 'ALERT_RESOLVED', 'a-alert-triggered': 'ALERT_TRIGGERED', 'a-health-check': 'HEALTH_CHECK',
    'a-metric-update': 'METRIC_UPDATE', 'b-alert-triggered': 'ALERT_TRIGGERED', 'b-health-check': 'HEALTH_CHECK',
    'b-metric-update': 'METRIC_UPDATE', 'b-system-status': 'SYSTEM_STATUS', 'c-error': 'error', 'c-job-progress': 'job_progress_update',
}
MEMBERS = ['received', 'channel', 'type', 'dialect', 'source', 'timestamp', 'accepted', 'findings', 'data']
ISO = re.compile(r'^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$')

METRICS = {'event_type': 'METRIC_UPDATE', 'timestamp': '2026-03-02T14:05:10Z', 'source': 'TickStockPL',
           'metrics': {'system': {'cpu_percent': 37.4}}}


class WatchCase(ServerCase):
    def watch(self, *arguments, channels=(CHANNEL, ERRORS)):
        """A `watch` that hears the channels already."""
        for channel in channels:
            wait_for(lambda name=channel: self.server.listeners(name) == 0, 'the last test to let go')
        ctl = Ctl('watch', '--url', self.server.url, *arguments)
        self.addCleanup(ctl.__exit__)
        for channel in channels:
            self.server.wait_for_listener(channel)
        return ctl

    def watch_one(self, message, channel=CHANNEL):
        """What `watch --json` says of one message."""
        ctl = self.watch('--json', '--count', '1')
        self.server.publish(channel, message)
        event = ctl.event()
        self.assertEqual(ctl.wait(), 0)
        return event


class Json(WatchCase):
    def test_samples(self):
        ctl = self.watch('--json', '--count', str(len(TYPES)))
        for name in TYPES:
            self.server.publish(CHANNEL, (SAMPLES / f'{name}.json').read_bytes())
        for name, event in zip(TYPES, ctl.events(), strict=True):
            with self.subTest(name):
                sample = json.loads((SAMPLES / f'{name}.json').read_text())
                self.assertEqual(list(event), MEMBERS)
                self.assertEqual(event['type'], TYPES[name])
                self.assertEqual(event['dialect'], name[0])
                self.assertEqual(event['source'], sample['source'])
                self.assertEqual(event['accepted'], 'yes')
                self.assertEqual(event['findings'], [])
                self.assertEqual(event['data'], sample)
                self.assertEqual(event['channel'], CHANNEL)
                self.assertRegex(event['received'], ISO)
                self.assertRegex(event['timestamp'], ISO)

    def test_python_json_dumps(self):
        self.assertEqual(self.watch_one(json.dumps(METRICS, indent=2))['data'], METRICS)

    def test_redis_cli(self):
        ctl = self.watch('--json', '--count', '1')
        subprocess.run(['redis-cli', '-s', self.server.socket, 'PUBLISH', CHANNEL, json.dumps(METRICS)], check=True, capture_output=True)
        self.assertEqual(ctl.event()['accepted'], 'yes')

    def test_received_is_now(self):
        received = datetime.datetime.fromisoformat(self.watch_one(json.dumps(METRICS))['received'].replace('Z', '+00:00'))
        age = datetime.datetime.now(datetime.timezone.utc) - received
        self.assertLess(abs(age.total_seconds()), DEADLINE)

    def test_timestamp_is_the_events(self):
        self.assertRegex(self.watch_one(json.dumps(METRICS))['timestamp'], r'^2026-03-02T14:05:10\.0+Z$')

    def test_no_timestamp_and_no_source_are_null(self):
        event = self.watch_one(json.dumps({'event_type': 'METRIC_UPDATE', 'metrics': {'system': {'cpu_percent': 1}}}))
        self.assertIsNone(event['source'])
        self.assertIsNone(event['timestamp'])

    def test_repaired(self):
        event = self.watch_one(json.dumps({**METRICS, 'metrics': {'system': {'cpu_percent': '42.5'}}}))
        self.assertEqual(event['accepted'], 'repaired')
        self.assertEqual(event['findings'][0]['code'], 'number-in-string')
        self.assertEqual(event['findings'][0]['path'], 'metrics.system.cpu_percent')
        self.assertTrue(event['findings'][0]['message'])
        self.assertEqual(float(event['data']['metrics']['system']['cpu_percent']), 42.5)
        self.assertNotIn('raw', event)

    def test_nan_keeps_the_rest(self):
        event = self.watch_one(json.dumps({**METRICS, 'metrics': {'system': {'cpu_percent': float('nan'), 'memory_percent': 58.9}}}))
        self.assertEqual(event['accepted'], 'repaired')
        self.assertEqual(event['findings'][0]['code'], 'non-finite')
        self.assertEqual(event['data']['metrics']['system']['memory_percent'], 58.9)

    def test_encoded_twice(self):
        event = self.watch_one(json.dumps(json.dumps(METRICS)))
        self.assertEqual((event['accepted'], event['type']), ('repaired', 'METRIC_UPDATE'))
        self.assertEqual(event['data']['metrics'], METRICS['metrics'])

    def test_errors_channel(self):
        event = self.watch_one((SAMPLES / 'c-error.json').read_bytes(), ERRORS)
        self.assertEqual((event['channel'], event['type'], event['dialect']), (ERRORS, 'error', 'c'))


class Rejected(WatchCase):
    def check(self, message, code, **expected):
        event = self.watch_one(message)
        self.assertEqual(list(event), [*MEMBERS, 'raw', 'size'])
        self.assertEqual(event['accepted'], 'no')
        self.assertEqual(event['findings'][-1]['code'], code)
        self.assertIsNone(event['data'])
        self.assertEqual(event['size'], len(message if isinstance(message, bytes) else message.encode()))
        self.assertLessEqual(len(event['raw']), 4 * 4096)
        for name, value in expected.items():
            self.assertEqual(event[name], value)
        return event

    def test_cut_off(self):
        self.check('{"event_type": "METRIC_UP', 'invalid-json', raw='{"event_type": "METRIC_UP')

    def test_empty(self):
        self.check('', 'empty', raw='')

    def test_unknown_type_is_named(self):
        event = self.check('{"event_type": "LUNCH"}', 'unknown-type')
        self.assertIn(event['type'], (None, 'LUNCH'))

    def test_wrong_envelope(self):
        self.check('{"kind": "METRIC_UPDATE"}', 'wrong-envelope', type=None, dialect=None, source=None, timestamp=None)

    def test_not_an_object(self):
        self.check('[1, 2]', 'not-an-object')

    def test_invalid_utf8_is_escaped(self):
        event = self.check(b'{"event_type": "\xff\xfe"}', 'invalid-utf8')
        self.assertIn('\\xff\\xfe', event['raw'])

    def test_gzip(self):
        self.check(gzip.compress(json.dumps(METRICS).encode()), 'compressed')

    def test_pickle(self):
        self.check(pickle.dumps(METRICS), 'binary')

    def test_5_megabytes(self):
        event = self.check('{"event_type": "METRIC_UPDATE", "x": "' + 'y' * 5_000_000 + '"}', 'too-large')
        self.assertLessEqual(len(event['raw']), 4096)

    def test_deep(self):
        self.check('[' * 2000, 'too-deep')

    def test_2_megabytes_of_brackets(self):
        self.check('[' * 2_000_000, 'too-large')

    def test_null_bytes(self):
        event = self.check(b'\x00\x01\x02' * 10, 'binary')
        self.assertEqual(len(event['raw']), len('\\x00') * 10 + 20)

    def test_raw_is_cut_between_characters(self):
        event = self.check('x' + 'é' * 4000, 'invalid-json')
        self.assertEqual(event['raw'], 'x' + 'é' * 2047)


class Text(WatchCase):
    def test_line(self):
        ctl = self.watch('--count', '1')
        self.server.publish(CHANNEL, (SAMPLES / 'a-metric-update.json').read_bytes())
        self.assertRegex(ctl.line(), r'^\d\d:\d\d:\d\d\.\d{3}  tickstock:monitoring  METRIC_UPDATE  TickStockPL  accepted  .*37\.4')

    def test_findings_stand_below(self):
        ctl = self.watch('--count', '1')
        self.server.publish(CHANNEL, '{"event_type": "LUNCH"}')
        self.assertIn('rejected', ctl.line())
        self.assertRegex(ctl.line(), r'^    unknown-type  ')

    def test_no_colour_in_a_pipe(self):
        ctl = self.watch('--count', '1')
        self.server.publish(CHANNEL, json.dumps(METRICS))
        self.assertNotIn('\x1b', ctl.line())


class Injection(WatchCase):
    """What comes over the wire must not drive a terminal."""

    EVIL = 'a\x1b[2J\x1b]0;owned\x07\x9b31m\x7f\u202e\r\nz'

    def watch_evil(self, *arguments):
        ctl = self.watch('--count', '3', *arguments)
        for evil in ({**METRICS, 'source': self.EVIL}, {'event_type': self.EVIL},
                     {'event_type': 'ALERT_TRIGGERED', 'source': 'x', 'timestamp': '2026-03-02T14:05:10Z',
                      'alert': {'id': self.EVIL, 'level': self.EVIL, 'message': self.EVIL}}):
            self.server.publish(CHANNEL, json.dumps(evil, ensure_ascii=False))
        text = ''
        while (line := ctl.line()) is not None:
            text += line + '\n'
        return text

    def test_text_has_no_control_character(self):
        self.assertNotRegex(self.watch_evil(), '[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]')

    def test_json_has_no_control_character(self):
        self.assertNotRegex(self.watch_evil('--json'), '[\x00-\x09\x0b-\x1f\x7f-\x9f]')

    def test_json_keeps_the_value(self):
        first = json.loads(self.watch_evil('--json').splitlines()[0])
        self.assertEqual(first['data']['source'], self.EVIL)

    def test_channel_name_is_escaped(self):
        ctl = self.watch('--count', '1', '--channel', 'evil*', channels=())
        wait_for(lambda: self.server.client.pubsub_numpat() == 1, 'the pattern to be subscribed')
        self.server.publish('evil\x1b[2J', json.dumps(METRICS))
        self.assertIn('evil\\u001b[2J', ctl.line())


class Channels(WatchCase):
    def test_one(self):
        ctl = self.watch('--json', '--count', '1', '--channel', 'other', channels=['other'])
        self.assertEqual(self.server.publish(CHANNEL, json.dumps(METRICS)), 0)
        self.server.publish('other', json.dumps(METRICS))
        self.assertEqual(ctl.event()['channel'], 'other')

    def test_repeated(self):
        ctl = self.watch('--json', '--count', '2', '--channel', 'one', '-c', 'two', channels=['one', 'two'])
        self.server.publish('one', json.dumps(METRICS))
        self.server.publish('two', json.dumps(METRICS))
        self.assertEqual([event['channel'] for event in ctl.events()], ['one', 'two'])

    def test_pattern(self):
        ctl = self.watch('--json', '--count', '1', '--channel', 'engine-?:*', channels=())
        wait_for(lambda: self.server.client.pubsub_numpat() == 1, 'the pattern to be subscribed')
        self.server.publish('engine-7:monitoring', json.dumps(METRICS))
        self.assertEqual(ctl.event()['channel'], 'engine-7:monitoring')


class End(WatchCase):
    def test_count(self):
        ctl = self.watch('--json', '--count', '3')
        for _ in range(10):
            self.server.publish(CHANNEL, json.dumps(METRICS))
        self.assertEqual(len(ctl.events()), 3)
        self.assertEqual(ctl.wait(), 0)

    def test_for(self):
        ctl = self.watch('--json', '--for', '1.5')
        self.server.publish(CHANNEL, json.dumps(METRICS))
        self.assertEqual(len(ctl.events()), 1)
        self.assertEqual(ctl.wait(), 0)

    def test_for_lasts_that_long(self):
        begin = time.monotonic()
        result = run_ctl('watch', '--url', self.server.url, '--for', '0.7')
        self.assertEqual(result.returncode, 0)
        self.assertGreaterEqual(time.monotonic() - begin, 0.7)

    def test_rejected_is_no_fault(self):
        ctl = self.watch('--count', '1')
        self.server.publish(CHANNEL, 'rubbish')
        self.assertEqual(ctl.wait(), 0)

    def test_interrupt_is_0_with_a_summary(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            with self.subTest(number):
                ctl = self.watch()
                self.server.publish(CHANNEL, json.dumps(METRICS))
                self.server.publish(CHANNEL, 'rubbish')
                for _ in range(3):
                    ctl.line()
                self.assertEqual(ctl.interrupt(number), 0)
                self.assertIn('received: 2; accepted: 1, repaired: 0, rejected: 1', ctl.error_line())

    def test_closed_pipe_ends_quietly(self):
        reader, writer = os.pipe()
        with subprocess.Popen([os.environ['TSM_CTL'], 'watch', '--url', self.server.url], stdout=writer, stderr=subprocess.PIPE) as process:
            os.close(writer)
            os.close(reader)
            self.server.wait_for_listener()
            self.server.publish(CHANNEL, json.dumps(METRICS))
            self.assertEqual(process.wait(DEADLINE), 0)
            self.assertEqual(process.stderr.read(), b'')

    def test_a_full_disk_is_2(self):
        with open('/dev/full', 'wb') as full:
            process = subprocess.Popen([os.environ['TSM_CTL'], 'watch', '--url', self.server.url], stdout=full, stderr=subprocess.PIPE)
            with process:
                self.server.wait_for_listener()
                self.server.publish(CHANNEL, json.dumps(METRICS))
                self.assertEqual(process.wait(DEADLINE), 2)
                self.assertIn(b'No space left', process.stderr.read())


class Reconnect(unittest.TestCase):
    def test_a_restarted_server_is_watched_again(self):
        with RedisServer() as server, Ctl('watch', '--json', '--url', server.url) as ctl:
            server.wait_for_listener()
            server.restart()
            server.wait_for_listener()
            server.publish(CHANNEL, json.dumps(METRICS))
            self.assertEqual(ctl.event()['accepted'], 'yes')
            self.assertIn('is lost', ctl.error_line())
            self.assertIn('Connected again', ctl.error_line())


class Burst(WatchCase):
    def test_none_is_lost(self):
        n = 60_000
        ctl = self.watch('--json', '--count', str(n))
        message = json.dumps(METRICS)
        for _ in range(n // 1000):
            pipeline = self.server.client.pipeline(transaction=False)
            for _ in range(1000):
                pipeline.publish(CHANNEL, message)
            pipeline.execute()
        lines = 0
        while ctl.line() is not None:
            lines += 1
        self.assertEqual(lines, n)
        self.assertEqual(ctl.wait(), 0)


if __name__ == '__main__':
    unittest.main()
