#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 Gatehouse contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The real programs with real keys: no secret in any argument, environment, output, log, setting, temporary file or stored
file, and no core file at a crash. Runs in a private home with a real Secret Service (tests/support/isolated --keychain).

    test_programs.py BIN_DIR FIXTURES
"""

import os
import re
import resource
import select
import signal
import subprocess
import sys
import tempfile
import time
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.realpath(__file__)), "../../support/secrets"))
import leaks  # noqa: E402

BIN, FIXTURES = (sys.argv.pop(1), sys.argv.pop(1)) if len(sys.argv) > 2 else ("", "")
APP = "com.example.secrets"
PASSPHRASE = b"correct horse battery staple"


def program(name):
    return os.path.join(BIN, name)


class CommandLineTest(unittest.TestCase):
    """gatehouse-cli with a key that this test knows."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.input = os.path.join(self.folder, "input")
        self.output = os.path.join(self.folder, "output")
        os.makedirs(os.path.join(self.input, "web"))
        os.mkdir(self.output)
        with open(os.path.join(FIXTURES, "capgo-cli", "throwaway_private.pem"), "rb") as file:
            pem = file.read()
        self.key_file = os.path.join(self.input, ".capgo_key_v2")
        with open(os.open(self.key_file, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as file:
            file.write(pem)
        with open(os.path.join(self.input, "web", "index.html"), "w", encoding="utf-8") as file:
            file.write('<script src="main.js"></script>')
        with open(os.path.join(self.input, "web", "main.js"), "w", encoding="utf-8") as file:
            file.write("CapacitorUpdater.notifyAppReady()")
        self.needles = leaks.key_needles("the bundle key", pem) + leaks.text_needles("the passphrase", PASSPHRASE)
        # So that an empty list of leaks means something.
        self.assertNotEqual(leaks.search_folder(self.input, self.needles), [])

    def command(self, *words, stdin=None, succeeds=True):
        watched = leaks.run([program("gatehouse-cli"), *words], self.needles, stdin=stdin, cwd=self.output,
                            folders=[os.environ["HOME"], self.output], leave_out={self.input})
        self.assertEqual(watched.leaks, [], words)
        self.assertIn("gatehouse-cli", watched.processes)
        self.assertEqual(watched.status == 0, succeeds, watched.output.decode())
        return watched.output.decode()

    def test_keys_in_the_keychain(self):
        self.command("key", "import", self.key_file, "--app", APP)
        self.assertIn(APP, self.command("key", "list", "--app", APP))
        self.command("key", "export", "public.pem", "--app", APP)
        self.command("key", "backup", "backup.bin", "--app", APP, "--backup-passphrase-fd", "0", stdin=PASSPHRASE)
        self.assertGreater(os.path.getsize(os.path.join(self.output, "backup.bin")), 500)
        self.command("key", "restore", "backup.bin", "--app", APP, "--backup-passphrase-fd", "0", stdin=PASSPHRASE + b"x",
                     succeeds=False)
        self.command("bundle", "build", os.path.join(self.input, "web"), "--app", APP, "--version", "1.0.0",
                     "--output", "bundle.zip")
        self.assertGreater(os.path.getsize(os.path.join(self.output, "bundle.zip")), 50)

    def test_keys_in_a_vault(self):
        vault = ["--vault", "keys.vault", "--passphrase-fd", "0"]
        self.command("key", "import", self.key_file, "--app", APP, *vault, stdin=PASSPHRASE)
        self.assertGreater(os.path.getsize(os.path.join(self.output, "keys.vault")), 100)
        self.command("bundle", "build", os.path.join(self.input, "web"), "--app", APP, "--version", "1.0.0",
                     "--output", "bundle.zip", *vault, stdin=PASSPHRASE)
        self.command("key", "list", *vault, stdin=PASSPHRASE + b"x", succeeds=False)

    def test_a_key_by_file(self):
        self.command("bundle", "build", os.path.join(self.input, "web"), "--app", APP, "--version", "1.0.0",
                     "--output", "bundle.zip", "--bundle-key-file", self.key_file)

    def test_errors_do_not_quote_keys(self):
        broken = os.path.join(self.input, "broken.pem")
        with open(self.key_file, "rb") as good, open(os.open(broken, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as bad:
            bad.write(good.read()[:-200])
        self.command("key", "import", broken, "--app", APP, succeeds=False)


class ServerTest(unittest.TestCase):
    """gatehouse-server alone, with an API key."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.data = os.path.join(self.folder, "data")
        made = subprocess.run([program("gatehouse-server"), "create-key", "test", "--data", self.data],
                              capture_output=True, check=True)
        self.key = max(re.findall(rb"[0-9A-Za-z_-]{20,}", made.stdout), key=len)
        self.needles = leaks.text_needles("the API key", self.key)
        self.command = [program("gatehouse-server"), "--data", self.data, "--listen", "127.0.0.1:0"]

    def test_the_key_is_kept_as_a_digest_only(self):
        self.assertEqual(leaks.search_folder(self.data, self.needles), [])
        self.assertNotEqual(os.listdir(self.data), [])

    def test_requests_leave_no_key_behind(self):
        # The program that is watched starts the server, calls it as a client would, and ends it.
        driver = os.path.join(self.folder, "driver.py")
        with open(driver, "w", encoding="utf-8") as file:
            file.write(DRIVER)
        watched = leaks.run([sys.executable, driver, *self.command], self.needles, stdin=self.key,
                            folders=[self.data, os.environ["HOME"]], cwd=self.folder)
        self.assertEqual(watched.status, 0, watched.output.decode())
        self.assertIn("gatehouse-server", watched.processes)
        self.assertIn(b"answered 200", watched.output)
        self.assertEqual(watched.leaks, [])

    def test_a_crash_leaves_no_core_file(self):
        if resource.getrlimit(resource.RLIMIT_CORE)[1] == 0:
            self.skipTest("this system allows no core files at all")
        number, dumped = leaks.dumps_core(self.command, b"listens on", cwd=self.folder)
        self.assertEqual(number, signal.SIGSEGV)
        self.assertFalse(dumped)
        self.assertEqual([name for name in os.listdir(self.folder) if name.startswith("core")], [])


# Reads the key from standard input, so that it is nowhere else.
DRIVER = '''
import http.client, re, subprocess, sys
key = sys.stdin.read()
with subprocess.Popen(sys.argv[1:], stdout=subprocess.PIPE, stdin=subprocess.DEVNULL) as server:
    place = re.search(rb"://([0-9.]+):([0-9]+)", server.stdout.readline())
    for path, headers in (("/app", {"capgkey": key}), ("/app", {"Authorization": key}), ("/app", {"capgkey": key + "x"}),
                          ("/channel?app_id=a.b", {"x-api-key": key}), ("/nowhere", {"capgkey": key})):
        connection = http.client.HTTPConnection(place.group(1).decode(), int(place.group(2)), timeout=30)
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        body = answer.read()
        print("answered", answer.status, flush=True)
    server.terminate()
sys.exit(server.returncode)
'''


class CrashTest(unittest.TestCase):
    def test_the_command_line_leaves_no_core_file(self):
        if resource.getrlimit(resource.RLIMIT_CORE)[1] == 0:
            self.skipTest("this system allows no core files at all")
        with tempfile.TemporaryDirectory() as folder:
            # It waits for the passphrase of a vault, which does not come: only then has main() prepared the process.
            command = [program("gatehouse-cli"), "key", "list", "--vault", os.path.join(folder, "v"), "--passphrase-fd", "0"]
            reading, writing = os.pipe()
            with subprocess.Popen(command, stdin=reading, cwd=folder, preexec_fn=allow_core_files) as process:
                os.close(reading)
                self.assertTrue(waits_for_input(process))
                process.send_signal(signal.SIGSEGV)
                # Popen hides whether a core was written; the kernel tells who waits for the process itself.
                _, status = os.waitpid(process.pid, 0)
                process.returncode = 0
            os.close(writing)
            self.assertTrue(os.WIFSIGNALED(status))
            self.assertEqual(os.WTERMSIG(status), signal.SIGSEGV)
            self.assertFalse(os.WCOREDUMP(status))


def allow_core_files():
    resource.setrlimit(resource.RLIMIT_CORE, (resource.getrlimit(resource.RLIMIT_CORE)[1],) * 2)


def waits_for_input(process, seconds=30):
    """True once the process is in a read or poll of its standard input, false when it ended or never came there."""
    end = time.monotonic() + seconds
    while process.poll() is None and time.monotonic() < end:
        with open(f"/proc/{process.pid}/syscall", encoding="ascii") as file:
            words = file.read().split()
        if words[:2] == ["0", "0x0"]:
            return True
        select.select([], [], [], leaks.POLL_SECONDS)
    return False


if __name__ == "__main__":
    if not BIN:
        sys.exit(__doc__)
    unittest.main()
