# SPDX-FileCopyrightText: 2026 Gatehouse contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Taking a bundle back is at most two presses, and survives a server that is slow or dies at that very moment: it is either
done, or shown as not done. Nothing is lost in silence.

take_back_anyway.py --top SOURCES --programs BIN [--pictures DIR]     (under virtual-display, with its keychain)
"""

import os
import re
import signal
import socket
import tempfile
import time
import urllib.parse
import uuid

from desktop import Desktop
from programs import ask_as_device, call, children_of, offered_to, write_sample
from steps import (FIRST_BUNDLE, check, create_app, go, local_server, new_bundle, options, start_on_this_computer, tell)
import secretservice

APP = "com.example.back"
CHANNEL = "production"
GOOD = "1.1.0"
BAD = "1.2.0"
FAILING = 40
REVIEW = re.compile("^Review the change")
TAKE_BACK = re.compile("^Take back")
DOWNTIME = 3.0


class Story:
    def __init__(self, given):
        self.given = given
        self.folder = tempfile.mkdtemp(dir=os.environ["HOME"])
        self.window = Desktop([os.path.join(given.programs, "gatehouse")], "gatehouse", pictures=given.pictures)
        self.server = None
        self.key = None

    def start(self):
        self.server = start_on_this_computer(self.window)
        create_app(self.window, APP, "Back")
        for version in (GOOD, BAD):
            web = write_sample(self.given.top, version, os.path.join(self.folder, f"web-{version}"))
            new_bundle(self.window, web, version, makes_keys=version == GOOD,
                       **({"way": FIRST_BUNDLE} if version == GOOD else {}))
        self.key = secretservice.server_key()

    # What the server says, asked directly.

    def channel(self):
        status, state = call("GET", f"{self.server}/gatehouse/v1/apps/{APP}/channels/{CHANNEL}/state", key=self.key)
        check(status == 200, f"the state was answered with {status}: {state}")
        return state

    def roll_out(self):
        """By another person, elsewhere: the window learns of it by itself."""
        status, answer = call("POST", f"{self.server}/gatehouse/v1/apps/{APP}/channels/{CHANNEL}/actions", key=self.key,
                              body={"action": "start_rollout", "bundle": BAD, "share_bps": 5000,
                                    "intent": str(uuid.uuid4())})
        check(status == 200, f"the rollout was answered with {status}: {answer}")

    def is_taken_back(self):
        return self.channel()["channel"].get("rollout_version") is None

    def child(self):
        return children_of(self.window.process.pid, "gatehouse-server")

    def is_up(self, dead=None):
        """A server stands there and takes connections, and it is not the one that was killed."""
        child = self.child()
        if child in (None, dead) or local_server(self.window) != self.server:
            return False
        address = urllib.parse.urlsplit(self.server)
        try:
            socket.create_connection((address.hostname, address.port), timeout=5).close()
        except OSError:
            return False
        return True

    # What a person does.

    def press_on_overview(self):
        go(self.window, "Overview")
        self.window.press(f"Roll back {CHANNEL}")
        return self.window.find("button", TAKE_BACK, within=self.window.find("dialog", REVIEW))

    def press_on_channel(self):
        go(self.window, "Channels")
        self.window.press(re.compile(f"^Channel {CHANNEL}"), role="check")
        self.window.press("Take back")
        return self.window.find("button", TAKE_BACK, within=self.window.find("dialog", REVIEW))

    def it_is_back(self):
        self.window.gone("dialog", REVIEW)
        check(self.is_taken_back(), "the server has taken it back")
        found = offered_to(self.server, APP, 40, running=BAD)
        check(found == {GOOD: 40}, f"devices on {BAD} are offered {GOOD}, not {found}")
        # Read back: the window shows it, too.
        go(self.window, "Channels")
        self.window.press(re.compile(f"^Channel {CHANNEL}"), role="check")
        self.window.find("choice", f"{BAD}, taken back")

    def two_presses(self, press):
        self.roll_out()
        press().press()
        self.it_is_back()

    def told_or_done(self, verb):
        """The sheet is gone, which says it is done; or it is open, usable again, and says why not."""
        def outcome():
            sheet = self.window.sees("dialog", REVIEW)
            if sheet is None:
                return "done"
            button = self.window.sees("button", TAKE_BACK, within=sheet)
            said = self.window.sees("label", re.compile("^The (server|channel)|changed by somebody"), within=sheet)
            return said.name if button is not None and button.is_usable and said is not None else None
        verb.press()
        return outcome

    def killed(self, press, delay):
        self.roll_out()
        verb = press()
        old = self.child()
        outcome = self.told_or_done(verb)
        time.sleep(delay)  # the moment within the request is what differs between these rounds
        os.kill(old, signal.SIGKILL)
        self.settled(outcome, dead=old)

    def settled(self, outcome, dead=None):
        told = self.window.wait(outcome, "the window says what came of it", 60)
        print(f"    {told}", flush=True)
        self.window.wait(lambda: self.is_up(dead), "the server is back", 60)
        if told != "done":
            self.window.picture("take-back-not-done")
            # Shown as not done: it can be pressed again, or it was done after all and the window learns it.
            self.window.find("label", "Live")
            if not self.is_taken_back():
                self.window.press(TAKE_BACK, within=self.window.find("dialog", REVIEW))
                self.window.wait(lambda: self.window.sees("dialog", REVIEW) is None, "the second press does it", 30)
            else:
                self.window.press("Close the review sheet")
        self.it_is_back()

    def slow(self, press):
        """The server stands still for a while, as on a machine that swaps."""
        self.roll_out()
        verb = press()
        process = self.child()
        os.kill(process, signal.SIGSTOP)
        try:
            outcome = self.told_or_done(verb)
            end = time.monotonic() + DOWNTIME
            while time.monotonic() < end:
                check(outcome() is None, "nothing is said to be done while the server stands still")
            self.window.picture("take-back-slow")
        finally:
            os.kill(process, signal.SIGCONT)
        self.settled(outcome)

    def one_press_on_an_alert(self):
        self.roll_out()
        go(self.window, "Overview")
        for number in range(FAILING):
            device = str(uuid.uuid5(uuid.NAMESPACE_URL, f"gatehouse-back/{number}"))
            ask_as_device(self.server, APP, device=device, platform="android", running=GOOD)
            call("POST", f"{self.server}/stats", {
                "platform": "android", "device_id": device, "app_id": APP, "custom_id": "", "version_build": "1.0.0",
                "version_code": "1", "version_os": "15", "version_name": BAD, "old_version_name": GOOD,
                "action": "update_fail", "plugin_version": "8.51.14", "is_emulator": False, "is_prod": True,
                "defaultChannel": ""})
        button = self.window.find("button", "Take back the failing bundle")
        self.window.picture("take-back-alert")
        old = self.child()
        button.press()
        os.kill(old, signal.SIGKILL)
        self.window.wait(lambda: self.is_up(dead=old), "the server is back", 60)

        def outcome():
            if self.is_taken_back():
                return "done"
            said = self.window.sees("label", re.compile("^The server"))
            return said.name if said else None
        told = self.window.wait(outcome, "it is done, or said not to be", 60)
        print(f"    {told}", flush=True)
        if told != "done":
            self.window.press("Take back the failing bundle")
            self.window.wait(self.is_taken_back, "the second press does it")
        self.it_is_back()

    def end(self):
        code = self.window.end()
        check(code == 0, f"the window ended with {code}")


def main():
    story = Story(options(__doc__))
    tell([("start with two bundles", story.start),
          ("two presses from the overview", lambda: story.two_presses(story.press_on_overview)),
          ("two presses from the channel", lambda: story.two_presses(story.press_on_channel)),
          ("a slow server", lambda: story.slow(story.press_on_channel)),
          ("the server dies at once", lambda: story.killed(story.press_on_overview, 0)),
          ("the server dies a moment later", lambda: story.killed(story.press_on_channel, 0.01)),
          ("one press on an alert, and the server dies", story.one_press_on_an_alert),
          ("close", story.end)], lambda: story.window)
    print("What is taken back is taken back.")


if __name__ == "__main__":
    main()
