#!/usr/bin/env python3
"""Measures what the monitor costs and prints each figure beside a baseline of the same run. Usage: run.py FOLDER [--quick] [--only FIGURE]…

SPDX-License-Identifier: GPL-3.0-or-later

FOLDER holds the bench-* programs: tests/bench/ of a build folder, best an optimised one. Exits 0 when everything could be
measured and no event was lost; a missed aim is reported, not punished, because machines differ.
"""

import argparse
import math
import os
import signal
import sys
import time

sys.dont_write_bytecode = True

# pylint: disable=wrong-import-position
from figures import FIGURES  # noqa: E402
from lab import Failure, Lab, Server, processor, redis_version, run_on_display  # noqa: E402

LIMIT = 900  # s for everything
SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGALRM)
COLUMNS = '{:<51} {:>9} {:>9} {:>8} {:>8}  {}'
VERDICTS = {None: '', True: 'met', False: 'not met'}


def parse():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('programs', metavar='FOLDER', help='where the bench-* programs are')
    parser.add_argument('--quick', action='store_true', help='less of everything: to see that it runs')
    parser.add_argument('--only', metavar='FIGURE', action='append', choices=FIGURES, help=', '.join(FIGURES))
    return parser.parse_args()


def number(value, unit):
    if value is None:
        return ''
    if math.isnan(value):
        return '–'
    if isinstance(value, int):
        digits = 0
    else:
        digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    return f'{value:.{digits}f} {unit}'.strip()


def aim(row):
    if row.aim is None:
        return ''
    return f'≤ {row.aim:g} ×' if row.on_ratio else f'≤ {row.aim:g} {row.unit}'.strip()


def print_row(row):
    ratio = f'{row.ratio:.2f} ×' if row.ratio and not math.isnan(row.ratio) else ''
    print(COLUMNS.format(row.what, number(row.ours, row.unit), number(row.baseline, row.unit), ratio, aim(row),
                         VERDICTS[row.met] + (f'  ({row.note})' if row.note else '')), flush=True)


def print_machine(lab):
    with Server() as server:
        with lab.subscribe(server, 0) as bare:
            versions = bare.read()
        with lab.window(server, '--empty') as window:
            first = window.first
    print(f'{processor()}, {os.cpu_count()} cores; GTK {first["gtk"]}, libadwaita {first["adwaita"]}, '
          f'hiredis {versions["hiredis"]}, Redis {redis_version()}; {os.environ.get("GSK_RENDERER", "default")} renderer')
    if not first['optimised']:
        print('This build is not optimised, or has a sanitizer: its figures say little. Use `make bench`.')
    print(flush=True)


def measure(lab, names):
    """Prints the rows of each figure. Whether all could be measured and nothing was lost."""
    good = True
    print(COLUMNS.format('', 'ours', 'baseline', 'ratio', 'aim', ''))
    for name in names:
        try:
            for row in FIGURES[name](lab):
                print_row(row)
                good = good and not (row.must and not row.met)
        except Failure as failure:
            print(f'{name}: could not be measured: {failure}')
            good = False
    return good


def end(sign, frame):
    """Ends through the context managers, which end the children; a second signal must not cut that short."""
    for other in SIGNALS:
        signal.signal(other, signal.SIG_IGN)
    sys.exit(128 + sign)


def main():
    options = parse()
    run_on_display(options.programs)
    for sign in SIGNALS:
        signal.signal(sign, end)
    signal.alarm(LIMIT)
    began = time.monotonic()
    lab = Lab(options.programs, options.quick)
    print_machine(lab)
    good = measure(lab, options.only or FIGURES)
    print(f'\nMeasured in {time.monotonic() - began:.0f} s.' + ('' if good else ' Something was lost or could not be measured.'))
    return 0 if good else 1


if __name__ == '__main__':
    sys.exit(main())
