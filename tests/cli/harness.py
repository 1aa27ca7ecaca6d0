"""What the tests of the programs share: a private redis-server, and the command line as a process.

SPDX-License-Identifier: GPL-3.0-or-later

The command line's path comes from the environment: TSM_CTL.
"""

import atexit
import ctypes
import json
import os
import pathlib
import queue
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
import unittest

import redis

DEADLINE = 30  # s: how long a condition may take, on a slow machine under a sanitizer
CHANNEL = 'tickstock:monitoring'
ERRORS = 'tickstock:errors'
CONTROL = 'tickstock:monitoring:control'
SAMPLES = pathlib.Path(__file__).parent.parent / 'data' / 'samples'
held_ports = []


def wait_for(condition, what, seconds=DEADLINE, pause=0.02):
    """Waits until condition() is true and returns what it returned; fails with `what` when the time is over."""
    end = time.monotonic() + seconds
    while True:
        result = condition()
        if result:
            return result
        if time.monotonic() > end:
            raise AssertionError(f'waited {seconds} s in vain for {what}')
        time.sleep(pause)


PR_SET_PDEATHSIG = 1  # <sys/prctl.h>


def die_with_parent():
    """Between fork and exec: a test that is killed leaves no server behind."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def free_port():
    """A port of 127.0.0.1 that nobody listens on, or gets without asking for it by number, while this process runs: as long as a socket
    is bound to it. A server that sets SO_REUSEADDR, as redis-server does, may listen there."""
    holder = socket.socket()
    holder.bind(('127.0.0.1', 0))
    holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    held_ports.append(holder)
    return holder.getsockname()[1]


class RedisServer:
    """A redis-server of our own, on a free port of 127.0.0.1 and on a Unix socket. A context manager."""

    def __init__(self, *arguments, password=None, port=None):
        self.arguments = list(arguments)
        self.password = password
        self.port = port or free_port()
        self.directory = tempfile.mkdtemp(prefix='tsm-test-')
        self.socket = os.path.join(self.directory, 'redis.sock')
        self.process = None
        self.client = None

    @property
    def url(self):
        credentials = f':{self.password}@' if self.password else ''
        return f'redis://{credentials}127.0.0.1:{self.port}'

    @property
    def socket_url(self):
        return f'unix://{self.socket}'

    def start(self):
        command = ['redis-server', '--bind', '127.0.0.1', '--port', str(self.port), '--unixsocket', self.socket, '--save', '',
                   '--appendonly', 'no', '--dir', self.directory, '--logfile', 'redis.log', *self.arguments]
        if self.password:
            command += ['--requirepass', self.password]
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                        preexec_fn=die_with_parent)
        self.client = redis.Redis(unix_socket_path=self.socket, password=self.password)
        wait_for(self._answers, 'redis-server to answer')
        return self

    def _answers(self):
        if self.process.poll() is not None:
            raise AssertionError(f'redis-server ended with {self.process.returncode}')
        if not os.path.exists(self.socket):
            return False
        try:
            return self.client.ping()
        except redis.exceptions.ConnectionError:
            return False

    def _end(self, number):
        if self.client is not None:
            self.client.close()
            self.client = None
        if self.process is not None:
            self.process.send_signal(number)
            self.process.wait(DEADLINE)
            self.process = None
        pathlib.Path(self.socket).unlink(missing_ok=True)

    def kill(self):
        """Ends it as a crash does; the port and the directory stay ours."""
        self._end(signal.SIGKILL)

    def restart(self):
        self.kill()
        return self.start()

    def stop(self):
        self._end(signal.SIGTERM)
        shutil.rmtree(self.directory, ignore_errors=True)

    def publish(self, channel, message):
        """Returns the number of receivers."""
        return self.client.publish(channel, message)

    def listeners(self, channel):
        return self.client.pubsub_numsub(channel)[0][1]

    def wait_for_listener(self, channel=CHANNEL, count=1):
        wait_for(lambda: self.listeners(channel) >= count, f'{count} to listen on {channel}')

    def __enter__(self):
        try:
            return self.start()
        except BaseException:
            self.stop()
            raise

    def __exit__(self, *_):
        self.stop()


class ServerCase(unittest.TestCase):
    """Tests that share a redis-server of their own."""

    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(RedisServer())


def ctl_path():
    return os.environ['TSM_CTL']


HOME = tempfile.mkdtemp(prefix='tsm-test-home-')
atexit.register(shutil.rmtree, HOME, ignore_errors=True)


def environment(more=None):
    """That of the command line: no connection, password or keyring of whoever runs the tests reaches them."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith('REDIS')}
    return {**ours, 'XDG_CONFIG_HOME': f'{HOME}/config', 'XDG_CONFIG_DIRS': f'{HOME}/xdg', 'DBUS_SESSION_BUS_ADDRESS': 'disabled:',
            **(more or {})}


def run_ctl(*arguments, stdin=None, env=None):
    """Runs the command line to its end. `stdin` is bytes; the result's stdout and stderr are text."""
    result = subprocess.run([ctl_path(), *arguments], input=stdin if stdin is not None else b'', capture_output=True, timeout=DEADLINE * 2,
                            env=environment(env), check=False)
    result.stdout = result.stdout.decode('utf-8')
    result.stderr = result.stderr.decode('utf-8')
    return result


class Ctl:
    """The command line as a running process, its output read line by line. A context manager that ends it."""

    def __init__(self, *arguments, stdin=subprocess.DEVNULL, env=None):
        self.process = subprocess.Popen([ctl_path(), *arguments], stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                        env=environment(env))
        self.out = self._follow(self.process.stdout)
        self.err = self._follow(self.process.stderr)

    @staticmethod
    def _follow(pipe):
        lines = queue.Queue()

        def read():
            for line in pipe:
                lines.put(line.decode('utf-8').rstrip('\n'))
            pipe.close()
            lines.put(None)

        threading.Thread(target=read, daemon=True).start()
        return lines

    def line(self):
        """The next line of stdout, or None at its end."""
        try:
            return self.out.get(timeout=DEADLINE)
        except queue.Empty:
            raise AssertionError(f'no line of output within {DEADLINE} s') from None

    def error_line(self):
        try:
            return self.err.get(timeout=DEADLINE)
        except queue.Empty:
            raise AssertionError(f'no line on standard error within {DEADLINE} s') from None

    def event(self):
        """The next line of `watch --json`, parsed."""
        return json.loads(self.line())

    def events(self):
        """What is left until the end of `watch --json`."""
        result = []
        while (line := self.line()) is not None:
            result.append(json.loads(line))
        return result

    def interrupt(self, number=signal.SIGINT):
        self.process.send_signal(number)
        return self.wait()

    def wait(self):
        return self.process.wait(DEADLINE * 2)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.terminate()  # not killed: it may have something to clear away
            try:
                self.process.wait(DEADLINE)
            except subprocess.TimeoutExpired:
                self.process.kill()
        self.process.wait()
        if self.process.stdin is not None:
            self.process.stdin.close()
