"""What the measurements run in: a private redis-server, child processes that end with us, and the machine's facts.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import ctypes
import json
import os
import pathlib
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

TESTS = pathlib.Path(__file__).resolve().parent.parent
SAMPLE = TESTS / 'data' / 'samples' / 'a-metric-update.json'
CHANNEL = 'tickstock:monitoring'
PATIENCE = 20  # s to start, to answer or to end
PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None)


class Failure(Exception):
    """Why a figure could not be measured."""


def end_with_parent(number=signal.SIGKILL):
    """Has this process get the signal when its parent ends, however that ends."""
    LIBC.prctl(PR_SET_PDEATHSIG, number)


def clock():
    """Monotonic µs, of the clock that the C programs read."""
    return time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000


def wait_for(condition, what, seconds=PATIENCE, interval=0.05):
    end = time.monotonic() + seconds
    while True:
        result = condition()
        if result:
            return result
        if time.monotonic() > end:
            raise Failure(f'waited {seconds:.0f} s in vain for {what}')
        time.sleep(interval)


class Child:
    """A process that prints one JSON object a line. A context manager that ends it."""

    def __init__(self, program, *arguments):
        self.name = pathlib.Path(program).name
        self.buffer = b''
        self.process = subprocess.Popen([str(program), *map(str, arguments)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        preexec_fn=end_with_parent)

    def read(self, seconds=PATIENCE):
        """The next object."""
        end = time.monotonic() + seconds
        out = self.process.stdout.fileno()
        while b'\n' not in self.buffer:
            if not select.select([out], [], [], max(0, end - time.monotonic()))[0]:
                raise Failure(f'{self.name} said nothing within {seconds:.0f} s')
            chunk = os.read(out, 65536)
            if not chunk:
                raise Failure(f'{self.name} ended with status {self.process.wait(PATIENCE)}')
            self.buffer += chunk
        line, self.buffer = self.buffer.split(b'\n', 1)
        return json.loads(line)

    def ask(self, command):
        """Sends a command and returns its answer."""
        self.process.stdin.write(command.encode() + b'\n')
        self.process.stdin.flush()
        return self.read()

    def memory(self):
        """VmRSS, RssAnon, VmHWM … in MiB."""
        lines = pathlib.Path(f'/proc/{self.process.pid}/status').read_text(encoding='ascii').splitlines()
        return {name: int(rest.split()[0]) / 1024 for name, rest in (line.split(':', 1) for line in lines)
                if rest.endswith(' kB')}

    def close(self):
        try:
            self.process.stdin.close()
        except BrokenPipeError:
            pass
        try:
            self.process.wait(2)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


class Server:
    """A redis-server on a Unix socket in a directory of its own, with Redis' own settings but for @arguments."""

    def __init__(self, *arguments):
        self.directory = tempfile.mkdtemp(prefix='tsm-bench-')
        self.socket = os.path.join(self.directory, 'redis.sock')
        self.process = None
        program = shutil.which('redis-server')
        if program is None:
            raise Failure('redis-server is not installed')
        ports = [] if '--port' in arguments else ['--port', '0']
        self.process = subprocess.Popen(
            [program, *ports, '--unixsocket', self.socket, '--save', '', '--appendonly', 'no', '--dir', self.directory, *arguments],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, preexec_fn=end_with_parent)

    def listen(self, channel):
        """A subscriber that takes no notice: how often a window asks for the receivers of its commands is not measured."""
        link = socket.socket(socket.AF_UNIX)
        link.connect(self.socket)
        link.sendall(f'SUBSCRIBE {channel}\r\n'.encode())
        return link

    def answers(self):
        if self.process.poll() is not None:
            raise Failure(f'redis-server ended with status {self.process.returncode}')
        with socket.socket(socket.AF_UNIX) as link:
            try:
                link.connect(self.socket)
            except OSError:
                return False
            link.sendall(b'PING\r\n')
            return link.recv(16).startswith(b'+PONG')

    def __enter__(self):
        try:
            wait_for(self.answers, 'redis-server')
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        shutil.rmtree(self.directory, ignore_errors=True)


def free_port():
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        return probe.getsockname()[1]


def make_certificate(directory):
    """A certificate for localhost that signs itself, and its key: their paths."""
    certificate, key, template = (os.path.join(directory, name) for name in ('server.pem', 'server.key', 'template'))
    pathlib.Path(template).write_text('cn = "localhost"\ndns_name = "localhost"\nca\ntls_www_server\nsigning_key\n'
                                      'cert_signing_key\nexpiration_days = 2\n', encoding='ascii')
    for command in (['--generate-privkey', '--key-type', 'ecdsa', '--outfile', key],
                    ['--generate-self-signed', '--load-privkey', key, '--template', template, '--outfile', certificate]):
        try:
            subprocess.run(['certtool', *command], check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError) as error:
            raise Failure(f'no certificate could be made: {error}') from error
    return certificate, key


class Lab:
    """The programs of one build folder."""

    def __init__(self, programs, quick):
        self.programs = pathlib.Path(programs)
        self.quick = quick

    def start(self, name, server, *arguments):
        return Child(self.programs / name, f'--socket={server.socket}', f'--channel={CHANNEL}', *arguments)

    def publish(self, server, count, *arguments):
        return self.start('bench-publish', server, f'--count={count}', f'--sample={SAMPLE}', *arguments)

    def simulate(self, server, count, rate, *arguments):
        """An engine as `tickstock-monitorctl simulate` plays it; it ends after @count events."""
        program = self.programs.parent.parent / 'src' / 'cli' / 'tickstock-monitorctl'
        return subprocess.Popen([program, 'simulate', f'--url=unix://{server.socket}', f'--rate={rate}', f'--count={count}',
                                 '--sources=20', '--quiet', *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                preexec_fn=end_with_parent)

    def subscribe(self, server, count, *arguments):
        child = self.start('bench-subscribe', server, f'--count={count}', *arguments)
        child.read()
        return child

    def window(self, server, *arguments, ready=True):
        """An open window, after its first frame; its attribute `first` is what it said then."""
        child = self.start('bench-window', server, f'--started={clock()}', *arguments)
        try:
            child.first = child.read()
            if ready:
                wait_for(lambda: child.ask('report')['ready'], 'the window to be connected')
        except BaseException:
            child.close()
            raise
        return child


def settle(window):
    """Waits until the window draws no more than what a second's passing changes, for ten seconds at most."""
    frames = None
    for _ in range(10):
        now = window.ask('report')['frames']
        if frames is not None and now - frames <= 3:
            return
        frames = now
        time.sleep(1)


def processor():
    for line in pathlib.Path('/proc/cpuinfo').read_text(encoding='utf-8').splitlines():
        if line.startswith('model name'):
            return line.split(':', 1)[1].strip()
    return os.uname().machine


def redis_version():
    words = subprocess.run(['redis-server', '--version'], capture_output=True, text=True, check=False).stdout.split()
    return next((word[2:] for word in words if word.startswith('v=')), 'unknown')


def run_on_display(programs):
    """Starts this program anew on a private display, with the settings schema and the icons of the build, once."""
    if 'TSM_BENCH_INSIDE' in os.environ:
        end_with_parent(signal.SIGTERM)
        return
    shared = os.environ.get('XDG_DATA_DIRS', '/usr/local/share:/usr/share')
    environment = {**os.environ, 'TSM_BENCH_INSIDE': '1', 'LC_ALL': 'C.UTF-8', 'TZ': 'UTC',
                   'XDG_DATA_DIRS': f'{TESTS.parent / "data"}:{shared}'}
    schemas = pathlib.Path(programs).resolve().parent.parent / 'data'
    if (schemas / 'gschemas.compiled').exists():
        environment['GSETTINGS_SCHEMA_DIR'] = str(schemas)
    for name in ('G_DEBUG', 'G_SLICE', 'MALLOC_PERTURB_', 'GTK_DEBUG', 'GDK_DEBUG'):
        environment.pop(name, None)
    command = [str(TESTS / 'with-display.sh'), '--size', '1400x900', sys.executable, *sys.argv]
    sys.stdout.flush()
    os.execve(command[0], command, environment)
