#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 Gatehouse contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A small tree without fault passes, and each fault put into it is found."""

import os
import shutil
import tempfile
import unittest

from check import check

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

SOURCE = """// A class with texts.
#include <QObject>
namespace house {
class Door : public QObject
{
    Q_OBJECT
    QString words() { return tr("Open %1") + tr("%n keys", nullptr, 2); }
};
}
"""

FILE = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="{language}">
<context>
    <name>house::Door</name>
{messages}</context>
</TS>
"""

PLAIN = """    <message>
        <source>Open %1</source>
        <translation>%1 öffnen</translation>
    </message>
"""


def plural(forms):
    inner = "".join(f"            <numerusform>{form}</numerusform>\n" for form in forms)
    return ('    <message numerus="yes">\n        <source>%n keys</source>\n        <translation>\n'
            f"{inner}        </translation>\n    </message>\n")


class CheckTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.top = folder.name
        for name in ("models", "widgets", "app/desktop", "translations", "packaging"):
            os.makedirs(os.path.join(self.top, name))
        shutil.copy(os.path.join(TOP, "packaging", "update-translations"), os.path.join(self.top, "packaging"))
        self.write("widgets/door.cpp", SOURCE)
        self.write("translations/gatehouse_en.ts",
                   FILE.format(language="en", messages=plural(["%n key", "%n keys"])))
        self.write("translations/gatehouse_de.ts",
                   FILE.format(language="de", messages=PLAIN + plural(["ein Schlüssel", "%n Schlüssel"])))
        self.write("translations/gatehouse_ar.ts",
                   FILE.format(language="ar", messages=PLAIN + plural(["a", "b", "c", "%Ln d", "%Ln e", "%n f"])))

    def path(self, name):
        return os.path.join(self.top, name)

    def write(self, name, text):
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(text)

    def change(self, name, old, new):
        with open(self.path(name), encoding="utf-8") as file:
            text = file.read()
        self.assertIn(old, text)
        self.write(name, text.replace(old, new))

    def assert_fault(self, words):
        faults, _ = check(self.top)
        self.assertTrue(any(words in fault for fault in faults), faults)

    def test_a_whole_tree_passes(self):
        self.assertEqual(check(self.top), ([], 5))

    def test_a_missing_file(self):
        os.remove(self.path("translations/gatehouse_ar.ts"))
        self.assert_fault("wanted are ['ar', 'de', 'en']")

    def test_an_unfinished_text(self):
        self.change("translations/gatehouse_de.ts", "<translation>%1", '<translation type="unfinished">%1')
        self.assert_fault("is marked unfinished")

    def test_an_empty_text(self):
        self.change("translations/gatehouse_de.ts", "%1 öffnen", "")
        self.assert_fault("has no translation")

    def test_an_empty_plural_form(self):
        self.change("translations/gatehouse_ar.ts", ">c<", "><")
        self.assert_fault("has no translation")

    def test_a_lost_place(self):
        self.change("translations/gatehouse_de.ts", "%1 öffnen", "Öffnen")
        self.assert_fault("has the places []")

    def test_another_place(self):
        self.change("translations/gatehouse_de.ts", "%1 öffnen", "%2 öffnen")
        self.assert_fault("has the places ['%2']")

    def test_a_plural_that_never_counts(self):
        self.change("translations/gatehouse_de.ts", "%n Schlüssel", "Schlüssel")
        self.assert_fault("no plural form with all places")

    def test_a_plural_that_loses_another_place(self):
        self.change("widgets/door.cpp", '"%n keys"', '"%n keys of %1"')
        for language in ("ar", "de", "en"):
            self.change(f"translations/gatehouse_{language}.ts", "%n keys<", "%n keys of %1<")
        self.assert_fault("has the places ['%n']")

    def test_too_few_plural_forms(self):
        self.change("translations/gatehouse_ar.ts", "            <numerusform>c</numerusform>\n", "")
        self.assert_fault("has 5 plural forms")

    def test_a_new_text(self):
        self.change("widgets/door.cpp", 'tr("Open %1")', 'tr("Open %1") + tr("Close")')
        self.assert_fault("'Close' is new in the sources")

    def test_a_text_that_is_gone(self):
        self.change("widgets/door.cpp", 'tr("Open %1") + ', "")
        self.assert_fault("'Open %1' is gone from the sources")

    def test_a_text_without_a_context(self):
        self.change("widgets/door.cpp", "    Q_OBJECT\n", "")
        self.assert_fault("lacks Q_OBJECT macro")


if __name__ == "__main__":
    unittest.main()
