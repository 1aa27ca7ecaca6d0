"""What a user sees of the flow ladder, in the real window, against a real redis-server.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import contextlib
import datetime
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import threading
import time
import unittest

import redis

from driver import Atspi, Window, wait_for, harness
from harness import CHANNEL, CONTROL, SAMPLES, RedisServer

BUTTON = Atspi.Role.PUSH_BUTTON
TAB = Atspi.Role.PAGE_TAB
WRONG = 'tickstock.monitoring'


def metrics(cpu):
    event = json.loads((SAMPLES / 'a-metric-update.json').read_text())
    event['metrics']['system']['cpu_percent'] = cpu
    event['timestamp'] = datetime.datetime.now(datetime.timezone.utc).isoformat()
    return json.dumps(event)


# A toast that answers a click is gone after five seconds, in which a slow machine may not look: wait for what it tells of.
def read_clipboard():
    script = pathlib.Path(__file__).with_name('clipboard.py')
    return subprocess.run([sys.executable, script], capture_output=True, text=True, timeout=harness.DEADLINE, check=True).stdout


@contextlib.contextmanager
def engine(server, channel, rate=5):
    """Publishes METRIC_UPDATEs and listens to commands, as an engine does, until the block ends; also while its server is gone."""
    stop = threading.Event()
    client = redis.Redis(port=server.port)
    listener = client.pubsub()
    listener.subscribe(CONTROL)

    def publish():
        while not stop.wait(1 / rate):
            with contextlib.suppress(redis.RedisError):
                client.publish(channel, metrics(48.2))
    thread = threading.Thread(target=publish)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
        listener.close()


def restrict(case, *rights):
    """A server with a user that may do little, and the window as that user."""
    server = case.enterContext(RedisServer())
    server.client.execute_command('ACL', 'SETUSER', 'watcher', 'on', '>secret', 'resetchannels', '+subscribe', '+psubscribe', '+publish', '+ping',
                                  '+info', '+hello', '+auth', '+client|setname', '+pubsub', *rights)
    url = server.url.replace('redis://', 'redis://watcher:secret@')
    return server, case.enterContext(Window(f'--url={url}', '--page=flow'))


def is_expanded(item):
    return item.has(Atspi.StateType.EXPANDED)


class Flow(unittest.TestCase):
    def open(self, *arguments):
        self.server = self.enterContext(RedisServer())
        self.window = self.enterContext(Window(f'--url={self.server.url}', *arguments))
        self.server.wait_for_listener()

    def test_wrong_channel_is_named_within_ten_seconds_and_switched(self):
        self.open()
        with engine(self.server, WRONG):
            begin = time.monotonic()
            self.window.wait_for(f'The events are published on “{WRONG}”.*', Atspi.Role.LABEL, 10)
            self.assertLess(time.monotonic() - begin, 10)
            self.window.wait_for('Channel: failing.*', BUTTON)
            self.window.click('Flow', TAB)
            self.window.wait_for('Broken at Channel · .*')
            self.window.wait_for('Channel: Broken.*', BUTTON)

            self.window.click('Switch Channel', BUTTON)
            self.window.wait_for(f'Listen to “{WRONG}”\\?')
            self.window.wait_for('As It Came')
            self.window.wait_for('As It Is Read')
            self.window.wait_for('METRIC_UPDATE')
            self.window.click('Switch Channel', BUTTON, title='Switch Channel')
            self.window.wait_for('Everything flows.*')
            self.window.click('Overview', TAB)
            self.window.wait_for('CPU 48.2 %.*')

    def test_events_that_stop_are_told(self):
        self.open('--page=flow')
        with engine(self.server, CHANNEL):
            self.window.wait_for('Everything flows.*')
            self.window.wait_for('[1-9][0-9]+ messages')  # enough for the cadence to be known; else silence is told after longer
        first = self.window.wait_for('Broken at .*', seconds=60)
        self.assertRegex(first.spoken, '^Broken at Semantics · ')
        self.window.wait_for('Semantics: Broken.*', BUTTON)
        self.window.wait_for('Silent', Atspi.Role.LABEL)
        # Long enough for the probes of the window to add up, were they taken for messages of an engine.
        self.window.wait_for('Events did flow, and stopped (3[5-9]|[45][0-9]) s ago.*', seconds=60)
        self.window.wait_for('Broken at Semantics · .*')

    def test_step_of_the_strip_opens_the_page_there(self):
        self.open()
        self.window.click('Decode: .*', BUTTON)
        wait_for(lambda: is_expanded(self.window.wait_for('Decode: (OK|Not known), .*', BUTTON)), 'the rung to open')
        self.window.wait_for('Can the messages be read\\?')

    def test_row_opens_and_closes(self):
        self.open('--page=flow')
        with engine(self.server, CHANNEL):
            self.window.wait_for('Everything flows.*')
            self.window.click('Broker: OK.*', BUTTON)
            self.window.wait_for('a probe came back in .*')
            self.window.click('Broker: OK.*', BUTTON)
            self.window.wait_gone('a probe came back in .*')

    def test_probe_is_sent(self):
        self.open('--page=flow')
        with self.server.client.pubsub() as listener:
            listener.psubscribe('tickstock:monitoring:probe:*')
            self.window.click('Broker: OK.*', BUTTON)
            wait_for(lambda: listener.get_message(timeout=0.1) is None, 'no probe to be under way')
            self.window.click('Send Probe', BUTTON)
            message = wait_for(lambda: listener.get_message(timeout=1), 'the probe')
        self.assertEqual(message['type'], 'pmessage')

    def test_rejected_events_are_shown(self):
        self.open('--page=flow')
        for _ in range(5):
            self.server.publish(CHANNEL, b'\x1f\x8b\x08 compressed')
        self.window.wait_for('Decode: Broken.*', BUTTON)
        self.window.wait_for('compressed 5')
        self.window.click('Show Events', BUTTON)
        self.window.wait_for('5 events|5 of 5 events')

    def test_notification_once_and_once_when_back(self):
        self.open('--page=flow')
        self.window.notifications.forget()
        with engine(self.server, CHANNEL):
            self.window.wait_for('Everything flows.*')
            self.window.click('Overview', TAB)
            self.server.kill()
            wait_for(lambda: self.window.notifications.sent(), 'a notification', 60)
            self.server.start()
            self.server.wait_for_listener()
            wait_for(lambda: len(self.window.notifications.sent()) > 1, 'the other notification', 60)
        titles = [title for title, _body in self.window.notifications.sent()]
        self.assertEqual(titles, ['Events have stopped', 'Events flow again'])
        self.window.notifications.click()
        self.window.wait_for('Run Again', BUTTON)


class Permissions(unittest.TestCase):
    def test_what_may_not_be_asked_is_not_known_and_says_so(self):
        _server, window = restrict(self, '&tickstock:monitoring', '&tickstock:errors')
        window.click('Broker: Not known.*', BUTTON)
        window.wait_for('Have this allowed: ACL SETUSER watcher .*')
        window.wait_for('Copy Line', BUTTON)

    def test_wrong_password_is_named(self):
        with RedisServer(password='right') as server:
            url = server.url.replace(':right@', ':wrong@')
            with Window(f'--url={url}', '--page=flow') as window:
                window.wait_for('The server does not accept this user and password.')
                window.wait_for('Authenticate: Broken.*', BUTTON)
                window.wait_for('Edit Connection…', BUTTON)


class RecordingFile(unittest.TestCase):
    """Each test has a folder, and in it a recording that it writes."""

    def setUp(self):
        self.folder = self.enterContext(tempfile.TemporaryDirectory(prefix='tsm-test-'))
        self.path = os.path.join(self.folder, 'monday.jsonl')

    def write(self, *lines):
        pathlib.Path(self.path).write_text('\n'.join(['{"format":"tickstock-monitor-recording","version":1}', *lines, '']))

    def line(self, payload, second=0):
        return json.dumps({'received': f'2026-03-02T14:05:{second:02}Z', 'offset_us': second * 1000000, 'channel': CHANNEL,
                           'payload': payload})


class Recording(RecordingFile):
    def test_opens_offline_and_counts_bad_lines(self):
        self.write(self.line(metrics(33.3)), 'garbage', self.line(metrics(37.7), 10))
        with Window(self.path) as window:
            window.wait_for('monday.jsonl · Recording, read-only · 2 messages · .*14:05:00 – .*14:05:10 · 1 line cannot be read')
            window.wait_for('CPU 37.7 %.*')
            window.click('Events', TAB)
            window.wait_for('METRIC_UPDATE')

    def test_long_one_says_what_is_listed(self):
        self.write(*(self.line('{"event_type":"SYSTEM_STATUS","status":"RUNNING"}', number % 60) for number in range(12_345)))
        with Window(self.path, '--page=events') as window:
            window.wait_for('monday.jsonl · Recording, read-only · 12345 messages · .* · Events lists the last 10000', seconds=60)
            window.wait_for('10000 events')
            window.wait_for('SYSTEM_STATUS')

    def test_what_is_no_recording_says_so(self):
        pathlib.Path(self.path).write_text('{"event_type":"METRIC_UPDATE"}\n')
        with Window(self.path) as window:
            window.wait_for('Nothing to Show')
            window.wait_for('.*not a recording.*|.*no recording.*')

    def test_window_of_a_recording_closes_by_itself(self):
        self.write(self.line(metrics(33.3)))
        window = Window(self.path)
        window.wait_for('CPU 33.3 %.*')
        self.assertEqual(window.close(), 0)


class Exchange(RecordingFile):
    """What goes through GTK's file chooser, or through the clipboard to another program."""

    def open(self):
        server = self.enterContext(RedisServer())
        window = self.enterContext(Window(f'--url={server.url}', '--page=flow'))
        server.wait_for_listener()
        return server, window

    def test_report_is_copied(self):
        server, window = self.open()
        with engine(server, CHANNEL):
            window.wait_for('Everything flows.*')
            window.click('Copy Report', BUTTON)
            text = wait_for(read_clipboard, 'the report on the clipboard')
        self.assertTrue(text.startswith('# '), text[:200])
        self.assertIn('Everything flows', text)

    def test_line_for_the_access_list_is_copied_and_does_it(self):
        server, window = restrict(self, '&tickstock:monitoring:probe:*')
        window.wait_for('Subscribe: Broken.*', BUTTON)
        window.click('Copy Line', BUTTON)
        line = wait_for(read_clipboard, 'the line on the clipboard')
        self.assertRegex(line, r'^ACL SETUSER watcher .*&tickstock:monitoring\b')
        server.client.execute_command(*line.split())
        window.wait_for('Subscribe: OK.*', BUTTON, 60)

    def test_report_is_saved(self):
        server, window = self.open()
        with engine(server, CHANNEL):
            window.wait_for('Everything flows.*')
            for name in ('report.md', 'report.json'):
                window.click('Save Report…', BUTTON)
                window.choose_file(os.path.join(self.folder, name), 'Save')
                wait_for(lambda: os.path.exists(os.path.join(self.folder, name)), name)
            self.assertIn('Everything flows', pathlib.Path(self.folder, 'report.md').read_text())
            report = json.loads(pathlib.Path(self.folder, 'report.json').read_text())
            self.assertEqual(report['verdict']['code'], 'healthy')

    def test_file_is_chosen(self):
        self.write(self.line(metrics(33.3)))
        with Window() as window:
            window.press('o', 'ctrl')
            window.choose_file(self.path, 'Open')
            window.wait_for('monday.jsonl · Recording, read-only · 1 message · .*')
            window.wait_for('CPU 33.3 %.*')


class DemoFaults(unittest.TestCase):
    def test_fault_is_played_and_ended(self):
        with Window('--demo', '--page=flow') as window:
            window.wait_for('Everything flows.*')
            window.click('Play a Fault')
            window.click('malformed: .*', BUTTON)
            window.wait_for('Decode: Broken.*', BUTTON, 60)
            window.click('Playing malformed')
            window.click('None: .*', BUTTON)
            window.wait_for('Play a Fault')
            window.wait_for('Decode: (OK|Warning).*', BUTTON, 120)


if __name__ == '__main__':
    unittest.main(verbosity=2)
