#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 Gatehouse contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The real window and its server while keys are made, imported, exported, backed up and used: no secret in any argument,
environment, output, setting, stored or temporary file, and no core file when it is killed while it holds keys.

    test_desktop.py BIN_DIR TOP            (under tests/support/virtual-display, with its keychain)
"""

import base64
import os
import re
import resource
import signal
import sys
import tempfile

HERE = os.path.dirname(os.path.realpath(__file__))
sys.path.insert(0, os.path.join(HERE, ".."))
sys.path.insert(0, os.path.join(HERE, "../../support/secrets"))
import leaks  # noqa: E402
import secretservice  # noqa: E402
from desktop import Desktop  # noqa: E402
from programs import call, offered_to, write_sample  # noqa: E402
from steps import (FIRST_BUNDLE, check, choose_file, create_app, go, local_server, start_on_this_computer,  # noqa: E402
                   tell)

APP = "com.example.secrets"
VERSION = "1.1.0"
BACKUP_PASSPHRASE = "blue paper under the bridge"
IDENTITY_PASSPHRASE = "seven slow trains to nowhere"


class Story:
    def __init__(self, programs, top):
        self.programs = programs
        self.top = top
        self.folder = tempfile.mkdtemp(dir=os.environ["HOME"])
        self.output = open(os.path.join(self.folder, "output.txt"), "wb")
        os.chdir(self.folder)
        self.window = None
        self.watch = None
        self.needles = []

    def open(self):
        self.window = Desktop([os.path.join(self.programs, "gatehouse")], "gatehouse", output=self.output)
        self.watch = leaks.Watch(self.window.process.pid)

    def start(self):
        self.open()
        start_on_this_computer(self.window)
        create_app(self.window, APP, "Secrets")

    def make_and_import_keys(self):
        go(self.window, "Keys")
        self.window.press("Create bundle key")
        self.window.find("label", re.compile("^The key was made"))
        self.window.press("Import a key made by the Capgo command line")
        choose_file(self.window, "Import a private key",
                    os.path.join(self.top, "tests/fixtures/capgo-cli/throwaway_private.pem"), "Open")
        self.window.find("label", "The key was imported")
        self.window.write("Name of the new identity", "Ada")
        self.window.find("check", "Ask for a passphrase at each signature").click()
        self.window.press("Create the release identity")
        self.window.write_secret("Passphrase", IDENTITY_PASSPHRASE)
        self.window.write_secret("Passphrase again", IDENTITY_PASSPHRASE)
        self.window.press("Create identity", within=self.window.find("dialog", "Seal the identity"))
        self.window.find("label", "The identity was made")

    def export_and_back_up(self):
        public = os.path.join(self.folder, "public.pem")
        self.window.press(re.compile("^Export the public half of"))
        choose_file(self.window, "Export the public half", public, "Save")
        self.window.find("label", re.compile("^The public half is in"))
        check(b"PUBLIC KEY" in read(public), "the public half is in its file")
        backup = os.path.join(self.folder, "key.ghbackup")
        self.window.press(re.compile("^Back up the key"))
        sheet = self.window.find("dialog", "Back up a key")
        self.window.write_secret("Passphrase", BACKUP_PASSPHRASE)
        self.window.write_secret("Passphrase again", BACKUP_PASSPHRASE)
        self.window.press("Choose a file…", within=sheet)
        choose_file(self.window, "Back up the key", backup, "Save")
        self.window.find("label", re.compile("^The backup is in"))
        check(os.path.getsize(backup) > 500, "the backup is in its file")

    def ship(self):
        web = write_sample(self.top, VERSION, os.path.join(self.folder, "web"))
        go(self.window, "Bundles")
        self.window.press("New bundle")
        self.window.write("Web folder", web)
        self.window.press("Check the web folder")
        self.window.press("Next")
        self.window.write("Version", VERSION)
        self.window.press("Next")
        self.window.write_secret("Passphrase of the identity", IDENTITY_PASSPHRASE)
        self.window.press("Sign and encrypt the bundle")
        self.window.press("Next", patience=60)
        self.window.press(FIRST_BUNDLE, role="check")
        self.window.press("Upload")
        self.window.find(name=re.compile(f"{re.escape(VERSION)} was uploaded"), patience=60)
        server = local_server(self.window)
        check(offered_to(server, APP, 3) == {VERSION: 3}, "devices are offered the bundle")
        # What is refused is told in words, and those must not quote the key either.
        check(call("GET", f"{server}/app", key=secretservice.server_key())[0] == 200, "the server's key is the one in the keyring")
        call("GET", f"{server}/nowhere", key=secretservice.server_key())

    def know_the_secrets(self):
        self.needles = leaks.plain_key_needles()[:2]
        kinds = []
        for kind, private in secretservice.entries():
            kinds.append(kind)
            if b"-----BEGIN" in private:
                self.needles += leaks.key_needles(f"the {kind}", private)
            # The end, not the beginning: what is sealed begins with a header that is no secret.
            self.needles += leaks.byte_needles(f"the {kind}", private[-leaks.WINDOW:])
        check(sorted(set(kinds)) == ["bundle-key", "identity", "server-key"], f"the keyring holds all keys: {kinds}")
        check(kinds.count("bundle-key") == 2, f"both bundle keys: {kinds}")
        self.needles += leaks.text_needles("the passphrase of the backup", BACKUP_PASSPHRASE.encode())
        self.needles += leaks.text_needles("the passphrase of the identity", IDENTITY_PASSPHRASE.encode())

    def nothing_got_out(self):
        check({"gatehouse", "gatehouse-server"} <= self.watch.programs, f"both programs were watched: {self.watch.programs}")
        found = self.watch.leaks(self.needles)
        found += leaks.search_folder(os.environ["HOME"], self.needles, {os.path.join(os.environ["XDG_DATA_HOME"], "keyrings")})
        for place in open_files(self.window.process.pid):
            found += leaks.search(read(place), self.needles, f"the open file {os.readlink(place)}")
        check(found == [], f"no secret got out: {found}")
        # So that an empty list means something.
        probe = os.path.join(self.folder, "probe")
        with open(probe, "wb") as file:
            file.write(base64.b64encode(b"x" + secretservice.server_key().encode()))
        check(leaks.search_folder(self.folder, self.needles) != [], "a secret in a file would be found")
        os.remove(probe)

    def killed_by(self, number):
        process = self.window.process
        process.send_signal(number)
        # Popen hides whether a core was written.
        _, status = os.waitpid(process.pid, 0)
        process.returncode = -number
        self.watch.end()
        self.window = None
        check(os.WIFSIGNALED(status) and os.WTERMSIG(status) == number, f"the window was ended by {number}: {status:#x}")
        check(not os.WCOREDUMP(status), "no core was written")
        left = [name for name in os.listdir(self.folder) if name.startswith("core")]
        check(left == [], f"no core file lies there: {left}")

    def open_again(self):
        self.open()
        go(self.window, "Keys")
        self.window.find("label", "Ada")

    def closed(self):
        self.output.close()
        found = leaks.search_folder(os.environ["HOME"], self.needles, {os.path.join(os.environ["XDG_DATA_HOME"], "keyrings")})
        check(found == [], f"nothing was left behind: {found}")


def read(path):
    with open(path, "rb") as file:
        return file.read()


def open_files(root):
    """The regular files that a process and its descendants hold open, without those that are deleted already by name."""
    for process in leaks.family(root):
        folder = f"/proc/{process}/fd"
        for descriptor in os.listdir(folder):
            place = os.path.join(folder, descriptor)
            if os.path.isfile(place) and os.path.realpath(place).startswith(os.environ["HOME"]):
                yield place


def main():
    programs, top = sys.argv[1:3]
    hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
    resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))
    story = Story(programs, top)
    tell([("start", story.start),
          ("make and import keys", story.make_and_import_keys),
          ("export and back up", story.export_and_back_up),
          ("ship with a sealed identity", story.ship),
          ("know the secrets", story.know_the_secrets),
          ("nothing got out", story.nothing_got_out),
          ("no core by SIGSEGV", lambda: story.killed_by(signal.SIGSEGV)),
          ("start again", story.open_again),
          ("nothing got out", story.nothing_got_out),
          ("no core by SIGABRT", lambda: story.killed_by(signal.SIGABRT)),
          ("nothing is left behind", story.closed)], lambda: story.window)
    print("The window keeps its secrets.")


if __name__ == "__main__":
    main()
