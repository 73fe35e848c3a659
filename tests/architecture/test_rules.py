#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 Gatehouse contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each rule can fail: a small house without fault passes, and each fault put into it is found, and nothing else."""

import os
import sys
import tempfile
import unittest

from house import House, SourceFile, find_cycle
from rules import all_rules

QT_INCLUDE = os.environ.get("QT_INCLUDE", "")
SPDX = "SPDX-FileCopyrightText: 2026 Gatehouse contributors", "SPDX-License-Identifier: GPL-3.0-or-later"
CPP = "".join(f"// {line}\n" for line in SPDX)
CMAKE = "".join(f"# {line}\n" for line in SPDX)

TABLE = """| layer | areas |
| --- | --- |
| 0 | `models/core` |
| 10 | `models/wire` |
| 30 | `models/keys`, `models/client` |
| 70 | `widgets/theme` |
| 80 | `widgets/page` |
| 100 | `app/cli` |
"""

# A house without fault.
HOUSE = {
    "CONTRIBUTING.md": TABLE,
    "models/core/CMakeLists.txt": CMAKE + "gatehouse_area(models/core LAYER 0 SOURCES a.h LIBS Qt6::Core)\n",
    "models/core/a.h": CPP + "#pragma once\n#include <QString>\n",
    "models/wire/CMakeLists.txt": CMAKE + "gatehouse_area(models/wire LAYER 10\n    SOURCES b.h b.cpp\n    DEPENDS models/core)\n",
    "models/wire/b.h": CPP + '#pragma once\n#include "core/a.h"\n',
    "models/wire/b.cpp": CPP + '#include "wire/b.h"\n// A comment about QThread::sleep(1) and #include "keys/k.h" does no harm.\n'
                               'const char *text = "usleep(5) // no comment";\n',
    "models/keys/CMakeLists.txt": CMAKE + "gatehouse_area(models/keys LAYER 30 SOURCES k.h k.cpp DEPENDS models/wire)\n",
    "models/keys/k.h": CPP + '#pragma once\n#include "core/a.h"\n#include "wire/b.h"\n',
    "models/keys/k.cpp": CPP + '#include "keys/k.h"\n#include <qt6keychain/keychain.h>\n',
    "models/client/CMakeLists.txt": CMAKE + "gatehouse_area(models/client LAYER 30 SOURCES c.cpp DEPENDS models/core)\n",
    "models/client/c.cpp": CPP + '#include "core/a.h"\n#include <QNetworkReply>\n',
    "models/client/d.cpp": CPP + 'constexpr auto kStep = QT_TRANSLATE_NOOP("Sentences", "Upload");\n'
                               'void f() { operation.report(QStringLiteral("Upload"), 1, 2); }\n'
                               'Error g() { return makeError(ErrorKind::Io, "d.io", Sentences::tr("It is (very) "\n'
                               '    "large."), QStringLiteral("%1: %2").arg(a.join(QStringLiteral(", ")), b)); }\n'
                               "char quote = '\"'; auto key = QStringLiteral(\"PRIVATE KEY\");\n"
                               'void h() { qWarning("The file is gone."); }\n',
    "widgets/theme/CMakeLists.txt": CMAKE + "gatehouse_area(widgets/theme LAYER 70 SOURCES t.cpp DEPENDS models/core)\n",
    "widgets/theme/t.cpp": CPP + 'const QColor kBlue("#112233");\n',
    "widgets/page/CMakeLists.txt": CMAKE + "gatehouse_area(widgets/page LAYER 80 SOURCES p.cpp DEPENDS widgets/theme models/keys)\n",
    "widgets/page/p.cpp": CPP + '#include "keys/k.h"\n#include <QLabel>\n'
                                "void fill() {\n"
                                '    auto *fixed = new QLabel(tr("Keys"), this);\n'
                                "    auto *foreign = new QLabel(this);\n"
                                "    foreign->setTextFormat(Qt::PlainText);\n"
                                "    foreign->setText(device.version);\n"
                                '    button->setToolTip(tr("Roll back"));\n'
                                '    edit->setPlaceholderText(QStringLiteral("com.example.app"));\n'
                                "}\n",
    "app/cli/CMakeLists.txt": CMAKE + "gatehouse_program(gatehouse-cli PATH app/cli SOURCES main.cpp DEPENDS models/keys)\n",
    "app/cli/main.cpp": CPP + '#include "keys/k.h"\nint main() {}\n',
    "packaging/run": "#!/usr/bin/env bash\n" + CMAKE,
    "tests/models/core/t.cpp": CPP + "#include <openssl/evp.h>\n",
    "tests/models/wire/t.cpp": CPP,
    "tests/models/keys/t.cpp": CPP,
    "tests/models/client/t.cpp": CPP,
    "tests/widgets/theme/t.cpp": CPP,
    "tests/widgets/page/t.cpp": CPP,
    "tests/app/cli/t.cpp": CPP,
    "build/generated.cpp": "QThread::sleep(1);\n",
    "tests/fixtures/foreign.cpp": "// of somebody else\n",
}

# name: (files to change, rule, words of the message). Each is one fault.
FAULTS = {
    "a model includes a higher layer": (
        {"models/wire/b.cpp": CPP + '#include "keys/k.h"\n'}, "arrow", "does not name models/keys"),
    "an area includes what it does not name": (
        {"models/client/c.cpp": CPP + '#include "wire/b.h"\n'}, "arrow", "does not name models/wire"),
    "an include that names no area": (
        {"models/wire/b.cpp": CPP + '#include "wires/b.h"\n'}, "arrow", "names no area"),
    "an include by a relative path": (
        {"models/wire/b.cpp": CPP + '#include "../core/a.h"\n'}, "arrow", "relative path"),
    "an include of a file that does not exist": (
        {"models/wire/b.cpp": CPP + '#include "wire/c.h"\n'}, "include", "does not exist"),
    "layers of one height know each other": (
        {"models/client/CMakeLists.txt":
             CMAKE + "gatehouse_area(models/client LAYER 30 SOURCES c.cpp DEPENDS models/core models/keys)\n"},
        "arrow", "depends on models/keys (layer 30)"),
    "the command line uses a window": (
        {"app/cli/CMakeLists.txt":
             CMAKE + "gatehouse_program(gatehouse-cli PATH app/cli SOURCES main.cpp DEPENDS models/keys widgets/theme)\n"},
        "arrow", "app/cli may not use widgets/theme"),
    "a dependency that is no area": (
        {"models/client/CMakeLists.txt":
             CMAKE + "gatehouse_area(models/client LAYER 30 SOURCES c.cpp DEPENDS models/core models/cor)\n"},
        "arrow", "which is no area"),
    "headers include each other in a circle": (
        {"models/core/a.h": CPP + '#include "core/d.h"\n', "models/core/d.h": CPP + '#include "core/a.h"\n'},
        "cycle", "models/core/a.h → models/core/d.h → models/core/a.h"),
    "OpenSSL outside crypto": (
        {"models/keys/k.cpp": CPP + "#include <openssl/evp.h>\n"}, "foreign-header", "models/crypto"),
    "libsodium outside core and crypto": (
        {"models/keys/k.cpp": CPP + "#include <sodium.h>\n"}, "foreign-header", "models/core"),
    "the keychain outside keys": (
        {"models/client/c.cpp": CPP + "#include <qt6keychain/keychain.h>\n"}, "foreign-header", "models/keys"),
    "SQL in a window": (
        {"widgets/page/p.cpp": CPP + "#include <QSqlQuery>\n"}, "foreign-header", "app/server/storage"),
    "HTTP in a window": (
        {"widgets/page/p.cpp": CPP + "#include <QNetworkAccessManager>\n"}, "foreign-header", "models/client"),
    "a window in a model": (
        {"models/wire/b.cpp": CPP + "#include <QWidget>\n"}, "window", "<QWidget>"),
    "a window in a model, by module": (
        {"models/wire/b.cpp": CPP + "#include <QtCharts/QChartView>\n"}, "window", "QChartView"),
    "a picture in the command line": (
        {"app/cli/main.cpp": CPP + "#include <QImage>\nint main() {}\n"}, "window", "<QImage>"),
    "a source without licence": ({"models/wire/b.cpp": "int x;\n"}, "spdx", "no copyright and licence"),
    "a script without licence": ({"packaging/run": "#!/bin/sh\n"}, "spdx", "no copyright and licence"),
    "a CMakeLists.txt without licence": (
        {"tests/models/wire/CMakeLists.txt": "add_test()\n"}, "spdx", "no copyright and licence"),
    "a sleep": ({"models/wire/b.cpp": CPP + "void f() { QThread::msleep(5); }\n"}, "sleep", "do not sleep"),
    "a sleep of the standard library": (
        {"models/wire/b.cpp": CPP + "void f() { std::this_thread::sleep_for(5s); }\n"}, "sleep", "do not sleep"),
    "a bare wait in a test": ({"tests/models/wire/t.cpp": CPP + "void f() { QTest::qWait(5); }\n"}, "sleep", "do not sleep"),
    "a nested event loop in a window": (
        {"widgets/page/p.cpp": CPP + "void f() { QEventLoop loop; }\n"}, "nested-loop", "nested event loop"),
    "an unfinished place": ({"models/wire/b.cpp": CPP + "// TO" "DO: later\n"}, "unfinished", "finish it"),
    "an unfinished place in words": (
        {"models/wire/b.cpp": CPP + "// not yet imple" "mented\n"}, "unfinished", "finish it"),
    "a file too long": ({"models/wire/b.cpp": CPP + "int a;\n" * 600}, "length", "602 lines"),
    "somebody's home folder": (
        {"models/wire/b.cpp": CPP + 'auto x = "/ho' 'me/someone/key.pem";\n'}, "machine-path", "one machine"),
    "somebody's registry": (
        {"packaging/run": "#!/usr/bin/env bash\n" + CMAKE + "curl https://npm.mir" "ror.example.net/x\n"},
        "machine-path", "one machine"),
    "a sentence that nobody can translate": (
        {"widgets/page/p.cpp": CPP + 'void f() { button->setText(QStringLiteral("Roll back")); }\n'},
        "untranslated", "tr()"),
    "a new button that nobody can translate": (
        {"widgets/page/p.cpp": CPP + 'auto *b = new QPushButton(u"Roll back"_qs, this);\n'}, "untranslated", "tr()"),
    "an error that nobody can translate": (
        {"models/keys/k.cpp": CPP + 'Error f() { return makeError(ErrorKind::Io, "k.io", QStringLiteral("no key")); }\n'},
        "untranslated", '"no key" goes through tr()'),
    "a reason of an error that nobody can translate": (
        {"models/keys/k.cpp": CPP + 'Error f() { return makeError(ErrorKind::Io, "k.io", Sentences::tr("No (such) key."),\n'
                                    '    isNew ? QString() : QString::fromUtf8("it was lost").arg(g(1))); }\n'},
        "untranslated", '"it was lost" goes through tr()'),
    "a sentence of a model that nobody can translate": (
        {"models/keys/k.cpp": CPP + 'Error f() { return refused("k.size",\n    QStringLiteral("“%1” is too "\n    "large.").arg(x)); }\n'},
        "untranslated", '"“%1” is too large." goes through tr()'),
    "a text that lupdate overlooks": (
        {"widgets/page/p.cpp": CPP + 'QString f() { return tr(\n    QT_TRANSLATE_NOOP("Rules", "yes")); }\n'},
        "untranslated", "another name"),
    "a step that has no words": (
        {"models/keys/k.cpp": CPP + 'void f() { operation.report(QStringLiteral("Polish"), 1, 2); }\n'},
        "untranslated", 'the step "Polish"'),
    "a label that guesses": (
        {"widgets/page/p.cpp": CPP + "void f() { auto *l = new QLabel(this);\n    l->setText(device.name); }\n"},
        "label-format", "guesses the format"),
    "a label made with foreign text": (
        {"widgets/page/p.cpp": CPP + "auto *l = new QLabel(device.name, this);\n"}, "label-format", "guesses the format"),
    "a label with foreign text put into a sentence": (
        {"widgets/page/p.cpp": CPP + 'auto *l = new QLabel(tr("On %1").arg(device.name), this);\n'},
        "label-format", "guesses the format"),
    "a label without a name": (
        {"widgets/page/p.cpp": CPP + "void f() { layout->addWidget(new QLabel(device.name)); }\n"},
        "label-format", "guesses the format"),
    "a tool tip that guesses": (
        {"widgets/page/p.cpp": CPP + "void f() { button->setToolTip(device.name); }\n"}, "label-format", "tool tip"),
    "a message box that guesses": (
        {"widgets/page/p.cpp": CPP + "void f() { QMessageBox box; }\n"}, "label-format", "message box"),
    "a colour in a screen": (
        {"widgets/page/p.cpp": CPP + 'const QColor c("#ff0000");\n'}, "colour", "widgets/theme"),
    "a style sheet in a screen": (
        {"widgets/page/p.cpp": CPP + "void f() { setStyleSheet(x); }\n"}, "colour", "widgets/theme"),
    "a folder beside the rooms": ({"src/x.txt": "x"}, "room", "no such entry"),
    "an area without tests": ({"tests/models/keys/t.cpp": None}, "room", "has no tests/models/keys"),
    "a screen that is looked at nowhere": (
        {"tests/widgets/page/t.cpp": None, "tests/widgets/shell/screens_test.cpp": CPP + '#include "widgets/keys/k.h"\n'},
        "room", "has no tests/widgets/page"),
    "a layer that the guide tells wrong": (
        {"CONTRIBUTING.md": TABLE.replace("| 10 |", "| 20 |")}, "table", "is in layer 10, not 20"),
    "an area that the guide does not tell": (
        {"CONTRIBUTING.md": TABLE.replace("`models/client`", "")}, "table", "does not name models/client"),
    "an area that is only in the guide": (
        {"CONTRIBUTING.md": TABLE.replace("`models/client`", "`models/client` `models/audit`")}, "table", "is no area"),
    "an exception without a reason": (
        {"models/wire/b.cpp": CPP + "int x; // architecture-allow(sleep):\n"}, "reason", "say why"),
    "a silenced warning without a reason": ({"models/wire/b.cpp": CPP + "int x; // NOLINT\n"}, "reason", "say why"),
}


def build(folder, changes=None):
    for path, text in {**HOUSE, **(changes or {})}.items():
        if text is None:
            continue
        full = os.path.join(folder, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "w", encoding="utf-8") as file:
            file.write(text)
    return House(folder)


class RulesTest(unittest.TestCase):
    def found(self, changes=None):
        with tempfile.TemporaryDirectory() as folder:
            return list(all_rules(build(folder, changes), QT_INCLUDE))

    def test_a_house_without_fault_passes(self):
        self.assertEqual([str(each) for each in self.found()], [])

    def test_each_fault_is_found_and_nothing_else(self):
        for name, (changes, rule, words) in FAULTS.items():
            with self.subTest(name):
                found = self.found(changes)
                self.assertEqual({each.rule for each in found}, {rule}, [str(each) for each in found])
                self.assertTrue(any(words in each.text for each in found), [str(each) for each in found])
                self.assertTrue(all(each.line >= 1 for each in found))

    def test_an_exception_with_a_reason_is_let_through(self):
        line = "void f() { QThread::msleep(5); } // architecture-allow(sleep): the driver has no signal for this\n"
        self.assertEqual(self.found({"models/wire/b.cpp": CPP + line}), [])

    def test_a_screen_may_be_walked_in_the_window_instead(self):
        self.assertEqual(self.found({"tests/widgets/page/t.cpp": None,
                                     "tests/widgets/shell/screens_test.cpp": CPP + '#include "widgets/page/p.h"\n'}), [])

    def test_a_missing_qt_stops_the_check(self):
        with tempfile.TemporaryDirectory() as folder, self.assertRaises(SystemExit):
            list(all_rules(build(folder), "/nowhere"))

    def test_comments_and_texts_are_told_from_code(self):
        with tempfile.TemporaryDirectory() as folder:
            with open(os.path.join(folder, "x.cpp"), "w", encoding="utf-8") as file:
                file.write('int a = 1\'000; // usleep(1)\nauto t = R"(usleep(2) " // )"; /* usleep(3)\n */ usleep(4);\n')
            source = SourceFile(folder, "x.cpp")
            self.assertEqual([number for number, line in enumerate(source.bare_lines, 1) if "usleep" in line], [3])
            self.assertIn("usleep(2)", source.code_lines[1])

    def test_cycles(self):
        self.assertIsNone(find_cycle({"a": {"b", "c"}, "b": {"c"}}))
        self.assertEqual(find_cycle({"a": {"b"}, "b": {"c"}, "c": {"b"}}), ["b", "c", "b"])


if __name__ == "__main__":
    if not QT_INCLUDE:
        sys.exit("QT_INCLUDE names the folder of Qt's headers")
    unittest.main()
