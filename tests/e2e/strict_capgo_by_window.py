# SPDX-FileCopyrightText: 2026 Gatehouse contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The same screens against a server that has nothing but what Capgo has: what works there works, and what such a server lacks
is shown as unavailable with the reason, never as an error and never as an empty lie.

strict_capgo_by_window.py --top SOURCES --programs BIN [--pictures DIR]
"""

import os
import re
import tempfile

from desktop import Desktop
from programs import CommandLine, Fleet, Server, call, offered_to, write_sample
from steps import FIRST_BUNDLE, LATER_BUNDLE, check, create_app, go, new_bundle, options, tell

APP = "com.example.fieldnotes"
CHANNEL = "production"
GOOD = "1.1.0"
BAD = "1.2.0"
DEVICES = 30
SCENARIO = {"seed": 7, "checkin_seconds": 30, "foreground_seconds": 20, "emulator_share": 0, "dev_share": 0}
# None of these may stand anywhere: a server without numbers must not be said to count nothing.
# How many devices are pinned, Capgo does tell.
LIES = re.compile(r"(^|[^\d.,])0 (active )?devices(?! are pinned)|All of its 0 |no active device|no device was active|no outcome yet")
# A checksum may hold these digits, too.
ERRORS = re.compile(r"cannot be reached|HTTP status|\b(404|501)\b|not found|answered with an error", re.IGNORECASE)


class Story:
    def __init__(self, given):
        self.given = given
        self.folder = tempfile.mkdtemp(dir=os.environ["HOME"])
        self.server = Server(given.programs, os.path.join(self.folder, "server"), "--strict-capgo")
        self.window = None
        self.fleet = None

    def honest(self, picture):
        """Nothing on the screen is an error or a number that nobody counted."""
        self.window.picture(f"capgo-{picture}")
        screen = self.window.screen()
        for wrong in (LIES, ERRORS):
            found = [line.strip() for line in screen.splitlines() if wrong.search(line)]
            check(found == [], f"{picture} does not say: {found}")

    def it_is_a_capgo_server(self):
        status, _ = call("GET", f"{self.server.url}/gatehouse/v1/capabilities", key=self.server.key)
        check(status == 404, f"the extension is hidden, not answered with {status}")

    def connect(self):
        self.window = Desktop([os.path.join(self.given.programs, "gatehouse")], "gatehouse", pictures=self.given.pictures)
        self.window.press("Connect to another server")
        self.window.write("Address", self.server.url)
        self.window.write("Name", "Self-hosted")
        self.window.write_secret("API key", "00000000-0000-4000-8000-000000000000")
        self.window.press("Connect")
        self.window.find("label", re.compile("key"))
        self.window.wait(lambda: self.window.find("field", "API key").is_usable, "another key can be given")
        self.window.picture("capgo-1-wrong-key")
        self.window.write_secret("API key", self.server.key)
        self.window.picture("capgo-1-connect")
        self.window.press("Connect")
        self.window.find("field", "App id")
        self.window.find("label", "Checked")
        self.window.find("label", re.compile("^Capgo server"))

    def create(self):
        self.honest("2-new-app")
        create_app(self.window, APP, "Field Notes")
        self.window.find("label", re.compile("^No bundle yet"))
        self.honest("3-empty-overview")
        for screen, number in (("Channels", 4), ("Monitor", 5)):
            go(self.window, screen)
            self.window.find("label", screen)
            self.honest(f"{number}-empty-{screen.lower()}")

    def ship(self, version, is_first):
        web = write_sample(self.given.top, version, os.path.join(self.folder, f"web-{version}"))
        new_bundle(self.window, web, version, makes_keys=is_first, way=FIRST_BUNDLE if is_first else LATER_BUNDLE)
        self.window.find("table")
        self.honest(f"6-bundles-{version}")

    def devices_come(self):
        public_key = os.path.join(self.folder, "public.pem")
        CommandLine(self.given.programs).run("key", "export", public_key, "--app", APP)
        self.fleet = Fleet(self.given.programs, self.server.url, APP, public_key, SCENARIO, DEVICES, 60)
        self.fleet.wait(lambda: self.fleet.running(GOOD) == DEVICES, f"every device runs {GOOD}")

    def roll_out(self):
        go(self.window, "Channels")
        self.window.press(re.compile(f"^Channel {CHANNEL}"), role="check")
        self.window.find("choice", BAD)
        freeze = self.window.find("button", "Freeze the channel")
        check(not freeze.is_usable, "a Capgo server cannot freeze: the button cannot be pressed")
        check("cannot freeze" in freeze.description, f"and says why: \"{freeze.description}\"")
        self.honest("7-channel")
        self.window.find("slider", "Rollout share in percent").set_value(50)
        self.window.press(re.compile(f"^Review: {re.escape(BAD)} to 50"))
        self.window.find("dialog", re.compile("^Review the change"))
        self.honest("8-review")
        self.window.press(re.compile(f"^Roll {re.escape(BAD)} out to 50"))
        self.window.gone("dialog", re.compile("^Review the change"))
        self.window.find("label", "Running")
        self.honest("9-rollout")
        found = offered_to(self.server.url, APP, 400, running=GOOD)
        check(140 <= found.get(BAD, 0) <= 260, f"about half of the devices are offered {BAD}, not {found}")

    def monitor(self):
        self.fleet.wait(lambda: self.fleet.running(BAD) >= 5, f"some devices run {BAD}")
        go(self.window, "Monitor")
        chart = self.window.find("chart", "Active devices by bundle")
        self.window.wait(lambda: f"{GOOD}: " in chart.description,
                         lambda: f"the chart says how many devices run {GOOD}; it says \"{chart.description}\"")
        self.window.find("label", re.compile("does not push events"))
        self.honest("10-monitor")

    def overview(self):
        go(self.window, "Overview")
        self.window.find("label", "Overview")
        self.honest("11-overview")

    def other_pages(self):
        for screen in ("Keys", "Connect a device"):
            go(self.window, screen)
            self.window.find("label", screen)
            self.honest(f"12-{screen.split()[0].lower()}")
        check(self.window.sees("button", "Restart the server and listen beyond this computer") is None,
              "another server's listening is not ours to change")

    def take_back(self):
        go(self.window, "Channels")
        self.window.pop_up(self.window.find("button", "Roll back to…"), "Down", "Return")
        sheet = self.window.find("dialog", re.compile("^Review the change"))
        self.window.press(re.compile("^Take back"), within=sheet)
        self.window.gone("dialog", re.compile("^Review the change"))
        found = offered_to(self.server.url, APP, 50, running=BAD)
        check(found == {GOOD: 50}, f"devices on {BAD} are offered {GOOD}, not {found}")
        self.fleet.wait(lambda: self.fleet.running(GOOD) == DEVICES, f"every device is back on {GOOD}")
        self.honest("13-taken-back")

    def end(self):
        self.fleet.end()
        code = self.window.end()
        check(code == 0, f"the window ended with {code}")
        self.window = None
        self.server.end()


def main():
    story = Story(options(__doc__))
    try:
        tell([("it is a Capgo server", story.it_is_a_capgo_server),
              ("connect to another server", story.connect),
              ("create an app", story.create),
              (f"ship {GOOD}", lambda: story.ship(GOOD, True)),
              ("devices come", story.devices_come),
              (f"ship {BAD}", lambda: story.ship(BAD, False)),
              ("roll it out to half", story.roll_out),
              ("monitor", story.monitor),
              ("overview", story.overview),
              ("the other pages", story.other_pages),
              ("take it back", story.take_back),
              ("close", story.end)], lambda: story.window)
    finally:
        story.server.process.kill()
    print("The window works with a server that has what Capgo has.")


if __name__ == "__main__":
    main()
