# SPDX-FileCopyrightText: 2026 Gatehouse contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The main job as a person does it: presses buttons of the real window, and asks the server as a device would.

main_job_by_window.py --top SOURCES --programs BIN [--pictures DIR]
"""

import os
import re
import tempfile

from desktop import Desktop
from programs import CommandLine, Fleet, offered_to, write_sample
from steps import (FIRST_BUNDLE, LATER_BUNDLE, check, create_app, go, new_bundle, options, start_on_this_computer, tell)

APP = "com.example.fieldnotes"
CHANNEL = "production"
GOOD = "1.1.0"
BAD = "1.2.0"
DEVICES = 60
SCENARIO = {
    "seed": 5, "checkin_seconds": 60, "foreground_seconds": 20, "emulator_share": 0, "dev_share": 0,
    "failures": [{"bundle": BAD, "platform": "android", "rate": 0.7, "action": "update_fail"}],
}


class Story:
    """The steps, in the order in which a person takes them."""

    def __init__(self, given):
        self.given = given
        self.folder = tempfile.mkdtemp(dir=os.environ["HOME"])
        self.window = Desktop([os.path.join(given.programs, "gatehouse")], "gatehouse", pictures=given.pictures)
        self.server = None
        self.fleet = None

    def go(self, screen):
        go(self.window, screen)

    def start_on_this_computer(self):
        self.window.picture("1-first-page")
        self.server = start_on_this_computer(self.window)

    def create_app(self):
        self.window.picture("2-app")
        create_app(self.window, APP, "Field Notes")

    def new_bundle(self, version, is_first):
        web = write_sample(self.given.top, version, os.path.join(self.folder, f"web-{version}"))
        new_bundle(self.window, web, version, makes_keys=is_first, way=FIRST_BUNDLE if is_first else LATER_BUNDLE)

    def devices_take_it(self):
        found = offered_to(self.server, APP, 20)
        check(found == {GOOD: 20}, f"every device is offered {GOOD}, not {found}")
        public_key = os.path.join(self.folder, "public.pem")
        CommandLine(self.given.programs).run("key", "export", public_key, "--app", APP)
        self.fleet = Fleet(self.given.programs, self.server, APP, public_key, SCENARIO, DEVICES, 120)
        self.fleet.wait(lambda: self.fleet.running(GOOD) == DEVICES, f"every device runs {GOOD}")

    def adoption_is_on_the_chart(self):
        self.go("Monitor")
        chart = self.window.find("chart", "Active devices by bundle")
        self.window.wait(lambda: f"{GOOD}: {DEVICES}" in chart.description,
                         lambda: f"the chart says that {DEVICES} devices run {GOOD}; it says \"{chart.description}\"")
        self.window.picture("5-monitor")

    def roll_out(self):
        self.go("Channels")
        self.window.press(re.compile(rf"^Channel {CHANNEL}"), role="check")
        self.window.find("choice", BAD)
        self.window.find("slider", "Rollout share in percent").set_value(50)
        self.window.press(re.compile(rf"^Review: {re.escape(BAD)} to 50"))
        self.window.picture("6-review")
        self.window.press(re.compile(rf"^Roll {re.escape(BAD)} out to 50"))
        self.window.find(name="Running")
        found = offered_to(self.server, APP, 400, running=GOOD)
        check(140 <= found.get(BAD, 0) <= 260, f"about half of the devices are offered {BAD}, not {found}")
        self.window.picture("7-rollout")

    def it_goes_wrong(self):
        self.fleet.wait(lambda: self.fleet.failures("update_fail") >= 5 and self.fleet.running(BAD) >= 5,
                        f"some devices run {BAD}, and on others it fails")

    def roll_back(self):
        """Two clicks, as the product promises: the button's entry, and the verb."""
        self.window.pop_up(self.window.find("button", "Roll back to…"), "Down", "Return")
        sheet = self.window.find("dialog", re.compile("^Review the change"))
        self.window.find("label", re.compile(re.escape(BAD)), within=sheet)
        self.window.picture("8-take-back")
        self.window.press(re.compile("^Take back"), within=sheet)
        self.window.gone("dialog", re.compile("^Review the change"))
        found = offered_to(self.server, APP, 100, running=BAD)
        check(found == {GOOD: 100}, f"devices on {BAD} are offered {GOOD}, not {found}")
        found = offered_to(self.server, APP, 100, running=GOOD)
        check(found == {None: 100}, f"nobody is offered {BAD} any more, but {found}")
        self.fleet.wait(lambda: self.fleet.running(GOOD) == DEVICES, f"every device is back on {GOOD}")
        self.window.picture("9-back")

    def end(self):
        self.fleet.end()
        code = self.window.end()
        check(code == 0, f"the window ended with {code}")


def main():
    story = Story(options(__doc__))
    tell([("start on this computer", story.start_on_this_computer),
          ("create the app", story.create_app),
          (f"build and upload {GOOD}", lambda: story.new_bundle(GOOD, True)),
          ("devices take it", story.devices_take_it),
          ("see it on the chart", story.adoption_is_on_the_chart),
          (f"build and upload {BAD}", lambda: story.new_bundle(BAD, False)),
          ("roll it out to half", story.roll_out),
          ("see it go wrong", story.it_goes_wrong),
          ("take it back", story.roll_back),
          ("close", story.end)], lambda: story.window)
    print("The main job works by window.")


if __name__ == "__main__":
    main()
