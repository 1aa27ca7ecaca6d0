"""tickstock-monitorctl simulate: what it publishes arrives, in the number and the dialect that was asked for.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import collections
import json
import signal
import time
import unittest

from harness import CHANNEL, CONTROL, ERRORS, Ctl, RedisServer, ServerCase, run_ctl, wait_for


class SimulateCase(ServerCase):
    def run_simulate(self, *arguments):
        result = run_ctl('simulate', '--url', self.server.url, *arguments)
        self.assertEqual(result.returncode, 0, result.stderr)
        return result

    def round_trip(self, *arguments, count, channel=None):
        """What `watch` sees of `simulate --count`."""
        where = ['--channel', channel] if channel else []
        wait_for(lambda: self.server.listeners(channel or CHANNEL) == 0, 'the last test to let go')
        with Ctl('watch', '--json', '--url', self.server.url, '--count', str(count), *where) as watch:
            for name in [channel] if channel else [CHANNEL, ERRORS]:
                self.server.wait_for_listener(name)
            result = self.run_simulate('--count', str(count), *where, *arguments)
            self.assertIn(f'published {count} on', result.stdout)
            return watch.events()


class RoundTrip(SimulateCase):
    def test_each_dialect_is_accepted(self):
        for dialect in 'abc':
            with self.subTest(dialect):
                events = self.round_trip('--dialect', dialect, '--rate', '1000', count=300)
                self.assertEqual(len(events), 300)
                self.assertEqual({(event['accepted'], event['dialect']) for event in events}, {('yes', dialect)})

    def test_mixed_has_every_kind(self):
        events = self.round_trip('--rate', '1000', count=600)
        types = {event['type'] for event in events}
        self.assertLessEqual({'METRIC_UPDATE', 'ALERT_TRIGGERED', 'ALERT_RESOLVED', 'HEALTH_CHECK', 'SYSTEM_STATUS',
                              'job_progress_update', 'error'}, types)
        self.assertEqual({event['dialect'] for event in events}, {'a', 'b', 'c'})

    def test_dialect_in_upper_case(self):
        self.assertEqual({event['dialect'] for event in self.round_trip('--dialect', 'B', '--rate', '500', count=20)}, {'b'})

    def test_errors_have_their_own_channel(self):
        events = self.round_trip('--dialect', 'c', '--rate', '1000', count=300)
        self.assertEqual({event['channel'] for event in events if event['type'] == 'error'}, {ERRORS})
        self.assertEqual({event['channel'] for event in events if event['type'] != 'error'}, {CHANNEL})

    def test_another_channel_gets_all(self):
        events = self.round_trip('--rate', '1000', count=300, channel='test:events')
        self.assertEqual(len(events), 300)
        self.assertEqual({event['channel'] for event in events}, {'test:events'})

    def test_sources(self):
        events = self.round_trip('--sources', '5', '--rate', '1000', count=100)
        self.assertEqual(len({event['source'] for event in events}), 5)

    def test_alerts_trigger_and_resolve(self):
        events = self.round_trip('--dialect', 'a', '--rate', '2000', count=600)
        triggered = {event['data']['alert']['id'] for event in events if event['type'] == 'ALERT_TRIGGERED'}
        resolved = {event['data']['alert_id'] for event in events if event['type'] == 'ALERT_RESOLVED'}
        self.assertGreaterEqual(len(triggered), 3)
        self.assertLessEqual(resolved, triggered)
        self.assertLessEqual(len(triggered) - len(resolved), 2)

    def test_cpu_rises_with_the_patterns(self):
        events = self.round_trip('--dialect', 'a', '--rate', '5000', count=1200)
        by_rate = sorted((event['data']['metrics']['application']['patterns_per_second'], event['data']['metrics']['system']['cpu_percent'])
                         for event in events if event['type'] == 'METRIC_UPDATE')
        quarter = len(by_rate) // 4
        quiet = sum(cpu for _, cpu in by_rate[:quarter]) / quarter
        busy = sum(cpu for _, cpu in by_rate[-quarter:]) / quarter
        self.assertGreater(busy, quiet + 15)

    def test_20000_per_second(self):
        n = 40_000
        events = self.round_trip('--rate', '20000', count=n)
        self.assertEqual(len(events), n)
        self.assertEqual({event['accepted'] for event in events}, {'yes'})


def without_times(event):
    data = dict(event['data'])
    data.pop('timestamp')
    data.get('payload', {}).pop('estimated_completion', None)
    data.get('metrics', {}).get('database', {}).pop('last_write', None)
    return data


class Seed(SimulateCase):
    def test_same_seed_same_events(self):
        one = self.round_trip('--seed', '7', '--rate', '1000', count=200)
        two = self.round_trip('--seed', '7', '--rate', '1000', count=200)
        self.assertEqual([without_times(event) for event in one], [without_times(event) for event in two])

    def test_other_seed_other_events(self):
        one = self.round_trip('--seed', '7', '--rate', '1000', count=50)
        two = self.round_trip('--seed', '8', '--rate', '1000', count=50)
        self.assertNotEqual([without_times(event) for event in one], [without_times(event) for event in two])


class Pace(SimulateCase):
    def test_rate(self):
        begin = time.monotonic()
        self.run_simulate('--dialect', 'a', '--rate', '20', '--count', '21')
        self.assertGreaterEqual(time.monotonic() - begin, 0.9)

    def test_day(self):
        """With a short day the session is over sooner: patterns are rare again at its end."""
        events = self.round_trip('--dialect', 'a', '--rate', '1000', '--day', '60', count=100)
        rates = [event['data']['metrics']['application']['patterns_per_second'] for event in events if event['type'] == 'METRIC_UPDATE']
        self.assertLess(rates[-1], max(rates) / 4)


class Output(SimulateCase):
    def test_nobody_listens(self):
        result = self.run_simulate('--count', '5', '--rate', '100')
        self.assertIn('published 5 on', result.stdout)
        self.assertIn('nobody is listening', result.stdout)

    def test_quiet(self):
        self.assertEqual(self.run_simulate('--count', '5', '--rate', '100', '--quiet').stderr, '')

    def test_interrupt_is_0_with_a_summary(self):
        with Ctl('simulate', '--url', self.server.url) as simulate:
            self.server.wait_for_listener(CONTROL)
            self.assertEqual(simulate.interrupt(signal.SIGINT), 0)
            self.assertRegex(simulate.line(), r'^published \d+ on')

    def test_refused_by_acl_is_2(self):
        self.server.client.acl_setuser('mute', enabled=True, passwords=['+pw'], commands=['+@all', '-publish'], keys=['*'],
                                       channels=['*'], reset=True)
        result = run_ctl('simulate', '--url', f'redis://mute:pw@127.0.0.1:{self.server.port}', '--count', '5')
        self.assertEqual(result.returncode, 2)
        self.assertIn('NOPERM', result.stderr)


class Restart(unittest.TestCase):
    def test_goes_on_after_a_restart(self):
        with RedisServer() as server, Ctl('simulate', '--url', server.url, '--rate', '50', '--count', '100') as simulate:
            server.wait_for_listener(CONTROL)
            server.restart()
            server.wait_for_listener(CONTROL)
            self.assertEqual(simulate.wait(), 0)
            self.assertIn('published 100 on', simulate.line())


class Commands(SimulateCase):
    """It answers as an engine would."""

    def setUp(self):
        wait_for(lambda: self.server.listeners(CONTROL) == 0, 'the last test to let go')
        self.subscription = self.server.client.pubsub(ignore_subscribe_messages=True)
        self.subscription.subscribe(CHANNEL)
        self.addCleanup(self.subscription.close)
        self.simulate = Ctl('simulate', '--url', self.server.url, '--dialect', 'a', '--rate', '20', '--quiet')
        self.addCleanup(self.simulate.__exit__)
        self.server.wait_for_listener(CONTROL)
        self.next('HEALTH_CHECK')
        self.next('SYSTEM_STATUS')

    def next(self, kind, condition=lambda event: True):
        def look():
            message = self.subscription.get_message(timeout=0.1)
            event = json.loads(message['data']) if message else None
            return event if event and event['event_type'] == kind and condition(event) else None

        return wait_for(look, kind)

    def send(self, action, **members):
        command = {'action': action, 'timestamp': '2026-03-02T14:00:00Z', 'requested_by': 'Ada', **members}
        self.assertEqual(self.server.publish(CONTROL, json.dumps(command)), 1)

    def test_force_health_check(self):
        self.send('FORCE_HEALTH_CHECK')
        self.next('HEALTH_CHECK')

    def test_clear_cache(self):
        self.send('CLEAR_CACHE')
        self.next('SYSTEM_STATUS')
        self.next('METRIC_UPDATE', lambda event: event['metrics']['application']['cache_hit_rate'] < 0.3)
        self.next('METRIC_UPDATE', lambda event: event['metrics']['application']['cache_hit_rate'] > 0.7)

    def test_restart_workers(self):
        before = self.next('METRIC_UPDATE')['metrics']['system']['thread_count']
        self.send('RESTART_WORKERS')
        self.next('SYSTEM_STATUS')
        self.next('METRIC_UPDATE', lambda event: event['metrics']['system']['thread_count'] < before - 4)

    def test_enable_component(self):
        self.send('ENABLE_COMPONENT', type='processor', name='backtesting')
        self.assertEqual(self.next('HEALTH_CHECK')['health']['components']['backtesting']['status'], 'OK')

    def test_resolve(self):
        alert = self.next('ALERT_TRIGGERED')['alert']['id']
        self.send('ALERT_RESOLVED', alert_id=alert, resolved_by='Grace', notes='seen to')
        event = self.next('ALERT_RESOLVED', lambda event: event['alert_id'] == alert)
        self.assertEqual(collections.Counter(event), collections.Counter(
            {**event, 'alert_id': alert, 'resolved_by': 'Grace', 'notes': 'seen to'}))

    def test_bad_commands_are_ignored(self):
        for command in (b'\xff\x00', '{', '[' * 100_000, '{"action": 7}', '{"action": "DANCE"}'):
            self.server.publish(CONTROL, command)
        self.send('FORCE_HEALTH_CHECK')
        self.next('HEALTH_CHECK')

    def test_commands_are_counted(self):
        self.send('FORCE_HEALTH_CHECK')
        self.next('HEALTH_CHECK')
        self.simulate.interrupt()
        self.assertIn('commands heard: 1', self.simulate.line())


if __name__ == '__main__':
    unittest.main()
