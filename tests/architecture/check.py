#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 Gatehouse contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Walks the house and lists what breaks its rules: check.py --top DIR --qt-include DIR"""

import argparse
import sys

from house import House
from rules import all_rules


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--top", required=True)
    parser.add_argument("--qt-include", required=True)
    arguments = parser.parse_args()
    house = House(arguments.top)
    if not house.areas:
        sys.exit("architecture: no areas found, so nothing was looked at")
    violations = sorted(all_rules(house, arguments.qt_include), key=lambda found: (found.path, found.line))
    for violation in violations:
        print(violation)
    print(f"{len(house.areas)} areas, {len(house.files)} files, {len(violations)} against the rules.")
    sys.exit(1 if violations else 0)


if __name__ == "__main__":
    main()
