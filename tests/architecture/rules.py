# SPDX-FileCopyrightText: 2026 Gatehouse contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What CMake cannot see about who may know whom. Each rule takes a House and yields Violations."""

import os
import re

from house import Violation, find_cycle

WINDOWLESS = ("models", "app/server", "app/cli", "app/fleet")
MAX_LINES = 600

# A foreign header, and the only places that may include it (tests may include any).
FOREIGN_HEADERS = [
    (r"openssl/", ("models/crypto", "app/server/http", "app/fleet")),
    (r"boost/asio/ssl", ("app/server/http", "app/fleet")),
    (r"boost/", ("app/server/http", "app/fleet")),
    (r"sodium(\.h|/)", ("models/core", "models/crypto")),
    (r"(qt6)?keychain(/keychain)?\.h", ("models/keys",)),
    (r"sqlite3\.h|(QtSql/)?QSql", ("app/server/storage",)),
    (r"zip\.h|libdeflate\.h|brotli/", ("models/bundle",)),
    (r"(QtNetwork/)?QNetwork(AccessManager|Reply|Request|Proxy)", ("models/client",)),
]

# The test that walks every screen of the window; it includes their headers.
SCREEN_WALK = "tests/widgets/shell/screens_test.cpp"

TOP_LEVEL = {"CMakeLists.txt", "CMakePresets.json", "README.md", "CONTRIBUTING.md", "LICENSE", "CHANGELOG.md", "SECURITY.md",
             "app", "models", "widgets", "resources", "translations", "tests", "packaging", "build"}


def arrows(house):
    """Every #include "area/…" points to an area that this one names (or that one of those names), in a lower layer."""
    for source in house.code("models", "widgets", "app"):
        own = house.area_of(source.path)
        for number, name, quoted in source.includes():
            if not quoted or name.endswith(".moc"):
                continue
            if name.startswith(".") or "/../" in name:
                yield Violation("arrow", source.path, number, f'"{name}": include by area, not by a relative path')
                continue
            area, path = house.area_of_include(name)
            if area is None:
                # A program has no prefix of its own: what lies in its folder is included by its bare name.
                folder = os.path.dirname(source.path)
                is_beside = "/" not in name and os.path.exists(os.path.join(house.top, folder, name))
                if not (is_beside and (own is None or own.layer == 100)):
                    yield Violation("arrow", source.path, number, f'"{name}" names no area')
                continue
            if own is None or area.path == own.path:
                continue
            if area.path not in house.reachable(own.path):
                yield Violation("arrow", source.path, number,
                                f'{own.path} includes "{name}" but does not name {area.path} under DEPENDS')
            elif area.layer >= own.layer:
                yield Violation("arrow", source.path, number,
                                f"{own.path} (layer {own.layer}) includes {area.path} (layer {area.layer})")


def declared_arrows(house):
    """The same for DEPENDS itself, so that the rule does not stand or fall with the CMake function."""
    for area in house.areas.values():
        for name in area.depends:
            if name not in house.areas:
                yield Violation("arrow", area.declared_in, area.line, f"{area.path} depends on {name}, which is no area")
                continue
            other = house.areas[name]
            if other.layer >= area.layer:
                yield Violation("arrow", area.declared_in, area.line,
                                f"{area.path} (layer {area.layer}) depends on {name} (layer {other.layer})")
            for program, allowed in (("app/cli", r"^(models/|app/cli)"),
                                     ("app/server", r"^(models|app/server)/"),
                                     ("app/fleet", r"^(models/(core|wire|crypto|bundle)$|app/fleet)")):
                if area.path.startswith(program) and not re.match(allowed, name):
                    yield Violation("arrow", area.declared_in, area.line, f"{area.path} may not use {name}")
            if area.path.startswith("app/server") and name.startswith("models/") and other.layer >= 30:
                yield Violation("arrow", area.declared_in, area.line, f"{area.path} may use layers below 30, not {name}")
            if area.path.startswith("models/") and not name.startswith("models/"):
                yield Violation("arrow", area.declared_in, area.line, f"{area.path} is a model and may not use {name}")


def cycles(house):
    """No circle of areas, and none of headers."""
    cycle = find_cycle({path: set(area.depends) for path, area in house.areas.items()})
    if cycle:
        yield Violation("cycle", house.areas[cycle[0]].declared_in, house.areas[cycle[0]].line, " → ".join(cycle))
    headers = {}
    for source in house.code("models", "widgets", "app"):
        if source.path.endswith(".h"):
            headers[source.path] = {
                path for _, name, quoted in source.includes() if quoted
                for path in [house.area_of_include(name)[1]] if path}
    cycle = find_cycle(headers)
    if cycle:
        yield Violation("cycle", cycle[0], 1, " → ".join(cycle))


def missing_headers(house):
    known = {source.path for source in house.files}
    for source in house.code("models", "widgets", "app"):
        for number, name, quoted in source.includes():
            path = house.area_of_include(name)[1] if quoted else None
            if path and path.endswith(".h") and path not in known:
                yield Violation("include", source.path, number, f'"{name}" does not exist')


def foreign_headers(house):
    """A library has one home; everybody else uses what that home offers."""
    for source in house.code("models", "widgets", "app"):
        for number, name, _ in source.includes():
            for pattern, homes in FOREIGN_HEADERS:
                if re.match(pattern, name) and not source.path.startswith(tuple(home + "/" for home in homes)) \
                        and not source.allows(number, "foreign-header"):
                    yield Violation("foreign-header", source.path, number, f"<{name}> belongs to {', '.join(homes)}")


def window_headers(house, qt_include):
    """No header of Qt Widgets, Gui, Charts or Svg where there is no window."""
    names = set()
    for module in ("QtWidgets", "QtGui", "QtCharts", "QtSvg", "QtSvgWidgets"):
        folder = os.path.join(qt_include, module)
        if os.path.isdir(folder):
            names.update(name for name in os.listdir(folder) if not os.path.isdir(os.path.join(folder, name)))
    if "QWidget" not in names:
        raise SystemExit(f"architecture: no Qt headers in {qt_include}")
    for source in house.code(*WINDOWLESS):
        for number, name, _ in source.includes():
            module, _, header = name.rpartition("/")
            if module in ("QtWidgets", "QtGui", "QtCharts", "QtSvg", "QtSvgWidgets") or (not module and header in names):
                yield Violation("window", source.path, number, f"<{name}>: windows live in widgets/")


def licences(house):
    for source in house.files:
        if not (source.is_code or source.is_script or source.is_build):
            continue
        head = "\n".join(source.lines[:6])
        if "SPDX-FileCopyrightText: 2026 Gatehouse contributors" not in head \
                or "SPDX-License-Identifier: GPL-3.0-or-later" not in head:
            yield Violation("spdx", source.path, 1, "the first lines name no copyright and licence")


SLEEPS = re.compile(r"\bQThread::(m|u)?sleep\b|\bthis_thread::sleep|\b(u|nano)?sleep\s*\(|\bQTest::q(Wait|Sleep)\s*\(")
NESTED = re.compile(r"\bQEventLoop\b|\bprocessEvents\s*\(|\b[dD]ialog(\.|->)exec\s*\(")


def waiting(house):
    """Nobody sleeps: wait for a signal or a condition. No nested event loops in windows."""
    for source in house.code():
        for number, line in enumerate(source.bare_lines, 1):
            if SLEEPS.search(line) and not source.allows(number, "sleep"):
                yield Violation("sleep", source.path, number, "wait for a signal or a condition, do not sleep")
            if source.path.startswith("widgets/") and NESTED.search(line) and not source.allows(number, "nested-loop"):
                yield Violation("nested-loop", source.path, number, "no nested event loop in a window")


UNFINISHED = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK)\b|\bnot (yet )?imple" r"mented\b|\bdummy " r"data\b", re.I)


def unfinished(house):
    for source in house.files:
        if source.is_code or source.is_script or source.is_build or source.path.endswith(".md"):
            for number, line in enumerate(source.lines, 1):
                found = UNFINISHED.search(line)
                # The words count as words of a person only in capitals, except the phrases.
                if found and (not found.group(1) or found.group(1).isupper()):
                    yield Violation("unfinished", source.path, number, f'"{found.group(0)}": finish it or leave it out')


def lengths(house):
    for source in house.files:
        if (source.is_code or source.is_script) and len(source.lines) > MAX_LINES:
            yield Violation("length", source.path, len(source.lines),
                            f"{len(source.lines)} lines: does this file do two things?")


def machine_paths(house):
    """Nothing of the machine that somebody worked on: home folders, this checkout's own path, private registries."""
    patterns = [r"/(home|Users)/[A-Za-z0-9_.-]+/", r"https?://[^\s/\"'<>]*\b(artifactory|nexus|mirror|proxy)\b[^\s/\"'<>]*\.[a-z]"]
    first = house.top.strip("/").split("/")
    if len(first) > 1 and first[0] not in ("usr", "tmp", "var", "opt", "home", "root", "src", "build"):
        patterns.append(re.escape("/" + first[0] + "/" + first[1]) + r"\b")
    wanted = re.compile("|".join(patterns))
    for source in house.files:
        for number, line in enumerate(source.lines, 1):
            found = wanted.search(line)
            if found and not source.allows(number, "machine-path"):
                yield Violation("machine-path", source.path, number, f'"{found.group(0)}" is a place of one machine')


UNTRANSLATED = re.compile(
    r"\b(setText|setWindowTitle|setToolTip|setStatusTip|setWhatsThis|setPlaceholderText|setTitle|setLabelText|setTitleText|"
    r"setAccessibleName|setAccessibleDescription|addAction|addTab|addItem|addRow|addButton|setHeaderLabels|setPrefix|setSuffix|"
    r"new Q(Label|PushButton|CheckBox|RadioButton|GroupBox|Action|ToolButton|Menu))\s*\(\s*"
    r"(QStringLiteral\s*\(|QLatin1String\s*\(|QString::fromUtf8\s*\(|u)?\"([^\"]*)\"")


def untranslated(house):
    for source in house.code("widgets", "app/desktop"):
        for number, line in enumerate(source.code_lines, 1):
            for found in UNTRANSLATED.finditer(line):
                # An example of an id or an address is the same in every language.
                is_example = re.fullmatch(r"[a-z0-9_:/-]+(\.[a-z0-9_:/-]+)+", found.group(4))
                if re.search(r"[A-Za-z]{3}", found.group(4)) and not is_example and not source.allows(number, "untranslated"):
                    yield Violation("untranslated", source.path, number, f'"{found.group(4)}" goes through tr()')


# What the command line says (windows have the same sentences in widgets/review/reviewwords.cpp), and the tour of the
# window for the guide's pictures, which types and looks for English words.
SPEAKS_ENGLISH = ("models/release/english.cpp", "app/desktop/tour.cpp", "app/desktop/tourstates.cpp")

LITERAL = re.compile(r"""R"([^()\\ ]{0,16})\(.*?\)\1"|'(?:\\.|[^'\\\n])+'|("(?:\\.|[^"\\\n])*"(?:\s*"(?:\\.|[^"\\\n])*")*)""", re.DOTALL)
MARKED = re.compile(r"""\b(?:tr|QT_TR_NOOP)\s*\(\s*$|\b(?:translate|QT_TRANSLATE_NOOP)\s*\(\s*"[^"]*"\s*,\s*$""")
LOGGED = re.compile(r"\bq(?:Debug|Info|Warning|Critical|Fatal)\s*\(\s*$")
SENTENCE = re.compile(r"""(?:\\"|“|%\d|[A-Z]).* .*[.?!…]""", re.DOTALL)


def _literals(text):
    """(place, text) of what is in quotes and not marked for translation; parts in a row are one."""
    for found in LITERAL.finditer(text):
        before = text[max(0, found.start() - 200):found.start()]
        if found.group(2) and not MARKED.search(before) and not LOGGED.search(before):
            yield found.start(), "".join(re.findall(r'"((?:\\.|[^"\\\n])*)"', found.group(2)))


def untranslated_sentences(house):
    """What models say to people, and above all each error, goes through tr()."""
    for source in house.code("models", "widgets", "app/desktop"):
        if source.path in SPEAKS_ENGLISH:
            continue
        text = "\n".join(source.code_lines)
        errors = [(call.end(), call.end() + len(_argument(text, call.end() - 1)))
                  for call in re.finditer(r"\bmakeError\s*\(", text)]
        for place, literal in _literals(text):
            is_of_error = any(begin <= place < end for begin, end in errors)
            has_words = re.search(r"[A-Za-z]{2}", literal) and " " in literal
            if SENTENCE.fullmatch(literal) or (is_of_error and has_words):
                number = text.count("\n", 0, place) + 1
                if not source.allows(number, "untranslated"):
                    yield Violation("untranslated", source.path, number, f'"{literal}" goes through tr()')


def hidden_texts(house):
    """lupdate reads a call of anything named tr as a text of its own and misses one that is marked within it."""
    for source in house.code("models", "widgets", "app/desktop"):
        text = "\n".join(source.code_lines)
        for found in re.finditer(r"\btr\s*\(\s*QT_TRANSLATE_NOOP\b", text):
            yield Violation("untranslated", source.path, text.count("\n", 0, found.start()) + 1,
                            "a text marked within a call of tr() is not found: give the function another name")


def untranslated_steps(house):
    """The name of each step that a slow function reports is marked, so that stepWords() has words for it."""
    steps, marked = [], set()
    for source in house.code("models"):
        text = "\n".join(source.code_lines)
        marked.update(re.findall(r'\bQT_TRANSLATE_NOOP\("Sentences", "([^"]*)"\)', text))
        steps += [(source, text.count("\n", 0, found.start()) + 1, found.group(1))
                  for found in re.finditer(r'\breport\(\s*QStringLiteral\("([^"]*)"\)', text)]
    for source, number, step in steps:
        if step not in marked and not source.allows(number, "untranslated"):
            yield Violation("untranslated", source.path, number, f'the step "{step}" is not in models/core/operation.cpp')


def _argument(text, start):
    """The text between the parenthesis at start and its partner."""
    depth = 0
    for index in range(start, len(text)):
        if text[index] == "(":
            depth += 1
        elif text[index] == ")":
            depth -= 1
            if depth == 0:
                return text[start + 1:index].strip()
    return text[start + 1:]


def _is_own_text(argument):
    """Nothing, a parent only, or a sentence of ours that nothing foreign is put into."""
    if argument in ("", "this", "parent", "QString()", "{}"):
        return True
    if argument.startswith("plainToolTip(") and _argument(argument, argument.index("(")) == argument[13:-1].strip():
        return True
    choice = re.match(r"[^?\"]+\?(.+?):(?!:)(.+)$", argument, re.DOTALL)
    if choice:
        return _is_own_text(choice.group(1).strip()) and _is_own_text(choice.group(2).strip())
    # format…() are our numbers, sizes and moments (widgets/common/format.h).
    return bool(re.match(r"(QObject::)?tr\s*\(|QCoreApplication::translate\s*\(|format[A-Z]\w*\s*\(|plainToolTip\s*\(",
                         argument)) and ".arg(" not in argument


LABEL = re.compile(r"(?:\b(\w+)\s*(?:=\s*|\(\s*|\{\s*))?\bnew QLabel\s*(\()")


def guessed_formats(house):
    """A label that shows foreign text says that it is plain; what Qt guesses to be markup becomes markup."""
    for source in house.code("widgets", "app/desktop"):
        text = "\n".join(source.code_lines)
        for made in LABEL.finditer(text):
            name = made.group(1)
            number = text.count("\n", 0, made.start(2)) + 1
            if source.allows(number, "label-format"):
                continue
            argument = _argument(text, made.start(2))
            first = re.split(r",\s*\w+$", argument)[0]
            if name and re.search(r"\b" + name + r"\s*(->|\.)\s*setTextFormat\s*\(", text):
                continue
            later = [] if not name else [
                _argument(text, found.end() - 1)
                for found in re.finditer(r"\b" + name + r"\s*(?:->|\.)\s*setText\s*\(", text)]
            if not _is_own_text(first) or not all(_is_own_text(each) for each in later):
                yield Violation("label-format", source.path, number,
                                "this label guesses the format of its text: widgets/common/label.h, or setTextFormat()")
        if "QMessageBox" in text and "setTextFormat" not in text:
            line = next(number for number, each in enumerate(source.code_lines, 1) if "QMessageBox" in each)
            yield Violation("label-format", source.path, line, "a message box guesses the format of its text")
        for tip in re.finditer(r"\bsetToolTip\s*(\()", text):
            argument = _argument(text, tip.start(1))
            number = text.count("\n", 0, tip.start(1)) + 1
            if not _is_own_text(argument) and not source.allows(number, "label-format"):
                yield Violation("label-format", source.path, number,
                                "a tool tip guesses the format of its text: plainToolTip()")


COLOUR = re.compile(r"\"#[0-9a-fA-F]{3,8}\"|\bQColor\s*\(\s*(0x|(?!0, 0, 0, )\d)|\bqRgba?\s*\(|\bQt::(red|green|blue|yellow|cyan|magenta|gray|"
                    r"white|black|dark\w+|lightGray)\b")


def colours(house):
    """Colours come from the theme; only a shadow is black in every palette."""
    for source in house.code("widgets", "app/desktop"):
        if source.path.startswith("widgets/theme/"):
            continue
        for number, line in enumerate(source.code_lines, 1):
            if (COLOUR.search(line) or re.search(r"\bsetStyleSheet\s*\(", line)) and not source.allows(number, "colour"):
                yield Violation("colour", source.path, number, "colours and style sheets live in widgets/theme")


def rooms(house):
    """Nothing beside the rooms of the house, and each room has its mirror in tests/."""
    for name in sorted(os.listdir(house.top)):
        if name not in TOP_LEVEL and not name.startswith("."):
            yield Violation("room", name, 1, "the top of the tree has no such entry")
    walk = next((source.text for source in house.files if source.path == SCREEN_WALK), "")
    for area in house.areas.values():
        mirrors = [os.path.join("tests", area.path), os.path.join("tests", os.path.dirname(area.path))]
        if area.path.count("/") == 1:
            mirrors = mirrors[:1]
        # A screen, and what only screens use, may be looked at in the whole window instead.
        is_walked = area.path.startswith("widgets/") and area.layer >= 75 and (
            area.layer != 80 or f'#include "{area.path}/' in walk)
        if not (walk and is_walked) and not any(source.path.startswith(mirror + "/") for mirror in mirrors for source in house.files):
            yield Violation("room", area.declared_in, area.line, f"{area.path} has no {mirrors[0]}")


def layer_table(house):
    """The table in CONTRIBUTING.md is the one that the build has."""
    guide = next((source for source in house.files if source.path == "CONTRIBUTING.md"), None)
    if guide is None:
        yield Violation("table", "CONTRIBUTING.md", 1, "is missing")
        return
    told = {}
    for number, line in enumerate(guide.lines, 1):
        row = re.match(r"\|\s*(\d+)\s*\|([^|]*)\|", line)
        if row:
            for path in re.findall(r"`((?:models|widgets|app)/[a-z/]+)`", row.group(2)):
                told[path] = (int(row.group(1)), number)
    for path, area in sorted(house.areas.items()):
        if path not in told:
            yield Violation("table", "CONTRIBUTING.md", 1, f"the table of layers does not name {path} ({area.layer})")
        elif told[path][0] != area.layer:
            yield Violation("table", "CONTRIBUTING.md", told[path][1],
                            f"{path} is in layer {area.layer}, not {told[path][0]}")
    for path, (_, number) in sorted(told.items()):
        if path not in house.areas:
            yield Violation("table", "CONTRIBUTING.md", number, f"{path} is no area")


def reasons(house):
    """An exception says why."""
    for source in house.code():
        for number, line in enumerate(source.lines, 1):
            if "architecture-allow" in line and not re.search(r"architecture-allow\([a-z-]+\):\s*\w+ \w+", line):
                yield Violation("reason", source.path, number, "say why: architecture-allow(rule): the reason")
            if re.search(r"\bNOLINT", line) and not re.search(r"NOLINT(NEXTLINE|BEGIN)?\([a-z0-9.,*-]+\):\s*\w+ \w+|NOLINTEND",
                                                              line, re.I):
                yield Violation("reason", source.path, number, "say why: NOLINT(check): the reason")


def all_rules(house, qt_include):
    for rule in (arrows, declared_arrows, cycles, missing_headers, foreign_headers, licences, waiting, unfinished, lengths,
                 machine_paths, untranslated, untranslated_sentences, hidden_texts, untranslated_steps, guessed_formats, colours, rooms, layer_table, reasons):
        yield from rule(house)
    yield from window_headers(house, qt_include)
