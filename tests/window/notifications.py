"""Stands in for the desktop's notification service on the private session bus: tells what is sent and clicks what it is told to.

SPDX-License-Identifier: GPL-3.0-or-later

Prints a line of JSON for each call, the first of them {"ready": true}; a line NUMBER on standard input clicks that notification.
"""

import json
import sys

from gi.repository import Gio, GLib

INTERFACE = 'org.freedesktop.Notifications'
PATH = '/org/freedesktop/Notifications'
XML = """
<node><interface name="org.freedesktop.Notifications">
  <method name="Notify">
    <arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/><arg type="s" direction="in"/>
    <arg type="s" direction="in"/><arg type="as" direction="in"/><arg type="a{sv}" direction="in"/><arg type="i" direction="in"/>
    <arg type="u" direction="out"/>
  </method>
  <method name="CloseNotification"><arg type="u" direction="in"/></method>
  <method name="GetCapabilities"><arg type="as" direction="out"/></method>
  <method name="GetServerInformation">
    <arg type="s" direction="out"/><arg type="s" direction="out"/><arg type="s" direction="out"/><arg type="s" direction="out"/>
  </method>
  <signal name="ActionInvoked"><arg type="u"/><arg type="s"/></signal>
  <signal name="NotificationClosed"><arg type="u"/><arg type="u"/></signal>
</interface></node>
"""


def tell(**what):
    print(json.dumps(what), flush=True)


class Service:
    def __init__(self):
        self.number = 0
        self.connection = None

    def export(self, connection, _name):
        self.connection = connection
        interface = Gio.DBusNodeInfo.new_for_xml(XML).interfaces[0]
        connection.register_object(PATH, interface, self.call, None, None)

    def call(self, _connection, _sender, _path, _interface, method, parameters, invocation):
        if method == 'Notify':
            _app, replaced, _icon, title, body, actions, _hints, _timeout = parameters.unpack()
            self.number = replaced or self.number + 1
            tell(sent=self.number, title=title, body=body, actions=actions)
            invocation.return_value(GLib.Variant('(u)', (self.number,)))
        elif method == 'CloseNotification':
            tell(closed=parameters.unpack()[0])
            invocation.return_value(None)
        elif method == 'GetCapabilities':
            invocation.return_value(GLib.Variant('(as)', (['actions', 'body'],)))
        else:
            invocation.return_value(GLib.Variant('(ssss)', ('tests', 'tests', '1', '1.2')))

    def click(self, channel, _condition):
        line = channel.readline()
        if not line:
            return False
        self.connection.emit_signal(None, PATH, INTERFACE, 'ActionInvoked', GLib.Variant('(us)', (int(line), 'default')))
        return True


def main():
    service = Service()
    Gio.bus_own_name(Gio.BusType.SESSION, INTERFACE, Gio.BusNameOwnerFlags.NONE, service.export,
                     lambda _connection, _name: tell(ready=True), lambda _connection, _name: sys.exit('the name is taken'))
    GLib.io_add_watch(GLib.IOChannel.unix_new(sys.stdin.fileno()), GLib.PRIORITY_DEFAULT, GLib.IOCondition.IN,
                      lambda _channel, condition: service.click(sys.stdin, condition))
    GLib.MainLoop().run()


if __name__ == '__main__':
    main()
