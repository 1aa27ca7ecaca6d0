"""Takes a picture of every page, light and dark, wide and narrow, of the real program on its demo.

SPDX-License-Identifier: GPL-3.0-or-later

Usage: screenshots.py [--build DIR] [--out DIR] [--seconds N] [NAME…]
"""

import argparse
import contextlib
import os
import pathlib
import subprocess
import sys
import tempfile
import threading

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent

sys.path.insert(0, str(ROOT / 'tests' / 'cli'))

WIDE = '1280x860'
NARROW = '360x780'
# Of the demo: time enough for trends; and for alerts, before the first ones are resolved by themselves.
SECONDS = {'alerts': 12}
SECONDS_ELSE = 30

# name, page, scheme, size, what stands behind the window: the demo, nothing, an engine that fell silent or publishes on another
# channel, a server that wants another password, or a recording
PICTURES = [
    ('overview-light', 'overview', 'light', WIDE, 'demo'),
    ('overview-dark', 'overview', 'dark', WIDE, 'demo'),
    ('overview-contrast', 'overview', 'contrast', WIDE, 'demo'),
    ('overview-medium', 'overview', 'light', '800x1100', 'demo'),
    ('overview-narrow', 'overview', 'light', NARROW, 'demo'),
    ('overview-stale', 'overview', 'light', WIDE, 'silent'),
    ('alerts-light', 'alerts', 'light', WIDE, 'demo'),
    ('alerts-dark', 'alerts', 'dark', WIDE, 'demo'),
    ('alerts-narrow', 'alerts', 'dark', NARROW, 'demo'),
    ('events-light', 'events', 'light', WIDE, 'demo'),
    ('events-dark', 'events', 'dark', WIDE, 'demo'),
    ('events-narrow', 'events', 'light', NARROW, 'demo'),
    ('flow-light', 'flow', 'light', WIDE, 'demo'),
    ('flow-dark', 'flow', 'dark', WIDE, 'demo'),
    ('flow-narrow', 'flow', 'light', NARROW, 'demo'),
    ('flow-channel-light', 'flow', 'light', WIDE, 'elsewhere'),
    ('flow-channel-dark', 'flow', 'dark', WIDE, 'elsewhere'),
    ('flow-channel-narrow', 'flow', 'dark', NARROW, 'elsewhere'),
    ('flow-stale', 'flow', 'light', WIDE, 'silent'),
    ('flow-stale-narrow', 'flow', 'dark', NARROW, 'silent'),
    ('flow-password', 'flow', 'light', WIDE, 'locked'),
    ('flow-password-narrow', 'flow', 'dark', NARROW, 'locked'),
    ('recording-light', 'overview', 'light', WIDE, 'recording'),
    ('welcome-light', 'overview', 'light', WIDE, 'nothing'),
    ('welcome-dark', 'overview', 'dark', WIDE, 'nothing'),
]

# The same for windows and menus that must be opened first: a scene of scenes.py in place of a page.
DIALOG = '600x720'
NARROW_DIALOG = '400x720'
SCENES = [
    ('connections-light', 'list', 'light', '620x600'),
    ('connections-dark', 'list', 'dark', '620x600'),
    ('connections-narrow', 'list', 'light', '400x600'),
    ('connections-welcome', 'welcome', 'light', WIDE),
    ('connection-form-light', 'form', 'light', DIALOG),
    ('connection-form-dark', 'form', 'dark', DIALOG),
    ('connection-form-narrow', 'fault', 'light', NARROW_DIALOG),
    ('connection-test-passed', 'passed', 'light', DIALOG),
    ('connection-test-failed', 'failed', 'light', DIALOG),
    ('connection-test-failed-dark', 'failed', 'dark', DIALOG),
    ('connection-test-narrow', 'failed', 'light', NARROW_DIALOG),
    ('connection-pin-question', 'question', 'light', DIALOG),
    ('flow-sample-light', 'sample', 'light', WIDE),
    ('flow-sample-dark', 'sample', 'dark', WIDE),
    ('flow-sample-narrow', 'sample', 'light', '400x780'),
    ('connection-import', 'import', 'light', '600x640'),
]

SCHEMES = {
    'light': {'ADW_DEBUG_COLOR_SCHEME': 'prefer-light'},
    'dark': {'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark'},
    'contrast': {'ADW_DEBUG_COLOR_SCHEME': 'prefer-light', 'ADW_DEBUG_HIGH_CONTRAST': '1'},
}

SILENT_AFTER = 20  # s of events before the engine of the stale picture falls silent
SILENCE = 45       # s


def run_window(arguments, scheme, seconds, picture):
    with_display = [ROOT / 'tests' / 'with-display.sh', '--size', '1600x1200']
    command = [*with_display, *arguments, f'--screenshot={picture}', f'--for={seconds}']
    subprocess.run([str(part) for part in command], env={**os.environ, **SCHEMES[scheme]}, check=True, timeout=seconds + 60)


@contextlib.contextmanager
def engine(ctl, server, *arguments):
    process = subprocess.Popen([ctl, 'simulate', '--url', server.url, '--dialect', 'a', '--rate', '2', '--quiet', *arguments])
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def run_on_silent_engine(program, ctl, arguments, scheme, picture):
    """An engine that publishes for a while and then stops, its server still there."""
    from harness import RedisServer

    with RedisServer() as server, engine(ctl, server) as process:
        timer = threading.Timer(SILENT_AFTER, process.terminate)
        timer.start()
        try:
            run_window([program, f'--url={server.url}', *arguments], scheme, SILENT_AFTER + SILENCE, picture)
        finally:
            timer.cancel()


def run_on_other_channel(program, ctl, arguments, scheme, picture):
    from harness import RedisServer

    with RedisServer() as server, engine(ctl, server, '--fault', 'wrong-channel'):
        run_window([program, f'--url={server.url}', *arguments], scheme, 12, picture)


def run_on_locked_server(program, ctl, arguments, scheme, picture):
    from harness import RedisServer

    with RedisServer(password='right') as server:
        run_window([program, f'--url=redis://:wrong@127.0.0.1:{server.port}', *arguments], scheme, 6, picture)


def run_on_recording(program, ctl, arguments, scheme, picture):
    from harness import RedisServer

    with RedisServer() as server, tempfile.TemporaryDirectory(prefix='tsm-shots-') as folder:
        recording = pathlib.Path(folder) / 'monday.jsonl'
        with engine(ctl, server):
            subprocess.run([ctl, 'record', '--url', server.url, '--for', '40', str(recording)], check=True)
        run_window([program, *arguments, str(recording)], scheme, 4, picture)


BEHIND = {
    'silent': run_on_silent_engine,
    'elsewhere': run_on_other_channel,
    'locked': run_on_locked_server,
    'recording': run_on_recording,
}


def take(options, name, page, scheme, size, behind):
    program = options.build / 'src' / 'ui' / 'tickstock-monitor'
    ctl = options.build / 'src' / 'cli' / 'tickstock-monitorctl'
    picture = options.out / f'{name}.png'
    arguments = [f'--page={page}', f'--size={size}']

    if behind in BEHIND:
        BEHIND[behind](program, ctl, arguments, scheme, picture)
    elif behind == 'nothing':
        run_window([program, *arguments], scheme, 3, picture)
    else:
        run_window([program, '--demo', *arguments], scheme, options.seconds or SECONDS.get(page, SECONDS_ELSE), picture)
    say(picture)


def take_scene(options, name, scene, scheme, size):
    program = options.build / 'src' / 'ui' / 'tickstock-monitor'
    picture = options.out / f'{name}.png'
    width, height = size.split('x')
    command = [ROOT / 'tests' / 'with-display.sh', '--a11y', '--keyring', '--size', size,
               sys.executable, ROOT / 'tests' / 'window' / 'scenes.py', scene, picture, width, height]
    subprocess.run([str(part) for part in command], check=True, timeout=120,
                   env={**os.environ, **SCHEMES[scheme], 'TSM_MONITOR': str(program), 'LC_ALL': 'C.UTF-8'})
    say(picture)


def say(picture):
    print(picture.relative_to(pathlib.Path.cwd()) if picture.is_relative_to(pathlib.Path.cwd()) else picture, flush=True)


def main():
    parser = argparse.ArgumentParser(description='Takes a picture of every page.')
    parser.add_argument('--build', type=pathlib.Path, default=ROOT / 'build', help='the build folder')
    parser.add_argument('--out', type=pathlib.Path, default=ROOT / 'docs' / 'screenshots', help='where to put the pictures')
    parser.add_argument('--seconds', type=int, help='how long the demo runs before a picture is taken')
    parser.add_argument('names', nargs='*', help='only these pictures')
    options = parser.parse_args()

    options.build = options.build.resolve()
    options.out = options.out.resolve()
    options.out.mkdir(parents=True, exist_ok=True)
    known = {row[0] for row in PICTURES + SCENES}
    if unknown := set(options.names) - known:
        parser.error(f'no such picture: {", ".join(sorted(unknown))}; there are {", ".join(sorted(known))}')
    # Kept out of the settings of whoever runs it, and of a demo that may be open.
    with tempfile.TemporaryDirectory(prefix='tsm-shots-') as folder:
        os.environ['TMPDIR'] = folder
        for row in PICTURES:
            if not options.names or row[0] in options.names:
                take(options, *row)
        for row in SCENES:
            if not options.names or row[0] in options.names:
                take_scene(options, *row)


if __name__ == '__main__':
    main()
