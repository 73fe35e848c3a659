# SPDX-FileCopyrightText: 2026 Gatehouse contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Another host: a network namespace with a cable to this one, where that is permitted, else this machine by its own address
in the network. In both the server sees a caller that does not come from loopback.
"""

import json
import os
import socket
import subprocess
import sys

HERE = "10.213.77.1"
THERE = "10.213.77.2"

# Run on the other host: a device's update check over TLS, by name, at the given address.
CLIENT = r"""
import http.client, json, socket, ssl, sys, uuid
address, port, name, authority, app = sys.argv[1], int(sys.argv[2]), *sys.argv[3:6]
context = ssl.create_default_context(cafile=authority)

class Connection(http.client.HTTPSConnection):
    def connect(self):
        self.sock = context.wrap_socket(socket.create_connection((address, port), 20), server_hostname=name)

def ask(method, path, body=None):
    connection = Connection(name, port, timeout=20)
    connection.request(method, path, body and json.dumps(body), {"Content-Type": "application/json"})
    answer = connection.getresponse()
    return connection.sock.getpeercert(True) if connection.sock else None, answer.status, answer.read()

info = {"platform": "ios", "device_id": str(uuid.uuid4()), "app_id": app, "custom_id": "", "version_build": "1.0.0",
        "version_code": "1", "version_os": "18.5", "version_name": "1.0.0", "plugin_version": "8.51.14",
        "is_emulator": False, "is_prod": True, "defaultChannel": ""}
connection = Connection(name, port, timeout=20)
connection.connect()
certificate = ssl.DER_cert_to_PEM_cert(connection.sock.getpeercert(True))
connection.close()
_, _, body = ask("POST", "/updates", info)
update = json.loads(body)
size = len(ask("GET", update["url"].split(f":{port}", 1)[1])[2]) if "url" in update else 0
print(json.dumps({"certificate": certificate, "update": update, "size": size, "management": ask("GET", "/app")[1]}))
"""


class Outside:
    def __init__(self):
        self.name = f"gatehouse-{os.getpid()}"
        self.address = HERE
        self.prefix = []
        commands = [["netns", "add", self.name],
                    ["link", "add", f"gh{os.getpid()}", "type", "veth", "peer", "name", "eth0", "netns", self.name],
                    ["addr", "add", f"{HERE}/30", "dev", f"gh{os.getpid()}"],
                    ["link", "set", f"gh{os.getpid()}", "up"],
                    ["-n", self.name, "addr", "add", f"{THERE}/30", "dev", "eth0"],
                    ["-n", self.name, "link", "set", "eth0", "up"]]
        try:
            for command in commands:
                subprocess.run(["ip", *command], check=True, capture_output=True)
            self.prefix = ["ip", "netns", "exec", self.name]
        except (OSError, subprocess.CalledProcessError) as failure:
            if not isinstance(failure, FileNotFoundError):
                self.end()
            self.name = None
            self.address = own_address()
            print(f"  (no second network here: {failure}; the machine's own address {self.address} it is)")

    def end(self):
        if self.name:
            # The cable goes with its other end.
            subprocess.run(["ip", "netns", "del", self.name], check=False, capture_output=True)
            self.name = None

    def run(self, *command):
        return subprocess.run([*self.prefix, *command], capture_output=True, text=True, timeout=60)

    def reaches(self, port):
        code = "import socket, sys; socket.create_connection((sys.argv[1], int(sys.argv[2])), 5)"
        return self.run(sys.executable, "-c", code, self.address, str(port)).returncode == 0

    def check(self, name, port, authority, app):
        done = self.run(sys.executable, "-c", CLIENT, self.address, str(port), name, authority, app)
        if done.returncode != 0:
            raise AssertionError(f"the other host got no answer: {done.stderr}")
        return json.loads(done.stdout)


def own_address():
    """The address that this machine would use towards others. Nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            return probe.getsockname()[0]
        except OSError:
            # All of 127/8 is this machine; the server takes only 127.0.0.1 for its loopback listener's name.
            return "127.0.0.2"
