# SPDX-FileCopyrightText: 2026 Gatehouse contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The driver itself: what it does reaches the program, and what is not there fails with words.

test_driver.py SAMPLE_PROGRAM
"""

import re
import sys

from desktop import Desktop, Failed


def fails(action, words):
    try:
        action()
    except Failed as failure:
        if words not in str(failure):
            raise AssertionError(f"the failure does not say \"{words}\": {failure}") from None
        return
    raise AssertionError(f"no failure that says \"{words}\"")


def main():
    window = Desktop([sys.argv[1]], "sample")
    try:
        window.write("Name", "Ada")
        window.press("Loud", role="check")
        window.press("Greet")
        window.find("label", "Hello Ada!")
        window.press("Late")  # becomes usable after a moment: pressing waits for it
        window.find("slider", "Share").set_value(42)
        window.find("label", "42 percent")
        window.pop_up(window.find("button", "More"), "Down", "Return")
        window.find("label", "Goodbye")
        window.choose("first", "third")
        window.find("label", "third")
        assert window.sees("button", "Nobody") is None
        assert window.find("button", re.compile("^Gre")).name == "Greet"
        fails(lambda: window.find("button", "Nobody", patience=0.3), "Nobody")
        fails(lambda: window.find("button", "Nobody", patience=0.3), "Greet")  # it says what is there instead
        fails(lambda: window.gone("button", "Greet", patience=0.3), "is gone")
        code = window.end()
        assert code == 0, code
    finally:
        window.process.kill()
    fails(lambda: Desktop(["/bin/false"], "false"), "ended with code 1")
    print("The driver works.")


if __name__ == "__main__":
    main()
