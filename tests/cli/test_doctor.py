#!/usr/bin/env python3
"""doctor: every fault that can be brought about with real servers is named, on its rung, with a remedy; and health is health.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import ast
import contextlib
import datetime
import http.server
import json
import os
import pathlib
import queue
import re
import signal
import socket
import subprocess
import tempfile
import threading
import time
import unittest

import redis

import harness
from harness import CHANNEL, CONTROL, ERRORS, Ctl, RedisServer, free_port, run_ctl, wait_for

LEAST = ('+subscribe', '+psubscribe', '+publish', '+ping', '+info', '+hello', '+auth', '+client|setname', '+pubsub',
         '&tickstock:*')
RUNGS = ['resolve', 'connect', 'tls', 'server', 'authenticate', 'subscribe', 'broker', 'publisher', 'channel', 'decode',
         'semantics', 'control']


def metrics(**changes):
    """A METRIC_UPDATE that is accepted, made now, as text."""
    now = datetime.datetime.now(datetime.timezone.utc).isoformat().replace('+00:00', 'Z')
    event = {'event_type': 'METRIC_UPDATE', 'timestamp': now, 'source': 'TickStockPL',
             'metrics': {'system': {'cpu_percent': 37.4, 'memory_percent': 58.9}}}
    return json.dumps({**event, **changes})


class Publisher:
    """Publishes a message every so many seconds, as a program of its own would. A context manager."""

    def __init__(self, url, channel=CHANNEL, every=0.3, make=metrics, command='PUBLISH'):
        self.client = redis.Redis.from_url(url, client_name='TickStockPL')
        self.channel, self.every, self.make, self.command = channel, every, make, command
        self.end = threading.Event()
        self.thread = threading.Thread(target=self._run, daemon=True)

    def _run(self):
        while not self.end.wait(self.every):
            with contextlib.suppress(redis.exceptions.RedisError):
                self.client.execute_command(self.command, self.channel, self.make())

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.end.set()
        self.thread.join()
        self.client.close()


@contextlib.contextmanager
def listener(server, channel=CONTROL):
    """Somebody who listens, as an engine does to commands."""
    client = redis.Redis(unix_socket_path=server.socket, password=server.password)
    pubsub = client.pubsub()
    pubsub.subscribe(channel)
    try:
        server.wait_for_listener(channel)
        yield
    finally:
        pubsub.close()
        client.close()


@contextlib.contextmanager
def simulator(server, *arguments):
    with Ctl('simulate', '--quiet', '--url', server.url, *arguments) as process:
        server.wait_for_listener(CONTROL)
        yield process


@contextlib.contextmanager
def listening_socket(backlog=8):
    with socket.socket() as sock:
        sock.bind(('127.0.0.1', 0))
        sock.listen(backlog)
        yield sock.getsockname()[1]


@contextlib.contextmanager
def crowd(server, *names):
    """Other programs, which publish on each of these channels five times a second."""
    end = threading.Event()

    def run():
        client = redis.Redis(unix_socket_path=server.socket)
        while not end.wait(0.2):
            pipeline = client.pipeline(transaction=False)
            for name in names:
                pipeline.publish(name, '{"price": 1}')
            pipeline.execute()
        client.close()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        yield
    finally:
        end.set()
        thread.join()


class SlowLink:
    """Passes on what comes, each way so many seconds later. A context manager."""

    def __init__(self, port, delay):
        self.server, self.delay = port, delay
        self.listener = socket.create_server(('127.0.0.1', 0))
        self.sockets = [self.listener]

    @property
    def url(self):
        return f'redis://127.0.0.1:{self.listener.getsockname()[1]}'

    def _accept(self):
        with contextlib.suppress(OSError):
            while True:
                near, far = self.listener.accept()[0], socket.create_connection(('127.0.0.1', self.server))
                self.sockets += [near, far]
                for source, target in (near, far), (far, near):
                    under_way = queue.Queue()
                    threading.Thread(target=self._take, args=(source, under_way), daemon=True).start()
                    threading.Thread(target=self._deliver, args=(under_way, target), daemon=True).start()

    def _take(self, source, under_way):
        data = b'x'
        while data:
            try:
                data = source.recv(65536)
            except OSError:
                data = b''
            under_way.put((time.monotonic() + self.delay, data))

    @staticmethod
    def _deliver(under_way, target):
        with contextlib.suppress(OSError):
            while True:
                due, data = under_way.get()
                time.sleep(max(due - time.monotonic(), 0))
                if not data:
                    target.shutdown(socket.SHUT_WR)
                    return
                target.sendall(data)

    def __enter__(self):
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_):
        for sock in self.sockets:
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
            sock.close()


def diagnose(url, *arguments, env=None):
    """The exit status and the report of a doctor that has run to its end."""
    address = ('--url', url) if url is not None else ()
    result = run_ctl('doctor', '--json', *address, *arguments, env=env)
    return result.returncode, json.loads(result.stdout)


def rung_of(report, name):
    return next(rung for rung in report['rungs'] if rung['id'] == name)


class DoctorTest(unittest.TestCase):
    def assert_verdict(self, outcome, code, rung, remedy='.'):
        """That the verdict is this fault on this rung, with a remedy that holds these words."""
        status, report = outcome
        verdict = report['verdict']
        self.assertEqual(verdict['code'], code, verdict)
        self.assertEqual(verdict['rung'], rung)
        self.assertEqual(status, 1)
        found = rung_of(report, rung)
        self.assertEqual(found['code'], code)
        self.assertIn(found['state'], ('fail', 'warn'))
        self.assertEqual(found['cause'], verdict['summary'])
        self.assertRegex(found['remedy'], remedy)
        return report

    def assert_healthy(self, outcome):
        status, report = outcome
        self.assertEqual((report['verdict']['code'], status), ('healthy', 0), report['verdict'])
        return report


class PathTest(DoctorTest):
    def test_host_unknown(self):
        self.assert_verdict(diagnose('redis://no-such-host.invalid'), 'host-unknown', 'resolve', 'spelling')

    def test_refused(self):
        self.assert_verdict(diagnose(f'redis://127.0.0.1:{free_port()}'), 'refused', 'connect', 'port')

    def test_timeout(self):
        """A queue of connections that is full: the rest vanish."""
        with listening_socket(0) as port, contextlib.ExitStack() as stack:
            for _ in range(8):
                client = stack.enter_context(socket.socket())
                client.setblocking(False)
                client.connect_ex(('127.0.0.1', port))
            begin = time.monotonic()
            self.assert_verdict(diagnose(f'redis://127.0.0.1:{port}'), 'timeout', 'connect', 'firewalls')
            self.assertLess(time.monotonic() - begin, 10)

    def test_mute(self):
        with listening_socket() as port:
            self.assert_verdict(diagnose(f'redis://127.0.0.1:{port}'), 'timeout', 'server', 'hangs')

    def test_not_redis(self):
        class Quiet(http.server.BaseHTTPRequestHandler):
            def log_message(self, *_):
                pass

        with http.server.ThreadingHTTPServer(('127.0.0.1', 0), Quiet) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            self.assert_verdict(diagnose(f'redis://127.0.0.1:{server.server_port}'), 'not-redis', 'server', 'port')
            server.shutdown()

    def test_auth_required(self):
        with RedisServer(password='sesame') as server:
            self.assert_verdict(diagnose(f'redis://127.0.0.1:{server.port}'), 'auth-required', 'authenticate', 'password')

    def test_auth_wrong(self):
        with RedisServer(password='sesame') as server:
            report = self.assert_verdict(diagnose(f'redis://:wrong@127.0.0.1:{server.port}'), 'auth-wrong', 'authenticate',
                                         'password')
            self.assertNotIn('wrong@', json.dumps(report))

    def test_loading(self):
        with RedisServer('--enable-debug-command', 'yes') as server:
            server.client.execute_command('DEBUG', 'POPULATE', '100000')
            server.client.save()
            server.kill()
            server.arguments += ['--key-load-delay', '20000', '--loading-process-events-interval-bytes', '1024']
            server._answers = lambda: os.path.exists(server.socket)
            server.start()
            self.assert_verdict(diagnose(server.url), 'loading', 'server', 'tried again')

    def test_max_clients(self):
        with RedisServer('--maxclients', '1') as server:
            server.client.ping()
            self.assert_verdict(diagnose(server.url), 'max-clients', 'server', 'maxclients')

    def test_protected_mode(self):
        address = next((line.split()[0] for line in subprocess.run(['hostname', '-I'], capture_output=True, text=True, check=False)
                        .stdout.splitlines() if line.strip()), None)
        if address is None:
            self.skipTest('this computer has no address but the loopback')
        with RedisServer() as server:
            server.client.config_set('protected-mode', 'yes')
            server.client.config_set('bind', '* -::*')
            self.assert_verdict(diagnose(f'redis://{address}:{server.port}'), 'protected-mode', 'server', 'requirepass')

    def test_tls_required(self):
        with TlsServer() as server:
            self.assert_verdict(diagnose(f'redis://127.0.0.1:{server.tls_port}'), 'tls-required', 'tls', 'rediss://')

    def test_tls_unexpected(self):
        with RedisServer() as server:
            self.assert_verdict(diagnose(f'rediss://127.0.0.1:{server.port}'), 'tls-unexpected', 'tls', 'TLS port')

    def test_tls_untrusted(self):
        with TlsServer() as server:
            self.assert_verdict(diagnose(f'rediss://127.0.0.1:{server.tls_port}'), 'tls-untrusted', 'tls', 'CA')

    def test_tls_hostname(self):
        """That needs an authority that is trusted, which a connection has and an address has not."""
        with TlsServer(name='redis.example') as server, tempfile.TemporaryDirectory(prefix='tsm-test-') as config:
            env = {'XDG_CONFIG_HOME': config}
            url = f'rediss://127.0.0.1:{server.tls_port}'
            added = run_ctl('profiles', 'add', 'Secure', url, '--set', f'tls-ca-file={server.directory}/cert.pem', env=env)
            self.assertEqual(added.returncode, 0, added.stderr)
            self.assert_verdict(diagnose(None, '--profile', 'Secure', env=env), 'tls-hostname', 'tls', 'name in the certificate')

    def test_tls_mute(self):
        with listening_socket() as port:
            self.assert_verdict(diagnose(f'rediss://127.0.0.1:{port}'), 'timeout', 'tls', 'hangs')

    def test_tls_expired(self):
        with TlsServer(expired=True) as server:
            self.assert_verdict(diagnose(f'rediss://127.0.0.1:{server.tls_port}'), 'tls-expired', 'tls', 'renewed')

    def test_acl_command(self):
        with RedisServer() as server:
            url = make_user(server, *LEAST, '-subscribe')
            self.assert_verdict(diagnose(url), 'acl-command', 'subscribe', r'ACL SETUSER monitor \+subscribe')

    def test_acl_channel(self):
        with RedisServer() as server:
            url = make_user(server, *LEAST, 'resetchannels', '&other')
            report = self.assert_verdict(diagnose(url), 'acl-channel', 'subscribe', '&tickstock:monitoring')
            self.assertIn('NOPERM', json.dumps(rung_of(report, 'subscribe')['evidence']))

    def test_acl_one_channel(self):
        with RedisServer() as server, listener(server), Publisher(server.url):
            url = make_user(server, *LEAST, 'resetchannels', f'&{CHANNEL}', '&tickstock:monitoring:*')
            report = self.assert_verdict(diagnose(url), 'acl-channel', 'subscribe', f'&{ERRORS}')
            self.assertEqual(rung_of(report, 'subscribe')['state'], 'warn')


class TlsServer(RedisServer):
    """With a certificate that it has signed itself."""

    def __init__(self, expired=False, name='127.0.0.1'):
        super().__init__()
        self.tls_port = free_port()
        self._make_certificate('20200102000000Z' if expired else '20991231000000Z', name)
        self.arguments += ['--tls-port', str(self.tls_port), '--tls-cert-file', f'{self.directory}/cert.pem',
                           '--tls-key-file', f'{self.directory}/key.pem', '--tls-auth-clients', 'no']

    def _make_certificate(self, end, name):
        """openssl req cannot make one that is in the past already; openssl ca can."""
        config = pathlib.Path(self.directory, 'ca.conf')
        config.write_text('[ca]\ndefault_ca = own\n[own]\ndatabase = index\nserial = serial\nnew_certs_dir = .\n'
                          'default_md = sha256\npolicy = any\n[any]\ncommonName = supplied\n')
        pathlib.Path(self.directory, 'index').touch()
        pathlib.Path(self.directory, 'serial').write_text('01\n')
        for command in (['req', '-new', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', 'key.pem',
                         '-out', 'request.pem', '-subj', f'/CN={name}'],
                        ['ca', '-batch', '-selfsign', '-config', 'ca.conf', '-keyfile', 'key.pem', '-in', 'request.pem', '-out',
                         'cert.pem', '-startdate', '20200101000000Z', '-enddate', end]):
            subprocess.run(['openssl', *command], cwd=self.directory, check=True, capture_output=True)


def make_user(server, *rules, name='monitor'):
    """The URL of a user with just these rights."""
    server.client.execute_command('ACL', 'SETUSER', name, 'reset', 'on', '>pw', *rules)
    return f'redis://{name}:pw@127.0.0.1:{server.port}'


class ReplicationTest(DoctorTest):
    @contextlib.contextmanager
    def replica_of(self, primary):
        with RedisServer('--replicaof', '127.0.0.1', str(primary.port), '--repl-diskless-sync-delay', '0') as replica:
            wait_for(lambda: replica.client.info('replication')['master_link_status'] == 'up', 'the replication')
            yield replica

    def test_published_on_a_replica(self):
        with RedisServer('--repl-diskless-sync-delay', '0') as primary, self.replica_of(primary) as replica, \
                Publisher(replica.url), listener(primary):
            self.assert_verdict(diagnose(primary.url), 'replica', 'server', str(replica.port))

    def test_published_on_another_replica(self):
        with RedisServer('--repl-diskless-sync-delay', '0') as primary, self.replica_of(primary) as one, \
                self.replica_of(primary) as other, Publisher(other.url), listener(one):
            self.assert_verdict(diagnose(one.url), 'replica', 'server', str(other.port))

    def test_on_a_replica(self):
        """Events come, but our commands stay there."""
        with RedisServer('--repl-diskless-sync-delay', '0') as primary, self.replica_of(primary) as replica, \
                Publisher(primary.url), listener(primary):
            report = self.assert_verdict(diagnose(replica.url), 'replica', 'server', str(primary.port))
            self.assertEqual(rung_of(report, 'server')['state'], 'warn')

    def test_link_down(self):
        with RedisServer('--replicaof', '127.0.0.1', str(free_port())) as replica:
            self.assert_verdict(diagnose(replica.url), 'replica-link-down', 'server', 'replication')


def published(server):
    """How many messages the server has carried out the publishing of."""
    return server.client.info('commandstats').get('cmdstat_publish', {'calls': 0})['calls']


class LinkTest(DoctorTest):
    def test_half_open(self):
        with RedisServer() as server, listener(server):
            with Ctl('doctor', '--json', '--url', server.url, '--for', '25') as doctor:
                server.wait_for_listener()
                wait_for(lambda: published(server) > 0, 'the first probe')
                server.process.send_signal(signal.SIGSTOP)
                report = json.loads(doctor.line())
                status = doctor.wait()
                server.process.send_signal(signal.SIGCONT)
            self.assert_verdict((status, report), 'half-open', 'broker', 'made anew')

    def test_slow_consumer(self):
        with RedisServer('--client-output-buffer-limit', 'pubsub 1mb 1mb 1') as server, listener(server):
            with Ctl('doctor', '--json', '--url', server.url, '--for', '12') as doctor, Publisher(server.url):
                server.wait_for_listener()
                wait_for(lambda: published(server) > 5, 'events')
                doctor.process.send_signal(signal.SIGSTOP)
                for _ in range(40):
                    server.publish(CHANNEL, metrics(padding='x' * 500000))
                wait_for(lambda: server.listeners(CHANNEL) == 0, 'the server to drop us')
                doctor.process.send_signal(signal.SIGCONT)
                report = json.loads(doctor.line())
                status = doctor.wait()
            self.assert_verdict((status, report), 'slow-consumer', 'broker', 'client-output-buffer-limit')

    def test_flapping(self):
        with RedisServer() as server, listener(server), Publisher(server.url):
            with Ctl('doctor', '--json', '--url', server.url, '--for', '15') as doctor:
                for _ in range(4):
                    server.wait_for_listener()
                    for client in server.client.client_list('pubsub'):
                        if client['name'] == 'tickstock-monitor':
                            server.client.client_kill_filter(_id=client['id'])
                    wait_for(lambda: server.listeners(CHANNEL) == 0, 'the connection to be closed')
                report = json.loads(doctor.line())
                status = doctor.wait()
            self.assert_verdict((status, report), 'flapping', 'broker', 'log of the server')


class PublisherTest(DoctorTest):
    def test_no_publisher(self):
        with RedisServer() as server:
            begin = time.monotonic()
            self.assert_verdict(diagnose(server.url), 'no-publisher', 'publisher', 'Start the engine')
            self.assertLess(time.monotonic() - begin, 10)

    def test_publisher_silent(self):
        with RedisServer() as server, simulator(server, '--fault', 'publisher-silent'):
            report = self.assert_verdict(diagnose(server.url), 'publisher-silent', 'publisher', 'service runs')
            self.assertIn('tickstock-simulator', json.dumps(report['publishers']))

    def test_publisher_denied(self):
        with RedisServer() as server, listener(server), \
                Publisher(make_user(server, '+@all', 'resetchannels', '&nothing', name='engine')):
            self.assert_verdict(diagnose(server.url), 'publisher-denied', 'publisher', '&tickstock:monitoring')

    def test_wrong_channel(self):
        with RedisServer() as server, simulator(server, '--fault', 'wrong-channel', '--rate', '5'):
            begin = time.monotonic()
            report = self.assert_verdict(diagnose(server.url), 'wrong-channel', 'channel', 'Listen to “tickstock.monitoring”')
            self.assertLess(time.monotonic() - begin, 10)
            rung = rung_of(report, 'channel')
            self.assertEqual((rung['button'], rung['subject']), ('switch-channel', 'tickstock.monitoring'))
            self.assertRegex(rung['cause'], r'\d+(\.\d)? per second')
            self.assertTrue(report['near_misses'][0]['events'])

    def test_wrong_channel_that_only_a_deep_search_finds(self):
        with RedisServer() as server, listener(server), Publisher(server.url, 'prod/monitoring'):
            shallow = self.assert_verdict(diagnose(server.url), 'wrong-channel', 'channel', 'Search all')
            self.assertEqual(rung_of(shallow, 'channel')['button'], 'run-deep')
            self.assert_verdict(diagnose(server.url, '--deep'), 'wrong-channel', 'channel', 'Listen to “prod/monitoring”')

    def test_other_traffic_is_not_taken_for_events(self):
        with RedisServer() as server, listener(server), Publisher(server.url, 'tickstock:prices', make=lambda: '{"AAPL": 1}'):
            self.assert_verdict(diagnose(server.url), 'publisher-silent', 'publisher')

    def test_wrong_channel_in_a_crowd(self):
        """On a server with more other channels than are kept."""
        names = [f'tickstock:ticks:{n}' for n in range(100)]
        with RedisServer() as server, listener(server), crowd(server, *names), Publisher(server.url, 'tickstock.monitoring'):
            self.assert_verdict(diagnose(server.url), 'wrong-channel', 'channel', 'Listen to “tickstock.monitoring”')

    def test_wrong_channel_over_a_slow_link(self):
        """Where it takes longer to connect than until the first examination."""
        with RedisServer() as server, listener(server), Publisher(server.url, 'tickstock.monitoring'), \
                SlowLink(server.port, 0.3) as link:
            self.assert_verdict(diagnose(link.url), 'wrong-channel', 'channel', 'Listen to “tickstock.monitoring”')

    def test_nothing_is_left_to_search(self):
        """Who has searched all channels is not told to."""
        names = [f'chat:{n}' for n in range(100)]
        with RedisServer() as server, listener(server), crowd(server, *names):
            self.assert_verdict(diagnose(server.url), 'wrong-channel', 'channel', 'Search all')
            report = self.assert_verdict(diagnose(server.url, '--deep', '--for', '12'), 'publisher-silent', 'publisher')
            self.assertNotIn('tickstock*', '\n'.join(rung_of(report, 'channel')['evidence']))

    def test_cluster_sharded(self):
        with RedisServer() as server, simulator(server, '--fault', 'cluster-sharded', '--rate', '5'):
            self.assert_verdict(diagnose(server.url), 'cluster-sharded', 'channel', 'PUBLISH instead of SPUBLISH')

    def test_cluster_sharded_in_a_cluster(self):
        with RedisServer('--cluster-enabled', 'yes', '--cluster-port', str(free_port())) as server:
            server.client.execute_command('CLUSTER', 'ADDSLOTSRANGE', '0', '16383')
            wait_for(lambda: b'cluster_state:ok' in server.client.execute_command('CLUSTER', 'INFO'), 'the cluster')
            with listener(server), Publisher(server.url, command='SPUBLISH'):
                self.assert_verdict(diagnose(server.url), 'cluster-sharded', 'channel', 'PUBLISH instead of SPUBLISH')

    def test_stream(self):
        with RedisServer() as server, simulator(server, '--fault', 'not-pubsub', '--rate', '5'):
            report = self.assert_verdict(diagnose(server.url), 'not-pubsub', 'channel', 'use PUBLISH')
            self.assertIn('stream', rung_of(report, 'channel')['cause'])

    def test_list(self):
        with RedisServer() as server, listener(server), Publisher(server.url, command='LPUSH'):
            report = self.assert_verdict(diagnose(server.url), 'not-pubsub', 'channel', 'use PUBLISH')
            self.assertIn('list', rung_of(report, 'channel')['cause'])


class SilenceTest(DoctorTest):
    """What is published while an engine is silent is what monitors and others say to themselves."""

    def test_engine_that_stops(self):
        """Three monitors, one of them with no more rights than it needs, and a program that publishes something else all along."""
        with RedisServer() as server, Publisher(server.url, 'prices', make=lambda: '1'), contextlib.ExitStack() as stack:
            urls = [server.url, server.url, make_user(server, *LEAST)]
            with simulator(server, '--rate', '5'):
                doctors = [stack.enter_context(Ctl('doctor', '--json', '--url', url, '--for', '34')) for url in urls]
                server.wait_for_listener(count=len(doctors))
                before = published(server)
                wait_for(lambda: published(server) > before + 60, 'events')
            for doctor in doctors:
                self.assert_verdict((doctor.wait(), json.loads(doctor.line())), 'stale', 'semantics', 'still runs')

    def test_engine_that_was_never_heard(self):
        with RedisServer() as server, contextlib.ExitStack() as stack:
            urls = [server.url, make_user(server, *LEAST), make_user(server, *LEAST, '-psubscribe', name='deaf')]
            doctors = [stack.enter_context(Ctl('doctor', '--json', '--url', url, '--for', '22')) for url in urls]
            codes = [(doctor.wait(), json.loads(doctor.line())['verdict']['code']) for doctor in doctors]
            for status, code in codes:
                self.assertEqual(status, 1)
                self.assertIn(code, ('no-publisher', 'publisher-silent'))


class EventsTest(DoctorTest):
    def test_faults_of_the_format(self):
        rows = {'malformed': 'JSON library', 'compressed': 'without compressing', 'binary': 'JSON text', 'encoded-twice': 'once',
                'wrong-envelope': 'event_type'}
        for code, remedy in rows.items():
            with self.subTest(code), RedisServer() as server, simulator(server, '--fault', code, '--rate', '5'):
                report = self.assert_verdict(diagnose(server.url), code, 'decode', remedy)
                self.assertTrue(report['received']['samples'])

    def test_faults_of_the_meaning(self):
        rows = {'wrong-types': 'JSON numbers', 'no-metrics': 'collects metrics', 'clock-skew': 'NTP', 'duplicate-stream': 'two'}
        for code, remedy in rows.items():
            with self.subTest(code), RedisServer() as server, simulator(server, '--fault', code, '--rate', '5'):
                self.assert_verdict(diagnose(server.url), code, 'semantics', remedy)

    def test_malformed_says_where(self):
        with RedisServer() as server, listener(server), Publisher(server.url, make=lambda: '{"event_type": METRIC_UPDATE}'):
            report = self.assert_verdict(diagnose(server.url), 'malformed', 'decode')
            self.assertIn('byte 15', rung_of(report, 'decode')['cause'])
            self.assertIn('METRIC_UPDATE}', report['received']['samples']['invalid-json']['text'])

    def test_wrong_envelope_names_the_keys(self):
        with RedisServer() as server, listener(server), Publisher(server.url, make=lambda: '{"kind": "METRIC_UPDATE", "cpu": 1}'):
            report = self.assert_verdict(diagnose(server.url), 'wrong-envelope', 'decode')
            self.assertIn('kind', rung_of(report, 'decode')['cause'])

    def test_stale(self):
        with RedisServer() as server, simulator(server, '--fault', 'stale', '--rate', '5'):
            report = self.assert_verdict(diagnose(server.url, '--for', '22'), 'stale', 'semantics', 'still runs')
            self.assertRegex(rung_of(report, 'semantics')['cause'], r'stopped \d+ s ago, after \d+')


class ControlTest(DoctorTest):
    def test_control_deaf(self):
        with RedisServer() as server, Publisher(server.url):
            self.assert_verdict(diagnose(server.url), 'control-deaf', 'control', 'listener')

    def test_acl_publish(self):
        with RedisServer() as server, listener(server), Publisher(server.url):
            url = make_user(server, *LEAST, '+multi', '+discard', 'resetchannels', f'&{CHANNEL}', f'&{ERRORS}',
                            '&tickstock:monitoring:probe:*')
            self.assert_verdict(diagnose(url), 'acl-publish', 'control', f'&{CONTROL}')

    def test_acl_publish_without_a_way_to_try(self):
        with RedisServer() as server, listener(server), Publisher(server.url):
            url = make_user(server, *LEAST, 'resetchannels', f'&{CHANNEL}', f'&{ERRORS}', '&tickstock:monitoring:probe:*')
            self.assert_verdict(diagnose(url), 'acl-publish', 'control', f'&{CONTROL}')

    def test_acl_publish_without_the_command(self):
        with RedisServer() as server, listener(server), Publisher(server.url):
            self.assert_verdict(diagnose(make_user(server, *LEAST, '-publish')), 'acl-publish', 'control', r'\+publish')

    def test_nothing_is_published_on_the_control_channel(self):
        with RedisServer() as server, Publisher(server.url):
            heard = server.client.pubsub(ignore_subscribe_messages=True)
            heard.psubscribe('*:control')
            heard.subscribe(CONTROL)
            server.wait_for_listener(CONTROL)
            self.assert_healthy(diagnose(server.url))
            while message := heard.get_message(timeout=0.1):
                self.assertNotEqual(message['channel'], CONTROL.encode())
            heard.close()


class HealthTest(DoctorTest):
    def test_healthy(self):
        with RedisServer() as server, simulator(server):
            report = self.assert_healthy(diagnose(server.url))
            self.assertEqual([rung['id'] for rung in report['rungs']], RUNGS)
            self.assertEqual({rung['state'] for rung in report['rungs']}, {'pass', 'skipped'})

    def test_healthy_with_the_least_rights(self):
        with RedisServer() as server, simulator(server):
            report = self.assert_healthy(diagnose(make_user(server, *LEAST)))
            self.assertIn('+client|list', json.dumps(report['not_permitted']))

    def test_healthy_at_a_high_rate(self):
        with RedisServer() as server, simulator(server, '--rate', '1000'):
            self.assert_healthy(diagnose(server.url))

    def test_live_subscription_is_not_disturbed(self):
        with RedisServer() as server, simulator(server, '--rate', '50'):
            report = self.assert_healthy(diagnose(server.url, '--deep', '--for', '8'))
            self.assertEqual(report['connection']['lost_recently'], 0)
            self.assertEqual(report['received']['repeated'], 0)


class LeastPrivilegeTest(DoctorTest):
    """The rights of a monitor name every fault that does not need more by its nature."""

    def check(self, fault, rung, *arguments, code=None):
        with self.subTest(fault), RedisServer() as server, simulator(server, '--fault', fault, '--rate', '5'):
            self.assert_verdict(diagnose(make_user(server, *LEAST), *arguments), code or fault, rung)

    def test_simulated_faults(self):
        for fault, rung in {'malformed': 'decode', 'wrong-types': 'semantics', 'no-metrics': 'semantics',
                            'cluster-sharded': 'channel', 'not-pubsub': 'channel', 'publisher-silent': 'publisher'}.items():
            self.check(fault, rung)

    def test_wrong_channel(self):
        with RedisServer() as server, listener(server), Publisher(server.url, 'tickstock:monitor'):
            self.assert_verdict(diagnose(make_user(server, *LEAST)), 'wrong-channel', 'channel', '“tickstock:monitor”')

    def test_no_publisher(self):
        with RedisServer() as server:
            url = make_user(server, *LEAST)
            server.client.connection_pool.disconnect()
            self.assert_verdict(diagnose(url), 'no-publisher', 'publisher')

    def test_publisher_denied(self):
        with RedisServer() as server, Publisher(make_user(server, '+@all', 'resetchannels', '&nothing', name='engine')):
            self.assert_verdict(diagnose(make_user(server, *LEAST)), 'publisher-denied', 'publisher')

    def test_replica_link_down(self):
        with RedisServer('--replicaof', '127.0.0.1', str(free_port())) as replica:
            self.assert_verdict(diagnose(make_user(replica, *LEAST)), 'replica-link-down', 'server')


class PairsTest(DoctorTest):
    """Of two faults the first on the ladder is the verdict."""

    def test_wrong_channel_and_control_deaf(self):
        with RedisServer() as server, Publisher(server.url, 'tickstock.monitoring'):
            self.assert_verdict(diagnose(server.url), 'wrong-channel', 'channel')

    def test_no_publisher_and_acl_publish(self):
        """That nothing comes takes longer to know than that no command may be sent."""
        with RedisServer() as server:
            url = make_user(server, *LEAST, 'resetchannels', f'&{CHANNEL}', f'&{ERRORS}', '&tickstock:monitoring:probe:*')
            self.assert_verdict(diagnose(url), 'no-publisher', 'publisher')

    def test_malformed_and_control_deaf(self):
        with RedisServer() as server, Publisher(server.url, make=lambda: 'nonsense'):
            self.assert_verdict(diagnose(server.url), 'malformed', 'decode')

    def test_auth_required_and_anything(self):
        with RedisServer(password='sesame') as server, Publisher(server.url, 'tickstock.monitoring'):
            self.assert_verdict(diagnose(f'redis://127.0.0.1:{server.port}'), 'auth-required', 'authenticate')

    def test_skew_and_control_deaf(self):
        old = (f'2020-01-01T00:{second // 60:02}:{second % 60:02}Z' for second in range(3600))
        with RedisServer() as server, Publisher(server.url, make=lambda: metrics(timestamp=next(old)), every=1):
            self.assert_verdict(diagnose(server.url), 'clock-skew', 'semantics')


class OutputTest(DoctorTest):
    def test_text(self):
        result = run_ctl('doctor', '--url', f'redis://127.0.0.1:{free_port()}')
        lines = result.stdout.splitlines()
        self.assertEqual(result.returncode, 1)
        self.assertRegex(lines[0], r'^ 1  Resolve +OK ')
        self.assertRegex(lines[1], r'^ 2  Connect +Broken +refused: Nothing listens')
        self.assertRegex(lines[-2], '^refused: Nothing listens')
        self.assertRegex(lines[-1], '^→ ')
        self.assertNotIn('\033', result.stdout)

    def test_markdown_can_be_sent_as_it_is(self):
        with RedisServer(password='sesame') as server, listener(server), \
                Publisher(server.url, 'tickstock.monitoring', make=lambda: '<script>alert(1)</script> `sesame-not` **bold**'):
            result = run_ctl('doctor', '--markdown', '--url', server.url)
        self.assertTrue(result.stdout.startswith('# '))
        self.assertNotIn('sesame@', result.stdout)
        self.assertIn(':***@', result.stdout.replace('\\', ''))
        self.assertNotRegex(re.sub(r'```.*?```', '', result.stdout, flags=re.DOTALL), r'<script|(?<!\\)`sesame')
        self.assertIn('METRIC_UPDATE', result.stdout)

    def test_what_is_expected_is_accepted(self):
        _, report = diagnose(f'redis://127.0.0.1:{free_port()}')
        sample = json.dumps(report['expected']['sample']).encode()
        result = run_ctl('validate', '--json', stdin=sample)
        self.assertEqual(json.loads(result.stdout)['accepted'], 'yes')

    def test_password_is_in_no_report(self):
        with RedisServer(password='open-sesame') as server, simulator(server):
            for form in ('--json', '--markdown', '--verbose'):
                result = run_ctl('doctor', form, '--url', server.url, '--for', '2')
                self.assertNotIn('open-sesame', result.stdout + result.stderr)

    def test_interrupt_prints_what_is_known(self):
        with RedisServer() as server, Ctl('doctor', '--json', '--url', server.url, '--for', '600') as doctor:
            server.wait_for_listener()
            doctor.process.send_signal(signal.SIGINT)
            self.assertEqual([rung['id'] for rung in json.loads(doctor.line())['rungs']], RUNGS)

    def test_usage(self):
        for arguments in (['--json', '--markdown'], ['--for', '0'], ['--for', 'nan'], ['--channel', ''], ['--url', 'http://x']):
            with self.subTest(arguments):
                self.assertEqual(run_ctl('doctor', *arguments).returncode, 2)


class CoverageTest(unittest.TestCase):
    """So that no row can be added to the fault table without a test here."""

    @staticmethod
    def codes():
        table = (pathlib.Path(__file__).parents[2] / 'src' / 'diagnosis' / 'tsm-fault-table.c').read_text()
        return set(re.findall(r'^  \{ "([a-z-]+)", TSM_RUNG_', table, re.MULTILINE))

    @staticmethod
    def asserted():
        """The texts in those functions here that assert a verdict."""
        tree = ast.parse(pathlib.Path(__file__).read_text())
        functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name.startswith('test_')]
        return {node.value for function in functions if 'assert_verdict' in ast.dump(function)
                for node in ast.walk(function) if isinstance(node, ast.Constant)}

    def test_every_code_is_brought_about(self):
        self.assertGreater(len(self.codes()), 30)
        self.assertEqual(self.codes() - self.asserted(), set())


if __name__ == '__main__':
    harness.DEADLINE = max(harness.DEADLINE, 60)
    unittest.main()
