"""What the window says about TLS: who is trusted, what is wrong with a certificate, and what to do about it.

SPDX-License-Identifier: GPL-3.0-or-later

Certificates are made with certtool of GnuTLS, which can sign for any time.
"""

import pathlib
import shutil
import subprocess
import tempfile
import unittest

import driver
import harness
from driver import Atspi, Window
from harness import RedisServer

BUTTON = Atspi.Role.PUSH_BUTTON
FINGERPRINT = '([0-9A-F]{2}:){31}[0-9A-F]{2}'
VALID = 'activation_date = "2020-01-01 00:00:00"\nexpiration_date = "2050-01-01 00:00:00"\n'
LOCAL = 'cn = "localhost"\ndns_name = "localhost"\ntls_www_server\n'
CERTIFICATES = {
    'good': LOCAL + VALID,
    'expired': LOCAL + 'activation_date = "2019-01-01 00:00:00"\nexpiration_date = "2020-01-01 00:00:00"\n',
    'not-yet': LOCAL + 'activation_date = "2049-01-01 00:00:00"\nexpiration_date = "2050-01-01 00:00:00"\n',
    'wrong-name': 'cn = "redis.example"\ndns_name = "redis.example"\ntls_www_server\n' + VALID,
}


def certtool(folder, *arguments):
    subprocess.run(['certtool', *arguments], cwd=folder, check=True, capture_output=True)


def make_certificate(folder, name, template, *signer):
    (folder / f'{name}.template').write_text(template)
    certtool(folder, '--generate-privkey', '--key-type', 'ecdsa', '--outfile', f'{name}.key')
    certtool(folder, *signer or ['--generate-self-signed'], '--load-privkey', f'{name}.key', '--template', f'{name}.template',
             '--outfile', f'{name}.pem')


@unittest.skipIf(shutil.which('certtool') is None, 'certtool is not installed')
class Tls(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(cls.enterClassContext(tempfile.TemporaryDirectory(prefix='tsm-tls-')))
        make_certificate(cls.folder, 'ca', 'cn = "Test Authority"\nca\ncert_signing_key\n' + VALID)
        for name, template in CERTIFICATES.items():
            make_certificate(cls.folder, name, template, '--generate-certificate', '--load-ca-certificate', 'ca.pem', '--load-ca-privkey',
                             'ca.key')
        cls.ca_file = f'tls-ca-file={cls.folder}/ca.pem'

    def setUp(self):
        self.home = driver.new_home(self)

    def serve(self, certificate, clients='no'):
        port = harness.free_port()
        self.enterContext(RedisServer('--tls-port', str(port), '--tls-auth-clients', clients, '--tls-ca-cert-file', f'{self.folder}/ca.pem',
                                      '--tls-cert-file', f'{self.folder}/{certificate}.pem',
                                      '--tls-key-file', f'{self.folder}/{certificate}.key'))
        return port

    def open(self, *profiles, first='--profile=0'):
        """Profiles are the lines of each after its name, which is its number."""
        file = pathlib.Path(self.home.name) / 'tickstock-monitor' / 'profiles'
        file.parent.mkdir()
        file.write_text(''.join(f'[Profile {i}]\nname={i}\n' + ''.join(f'{line}\n' for line in lines) for i, lines in enumerate(profiles)))
        return self.enterContext(Window(first, home=self.home))

    def test_each_fault_says_what_to_do(self):
        ports = {name: self.serve(name) for name in CERTIFICATES}
        clients = self.serve('good', clients='yes')
        plain = self.enterContext(RedisServer())
        good = f'url=rediss://localhost:{ports["good"]}'
        cases = [
            ('untrusted', [good], 'No authority that this computer trusts has signed the server’s certificate. Name the CA file, .*'),
            ('wrong name', [f'url=rediss://localhost:{ports["wrong-name"]}', self.ca_file],
             'The server’s certificate is for another name. Connect by that name, or set it as the server name .*'),
            ('expired', [f'url=rediss://localhost:{ports["expired"]}', self.ca_file],
             'The server’s certificate has expired. Have it renewed .*'),
            ('not yet', [f'url=rediss://localhost:{ports["not-yet"]}', self.ca_file],
             'The server’s certificate is not valid yet. Check the clocks .*'),
            ('plain', [f'url=rediss://127.0.0.1:{plain.port}'], 'This server does not speak TLS on this port. Use its TLS port, .*'),
            ('tls', [f'url=redis://localhost:{ports["good"]}'], 'This server wants TLS. Write its address with rediss://.*'),
            ('client', [f'url=rediss://localhost:{clients}', self.ca_file],
             'The server asks for a client certificate that it trusts. Set the certificate and its key .*'),
            ('no file', [good, 'tls-ca-file=/nonexistent/ca.pem'],
             'A TLS file of this connection cannot be used. Correct its path or its contents .*/nonexistent/ca.pem.*'),
            ('pin', [good, self.ca_file, 'tls-pin=' + 64 * '0'],
             'The server shows another certificate than the one that was accepted. Ask its administrator .*'),
        ]
        window = self.open(*[lines for _, lines, _ in cases])
        for i, (name, _, words) in enumerate(cases):
            with self.subTest(name):
                window.press(str(i + 1), 'alt')
                window.wait_for(words, Atspi.Role.LABEL)
                window.wait_for('Edit Connection…', BUTTON)

    def test_the_name_of_the_certificate_may_be_set(self):
        port = self.serve('wrong-name')
        window = self.open([f'url=rediss://localhost:{port}', self.ca_file, 'tls-server-name=redis.example'])
        window.wait_for('0: Connected · Over TLS')

    def test_authority_file_makes_it_trusted(self):
        window = self.open([f'url=rediss://localhost:{self.serve("good")}', self.ca_file])
        window.wait_for('0: Connected · Over TLS')
        window.click('0: Connected · Over TLS')
        window.wait_for('Over TLS. The certificate is checked by its authority.')

    def test_unknown_certificate_is_pinned_after_two_questions(self):
        window = self.open([f'url=rediss://localhost:{self.serve("good")}'])
        window.click('Edit Connection…', BUTTON)
        window.click('Test Connection', BUTTON)
        window.wait_for('The connection does not work.')
        window.wait_for('CN=localhost')
        window.click('Trust This Certificate…', BUTTON)
        window.press('Escape')
        window.wait_gone('Trust This Certificate\\?')
        window.wait_for('The connection does not work.')
        window.click('Trust This Certificate…', BUTTON)
        window.click('Trust', BUTTON)
        window.wait_for('The connection works.*')
        window.click('Back to the Form', BUTTON)
        window.wait_for(f'Only this certificate is accepted: SHA-256 {FINGERPRINT}')
        window.save_form()
        window.wait_for(f'0: Connected · Pinned certificate: SHA-256 {FINGERPRINT}')

    def test_an_expired_certificate_cannot_be_pinned(self):
        window = self.open([f'url=rediss://localhost:{self.serve("expired")}'])
        window.click('Edit Connection…', BUTTON)
        window.click('Test Connection', BUTTON)
        window.wait_for('The server’s certificate has expired. Have it renewed .*')
        window.wait_for('CN=localhost')
        self.assertIsNone(window.find('Trust This Certificate…', BUTTON))


if __name__ == '__main__':
    unittest.main(verbosity=2)
