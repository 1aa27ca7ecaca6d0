"""tickstock-monitorctl action and alerts: what goes over the wire, and what is said about who received it.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import json
import re
import unittest

from harness import CHANNEL, CONTROL, Ctl, ServerCase, run_ctl, wait_for

ACTIONS = ['FORCE_HEALTH_CHECK', 'CLEAR_CACHE', 'FORCE_GC', 'RELOAD_PATTERNS', 'RESTART_WORKERS']
TIMESTAMP = re.compile(r'^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$')


class CommandCase(ServerCase):
    def setUp(self):
        wait_for(lambda: self.server.listeners(CONTROL) == 0, 'the last test to let go')

    def listen(self, channel=CONTROL):
        subscription = self.server.client.pubsub(ignore_subscribe_messages=True)
        subscription.subscribe(channel)
        self.addCleanup(subscription.close)
        self.server.wait_for_listener(channel)
        return subscription

    def command(self, subscription):
        return json.loads(wait_for(lambda: subscription.get_message(timeout=0.1), 'the command')['data'])

    def send(self, *arguments):
        return run_ctl(*arguments, '--url', self.server.url)


class Receivers(CommandCase):
    COMMANDS = [['action', 'force-gc'], ['alerts', 'ack', 'mem-1'], ['alerts', 'resolve', 'mem-1'],
                ['action', 'enable-component', 'backtesting']]

    def test_none_is_1_and_says_so(self):
        for arguments in self.COMMANDS:
            with self.subTest(arguments):
                result = self.send(*arguments)
                self.assertEqual(result.returncode, 1)
                self.assertIn('delivered to 0', result.stdout)
                self.assertIn('nobody is listening', result.stdout)

    def test_one_is_0(self):
        self.listen()
        for arguments in self.COMMANDS:
            with self.subTest(arguments):
                result = self.send(*arguments)
                self.assertEqual(result.returncode, 0)
                self.assertIn('delivered to 1\n', result.stdout)

    def test_two(self):
        self.listen()
        self.listen()
        self.assertIn('delivered to 2\n', self.send('action', 'force-gc').stdout)

    def test_watching_the_events_is_no_receiver(self):
        self.listen(CHANNEL)
        self.assertEqual(self.send('action', 'force-gc').returncode, 1)


class Wire(CommandCase):
    def test_actions(self):
        subscription = self.listen()
        for action in ACTIONS:
            with self.subTest(action):
                self.send('action', action)
                command = self.command(subscription)
                self.assertEqual(set(command), {'action', 'timestamp', 'requested_by'})
                self.assertEqual(command['action'], action)
                self.assertTrue(command['requested_by'])
                self.assertRegex(command['timestamp'], TIMESTAMP)

    def test_names_in_any_form(self):
        subscription = self.listen()
        for name in ('clear-cache', 'CLEAR-CACHE', 'clear_cache', 'Clear_Cache'):
            with self.subTest(name):
                self.assertEqual(self.send('action', name).returncode, 0)
                self.assertEqual(self.command(subscription)['action'], 'CLEAR_CACHE')

    def test_enable_component(self):
        subscription = self.listen()
        self.send('action', 'enable-component', 'backtesting', '--type', 'processor')
        command = self.command(subscription)
        self.assertEqual((command['action'], command['name'], command['type']), ('ENABLE_COMPONENT', 'backtesting', 'processor'))
        self.assertIn('requested_by', command)

    def test_acknowledge(self):
        subscription = self.listen()
        self.send('alerts', 'ack', 'mem-7731', '--notes', 'On it')
        command = self.command(subscription)
        self.assertEqual(set(command), {'action', 'timestamp', 'requested_by', 'alert_id', 'acknowledged_by', 'notes'})
        self.assertEqual((command['action'], command['alert_id'], command['notes']), ('ALERT_ACKNOWLEDGED', 'mem-7731', 'On it'))
        self.assertTrue(command['acknowledged_by'])

    def test_resolve(self):
        subscription = self.listen()
        self.send('alerts', 'resolve', 'mem-7731', '--notes', 'Workers restarted')
        command = self.command(subscription)
        self.assertEqual(set(command), {'action', 'timestamp', 'alert_id', 'resolved_by', 'notes'})
        self.assertEqual((command['action'], command['alert_id'], command['notes']), ('ALERT_RESOLVED', 'mem-7731', 'Workers restarted'))

    def test_no_notes_are_empty(self):
        subscription = self.listen()
        self.send('alerts', 'resolve', 'mem-7731')
        self.assertEqual(self.command(subscription)['notes'], '')

    def test_ids_and_notes_come_through_unchanged(self):
        subscription = self.listen()
        for text in ('../../etc/passwd', '<b>&', '"}{\\', 'größer 🚀', 'a b', "'; DROP"):
            with self.subTest(text):
                self.send('alerts', 'ack', text, '--notes', text)
                command = self.command(subscription)
                self.assertEqual((command['alert_id'], command['notes']), (text, text))

    def test_an_id_that_looks_like_an_option(self):
        subscription = self.listen()
        result = run_ctl('alerts', 'ack', '--url', self.server.url, '--', '--help')
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(self.command(subscription)['alert_id'], '--help')

    def test_notes_in_the_c_locale(self):
        subscription = self.listen()
        run_ctl('alerts', 'ack', 'x', '--notes', 'größer', '--url', self.server.url, env={'LC_ALL': 'C'})
        self.assertEqual(self.command(subscription)['notes'], 'größer')

    def test_channel(self):
        subscription = self.listen('other:control')
        self.assertEqual(self.send('action', 'force-gc', '--channel', 'other').returncode, 0)
        self.assertEqual(self.command(subscription)['action'], 'FORCE_GC')


class Wait(CommandCase):
    def test_effect_is_seen(self):
        with Ctl('simulate', '--url', self.server.url, '--dialect', 'a', '--rate', '20', '--quiet'):
            self.server.wait_for_listener(CONTROL)
            for arguments in (['force-health-check'], ['clear-cache'], ['enable-component', 'backtesting']):
                with self.subTest(arguments):
                    result = self.send('action', *arguments, '--wait', '20')
                    self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
                    self.assertIn('effect seen after', result.stdout)

    def test_no_effect_is_1(self):
        self.listen()
        result = self.send('action', 'force-health-check', '--wait', '0.3')
        self.assertEqual(result.returncode, 1)
        self.assertIn('delivered to 1', result.stdout)
        self.assertIn('no effect seen within 0.3 s', result.stdout)

    def test_no_receiver_does_not_wait(self):
        result = self.send('action', 'force-health-check', '--wait', '3600')
        self.assertEqual(result.returncode, 1)

    def test_acknowledging_has_no_effect_to_wait_for(self):
        self.listen()
        result = self.send('alerts', 'ack', 'x-1', '--wait', '3600')
        self.assertEqual(result.returncode, 0)
        self.assertIn('promises no event', result.stderr)


class Denied(CommandCase):
    def test_no_permission_is_2_with_the_servers_words(self):
        self.server.client.acl_setuser('mute', enabled=True, passwords=['+pw'], commands=['+@all', '-publish'], keys=['*'],
                                       channels=['*'], reset=True)
        result = run_ctl('action', 'force-gc', '--url', f'redis://mute:pw@127.0.0.1:{self.server.port}')
        self.assertEqual(result.returncode, 2)
        self.assertIn('NOPERM', result.stderr)


if __name__ == '__main__':
    unittest.main()
