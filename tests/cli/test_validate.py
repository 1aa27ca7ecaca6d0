"""tickstock-monitorctl validate: verdicts on files, without a server.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import json
import pathlib
import tempfile
import unittest

from harness import SAMPLES, run_ctl

GOOD = {'event_type': 'METRIC_UPDATE', 'timestamp': '2026-03-02T14:05:10Z', 'source': 'TickStockPL',
        'metrics': {'system': {'cpu_percent': 37.4}}}
REPAIRED = {**GOOD, 'metrics': {'system': {'cpu_percent': '42.5'}}}
BAD = {'event_type': 'LUNCH', 'source': 'x'}


def validate(text, *arguments):
    """The parsed lines of `validate --json` on standard input, and the exit status."""
    result = run_ctl('validate', '--json', *arguments, stdin=text if isinstance(text, bytes) else text.encode())
    return [json.loads(line) for line in result.stdout.splitlines()], result.returncode


def verdicts(text):
    return [event['accepted'] for event in validate(text)[0]]


class Forms(unittest.TestCase):
    def test_one_event(self):
        self.assertEqual(verdicts(json.dumps(GOOD)), ['yes'])

    def test_pretty_printed(self):
        self.assertEqual(verdicts(json.dumps(GOOD, indent=4)), ['yes'])

    def test_array(self):
        self.assertEqual(verdicts(json.dumps([GOOD, REPAIRED, BAD])), ['yes', 'repaired', 'no'])

    def test_pretty_printed_array(self):
        self.assertEqual(verdicts(json.dumps([GOOD, BAD], indent=2)), ['yes', 'no'])

    def test_array_of_other_things(self):
        self.assertEqual(verdicts('[1, null, "x", [], {}]'), ['no'] * 5)

    def test_empty_array(self):
        self.assertEqual(validate('[]'), ([], 0))

    def test_lines(self):
        self.assertEqual(verdicts('\n'.join(json.dumps(event) for event in (GOOD, BAD, REPAIRED))), ['yes', 'no', 'repaired'])

    def test_blank_lines_are_skipped(self):
        self.assertEqual(verdicts(f'\n\n{json.dumps(GOOD)}\r\n\r\n  \n{json.dumps(GOOD)}\n\n'), ['yes', 'yes'])

    def test_a_line_that_is_cut_off(self):
        whole = json.dumps(GOOD)
        self.assertEqual(verdicts(f'{whole}\n{whole[:40]}\n{whole}\n'), ['yes', 'no', 'yes'])

    def test_a_line_with_a_bracket_too_many(self):
        whole = json.dumps(GOOD)
        self.assertEqual(verdicts(f'{whole}\n{whole}}}\n{whole}\n'), ['yes', 'no', 'yes'])

    def test_a_line_of_rubbish(self):
        self.assertEqual(verdicts(f'{json.dumps(GOOD)}\nrubbish "\n{json.dumps(GOOD)}\n'), ['yes', 'no', 'yes'])

    def test_a_line_that_is_a_string(self):
        self.assertEqual(verdicts(json.dumps(json.dumps(GOOD)) + '\n' + json.dumps(GOOD)), ['repaired', 'yes'])

    def test_one_after_another(self):
        self.assertEqual(verdicts(json.dumps(GOOD, indent=1) + json.dumps(BAD, indent=1)), ['yes', 'no'])

    def test_a_broken_document_is_one_event(self):
        self.assertEqual(verdicts(json.dumps(GOOD, indent=4)[:-3]), ['no'])

    def test_byte_order_mark(self):
        self.assertEqual(verdicts(b'\xef\xbb\xbf' + json.dumps(GOOD).encode()), ['repaired'])

    def test_byte_order_mark_before_an_array(self):
        self.assertEqual(verdicts(b'\xef\xbb\xbf' + json.dumps([GOOD]).encode()), ['yes'])

    def test_nan(self):
        self.assertEqual(verdicts(json.dumps({**GOOD, 'metrics': {'system': {'cpu_percent': float('nan'), 'memory_percent': 5}}})),
                         ['repaired'])

    def test_nan_in_an_array(self):
        self.assertEqual(verdicts(json.dumps([{**GOOD, 'metrics': {'system': {'cpu_percent': float('nan')}}}])), ['repaired'])

    def test_nan_in_an_unknown_member_is_null(self):
        def refuse(word):
            raise AssertionError(f'{word} is not JSON')

        result = run_ctl('validate', '--json', stdin=json.dumps({**GOOD, 'x': float('nan')}).encode())
        self.assertIsNone(json.loads(result.stdout, parse_constant=refuse)['data']['x'])

    def test_the_word_nan_in_a_string(self):
        self.assertEqual(validate(json.dumps({**GOOD, 'source': 'NaN "Infinity"'}))[0][0]['data']['source'], 'NaN "Infinity"')

    def test_brackets_in_strings(self):
        self.assertEqual(verdicts(json.dumps([{**GOOD, 'x': '}]\\"]}'}, GOOD])), ['yes', 'yes'])

    def test_empty(self):
        self.assertEqual(verdicts(''), ['no'])

    def test_white_space_alone(self):
        self.assertEqual(verdicts(' \n \n'), ['no'])

    def test_binary(self):
        self.assertEqual(verdicts(bytes(range(256)) * 20), ['no'])

    def test_invalid_utf8_line(self):
        self.assertEqual(verdicts(json.dumps(GOOD).encode() + b'\n{"x": "\xff"}\n'), ['yes', 'no'])


class Sizes(unittest.TestCase):
    def test_2_megabytes_of_brackets(self):
        events, status = validate('[' * 2_000_000)
        self.assertEqual([event['findings'][0]['code'] for event in events], ['too-large'])
        self.assertEqual(status, 1)

    def test_half_a_megabyte_of_brackets(self):
        self.assertEqual([event['findings'][0]['code'] for event in validate('[' * 500_000)[0]], ['too-deep'])

    def test_a_long_line_among_others(self):
        long = json.dumps({**GOOD, 'x': 'y' * 5_000_000})
        events, _ = validate(f'{json.dumps(GOOD)}\n{long}\n{json.dumps(GOOD)}\n')
        self.assertEqual([event['accepted'] for event in events], ['yes', 'no', 'yes'])
        self.assertEqual(events[1]['size'], len(long))

    def test_more_than_fits_into_a_document(self):
        line = json.dumps({**GOOD, 'x': 'y' * 100_000})
        n = 200  # 20 MB
        long = json.dumps({**GOOD, 'x': 'y' * 20_000_000})
        events, status = validate('\n'.join([line] * n + [long, json.dumps(GOOD)]))
        self.assertEqual([event['accepted'] for event in events], ['yes'] * n + ['no', 'yes'])
        self.assertEqual(events[n]['size'], len(long))
        self.assertEqual(events[-1]['line'], n + 2)
        self.assertEqual(status, 1)


class Output(unittest.TestCase):
    def test_members(self):
        events, _ = validate(json.dumps([GOOD, BAD]))
        members = ['file', 'line', 'type', 'dialect', 'source', 'timestamp', 'accepted', 'findings', 'data']
        self.assertEqual(list(events[0]), members)
        self.assertEqual(list(events[1]), [*members, 'raw', 'size'])

    def test_data(self):
        self.assertEqual(validate(json.dumps(GOOD, indent=2))[0][0]['data'], GOOD)

    def test_line_numbers(self):
        events, _ = validate(f'\n{json.dumps(GOOD)}\n\n{json.dumps(BAD)}\n')
        self.assertEqual([event['line'] for event in events], [2, 4])

    def test_finding_has_a_place(self):
        finding = validate(json.dumps(REPAIRED))[0][0]['findings'][0]
        self.assertEqual((finding['code'], finding['path']), ('number-in-string', 'metrics.system.cpu_percent'))

    def test_text(self):
        result = run_ctl('validate', '-', stdin=json.dumps([GOOD, REPAIRED, BAD], indent=1).encode())
        self.assertRegex(result.stdout, r'(?m)^-:\d+: METRIC_UPDATE  TickStockPL  accepted  ')
        self.assertRegex(result.stdout, r'(?m)^    number-in-string  metrics\.system\.cpu_percent: ')
        self.assertRegex(result.stdout, r'(?m)^events: 3; accepted: 1, repaired: 1, rejected: 1$')

    def test_no_control_characters(self):
        for arguments in ([], ['--json']):
            with self.subTest(arguments):
                result = run_ctl('validate', *arguments, stdin=json.dumps({**GOOD, 'source': 'a\x1b[2J\x9b31m'}, ensure_ascii=False).encode())
                self.assertNotRegex(result.stdout, '[\x00-\x09\x0b-\x1f\x7f-\x9f]')


class Status(unittest.TestCase):
    def test_accepted_is_0(self):
        self.assertEqual(validate(json.dumps(GOOD))[1], 0)

    def test_repaired_is_0(self):
        self.assertEqual(validate(json.dumps(REPAIRED))[1], 0)

    def test_rejected_is_1(self):
        self.assertEqual(validate(json.dumps([GOOD, BAD]))[1], 1)

    def test_missing_file_is_2(self):
        result = run_ctl('validate', '/no/such/file')
        self.assertEqual(result.returncode, 2)
        self.assertIn('/no/such/file', result.stderr)

    def test_a_directory_is_2(self):
        self.assertEqual(run_ctl('validate', '/').returncode, 2)

    def test_missing_file_does_not_keep_the_others(self):
        result = run_ctl('validate', '/no/such/file', str(SAMPLES / 'a-metric-update.json'))
        self.assertEqual(result.returncode, 2)
        self.assertIn('events: 1; accepted: 1', result.stdout)


class Files(unittest.TestCase):
    def test_samples(self):
        files = sorted(str(path) for path in SAMPLES.glob('*.json'))
        result = run_ctl('validate', '--json', *files)
        self.assertEqual(result.returncode, 0)
        events = [json.loads(line) for line in result.stdout.splitlines()]
        self.assertEqual([event['file'] for event in events], files)
        self.assertEqual({event['accepted'] for event in events}, {'yes'})

    def test_file_and_standard_input(self):
        with tempfile.TemporaryDirectory() as directory:
            path = pathlib.Path(directory) / 'one.json'
            path.write_text(json.dumps(GOOD))
            events, status = validate(json.dumps(BAD), str(path), '-')
            self.assertEqual([(event['file'], event['accepted']) for event in events], [(str(path), 'yes'), ('-', 'no')])
            self.assertEqual(status, 1)

    def test_no_file_is_standard_input(self):
        self.assertEqual(run_ctl('validate', stdin=json.dumps(GOOD).encode()).returncode, 0)


if __name__ == '__main__':
    unittest.main()
