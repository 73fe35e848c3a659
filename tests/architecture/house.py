# SPDX-FileCopyrightText: 2026 Gatehouse contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The source tree as the rules see it: files, areas with their layers, includes."""

import os
import re
from dataclasses import dataclass, field
from functools import cached_property

LEFT_OUT = {".git", ".cache", "build", "node_modules", "__pycache__"}
# What the rules speak of is told apart by its end; scripts without one by their first line.
CODE_ENDS = (".cpp", ".h")
SCRIPT_ENDS = (".py", ".sh", ".mjs", ".js")
BUILD_ENDS = (".cmake", "CMakeLists.txt")


@dataclass(frozen=True)
class Violation:
    rule: str
    path: str
    line: int
    text: str

    def __str__(self):
        return f"{self.path}:{self.line}: {self.text} [{self.rule}]"


@dataclass
class Area:
    path: str
    layer: int
    depends: list = field(default_factory=list)
    declared_in: str = ""
    line: int = 1

    @property
    def prefix(self):
        """The prefix of its headers in an #include, as GatehouseArea.cmake makes it."""
        return re.sub(r"^(models|app)/", "", self.path)


class SourceFile:
    def __init__(self, top, path):
        self.path = path
        with open(os.path.join(top, path), encoding="utf-8", errors="replace") as file:
            self.text = file.read()

    @cached_property
    def lines(self):
        return self.text.splitlines()

    @cached_property
    def code_lines(self):
        """C++ without comments, line numbers kept; string literals stay."""
        return _strip_cpp(self.text, keep_strings=True).splitlines()

    @cached_property
    def bare_lines(self):
        """C++ without comments and without the content of string literals."""
        return _strip_cpp(self.text, keep_strings=False).splitlines()

    @property
    def is_code(self):
        return self.path.endswith(CODE_ENDS)

    @property
    def is_script(self):
        return self.path.endswith(SCRIPT_ENDS) or (
            "." not in os.path.basename(self.path) and self.text.startswith("#!"))

    @property
    def is_build(self):
        return self.path.endswith(BUILD_ENDS)

    def includes(self):
        """(line, name, isQuoted) of every #include."""
        for number, line in enumerate(self.code_lines, 1):
            found = re.match(r'\s*#\s*include\s*(?:"([^"]+)"|<([^>]+)>)', line)
            if found:
                yield number, found.group(1) or found.group(2), found.group(1) is not None

    def allows(self, number, rule):
        """A line may say // architecture-allow(rule): reason."""
        line = self.lines[number - 1] if 0 < number <= len(self.lines) else ""
        return re.search(r"architecture-allow\(" + re.escape(rule) + r"\):\s*\S", line) is not None


_TOKEN = re.compile(
    r'//[^\n]*|/\*.*?\*/|R"([^()\\ ]{0,16})\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'', re.DOTALL)


def _strip_cpp(text, keep_strings):
    def replace(match):
        token = match.group(0)
        if token.startswith("/"):
            return re.sub(r"[^\n]", " ", token)
        if keep_strings or token.startswith("'"):
            return token
        return '"' + re.sub(r"[^\n]", " ", token[1:-1]) + '"'

    # 1'000'000 is a number, not two characters.
    return _TOKEN.sub(replace, re.sub(r"(?<=[0-9a-fA-F])'(?=[0-9a-fA-F])", "_", text))


class House:
    def __init__(self, top):
        self.top = os.path.realpath(top)
        self.files = [SourceFile(self.top, path) for path in self._paths()]
        self.areas = {}
        for source in self.files:
            if source.path.endswith("CMakeLists.txt"):
                self._read_areas(source)

    def _paths(self):
        for folder, names, files in os.walk(self.top):
            here = os.path.relpath(folder, self.top)
            names[:] = sorted(
                name for name in names
                if name not in LEFT_OUT and os.path.join(here, name) != "tests/fixtures" and not name.startswith("cmake-build"))
            for name in sorted(files):
                path = os.path.normpath(os.path.join(here, name))
                full = os.path.join(self.top, path)
                if os.path.islink(full) or not self._is_text(path, full):
                    continue
                yield path

    @staticmethod
    def _is_text(path, full):
        if path.endswith(CODE_ENDS + SCRIPT_ENDS + BUILD_ENDS + (".md", ".json", ".qrc", ".desktop", ".xml")):
            return True
        if "." in os.path.basename(path):
            return False
        with open(full, "rb") as file:
            return file.read(2) == b"#!"

    def _read_areas(self, source):
        text = re.sub(r"#[^\n]*", lambda match: " " * len(match.group(0)), source.text)
        for call in re.finditer(r"\bgatehouse_(area|program)\s*\(([^)]*)\)", text):
            words = call.group(2).replace('"', " ").split()
            if not words:
                continue
            sections = _sections(words[1:], {"LAYER", "PATH", "SOURCES", "DEPENDS", "LIBS"})
            if call.group(1) == "program":
                path = (sections.get("PATH") or [os.path.dirname(source.path)])[0]
                layer = "100"
            else:
                path = words[0]
                layer = (sections.get("LAYER") or [""])[0]
            if not layer.isdigit() or path == "models/CMakeLists.txt":
                continue
            area = Area(path, int(layer), sections.get("DEPENDS", []), source.path,
                        text.count("\n", 0, call.start()) + 1)
            if path in self.areas:
                # A program beside its own area, or two programs in one folder: one room, which may include what
                # either names.
                self.areas[path].depends = sorted((set(self.areas[path].depends) | set(area.depends)) - {path})
            else:
                self.areas[path] = area

    def area_of(self, path):
        """The area a file belongs to: the longest area path above it."""
        best = None
        for area in self.areas.values():
            if path.startswith(area.path + "/") and (best is None or len(area.path) > len(best.path)):
                best = area
        return best

    def area_of_include(self, name):
        """The area and the path of the file that a quoted include names, or (None, None)."""
        best = None
        for area in self.areas.values():
            if name.startswith(area.prefix + "/") and (best is None or len(area.prefix) > len(best.prefix)):
                best = area
        if best is None:
            return None, None
        return best, best.path + name[len(best.prefix):]

    def reachable(self, path):
        """What an area may include: what it names under DEPENDS, and what those name."""
        seen = set()
        waiting = list(self.areas[path].depends)
        while waiting:
            name = waiting.pop()
            if name not in seen:
                seen.add(name)
                waiting.extend(self.areas[name].depends if name in self.areas else [])
        return seen

    def code(self, *folders):
        for source in self.files:
            if source.is_code and (not folders or source.path.startswith(tuple(folder + "/" for folder in folders))):
                yield source


def _sections(words, keys):
    sections = {}
    current = None
    for word in words:
        if word in keys:
            current = sections.setdefault(word, [])
        elif current is not None:
            current.append(word)
    return sections


def find_cycle(graph):
    """One cycle of a graph {node: {node}}, as a list that ends where it starts, or None."""
    state = {}

    def visit(node, trail):
        state[node] = 1
        for successor in sorted(graph.get(node, ())):
            if state.get(successor) == 1:
                return trail[trail.index(successor):] + [successor]
            if successor not in state:
                cycle = visit(successor, trail + [successor])
                if cycle:
                    return cycle
        state[node] = 2
        return None

    for node in sorted(graph):
        if node not in state:
            cycle = visit(node, [node])
            if cycle:
                return cycle
    return None
