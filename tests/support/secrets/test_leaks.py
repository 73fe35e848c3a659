#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 Gatehouse contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The watch for secrets sees each way in which one can get out, and only those."""

import base64
import os
import resource
import signal
import subprocess
import sys
import tempfile
import unittest

import leaks

FIXTURES = os.path.join(os.path.dirname(os.path.realpath(__file__)), "../../fixtures/capgo-cli")
SECRET = bytes(range(7, 39))
NEEDLES = leaks.byte_needles("key", SECRET)
# Quotes nothing of the secret itself, so that no argument of a test holds it by accident.
MAKE = "import base64,os,subprocess,sys;s=bytes(range(7,39));"


def python(code):
    return [sys.executable, "-c", MAKE + code]


class LeaksTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def leaks_of(self, code):
        return leaks.run(python(code), NEEDLES, folders=[self.folder], cwd=self.folder).leaks

    def test_a_quiet_program_has_none(self):
        watched = leaks.run(python("print('nothing'); open('log.txt','w').write('nothing')"), NEEDLES,
                            folders=[self.folder], cwd=self.folder)
        self.assertEqual(watched.leaks, [])
        self.assertEqual(watched.status, 0)
        self.assertEqual(watched.output, b"nothing\n")
        self.assertIn(os.path.basename(os.path.realpath(sys.executable)), watched.processes)

    def test_the_arguments_of_a_child_are_seen(self):
        found = self.leaks_of("subprocess.Popen(['timeout','1','cat','-',s.hex()],stdin=subprocess.PIPE).wait()")
        self.assertTrue(any("the arguments of" in leak and "hex" in leak for leak in found), found)

    def test_the_environment_of_a_child_is_seen(self):
        found = self.leaks_of("subprocess.Popen(['timeout','1','cat'],stdin=subprocess.PIPE,"
                              "env={'K':base64.b64encode(s).decode()}).wait()")
        self.assertTrue(any("the environment of" in leak and "Base64" in leak for leak in found), found)

    def test_output_is_seen(self):
        self.assertTrue(any("the output" in leak for leak in self.leaks_of("sys.stderr.write(s.hex().upper())")))

    def test_files_are_seen_in_every_form(self):
        for code in ("open('f','wb').write(b'x'*1000+s)", "open('f','w').write(s.hex())", "open('f','w').write(s.hex(':'))",
                     "open('f','wb').write(base64.b64encode(s))", "open('f','wb').write(base64.b64encode(b'x'+s))",
                     "open('f','wb').write(base64.b64encode(b'xy'+s+b'z'))",
                     "open('f','wb').write(base64.urlsafe_b64encode(b'xy'+s))",
                     "os.makedirs('a/b');open('a/b/.hidden','wb').write(s)", "open(s.hex(),'w')"):
            with self.subTest(code), tempfile.TemporaryDirectory() as folder:
                self.folder = folder
                self.assertNotEqual(self.leaks_of(code), [])

    def test_a_folder_can_be_left_out(self):
        os.mkdir(os.path.join(self.folder, "keyrings"))
        with open(os.path.join(self.folder, "keyrings", "login"), "wb") as file:
            file.write(SECRET)
        self.assertNotEqual(leaks.search_folder(self.folder, NEEDLES), [])
        self.assertEqual(leaks.search_folder(self.folder, NEEDLES, {os.path.join(self.folder, "keyrings")}), [])

    def test_a_passphrase_is_seen_as_a_widget_holds_it(self):
        needles = leaks.text_needles("passphrase", "correct hörse".encode())
        with open(os.path.join(self.folder, "settings"), "wb") as file:
            file.write("x=correct hörse".encode("utf-16-le"))
        self.assertTrue(any("UTF-16" in leak for leak in leaks.search_folder(self.folder, needles)))
        self.assertRaises(ValueError, leaks.text_needles, "passphrase", b"short")

    def test_a_private_key_is_known_by_its_public_half(self):
        with open(os.path.join(FIXTURES, "throwaway_private.pem"), "rb") as file:
            private = file.read()
        with open(os.path.join(FIXTURES, "throwaway_public.pem"), "rb") as file:
            public = file.read()
        needles = leaks.private_half_needles("key", public)
        wrapped = subprocess.run(["openssl", "rsa", "-RSAPublicKey_in", "-pubout"], input=public, capture_output=True,
                                 check=True).stdout
        self.assertEqual(needles, leaks.private_half_needles("key", wrapped))
        der = base64.b64decode(b"".join(private.splitlines()[1:-1]))
        for form in (der, der.hex().encode(), base64.b64encode(der), base64.b64encode(b"x" + der)):
            self.assertNotEqual(leaks.search(form, needles, "here"), [])
        self.assertEqual(leaks.search(base64.b64decode(b"".join(public.splitlines()[1:-1])), needles, "here"), [])
        self.assertNotEqual(leaks.search(private, leaks.plain_key_needles(), "here"), [])
        self.assertEqual(leaks.search(public, leaks.plain_key_needles(), "here"), [])

    def test_what_ran_can_be_searched_later(self):
        with subprocess.Popen(python("subprocess.run(['sleep','30'],env={'K':s.hex()})")) as process:
            watch = leaks.Watch(process.pid)
            while "sleep" not in watch.programs:
                self.assertIsNone(process.poll())
            subprocess.run(["pkill", "-P", str(process.pid)], check=True)  # the other ends with it
        watch.end()
        self.assertTrue(any("the environment of sleep" in leak for leak in watch.leaks(NEEDLES)))

    def test_an_rsa_key_is_known_by_its_private_numbers_only(self):
        pem = subprocess.run(["openssl", "genrsa", "-traditional", "2048"], capture_output=True, check=True).stdout
        pkcs8 = subprocess.run(["openssl", "pkcs8", "-topk8", "-nocrypt"], input=pem, capture_output=True, check=True).stdout
        public = subprocess.run(["openssl", "rsa", "-RSAPublicKey_out"], input=pem, capture_output=True, check=True).stdout
        der = subprocess.run(["openssl", "rsa", "-outform", "DER"], input=pem, capture_output=True, check=True).stdout
        needles = leaks.key_needles("rsa", pem)
        self.assertEqual({needle.data for needle in needles}, {needle.data for needle in leaks.key_needles("rsa", pkcs8)})
        self.assertNotEqual(leaks.search(der, needles, "x"), [])
        self.assertNotEqual(leaks.search(b"".join(pem.split()), needles, "x"), [])
        self.assertEqual(leaks.search(public, needles, "x"), [])
        self.assertEqual(leaks.search(base64.b64decode(b"".join(public.split(b"\n")[1:-2])), needles, "x"), [])
        self.assertRaises(ValueError, leaks.key_needles, "rsa", public)

    def test_a_program_that_does_not_end_is_an_error(self):
        endless = python("import signal;signal.pause()")
        self.assertRaises(TimeoutError, leaks.run, endless, NEEDLES, timeout=0.05)

    def test_a_core_file_is_seen(self):
        if resource.getrlimit(resource.RLIMIT_CORE)[1] == 0:
            self.skipTest("this system allows no core files at all")
        number, dumped = leaks.dumps_core(["sh", "-c", "echo ready; exec cat /dev/zero >/dev/null"], b"ready", cwd=self.folder)
        self.assertEqual(number, signal.SIGSEGV)
        self.assertTrue(dumped)
        number, dumped = leaks.dumps_core(
            ["sh", "-c", "ulimit -c 0; echo ready; exec cat /dev/zero >/dev/null"], b"ready", cwd=self.folder)
        self.assertEqual(number, signal.SIGSEGV)
        self.assertFalse(dumped)

    def test_a_program_that_never_comes_up_is_an_error(self):
        self.assertRaises(RuntimeError, leaks.dumps_core, ["sh", "-c", "echo other"], b"ready", cwd=self.folder)


if __name__ == "__main__":
    unittest.main()
