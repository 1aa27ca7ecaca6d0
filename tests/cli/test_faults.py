"""tickstock-monitorctl simulate --fault: of each fault, what arrives and what does not.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import datetime
import gzip
import json
import pickle
import time
import unittest

from harness import CHANNEL, CONTROL, ERRORS, Ctl, RedisServer, ServerCase, run_ctl, wait_for

CODES = ['wrong-channel', 'malformed', 'encoded-twice', 'compressed', 'binary', 'wrong-envelope', 'wrong-types', 'no-metrics',
         'stale', 'clock-skew', 'duplicate-stream', 'not-pubsub', 'publisher-silent', 'cluster-sharded']
PROBE_EVERY = 5  # s: what a monitor publishes to see whether it is heard; a silent publisher does not
QUIET_AFTER = 1.5  # s: with a hundred events a second, this long without one is the end of them


class FaultCase(ServerCase):
    def setUp(self):
        wait_for(lambda: self.server.listeners(CONTROL) == 0, 'the last test to let go')
        self.server.client.flushall()

    def subscribe(self, *channels):
        subscription = self.server.client.pubsub()
        self.addCleanup(subscription.close)
        subscription.subscribe(*channels)
        for _ in channels:
            wait_for(lambda: subscription.get_message(timeout=1), 'the subscription')
        return subscription

    def next_message(self, subscription, seconds=10):
        """As (channel, bytes), or None when there is none for that long."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            message = subscription.get_message(ignore_subscribe_messages=True, timeout=0.1)
            if message:
                return message['channel'].decode(), message['data']
        return None

    def play(self, code, *arguments, count=40, channels=(CHANNEL, ERRORS)):
        """What arrives of so many events."""
        subscription = self.subscribe(*channels)
        result = run_ctl('simulate', '--url', self.server.url, '--rate', '500', '--count', str(count), '--fault', code, *arguments)
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn(code, result.stderr)
        messages = []
        while (message := self.next_message(subscription, 0.3)) is not None:
            messages.append(message)
        return messages


class Published(FaultCase):
    def payloads(self, code, count=40):
        messages = self.play(code, count=count)
        self.assertEqual(len(messages), count)
        return [data for _, data in messages]

    def test_none(self):
        result = run_ctl('simulate', '--url', self.server.url, '--rate', '500', '--count', '3', '--fault', 'none')
        self.assertEqual((result.returncode, result.stderr), (0, ''))

    def test_malformed(self):
        for data in self.payloads('malformed'):
            with self.assertRaises(json.JSONDecodeError):
                json.loads(data)

    def test_encoded_twice(self):
        for data in self.payloads('encoded-twice'):
            text = json.loads(data)
            self.assertIsInstance(text, str)
            self.assertIsInstance(json.loads(text), dict)

    def test_compressed(self):
        for data in self.payloads('compressed'):
            self.assertIsInstance(json.loads(gzip.decompress(data)), dict)

    def test_binary(self):
        for data in self.payloads('binary'):
            self.assertIsInstance(json.loads(pickle.loads(data)), dict)

    def test_wrong_envelope(self):
        for data in self.payloads('wrong-envelope'):
            event = json.loads(data)
            self.assertTrue(event['kind'])
            self.assertFalse({'event_type', 'event', 'type'} & set(event))

    def test_wrong_types(self):
        for data in self.payloads('wrong-types'):
            event = json.loads(data)
            if event.get('event_type') == 'METRIC_UPDATE':
                self.assertRegex(event['metrics']['system']['cpu_percent'], r'^[\d.]+ units$')

    def test_no_metrics(self):
        types = {json.loads(data).get('event_type') for data in self.payloads('no-metrics', count=100)}
        self.assertNotIn('METRIC_UPDATE', types)
        self.assertIn('HEALTH_CHECK', types)

    def test_clock_skew(self):
        now = datetime.datetime.now(datetime.timezone.utc)
        for data in self.payloads('clock-skew'):
            timestamp = datetime.datetime.fromisoformat(json.loads(data)['timestamp'].replace('Z', '+00:00'))
            if timestamp.tzinfo is None:
                timestamp = timestamp.replace(tzinfo=datetime.timezone.utc)
            self.assertGreater((timestamp - now).total_seconds(), 240)

    def test_duplicate_stream(self):
        payloads = self.payloads('duplicate-stream')
        self.assertEqual(payloads[::2], payloads[1::2])
        self.assertEqual(len(set(payloads)), len(payloads) // 2)


class Elsewhere(FaultCase):
    def test_wrong_channel(self):
        messages = self.play('wrong-channel', count=150, channels=(CHANNEL, ERRORS, 'tickstock.monitoring', 'tickstock.errors'))
        self.assertEqual({channel for channel, _ in messages}, {'tickstock.monitoring', 'tickstock.errors'})
        self.assertEqual(len(messages), 150)

    def test_wrong_channel_without_a_colon(self):
        messages = self.play('wrong-channel', '--channel', 'plain', channels=('plain', 'plains'))
        self.assertEqual({channel for channel, _ in messages}, {'plains'})

    def test_wrong_channel_is_named_in_the_summary(self):
        result = run_ctl('simulate', '--url', self.server.url, '--rate', '500', '--count', '3', '--fault', 'wrong-channel')
        self.assertIn('tickstock.monitoring', result.stdout)

    def test_not_pubsub(self):
        self.assertEqual(self.play('not-pubsub', '--dialect', 'a'), [])
        entries = self.server.client.xrange(CHANNEL)
        self.assertEqual(len(entries), 40)
        self.assertEqual([json.loads(fields[b'event'])['event_type'] for _, fields in entries[:1]], ['METRIC_UPDATE'])

    def test_not_pubsub_is_capped_and_goes_away(self):
        self.play('not-pubsub', '--dialect', 'a', '--rate', '50000', count=5000)
        self.assertLess(self.server.client.xlen(CHANNEL), 2000)
        self.assertTrue(0 < self.server.client.ttl(CHANNEL) <= 60)

    def test_not_pubsub_leaves_the_data_of_others_alone(self):
        for _ in range(3):
            self.server.client.xadd(CHANNEL, {'event': 'precious'})
        result = run_ctl('simulate', '--url', self.server.url, '--rate', '500', '--count', '40', '--fault', 'not-pubsub')
        self.assertEqual(result.returncode, 2)
        self.assertIn(CHANNEL, result.stderr)
        self.assertEqual(self.server.client.xlen(CHANNEL), 3)
        self.assertEqual(self.server.client.ttl(CHANNEL), -1)

    def test_cluster_sharded(self):
        """Ordinary subscribers hear nothing, those of the shard all."""
        reader = Shard(self.server)
        self.addCleanup(reader.close)
        self.assertEqual(self.play('cluster-sharded', '--dialect', 'a', channels=(CHANNEL,)), [])
        self.assertEqual(json.loads(reader.read())['event_type'], 'METRIC_UPDATE')


class Shard:
    """Hears a channel with SSUBSCRIBE, which python3-redis does not know everywhere."""

    def __init__(self, server):
        self.connection = server.client.connection_pool.make_connection()
        self.connection.connect()
        self.connection.send_command('SSUBSCRIBE', CHANNEL)
        self.connection.read_response()

    def read(self):
        return self.connection.read_response()[2]

    def close(self):
        self.connection.disconnect()


class Silent(FaultCase):
    def test_publisher_silent(self):
        subscription = self.subscribe(CHANNEL, ERRORS)
        with Ctl('simulate', '--url', self.server.url, '--rate', '100', '--fault', 'publisher-silent') as simulate:
            self.server.wait_for_listener(CONTROL)
            names = wait_for(lambda: [client['name'] for client in self.server.client.client_list() if client['name'] == 'tickstock-simulator'],
                             'the publisher among the clients')
            self.assertEqual(len(names), 1)
            self.assertIsNone(self.next_message(subscription, QUIET_AFTER))
            calls = self.server.client.info('commandstats')['cmdstat_publish']['calls']
            self.assertIsNone(self.next_message(subscription, PROBE_EVERY + 1))
            self.assertEqual(self.server.client.info('commandstats')['cmdstat_publish']['calls'], calls)
            self.assertEqual(simulate.interrupt(), 0)

    def test_stale(self):
        subscription = self.subscribe(CHANNEL, ERRORS)
        with Ctl('simulate', '--url', self.server.url, '--rate', '100', '--fault', 'stale') as simulate:
            self.assertIsNotNone(self.next_message(subscription), 'a first message')
            begin = time.monotonic()
            count = 0
            while self.next_message(subscription, QUIET_AFTER) is not None:
                count += 1
                self.assertLess(time.monotonic() - begin, 60, 'the end of them')
            self.assertGreater(count, 300)
            self.assertEqual(self.server.listeners(CONTROL), 1)
            self.assertEqual(simulate.interrupt(), 0)


class OldServer(unittest.TestCase):
    def test_cluster_sharded_is_2_and_says_why(self):
        with RedisServer('--rename-command', 'SPUBLISH', '') as server:
            result = run_ctl('simulate', '--url', server.url, '--rate', '100', '--count', '5', '--fault', 'cluster-sharded')
            self.assertEqual(result.returncode, 2)
            self.assertIn('Redis 7', result.stderr)


class List(unittest.TestCase):
    def test_names_each(self):
        result = run_ctl('simulate', '--fault', 'list')
        self.assertEqual((result.returncode, result.stderr), (0, ''))
        self.assertEqual([line.split()[0] for line in result.stdout.splitlines()], CODES)
        for line in result.stdout.splitlines():
            self.assertGreater(len(line.split()), 4, line)

    def test_an_unknown_one_is_2_and_names_those_that_there_are(self):
        result = run_ctl('simulate', '--fault', 'wrong')
        self.assertEqual((result.returncode, result.stdout), (2, ''))
        for code in CODES:
            self.assertIn(code, result.stderr)


if __name__ == '__main__':
    unittest.main()
