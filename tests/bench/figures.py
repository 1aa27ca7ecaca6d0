"""The measurements. Each takes the lab and yields the rows of its figure.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import contextlib
import datetime
import json
import math
import statistics
import tempfile
import time
from dataclasses import dataclass

from lab import CHANNEL, SAMPLE, Failure, Server, clock, free_port, make_certificate, settle, wait_for

RATE = 20_000  # events per second of the steady stream
UNLIMITED = ('--client-output-buffer-limit', 'pubsub 0 0 0')
MIB = 'MiB'


@dataclass
class Row:
    """One line of the table. The aim is an upper limit of `ours`, or of the ratio where `on_ratio` is set."""

    what: str
    ours: float
    unit: str
    baseline: float | None = None
    aim: float | None = None
    on_ratio: bool = False
    must: bool = False  # missing it fails the run: nothing may be lost
    note: str = ''

    @property
    def ratio(self):
        return self.ours / self.baseline if self.baseline else None

    @property
    def met(self):
        if self.aim is None:
            return None
        value = self.ratio if self.on_ratio else self.ours
        return value is not None and value <= self.aim


def percentile(values, share):
    """The smallest value that @share per cent of them do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * share // 100) - 1)]


def run_publisher(lab, server, count, *arguments, seconds=120):
    with lab.publish(server, count, *arguments) as publisher:
        return publisher.read(seconds)


def ingest(lab):
    """CPU time per event from the socket to the models, without a window, in turns with the baseline."""
    count = 10_000 if lab.quick else 50_000
    costs = {'bench-ingest': [], 'bench-subscribe': []}
    lost = 0
    with Server(*UNLIMITED) as server:
        for program in list(costs) * (2 if lab.quick else 3):
            with lab.start(program, server, f'--count={count}', '--decode') as child:
                child.read()
                run_publisher(lab, server, count)
                result = child.read(60)
            costs[program].append(result['cpu_us'] / count)
            if program == 'bench-ingest':
                lost += count - result['decoded'] - result['repaired']
    ours, baseline = (statistics.median(costs[program]) for program in costs)
    yield Row('CPU per event: receive, decode, apply', ours, 'µs', baseline, 1.5, on_ratio=True,
              note='baseline: hiredis and json-glib on the same bytes')
    yield Row('events of it that were lost', lost, '', aim=0, must=True)


def tls(lab):
    """The same stream over TLS and plainly, both by TCP: until all is applied, and the CPU time of it."""
    count = 10_000 if lab.quick else 50_000
    times = {'rediss': [], 'redis': []}
    costs = {'rediss': [], 'redis': []}
    lost = 0
    ports = {'redis': free_port(), 'rediss': free_port()}
    with tempfile.TemporaryDirectory(prefix='tsm-bench-') as directory:
        certificate, key = make_certificate(directory)
        arguments = ('--port', ports['redis'], '--tls-port', ports['rediss'], '--tls-cert-file', certificate, '--tls-key-file', key,
                     '--tls-ca-cert-file', certificate, '--tls-auth-clients', 'no', '--bind', '127.0.0.1')
        with Server(*map(str, arguments), *UNLIMITED) as server:
            for scheme in list(times) * (2 if lab.quick else 3):
                with lab.start('bench-ingest', server, f'--count={count}', f'--url={scheme}://localhost:{ports[scheme]}',
                               f'--ca-file={certificate}') as child:
                    child.read()
                    begun = clock()
                    run_publisher(lab, server, count)
                    result = child.read(60)
                    times[scheme].append((clock() - begun) / 1e6)
                costs[scheme].append(result['cpu_us'] / count)
                lost += count - result['decoded'] - result['repaired']
    ours, plain = (statistics.median(times[scheme]) for scheme in times)
    yield Row(f'{count:,} events over TLS: until all are applied', ours, 's', plain, note='baseline: the same without TLS')
    yield Row('CPU per event over TLS', statistics.median(costs['rediss']), 'µs', statistics.median(costs['redis']))
    yield Row('events of it that were lost', lost, '', aim=0, must=True)


def wait_until_handled(window, count, seconds):
    """Until the window has shown so many events, or hears no more. The last report."""
    last = {'handled': -1}
    end = time.monotonic() + seconds
    silent_since = time.monotonic()
    while True:
        report = window.ask('report')
        if report['handled'] != last['handled']:
            silent_since = time.monotonic()
        last = report
        done = report['handled'] >= count and report['shown']
        if done or time.monotonic() > end or time.monotonic() - silent_since > 8:
            return report
        time.sleep(0.2)


def burst(lab):
    """Events published as fast as can be."""
    count = 50_000 if lab.quick else 200_000
    with Server() as server:
        with lab.subscribe(server, count) as bare, lab.window(server, '--empty') as empty:
            empty.ask('meter on')
            start = publish_from(lab, server, count)
            drained = bare.read(60)
            idle = empty.ask('report')
        with lab.window(server) as window:
            settle(window)
            before = window.ask('report')
            window.ask('meter on')
            window.ask(f'expect {count}')
            own_start = publish_from(lab, server, count)
            after = wait_until_handled(window, count, 90)
            peak = window.memory()['VmHWM']
    name = f'burst of {count:,}'
    seconds = (after['shown'] - own_start) / 1e6 if after['shown'] else math.nan
    yield Row(f'{name}: lost', count - after['handled'] + after['rejected'], '', count - drained['received'], 0, must=True,
              note=f'baseline: a bare hiredis subscriber; connections lost: {after["disconnects"]}')
    yield Row(f'{name}: until all are shown', seconds, 's', (drained['end'] - start) / 1e6, note='baseline: received')
    yield Row(f'{name}: longest stall', after['stall_max_us'] / 1e3, 'ms', idle['stall_max_us'] / 1e3, 50,
              note='baseline: an empty window beside the bare subscriber')
    yield Row(f'{name}: 99 % of stalls below', after['stall_p99_us'] / 1e3, 'ms', idle['stall_p99_us'] / 1e3)
    yield Row(f'{name}: frames per second meanwhile', (after['frames'] - before['frames']) / seconds, '/s')
    yield Row(f'{name}: peak memory', peak, MIB)


def publish_from(lab, server, count, *arguments):
    """Publishes flat out; when that began, in monotonic µs."""
    with lab.publish(server, count, *arguments) as publisher:
        result = publisher.read(120)
        return result['start']


def run_stream(lab, server, seconds, page):
    """The reports before and after a steady stream, with a page of the window in sight."""
    count = RATE * seconds
    with lab.window(server) as window:
        window.ask(f'page {page}')
        settle(window)
        window.ask('meter on')
        window.ask(f'expect {count}')
        before = window.ask('report')
        run_publisher(lab, server, count, f'--rate={RATE}')
        return before, wait_until_handled(window, count, 30)


def stream(lab):
    """A steady stream for half a minute, and a shorter one into the list of events."""
    seconds = 5 if lab.quick else 30
    with Server() as server:
        with lab.subscribe(server, RATE * seconds, '--decode') as bare:
            sent = run_publisher(lab, server, RATE * seconds, f'--rate={RATE}')
            drained = bare.read(30)
        runs = [(page, duration, *run_stream(lab, server, duration, page))
                for page, duration in (('overview', seconds), ('events', min(seconds, 10)))]
    bare_lost = RATE * seconds - drained['received']
    bare_share = 100 * drained['cpu_us'] / sent['us']
    for page, duration, before, after in runs:
        name = f'{RATE:,}/s for {duration} s, {page}'
        elapsed = after['time'] - before['time']
        yield Row(f'{name}: lost', RATE * duration - after['handled'] + after['rejected'], '', bare_lost, 0, must=True,
                  note='baseline: hiredis and json-glib')
        yield Row(f'{name}: CPU', 100 * (after['cpu_us'] - before['cpu_us']) / elapsed, '%', bare_share)
        yield Row(f'{name}: longest stall', after['stall_max_us'] / 1e3, 'ms')
        yield Row(f'{name}: 99.9 % of stalls below', after['stall_p999_us'] / 1e3, 'ms')
        yield Row(f'{name}: frames per second', (after['frames'] - before['frames']) / (elapsed / 1e6), '/s')


def run_diagnosed(lab, server, seconds, page, verdict, diagnose):
    """The reports before and after a steady stream of the simulator, with frames asked for all the time. @verdict: of the ladder, by the
    fault that is played; @diagnose: None, or what is asked of the examiner, again as soon as it has ended."""
    count = RATE * seconds
    arguments = [] if verdict == 'healthy' else [f'--fault={verdict}']
    examined = 0
    verdicts = set()
    with server.listen(CHANNEL + ':control'), lab.window(server) as window:
        window.ask(f'page {page}')
        settle(window)
        with lab.simulate(server, count, RATE, *arguments) as engine:
            try:
                wait_for(lambda: window.ask('report')['verdict'] == verdict, f'the ladder to say “{verdict}”')
                before = window.ask('report')
                window.ask('frames on')
                window.ask('meter on')
                while engine.poll() is None:
                    report = window.ask('report')
                    verdicts.add(report['verdict'])
                    if diagnose is not None and report['examined'] > examined:
                        examined = report['examined']
                        window.ask(diagnose)
                    time.sleep(0.1)
                after = window.ask('report')
            finally:
                engine.kill()
        window.ask('meter off')
        window.ask(f'expect {count}')
        last = wait_until_handled(window, count, 30)
    return {'before': before, 'after': after, 'wrong': verdicts - {verdict}, 'lost': count - last['handled'],
            'examined': after['examined'] - before['examined']}


# What is in sight, what the ladder is to say, and what the examiner is asked for.
LADDER = {
    'ladder in sight': ('flow', 'healthy', 'diagnose'),
    'a rung broken': ('flow', 'malformed', 'diagnose'),
    'all channels searched': ('flow', 'healthy', 'diagnose deep'),
    'baseline': ('overview', 'healthy', None),
}

# What tells whether a window is smooth: a name, the value by the reports before and after, unit and aim.
SMOOTHNESS = (
    ('99 % of stalls below', lambda before, after: after['stall_p99_us'] / 1e3, 'ms', None),
    ('longest stall', lambda before, after: after['stall_max_us'] / 1e3, 'ms', 50),
    ('CPU time of the longest stall', lambda before, after: after['stall_own_us'] / 1e3, 'ms', None),
    ('99 % of frames late by less than', lambda before, after: after['late_p99_us'] / 1e3, 'ms', None),
    ('frames missed', lambda before, after: 100 * after['missed'] / (after['due'] + after['missed']), '%', None),
    ('CPU', lambda before, after: 100 * (after['cpu_us'] - before['cpu_us']) / (after['time'] - before['time']), '%', None),
)


def ladder(lab):
    """The Flow page in sight under the steady stream while the examiner runs again and again, in turns with the Overview without it."""
    seconds = 6 if lab.quick else 10
    runs = {kind: [] for kind in LADDER}
    with Server() as server:
        for kind in list(LADDER) * (1 if lab.quick else 2):
            runs[kind].append(run_diagnosed(lab, server, seconds, *LADDER[kind]))

    baseline = runs.pop('baseline')
    for kind, ours in runs.items():
        wrong = sorted(set().union(*(run['wrong'] for run in ours)))
        yield Row(f'{RATE:,}/s, {kind}: false verdicts', len(wrong), '', aim=0, must=True,
                  note=f'{", ".join(wrong) or "none"}; in {sum(run["examined"] for run in ours)} examinations')
        yield Row(f'{kind}: lost', max(run['lost'] for run in ours), '', max(run['lost'] for run in baseline), 0, must=True,
                  note='baseline of all these: the Overview in sight, no active checks')
        for what, measure, unit, aim in SMOOTHNESS:
            worst, reference = (max(measure(run['before'], run['after']) for run in some) for some in (ours, baseline))
            yield Row(f'{kind}: {what}', worst, unit, reference, aim)


def write_recording(path, count):
    """Two messages a second, one after the other of twenty sources."""
    sample = json.loads(SAMPLE.read_text(encoding='utf-8'))
    with open(path, 'w', encoding='utf-8') as file:
        print('{"format":"tickstock-monitor-recording","version":1}', file=file)
        for index in range(count):
            sample['source'] = f'engine-{index % 20}'
            sample['metrics']['system']['cpu_percent'] = index * 37 % 1000 / 10
            moment = datetime.datetime.fromtimestamp(1_772_460_000 + index / 2, datetime.timezone.utc)
            sample['timestamp'] = moment.isoformat()
            print(json.dumps({'received': moment.strftime('%Y-%m-%dT%H:%M:%S.%fZ'), 'offset_us': index * 500_000, 'channel': CHANNEL,
                              'payload': json.dumps(sample)}), file=file)


def recording(lab):
    """Opening a long recording, with each page in sight."""
    count = 20_000 if lab.quick else 100_000
    with tempfile.TemporaryDirectory(prefix='tsm-bench-') as directory, Server() as server:
        path = f'{directory}/long.jsonl'
        write_recording(path, count)
        with lab.window(server, '--empty') as window:
            window.ask('meter on')
            time.sleep(2)
            idle = window.ask('report')
        for page in ('overview', 'alerts', 'events'):
            with lab.window(server, f'--recording={path}', ready=False) as window:
                window.ask(f'page {page}')
                window.ask('frames on')
                window.ask('meter on')
                before = window.ask('report')
                after = wait_for(lambda: (lambda report: report['ready'] and report)(window.ask('report')), 'the end of the recording', 60)
                peak = window.memory()['VmHWM']
            name = f'recording of {count:,}, {page}'
            yield Row(f'{name}: until it is read', (after['time'] - before['time']) / 1e6, 's')
            yield Row(f'{name}: longest stall', after['stall_max_us'] / 1e3, 'ms', idle['stall_max_us'] / 1e3, 50,
                      note='baseline: an empty window at rest')
            yield Row(f'{name}: 99 % of stalls below', after['stall_p99_us'] / 1e3, 'ms', idle['stall_p99_us'] / 1e3)
            yield Row(f'{name}: peak memory', peak, MIB)


def delays(sent, seen, column=1):
    """From each stamp to the sight of its value, in ms. A value that was overtaken is seen with the next one that was."""
    times = {sight[0]: sight[column] for sight in seen}
    result = []
    following = None
    for value, start in reversed(sent):
        following = times.get(value, following)
        if following is not None:
            result.append((following - start) / 1000)
    return result


def latency(lab):
    """From PUBLISH to the frame that shows it."""
    count = 50 if lab.quick else 300
    with Server() as server, lab.subscribe(server, count, '--stamps') as bare, lab.window(server) as window:
        settle(window)
        window.ask('watch')
        sent = run_publisher(lab, server, count, '--rate=10', '--stamps')['stamps']
        heard = bare.read()['stamps']
        time.sleep(0.5)
        seen = window.ask('sights')['sights']
    ours = delays(sent, seen, 2)
    baseline = delays(sent, heard)
    if not ours or not baseline:
        raise Failure('no frame showed any of the values')
    yield Row('PUBLISH to frame, 10/s: median', statistics.median(ours), 'ms', statistics.median(baseline), 20,
              note='baseline: PUBLISH to a bare hiredis subscriber')
    yield Row('PUBLISH to frame, 10/s: 99th percentile', percentile(ours, 99), 'ms', percentile(baseline, 99), 50)
    yield Row('of it until it is applied: median', statistics.median(delays(sent, seen)), 'ms',
              note='then the frame has to be drawn')
    yield Row('values that no frame showed', count - len(seen), '', note=f'of {count}: the next came first')
    yield Row('events of it that were lost', count - len(ours), '', count - len(heard), 0, must=True)


def conceal(window):
    """Minimizes the window, or hides it where there is nobody to minimize it. Which it was."""
    window.ask('minimize')
    try:
        wait_for(lambda: window.ask('report')['minimized'], 'the window to be minimized', 1)
        return 'minimized'
    except Failure:
        window.ask('hide')
        return 'hidden: no window manager here minimizes'


def at_rest(lab):
    """CPU at one event every two seconds, side by side: open, concealed and empty."""
    seconds = 8 if lab.quick else 30
    with contextlib.ExitStack() as stack:
        server = stack.enter_context(Server())
        windows = [stack.enter_context(lab.window(server, *arguments)) for arguments in ((), (), ('--empty',))]
        run_publisher(lab, server, 10, '--rate=20')
        for window in windows:
            settle(window)
        how = conceal(windows[1])
        publisher = stack.enter_context(lab.publish(server, seconds // 2 + 1, '--rate=0.5'))
        time.sleep(1)
        before = [window.ask('report') for window in windows]
        time.sleep(seconds - 2)
        after = [window.ask('report') for window in windows]
        publisher.read()
    shares = [100 * (b['cpu_us'] - a['cpu_us']) / (b['time'] - a['time']) for a, b in zip(before, after)]
    frames = [(b['frames'] - a['frames']) / ((b['time'] - a['time']) / 1e6) for a, b in zip(before, after)]
    yield Row('one event in 2 s: CPU of the open window', shares[0], '%', shares[2], 1, note='baseline: an empty window')
    yield Row('one event in 2 s: CPU of the concealed window', shares[1], '%', shares[2], note=how)
    yield Row('one event in 2 s: frames per second', frames[0], '/s', frames[2])


def memory(lab):
    """Resident memory."""
    count = 10_000
    with Server() as server, lab.window(server) as window, lab.window(server, '--empty') as empty:
        for child in (window, empty):
            settle(child)
        start, bare = window.memory(), empty.memory()
        window.ask(f'expect {count}')
        run_publisher(lab, server, count)
        wait_until_handled(window, count, 30)
        settle(window)
        end = window.memory()
    for name, now in (('at rest after start', start), (f'after {count:,} events', end)):
        yield Row(f'resident memory {name}', now['VmRSS'], MIB, bare['VmRSS'], note='baseline: an empty window')
        yield Row(f'of it not shared with files, {name}', now['RssAnon'], MIB, bare['RssAnon'])


def start(lab):
    """From spawn to the first frame, in turns with an empty window."""
    times = {(): [], ('--empty',): []}
    with Server() as server:
        for _ in range(3 if lab.quick else 5):
            for arguments, values in times.items():
                with lab.window(server, *arguments, ready=False) as window:
                    values.append(window.first['first_frame_us'] / 1e6)
    yield Row('start to first frame', statistics.median(times[()]), 's', statistics.median(times[('--empty',)]), 0.5,
              note='baseline: an empty window')


FIGURES = {
    'ingest': ingest,
    'tls': tls,
    'burst': burst,
    'stream': stream,
    'ladder': ladder,
    'recording': recording,
    'latency': latency,
    'idle': at_rest,
    'memory': memory,
    'start': start,
}
