"""The commands of docs/deployment.md, as they are written there.

SPDX-License-Identifier: GPL-3.0-or-later

Each marked block runs in a network of its own, so that its ports are free and nobody else sees them, and with an
/etc/xdg of its own. That takes the right to make namespaces; where it is missing, the test is skipped.
"""

import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

import harness

DOCUMENT = pathlib.Path(__file__).resolve().parent.parent.parent / 'docs' / 'deployment.md'
BLOCK = re.compile(r'^<!-- run: ([a-z-]+) -->\n\n((?:(?:    .*)?\n)+)', re.MULTILINE)

# Redis daemons of a block end with it: they are the only other processes in its process namespace.
ENTER = ('unshare', '--net', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc')
# A daemon detaches before it listens, and what is typed by hand comes later than the next line of a script.
REDIS_SERVER = """#!/bin/sh
set -eu
before=$(ss -Hltn | wc -l)
{program} "$@"
until [ "$(ss -Hltn | wc -l)" -gt "$before" ]; do sleep 0.02; done
"""
PREPARE = """
set -eu
ip link set lo up
mount -t tmpfs tmpfs /etc/xdg
redis-server --save '' --daemonize yes >/dev/null
until redis-cli ping >/dev/null 2>&1; do sleep 0.05; done
set -x
"""


def blocks():
    return {name: '\n'.join(line[4:] for line in text.splitlines()) for name, text in BLOCK.findall(DOCUMENT.read_text())}


def can_unshare():
    command = [*ENTER, 'sh', '-c', 'ip link set lo up && mount -t tmpfs tmpfs /etc/xdg']
    try:
        return subprocess.run(command, capture_output=True, check=False, timeout=harness.DEADLINE).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


@unittest.skipUnless(can_unshare(), 'no right to make namespaces')
@unittest.skipUnless(shutil.which('openssl'), 'no openssl')
class Deployment(unittest.TestCase):
    def setUp(self):
        self.folder = self.enterContext(tempfile.TemporaryDirectory(prefix='tsm-deployment-'))
        programs = pathlib.Path(self.folder, 'bin')
        programs.mkdir()
        server = programs / 'redis-server'
        server.write_text(REDIS_SERVER.format(program=shutil.which('redis-server')), encoding='ascii')
        server.chmod(0o755)
        (programs / 'tickstock-monitorctl').symlink_to(os.path.abspath(harness.ctl_path()))
        self.environment = {**harness.environment(), 'HOME': self.folder, 'XDG_CONFIG_HOME': f'{self.folder}/config',
                            'PATH': f'{programs}:{os.environ["PATH"]}'}
        self.environment.pop('XDG_CONFIG_DIRS', None)

    def run_block(self, name):
        script = PREPARE + blocks()[name]
        result = subprocess.run([*ENTER, 'sh', '-c', script], cwd=self.folder, env=self.environment, capture_output=True,
                                text=True, check=False, timeout=4 * harness.DEADLINE)
        self.assertEqual(result.returncode, 0, f'{result.stdout}\n{result.stderr}')
        return result.stdout


def add_tests():
    for name in blocks():
        def test(self, name=name):
            self.assertIn('Subscribe to the channels  ok', self.run_block(name))
        setattr(Deployment, f'test_{name.replace("-", "_")}', test)


add_tests()

if __name__ == '__main__':
    unittest.main()
