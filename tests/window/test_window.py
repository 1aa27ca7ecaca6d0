"""What a user sees and does, in the real window, against a real redis-server.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import json
import os
import pathlib
import signal
import unittest

import driver
import harness
from driver import Atspi, Window, wait_for
from harness import CHANNEL, CONTROL, SAMPLES, RedisServer

BUTTON = Atspi.Role.PUSH_BUTTON
TAB = Atspi.Role.PAGE_TAB


def sample(name, **changes):
    event = json.loads((SAMPLES / f'{name}.json').read_text())
    event.update(changes)
    return event


def metrics(cpu, source='TickStockPL'):
    event = sample('a-metric-update', source=source)
    event['metrics']['system']['cpu_percent'] = cpu
    return event


def alert(number=1, **changes):
    event = sample('a-alert-triggered')
    event['alert'].update({'id': f'mem-{number}', **changes})
    return event


class Live(unittest.TestCase):
    """Each test has a server and a window of its own, connected."""

    arguments = ()

    def setUp(self):
        self.server = self.enterContext(RedisServer())
        self.window = self.enterContext(Window(f'--url={self.server.url}', *self.arguments))
        self.server.wait_for_listener()

    def publish(self, event, channel=CHANNEL):
        return self.server.publish(channel, json.dumps(event))

    def control(self):
        """A subscription to the control channel, as an engine has."""
        listener = self.server.client.pubsub(ignore_subscribe_messages=True)
        listener.subscribe(CONTROL)
        self.server.wait_for_listener(CONTROL)
        self.addCleanup(listener.close)
        return listener

    def next_command(self, listener):
        message = wait_for(lambda: listener.get_message(timeout=0.1), 'a command on the control channel')
        return json.loads(message['data'])


class Overview(Live):
    def test_gauge_shows_the_published_value(self):
        self.publish(metrics(37.4))
        self.window.wait_for('CPU 37.4 %.*')
        self.publish(metrics(81.9))
        self.window.wait_for('CPU 81.9 %.*')

    def test_figures_and_health_are_shown(self):
        self.publish(metrics(37.4))
        for name in ('Threads 14', 'Disk 44.0 %', 'Memory used 2.9 GiB', 'Query average 13.1 ms', 'Cache hits 94 %.*',
                     'Pattern detection 95 excellent', '.*92.*excellent.*', 'daily: active', 'weekly: not active',
                     'Memory grows: plan a worker restart after the close'):
            self.window.wait_for(name)

    def test_tab_goes_through_the_page(self):
        self.publish(metrics(37.4))
        self.window.wait_for('CPU 37.4 %.*')
        for name in ('All Alerts', 'Force Health Check', 'Restart Workers…'):
            self.window.tab_to(name)
        self.window.press('5', 'ctrl')
        for name in ('Search All Channels', 'Save Report…', 'Run Again', 'Decode: .*'):
            self.window.tab_to(name, 'shift')
        for name in ('Run Again', 'Resolve: .*', 'Control: .*'):
            self.window.tab_to(name)

    def test_what_is_not_sent_takes_no_space(self):
        self.publish(sample('b-metric-update'))
        self.window.wait_for('Ticks 3.?120 /s.*')
        self.assertIsNone(self.window.find('Cache hits.*'))
        self.assertIsNone(self.window.find('Threads.*'))

    def test_job_shows_its_progress(self):
        self.publish(sample('c-job-progress'))
        self.window.wait_for('Data import')
        self.window.wait_for('48 %|49 %', Atspi.Role.PROGRESS_BAR)

    def test_strip_counts_what_was_decoded_and_what_was_not(self):
        self.publish(metrics(10))
        self.window.wait_for('Decode: passing, 1 of 1')
        self.server.publish(CHANNEL, b'\x1f\x8b\x08 compressed')
        self.window.wait_for('Decode: warning, 1 of 2')

    def test_a_second_source_does_not_take_the_gauges(self):
        self.publish(metrics(11, 'first'))
        self.window.wait_for('CPU 11.0 %.*')
        self.publish(metrics(22, 'second'))
        self.window.wait_for('Publisher: passing, 2 sources')
        self.assertIsNotNone(self.window.find('CPU 11.0 %.*'))


class Alerts(Live):
    def test_alert_is_acknowledged_and_resolved_with_a_note(self):
        listener = self.control()
        self.publish(alert())
        self.window.wait_for('Worker memory above limit')
        self.window.wait_for('1 open · 0 acknowledged')

        self.window.click('Acknowledge', BUTTON)
        command = self.next_command(listener)
        self.assertEqual(command['action'], 'ALERT_ACKNOWLEDGED')
        self.assertEqual(command['alert_id'], 'mem-1')
        self.assertTrue(command['acknowledged_by'])
        self.window.wait_for('0 open · 1 acknowledged')

        self.window.click('Resolve…', BUTTON)
        self.window.type_into('.*[Nn]otes.*', 'Restarted the workers')
        self.window.click('Resolve', BUTTON)
        command = self.next_command(listener)
        self.assertEqual(command['action'], 'ALERT_RESOLVED')
        self.assertEqual(command['alert_id'], 'mem-1')
        self.assertEqual(command['notes'], 'Restarted the workers')
        self.window.wait_for('0 open · 0 acknowledged')

    def test_engine_resolves_an_alert(self):
        self.publish(alert())
        self.window.wait_for('1 open · 0 acknowledged')
        self.publish({**sample('a-alert-resolved'), 'alert_id': 'mem-1'})
        self.window.wait_for('0 open · 0 acknowledged')

    def test_markup_is_shown_as_text(self):
        self.publish(alert(message='<b>&</b> <span foreground="red">', component='a<i>&'))
        self.window.wait_for('<b>&</b> <span foreground="red">')

    def test_id_that_is_a_path_comes_back_as_it_was(self):
        listener = self.control()
        self.publish(alert(id='../../etc/passwd'))
        self.window.wait_for('1 open · 0 acknowledged')
        self.window.click('Acknowledge', BUTTON)
        self.assertEqual(self.next_command(listener)['alert_id'], '../../etc/passwd')

    def test_acknowledging_without_a_listener_says_so(self):
        self.publish(alert())
        self.window.wait_for('Worker memory above limit')
        self.window.click('Acknowledge', BUTTON)
        self.window.wait_for('.*nobody is listening.*')
        self.window.wait_for('0 open · 1 acknowledged')


class Actions(Live):
    def test_action_reaches_the_engine_and_its_answer_is_seen(self):
        listener = self.control()
        self.window.click('Force Health Check', BUTTON)
        command = self.next_command(listener)
        self.assertEqual(command['action'], 'FORCE_HEALTH_CHECK')
        self.assertRegex(command['timestamp'], r'^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d.*Z$')
        self.assertTrue(command['requested_by'])
        self.window.wait_for('Force Health Check\n.*delivered to 1.*')
        self.publish(sample('a-health-check'))
        self.window.wait_for('Force Health Check\n.*answered after.*')

    def test_nobody_listens(self):
        self.window.click('Force GC', BUTTON)
        self.window.wait_for('Force GC\n.*nobody is listening.*')

    def test_destructive_action_asks_first(self):
        listener = self.control()
        self.window.click('Restart Workers…', BUTTON)
        self.window.click('Cancel', BUTTON)
        self.window.wait_gone('Restart Workers\\?')
        self.assertIsNone(listener.get_message(timeout=0.3), 'nothing may be sent before the answer')
        self.window.click('Restart Workers…', BUTTON)
        self.window.click('Restart Workers', BUTTON)
        self.assertEqual(self.next_command(listener)['action'], 'RESTART_WORKERS')

    def test_disabled_component_can_be_enabled(self):
        listener = self.control()
        event = sample('a-health-check')
        event['health']['components']['backtesting'] = {'status': 'disabled'}
        self.publish(event)
        self.window.click('Enable Backtesting', BUTTON)
        command = self.next_command(listener)
        self.assertEqual((command['action'], command['name']), ('ENABLE_COMPONENT', 'backtesting'))


class Link(Live):
    def test_killing_redis_shows_it_and_restarting_recovers(self):
        self.publish(metrics(37.4))
        self.window.wait_for('CPU 37.4 %.*')
        self.server.kill()
        self.window.wait_for('Redis: failing, no connection.*')
        self.window.wait_for('.*: Disconnected, retrying', BUTTON)
        self.window.wait_for('no data for .*')
        self.window.click('Retry Now', BUTTON)
        self.server.start()
        self.server.wait_for_listener()
        self.window.wait_for('Redis: passing.*')
        self.publish(metrics(52.5))
        self.window.wait_for('CPU 52.5 %.*')

    def test_dropped_subscriber_comes_back(self):
        for client in self.server.client.client_list(_type='pubsub'):
            self.server.client.client_kill_filter(_id=client['id'])
        self.window.wait_for('Redis: failing.*|Redis: passing.*')
        self.server.wait_for_listener()
        self.publish(metrics(52.5))
        self.window.wait_for('CPU 52.5 %.*')


class Events(Live):
    arguments = ('--page=events',)

    def test_events_are_listed_paused_and_filtered(self):
        self.publish(metrics(37.4))
        self.window.wait_for('METRIC_UPDATE')
        self.window.click('Pause.*')
        self.window.wait_for('Resume.*')
        self.publish(sample('b-system-status'))
        self.window.wait_for('.*1 new.*')
        self.window.click('Resume.*')
        self.window.wait_for('SYSTEM_STATUS')
        self.window.type_into('Filter events', 'nothing has this text')
        self.window.wait_gone('SYSTEM_STATUS', Atspi.Role.LABEL)

    def test_ten_thousand_hostile_messages_are_counted(self):
        hostile = [b'[' * (2 * 1024 * 1024), b'x' * (5 * 1024 * 1024), b'\x80\x04\x95', b'"\xff\xfe"', b'', b'{"event_type":"NOPE"}',
                   b'{"event_type":"METRIC_UPDATE","metrics":{"system":{"cpu_percent":NaN}}}']
        for message in hostile:
            self.server.publish(CHANNEL, message)
        pipe = self.server.client.pipeline(transaction=False)
        for _ in range(10000 - len(hostile)):
            pipe.publish(CHANNEL, b'{"event_type": <b>&')
        pipe.execute()
        self.publish(metrics(64.2))
        self.window.wait_for('Decode: failing, 2 of 10.?001')  # of the last 256 one could be used
        self.window.click('Overview', TAB)
        self.window.wait_for('CPU 64.2 %.*')


class FirstPage(unittest.TestCase):
    def test_refused_connection_is_said_in_the_systems_words(self):
        with Window('--url=redis://127.0.0.1:1') as window:
            window.wait_for('Not Connected')
            window.wait_for('.*[Rr]efused.*', Atspi.Role.LABEL)
            window.wait_for('Retry Now', BUTTON)

    def test_wrong_url_is_refused_in_words(self):
        with Window() as window:
            window.type_into('Redis URL of the engine', 'http://example.com')
            window.click('Connect', BUTTON)
            window.wait_for('.*redis://.*', Atspi.Role.LABEL)

    def test_connects_to_what_was_typed(self):
        with RedisServer() as server, Window() as window:
            window.type_into('Redis URL of the engine', server.url)
            window.click('Connect', BUTTON)
            server.wait_for_listener()
            server.publish(CHANNEL, json.dumps(metrics(41.5)))
            window.wait_for('CPU 41.5 %.*')


class Demo(unittest.TestCase):
    @staticmethod
    def children(pid):
        return [int(child) for child in pathlib.Path(f'/proc/{pid}/task/{pid}/children').read_text().split()]

    def family(self, pid):
        result = []
        for child in self.children(pid):
            result += [child, *self.family(child)]
        return result

    @staticmethod
    def alive(pid):
        try:
            return pathlib.Path(f'/proc/{pid}/stat').read_text().rsplit(')', 1)[1].split()[0] != 'Z'
        except FileNotFoundError:
            return False

    def test_button_starts_it_and_killing_the_window_ends_it(self):
        window = Window()
        self.addCleanup(window.close)
        window.click('Try the Demo', BUTTON)
        window.wait_for('CPU [0-9.]+ %.*')
        family = wait_for(lambda: self.family(window.process.pid), 'the processes of the demo')
        self.assertGreaterEqual(len(family), 2, 'a simulator and a server')
        os.kill(window.process.pid, signal.SIGKILL)
        window.process.wait(harness.DEADLINE)
        wait_for(lambda: not any(self.alive(pid) for pid in family), 'the demo to end with its window')


if __name__ == '__main__':
    unittest.main(verbosity=2)
