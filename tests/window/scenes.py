"""Sets a scene of the connections, or of the flow, in the real window, and takes a picture of the screen.

SPDX-License-Identifier: GPL-3.0-or-later

Run by screenshots.py under tests/with-display.sh --a11y. Usage: scenes.py SCENE PICTURE WIDTH HEIGHT
"""

import os
import pathlib
import struct
import subprocess
import sys
import tempfile
import threading
import time
import zlib

import driver
import harness
from driver import Atspi, Window
from harness import RedisServer

BUTTON = Atspi.Role.PUSH_BUTTON
HEADER = struct.Struct('>25I')  # of an XWD file: <X11/XWDFile.h>
SETTLED = 1.0                   # s without a change of the picture: what glides has come to rest

PROFILES = '''
[Profile production]
name=Production
colour=red
url=rediss://monitor@redis.trading.example:6390
read-only=true

[Profile staging]
name=Staging
colour=green
url=redis://monitor@staging.trading.example:6379

[Profile cluster]
name=Back office
colour=purple
url=redis+sentinel://sentinel-1.example:26379,sentinel-2.example:26379/mymaster

[Profile local]
name=This computer
url=unix:///run/redis/redis.sock
'''


def screen():
    return pathlib.Path(os.environ['TSM_SCREEN']).read_bytes()


def wait_until_still():
    last, since = screen(), time.monotonic()
    while time.monotonic() - since < SETTLED:
        time.sleep(0.1)
        now = screen()
        if now != last:
            last, since = now, time.monotonic()
    return last


def chunk(kind, data):
    return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))


def save_picture(path, width, height):
    """The upper left of the screen, where a window without a window manager stands, as a PNG file."""
    data = wait_until_still()
    header = HEADER.unpack_from(data)
    start, stride = header[0] + 12 * header[19], header[12]
    rows = bytearray()
    for y in range(height):
        pixels = data[start + y * stride:start + y * stride + 4 * width]
        row = bytearray(3 * width)
        row[0::3], row[1::3], row[2::3] = pixels[2::4], pixels[1::4], pixels[0::4]
        rows += b'\0' + row
    path.write_bytes(b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', width, height, 8, 2, 0, 0, 0))
                     + chunk(b'IDAT', zlib.compress(bytes(rows), 9)) + chunk(b'IEND', b''))


class TlsServer(RedisServer):
    """With a certificate that no authority has signed."""

    def __init__(self):
        self.tls_port = harness.free_port()
        self.folder = tempfile.TemporaryDirectory(prefix='tsm-tls-')
        subprocess.run(['openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '30',
                        '-keyout', 'key.pem', '-out', 'certificate.pem', '-subj', '/O=Trading/CN=redis.trading.example',
                        '-addext', 'subjectAltName=DNS:localhost,DNS:redis.trading.example'], cwd=self.folder.name, check=True,
                       capture_output=True)
        super().__init__('--tls-port', str(self.tls_port), '--tls-auth-clients', 'no',
                         '--tls-cert-file', f'{self.folder.name}/certificate.pem', '--tls-key-file', f'{self.folder.name}/key.pem')


def show_list(window, server):
    window.press(',', 'ctrl')
    window.wait_for('Menu of Staging')


def show_form(window, server):
    window.press('n', 'ctrl')
    window.type_into('URL', 'rediss://monitor:of-this-picture@redis.trading.example:6390')
    window.type_into('Name', 'Trading')


def show_fault(window, server):
    show_form(window, server)
    window.type_into('Port', '70000')


def show_passed(window, server):
    window.press('n', 'ctrl')
    window.type_into('URL', server.url)
    window.click('Test Connection', BUTTON)
    window.wait_for('The connection works.*')


def show_failed(window, server):
    window.press('n', 'ctrl')
    window.type_into('URL', f'rediss://localhost:{server.tls_port}')
    window.click('Test Connection', BUTTON)
    window.wait_for('The connection does not work.')


def show_question(window, server):
    show_failed(window, server)
    window.click('Trust This Certificate…', BUTTON)
    window.wait_for('Trust This Certificate\\?')


def show_import(window, server):
    window.click('Import…', BUTTON)
    window.type_into('Text to import', '# of the engine\nREDIS_HOST=redis.trading.example\nREDIS_PORT=6390\n'
                     'REDIS_PASSWORD=of-this-picture\nREDIS_DB=first\n')
    window.wait_for('Add 1', BUTTON)


def show_welcome(window, server):
    window.wait_for('Another Server')


def show_sample(window, server):
    """An engine that publishes on another channel was found; its message is shown before it is listened to."""
    event = (harness.SAMPLES / 'a-metric-update.json').read_bytes()
    stop = threading.Event()
    engine = threading.Thread(target=lambda: [server.client.publish('tickstock.monitoring', event) for _ in iter(lambda: stop.wait(0.2), True)])
    engine.start()
    try:
        window.type_into('Redis URL of the engine', server.url)
        window.click('Connect', BUTTON)
        window.click('Flow', Atspi.Role.PAGE_TAB)
        window.wait_for('Broken at Channel · .*')
        window.click('Switch Channel', BUTTON)
        window.wait_for('As It Is Read')
    finally:
        stop.set()
        engine.join()


SCENES = {'sample': show_sample, 'list': show_list, 'form': show_form, 'fault': show_fault, 'passed': show_passed, 'failed': show_failed,
          'question': show_question, 'import': show_import, 'welcome': show_welcome}


def main():
    scene, picture, width, height = sys.argv[1], pathlib.Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
    home = driver.new_home()
    folder = pathlib.Path(home.name) / 'tickstock-monitor'
    folder.mkdir()
    (folder / 'profiles').write_text(PROFILES)
    with TlsServer() as server, Window(f'--size={width}x{height}', home=home) as window:
        window.wait_for('Try the Demo')
        SCENES[scene](window, server)
        save_picture(picture, width, height)


if __name__ == '__main__':
    main()
