# SPDX-FileCopyrightText: 2026 Gatehouse contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The sample that a newcomer sees: one button, two thousand devices, a bad release, and one button back.

show_me.py --top SOURCES --programs BIN [--pictures DIR]
"""

import argparse
import os
import re
import sys

from desktop import Desktop, Failed
from programs import listening_port, offered_to

APP = "com.example.fieldnotes"
PATIENCE = 150


def check(holds, what):
    if not holds:
        raise Failed(what)


def watch(window):
    window.press("Show me the sample")
    window.find("label", re.compile("devices take bundle 1.0.0"), patience=PATIENCE)
    window.find("label", re.compile("Bundle 1.1.0 is out"), patience=PATIENCE)
    window.find("label", re.compile("Bundle 1.2.0 goes to 25 %"), patience=PATIENCE)
    port = window.wait(lambda: listening_port(window.process.pid), "the server listens")
    server = f"http://127.0.0.1:{port}"
    found = offered_to(server, APP, 200, running="1.1.0")
    check(25 <= found.get("1.2.0", 0) <= 80, f"about a quarter of the devices are offered 1.2.0, not {found}")
    window.find("label", re.compile(r"^1\.2\.0 fails on production"), patience=PATIENCE)
    window.picture("show-me-fails")
    window.press("Take back the failing bundle")
    window.find("label", re.compile("^It is taken back"))
    found = offered_to(server, APP, 100, running="1.2.0")
    check(found == {"1.1.0": 100}, f"devices on 1.2.0 are offered 1.1.0, not {found}")
    window.picture("show-me-taken-back")


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--top", required=True)
    arguments.add_argument("--programs", required=True)
    arguments.add_argument("--pictures")
    given = arguments.parse_args()
    window = Desktop([os.path.join(given.programs, "gatehouse")], "gatehouse", pictures=given.pictures)
    try:
        watch(window)
        code = window.end()
        check(code == 0, f"the window ended with {code}")
    except BaseException:
        window.picture("failed")
        print(window.screen(), file=sys.stderr)
        window.process.kill()
        raise
    print("The sample shows what it promises.")


if __name__ == "__main__":
    main()
