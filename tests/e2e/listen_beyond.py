# SPDX-FileCopyrightText: 2026 Gatehouse contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Listening beyond loopback by the page's switch, with a certificate of one's own: a device elsewhere gets it and is
answered; what cannot work is said, and the server on loopback goes on as it was.

listen_beyond.py --top SOURCES --programs BIN [--pictures DIR]
"""

import json
import os
import re
import signal
import socket
import subprocess
import tempfile

from desktop import Desktop
from outside import Outside
from programs import children_of, offered_to, write_sample
from steps import (FIRST_BUNDLE, check, create_app, go, local_server, new_bundle, options, start_on_this_computer,
                   tell)

APP = "com.example.outside"
VERSION = "1.1.0"
NAME = "updates.example.com"
APPLY = "Restart the server and listen beyond this computer"


def openssl(*arguments):
    subprocess.run(["openssl", *arguments], check=True, capture_output=True)


class Certificates:
    """Made with openssl, as a person would who has no authority at hand."""

    def __init__(self, folder):
        self.folder = folder
        for key in ("key", "other"):
            openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", self.path(key))
        self.make("good", NAME, "20370101000000Z")
        self.make("expired", NAME, "20240101000000Z")

    def path(self, name):
        return os.path.join(self.folder, f"{name}.pem")

    def make(self, name, host, until):
        """openssl's "req -x509" knows days from now only; its small authority takes dates."""
        place = tempfile.mkdtemp(dir=self.folder)
        with open(os.path.join(place, "index"), "w", encoding="utf-8"):
            pass
        with open(os.path.join(place, "ca.cnf"), "w", encoding="utf-8") as file:
            file.write(f"[ca]\ndefault_ca=one\n[one]\ndatabase={place}/index\nnew_certs_dir={place}\nrand_serial=yes\n"
                       f"default_md=sha256\npolicy=any\nx509_extensions=names\n[any]\ncommonName=supplied\n"
                       f"[names]\nsubjectAltName=DNS:{host}\n[req]\ndistinguished_name=dn\n[dn]\n")
        config = os.path.join(place, "ca.cnf")
        request = os.path.join(place, "request.pem")
        openssl("req", "-new", "-config", config, "-key", self.path("key"), "-subj", f"/CN={host}", "-out", request)
        openssl("ca", "-batch", "-config", config, "-selfsign", "-keyfile", self.path("key"), "-in", request, "-notext",
                "-startdate", "20230101000000Z", "-enddate", until, "-out", self.path(name))


class Story:
    def __init__(self, given):
        self.given = given
        self.folder = tempfile.mkdtemp(dir=os.environ["HOME"])
        self.certificates = Certificates(self.folder)
        self.outside = Outside()
        self.window = None
        self.server = None
        with socket.create_server(("0.0.0.0", 0)) as free:
            self.port = free.getsockname()[1]

    def open(self):
        self.window = Desktop([os.path.join(self.given.programs, "gatehouse")], "gatehouse", pictures=self.given.pictures)

    def start(self):
        self.open()
        self.server = start_on_this_computer(self.window)
        create_app(self.window, APP, "Outside")
        web = write_sample(self.given.top, VERSION, os.path.join(self.folder, "web"))
        new_bundle(self.window, web, VERSION, makes_keys=True, way=FIRST_BUNDLE)
        go(self.window, "Connect a device")
        self.window.find("label", re.compile("^Only programs on this computer reach this address"))

    def child(self):
        return children_of(self.window.process.pid, "gatehouse-server")

    def fill(self, chain, key, url=""):
        self.window.write("Address and port", f"0.0.0.0:{self.port}")
        self.window.write("Certificate chain", chain)
        self.window.write("Its private key", key)
        self.window.write("Devices ask", url)

    def serves_on_loopback(self):
        check(local_server(self.window) == self.server, f"the server is at {self.server} as before")
        found = offered_to(self.server, APP, 3)
        check(found == {VERSION: 3}, f"devices on this computer are offered {VERSION}, not {found}")

    def refused(self, chain, key, words, url=""):
        before = self.child()
        self.fill(chain, key, url)
        self.window.press(APPLY)
        self.window.find("label", re.compile(words))
        check(self.child() == before, "the server was not even started again")
        self.serves_on_loopback()

    def wrong_files_are_refused(self):
        path = self.certificates.path
        self.refused(path("good"), path("other"), "^The private key does not belong to the certificate")
        self.window.picture("listen-1-other-key")
        self.refused(path("expired"), path("key"), "^The certificate has expired")
        self.refused(path("key"), path("key"), "holds no certificate")
        self.refused(path("good"), path("key"), 'is not for "elsewhere.example.com"',
                     url=f"https://elsewhere.example.com:{self.port}")

    def a_taken_port_is_said(self):
        with socket.create_server(("0.0.0.0", self.port)):
            self.fill(self.certificates.path("good"), self.certificates.path("key"))
            self.window.press(APPLY)
            self.window.find("label", re.compile(f"^The server cannot listen on 0.0.0.0:{self.port}"))
            self.window.wait(lambda: self.window.find("button", APPLY).is_usable, "it can be tried again")
            self.window.wait(lambda: local_server(self.window) == self.server, "the server is back where it was")
            self.serves_on_loopback()
            self.window.find("label", "Live")
            self.window.picture("listen-2-taken-port")

    def listens(self):
        self.fill(self.certificates.path("good"), self.certificates.path("key"))
        self.window.press(APPLY)
        self.window.find("label", re.compile(f"^Devices reach this server at https://{NAME}:{self.port}"))
        self.window.find("label", "Live")
        self.window.picture("listen-3-on")
        settings = self.window.find("field", "Plugin settings").text
        updater = json.loads(settings)["plugins"]["CapacitorUpdater"]
        check(updater["updateUrl"] == f"https://{NAME}:{self.port}/updates", f"devices are told so: {updater['updateUrl']}")
        check("RSA PUBLIC KEY" in updater["publicKey"], "and the public half of the key")
        self.serves_on_loopback()

    def a_device_elsewhere_is_answered(self):
        answer = self.outside.check(NAME, self.port, self.certificates.path("good"), APP)
        with open(self.certificates.path("good"), encoding="utf-8") as file:
            check(answer["certificate"].split() == file.read().split(), "the certificate is the one that was chosen")
        check(answer["update"].get("version") == VERSION, f"the device is offered {VERSION}: {answer['update']}")
        check(answer["update"]["url"].startswith(f"https://{NAME}:{self.port}/"), "and gets it from the same place")
        check(answer["size"] > 500, f"and can download it: {answer['size']} bytes")
        check(answer["management"] in (401, 403), f"and may change nothing without a key: {answer['management']}")

    def it_does_so_at_the_next_start(self):
        self.open()
        self.window.find("label", "Overview")
        self.window.wait(lambda: local_server(self.window) == self.server, "the server is where it was")
        self.a_device_elsewhere_is_answered()

    def a_crash_does_not_change_it(self):
        os.kill(self.child(), signal.SIGKILL)
        self.window.wait(lambda: self.child() is not None and local_server(self.window) == self.server,
                         "the server is there again")
        self.window.wait(lambda: self.outside.reaches(self.port), "it listens again")
        self.a_device_elsewhere_is_answered()

    def off_again(self):
        go(self.window, "Connect a device")
        self.window.press("Restart the server for this computer only")
        self.window.find("label", re.compile("^Only programs on this computer reach this address"))
        self.window.wait(lambda: not self.outside.reaches(self.port), "nobody elsewhere reaches it")
        self.window.wait(lambda: local_server(self.window) == self.server, "the server is where it was")
        self.serves_on_loopback()

    def close(self):
        code = self.window.end()
        check(code == 0, f"the window ended with {code}")
        self.window = None


def main():
    story = Story(options(__doc__))
    try:
        tell([("start with a bundle", story.start),
              ("wrong files are refused", story.wrong_files_are_refused),
              ("a port that is taken is said", story.a_taken_port_is_said),
              ("listen", story.listens),
              ("a device elsewhere is answered", story.a_device_elsewhere_is_answered),
              ("close", story.close),
              ("it does so at the next start", story.it_does_so_at_the_next_start),
              ("a crash does not change it", story.a_crash_does_not_change_it),
              ("off again", story.off_again),
              ("close", story.close)], lambda: story.window)
    finally:
        story.outside.end()
    print("It listens beyond loopback, and only where it is told to.")


if __name__ == "__main__":
    main()
