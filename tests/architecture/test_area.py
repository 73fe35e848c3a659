#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 Gatehouse contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""gatehouse_area stops the configure step on a wrong arrow. Configures tiny projects with the real CMake function."""

import os
import subprocess
import sys
import tempfile
import unittest

MODULES = os.environ.get("GATEHOUSE_CMAKE", "")

TOP = """cmake_minimum_required(VERSION 3.25)
project(tiny LANGUAGES CXX)
list(APPEND CMAKE_MODULE_PATH "@MODULES@")
add_library(gatehouse_compile_options INTERFACE)
add_library(Qt6::Core INTERFACE IMPORTED)
add_library(Qt6::Widgets INTERFACE IMPORTED)
add_library(Qt6::Charts INTERFACE IMPORTED)
set(GATEHOUSE_PRECOMPILED_HEADERS OFF)
include(GatehouseArea)
@AREAS@
"""

CORE = "gatehouse_area(models/core LAYER 0 SOURCES ${CMAKE_SOURCE_DIR}/a.cpp LIBS Qt6::Core)\n"
KEYS = "gatehouse_area(models/keys LAYER 30 SOURCES ${CMAKE_SOURCE_DIR}/a.cpp DEPENDS models/core)\n"
THEME = "gatehouse_area(widgets/theme LAYER 70 SOURCES ${CMAKE_SOURCE_DIR}/a.cpp DEPENDS models/core LIBS Qt6::Widgets)\n"


def area(path, layer, depends="", libs=""):
    text = f"gatehouse_area({path} LAYER {layer} SOURCES ${{CMAKE_SOURCE_DIR}}/a.cpp"
    return text + (f" DEPENDS {depends}" if depends else "") + (f" LIBS {libs}" if libs else "") + ")\n"


class AreaTest(unittest.TestCase):
    def configure(self, areas):
        """The exit code and the messages of a configure step without AUTOMOC, which would need all of Qt."""
        with tempfile.TemporaryDirectory() as folder:
            with open(os.path.join(folder, "CMakeLists.txt"), "w", encoding="utf-8") as file:
                file.write(TOP.replace("@MODULES@", MODULES).replace("@AREAS@", areas))
            with open(os.path.join(folder, "a.cpp"), "w", encoding="utf-8") as file:
                file.write("int a;\n")
            for name in ("models/core", "models/keys", "widgets/theme"):
                os.makedirs(os.path.join(folder, name))
            done = subprocess.run(["cmake", "-G", "Ninja", "-S", folder, "-B", os.path.join(folder, "build"), "-Wno-dev"],
                                  capture_output=True, text=True, check=False)
            # CMake breaks its messages into lines as it likes.
            return done.returncode, " ".join((done.stdout + done.stderr).split())

    def refused(self, areas, words):
        code, said = self.configure(areas)
        self.assertNotEqual(code, 0, said)
        self.assertIn(words, said)

    def test_right_arrows_configure(self):
        code, said = self.configure(CORE + KEYS + THEME + area("widgets/keys", 80, "widgets/theme models/keys"))
        self.assertEqual(code, 0, said)

    def test_a_model_must_not_know_a_window(self):
        self.refused(CORE + THEME + area("models/release", 40, "widgets/theme"), "arrows point to lower layers only")

    def test_layers_of_one_height_must_not_know_each_other(self):
        self.refused(CORE + KEYS + area("models/client", 30, "models/keys"), "arrows point to lower layers only")

    def test_a_dependency_must_exist(self):
        self.refused(CORE + area("models/client", 30, "models/cor"), "which is no area")

    def test_a_model_must_not_link_widgets(self):
        self.refused(CORE + area("models/client", 30, "models/core", "Qt6::Widgets"), "windows live in widgets/")

    def test_a_server_must_not_link_charts(self):
        self.refused(CORE + area("app/server/http", 40, "models/core", "Qt6::Charts"), "windows live in widgets/")

    def test_areas_are_not_smuggled_in_as_libraries(self):
        self.refused(CORE + area("models/client", 30, "", "gatehouse_models_core"), "name areas under DEPENDS")

    def test_a_server_uses_low_layers_only(self):
        self.refused(CORE + KEYS + area("app/server/device", 60, "models/keys"), "layers 0 to 2")

    def test_a_fleet_uses_four_models_only(self):
        self.refused(CORE + KEYS + area("app/fleet/device", 60, "models/keys"), "core, wire, crypto and bundle")

    def test_the_command_line_opens_no_window(self):
        self.refused(CORE + THEME + "gatehouse_program(gatehouse-cli PATH app/cli SOURCES a.cpp DEPENDS widgets/theme)\n",
                     "may use models only")

    def test_a_layer_is_named(self):
        self.refused("gatehouse_area(models/core SOURCES ${CMAKE_SOURCE_DIR}/a.cpp)\n", "LAYER n SOURCES")


if __name__ == "__main__":
    if not MODULES:
        sys.exit("GATEHOUSE_CMAKE names the folder of GatehouseArea.cmake")
    unittest.main()
