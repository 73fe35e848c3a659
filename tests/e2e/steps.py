# SPDX-FileCopyrightText: 2026 Gatehouse contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Steps that several stories by window share. Each takes the window that it works in."""

import argparse
import re
import sys

from desktop import Failed
from programs import listening_port

FIRST_BUNDLE = "Make it stable for all devices of the channel"
LATER_BUNDLE = "Upload only"


def check(holds, what):
    if not holds:
        raise Failed(what)


def options(description, *more):
    """What every story is given: where the sources and the programs are, and where pictures go."""
    arguments = argparse.ArgumentParser(description=description)
    for name in ("--top", "--programs", *more):
        arguments.add_argument(name, required=True)
    arguments.add_argument("--pictures")
    return arguments.parse_args()


def go(window, screen):
    button = window.find("check", screen)
    window.wait(lambda: button.is_usable, f"\"{screen}\" can be chosen")
    button.click()


def local_server(window):
    """Where the server beside the desktop listens."""
    port = window.wait(lambda: listening_port(window.process.pid), "the server listens")
    return f"http://127.0.0.1:{port}"


def start_on_this_computer(window):
    window.press("Start on this computer")
    window.find("field", "App id")
    return local_server(window)


def create_app(window, app, name):
    window.write("App name", name)
    window.write("App id", app)
    window.press("Create app")
    window.gone("button", "Create app")


def choose_file(window, title, path, verb):
    """In the dialog for files that is open."""
    dialog = window.find("dialog", title)
    window.find("field", "File name:", within=dialog).write(path)
    window.press(verb, within=dialog)
    window.gone("dialog", title)


def create_keys(window):
    """In the assistant's third step."""
    window.press("Create a bundle key for this app")
    window.gone("button", "Create a bundle key for this app")
    window.press("Create a release identity")
    window.gone("button", "Create a release identity")


def new_bundle(window, web, version, makes_keys=False, way=LATER_BUNDLE):
    """Through the whole assistant, from the folder to the server."""
    go(window, "Bundles")
    window.press("New bundle")
    window.write("Web folder", web)
    window.press("Check the web folder")
    window.press("Next")
    window.write("Version", version)
    window.press("Next")
    if makes_keys:
        create_keys(window)
    window.press("Sign and encrypt the bundle")
    window.press("Next", patience=60)
    window.press(way, role="check")
    window.picture(f"ship-{version}")
    window.press("Upload")
    window.find(name=re.compile(rf"{re.escape(version)} was uploaded"), patience=60)
    window.press("Next")


def tell(stories, window_of):
    """Runs (title, step) one after another. When one fails, what is on the screen is said and pictured."""
    try:
        for title, step in stories:
            print(f"- {title}", flush=True)
            step()
    except BaseException:
        window = window_of()
        if window is not None:
            window.picture("failed")
            print(window.screen(), file=sys.stderr)
            window.process.kill()
        raise
