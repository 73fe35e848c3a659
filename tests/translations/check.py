#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 Gatehouse contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists what is wrong with the files of translations/: check.py --top DIR

Each text is translated and finished, has the placeholders of its source, and is one that the sources have now."""

import argparse
import collections
import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

MEND = "packaging/update-translations, then translate what is marked unfinished"
FORMS = {"ar": 6, "de": 2, "en": 2}

Text = collections.namedtuple("Text", "context source comment")
Message = collections.namedtuple("Message", "text kind forms is_plural")


def placeholders(text):
    """%1 and %L1 are the same place, %n and %Ln, too."""
    return {found.replace("L", "") for found in re.findall(r"%L?(?:[1-9]|n\b)", text)}


def read(path):
    messages = []
    for context in ElementTree.parse(path).getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            is_plural = message.get("numerus") == "yes"
            forms = [form.text or "" for form in translation.iter("numerusform")] if is_plural else [translation.text or ""]
            messages.append(Message(
                Text(context.findtext("name"), message.findtext("source"), message.findtext("comment", "")),
                translation.get("type", ""), forms, is_plural))
    return messages


def language_of(path):
    return re.fullmatch(r"gatehouse_(\w+)\.ts", os.path.basename(path)).group(1)



def faults_of_message(message, language):
    if message.kind:
        yield f"is marked {message.kind}"
    if message.is_plural and len(message.forms) != FORMS[language]:
        yield f"has {len(message.forms)} plural forms, not {FORMS[language]}"
    wanted = placeholders(message.text.source)
    for form in message.forms:
        if not form.strip():
            yield "has no translation"
            continue
        found = placeholders(form)
        # "One device" needs no number. All else is filled in by number: arg() would take the wrong one for a lost place.
        if found != wanted and not (message.is_plural and found == wanted - {"%n"}):
            yield f"has the places {sorted(found)}, its source {sorted(wanted)}: {form!r}"
    if message.is_plural and not any(placeholders(form) == wanted for form in message.forms):
        yield "has no plural form with all places of its source"


def faults_of_file(path):
    language = language_of(path)
    for message in read(path):
        for fault in faults_of_message(message, language):
            yield f"{os.path.basename(path)}: {message.text.context}: {message.text.source!r} {fault}"


def faults_of_age(path, current):
    """Compared with the same file after lupdate has run over the sources."""
    old, new = {message.text for message in read(path)}, {message.text for message in read(current)}
    for text in sorted(new - old):
        yield f"{os.path.basename(path)}: {text.context}: {text.source!r} is new in the sources: {MEND}"
    for text in sorted(old - new):
        yield f"{os.path.basename(path)}: {text.context}: {text.source!r} is gone from the sources: {MEND}"


def check(top):
    faults = []
    paths = sorted(glob.glob(os.path.join(top, "translations", "gatehouse_*.ts")))
    languages = {language_of(path) for path in paths}
    if languages != set(FORMS):
        faults.append(f"translations/ has {sorted(languages)}, wanted are {sorted(FORMS)}")
    with tempfile.TemporaryDirectory() as folder:
        for path in paths:
            shutil.copy(path, folder)
        update = subprocess.run([os.path.join(top, "packaging", "update-translations"), folder],
                                capture_output=True, text=True, check=False)
        if update.returncode != 0:
            faults.append(f"packaging/update-translations says:\n{update.stderr}")
        for path in paths:
            faults.extend(faults_of_file(path))
            faults.extend(faults_of_age(path, os.path.join(folder, os.path.basename(path))))
    return faults, sum(len(read(path)) for path in paths)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--top", required=True)
    faults, count = check(parser.parse_args().top)
    for fault in faults:
        print(fault)
    print(f"{count} texts, {len(faults)} faults.")
    sys.exit(1 if faults or count == 0 else 0)


if __name__ == "__main__":
    main()
