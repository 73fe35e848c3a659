# SPDX-FileCopyrightText: 2026 Gatehouse contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The main job without a window: keys, bundle, upload, rollout, a bad bundle, and back. Real programs, real keychain.

main_job_by_command.py --top SOURCES --programs BIN
"""

import argparse
import os
import tempfile

from programs import CommandLine, Failed, Fleet, Server, ask_as_device, offered_to, write_sample

APP = "com.example.fieldnotes"
DEVICES = 60
SCENARIO = {
    "seed": 5, "checkin_seconds": 60, "foreground_seconds": 20, "emulator_share": 0, "dev_share": 0,
    "failures": [{"bundle": "1.2.0", "platform": "android", "rate": 0.7, "action": "update_fail"}],
}


def check(holds, what):
    if not holds:
        raise Failed(what)


def ship(cli, top, folder, version, *where, delta=False):
    web = write_sample(top, version, os.path.join(folder, f"web-{version}"))
    artifact = os.path.join(folder, f"{version}.zip")
    how = ["--delta"] if delta else []
    built = cli.run("bundle", "build", web, "--app", APP, "--version", version, "--output", artifact, *how)
    check(bool(built["delta"]) == delta, f"{version} is {'' if delta else 'not '}built file by file")
    shipped = cli.run("upload", artifact, "--app", APP, *where, on_server=True)
    check(shipped["read_back"], f"{version} was not read back")


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--top", required=True)
    arguments.add_argument("--programs", required=True)
    given = arguments.parse_args()
    folder = tempfile.mkdtemp(dir=os.environ["HOME"])
    server = Server(given.programs, os.path.join(folder, "data"))
    key_file = os.path.join(folder, "key")
    with open(os.open(key_file, os.O_CREAT | os.O_WRONLY, 0o600), "w", encoding="utf-8") as file:
        file.write(server.key)
    cli = CommandLine(given.programs, server.url, key_file)
    server.create_app(APP, "Field Notes")
    cli.run("channel", "set", "production", "--app", APP, "--public", "yes", on_server=True)
    cli.run("key", "create", "--app", APP)
    public_key = os.path.join(folder, "public.pem")
    cli.run("key", "export", public_key, "--app", APP)

    ship(cli, given.top, folder, "1.1.0", "--channel", "production")
    fleet = Fleet(given.programs, server.url, APP, public_key, SCENARIO, DEVICES, 120)
    fleet.wait(lambda: fleet.running("1.1.0") == DEVICES, "every device runs 1.1.0")
    check(fleet.figures["bundles_verified"] == 1, "one bundle was fetched and verified")
    check(fleet.failures("update_fail") == 0, "1.1.0 comes up everywhere")

    ship(cli, given.top, folder, "1.2.0", "--channel", "production", "--share", "50",
         delta=True)
    share = offered_to(server.url, APP, 400, running="1.1.0")
    check(140 <= share.get("1.2.0", 0) <= 260, f"about half of the devices are offered 1.2.0, not {share}")
    offer = next(answer for answer in (ask_as_device(server.url, APP, running="1.1.0") for _ in range(100))
                 if answer.get("version") == "1.2.0")
    check(any(file["file_name"].startswith("index.html") for file in offer["manifest"]),
          f"1.2.0 is offered file by file, too, not {sorted(offer)}")
    fleet.wait(lambda: fleet.failures("update_fail") >= 5 and fleet.running("1.2.0") >= 5,
               "some devices run 1.2.0, and on others it fails")
    check(fleet.running("1.1.0") > 0, "the other half stays on 1.1.0")
    before = fleet.failures("update_fail")

    cli.run("channel", "rollback", "production", "--app", APP, "--reason", "It fails on Android.", "--yes",
            on_server=True)
    check(offered_to(server.url, APP, 100, running="1.2.0") == {"1.1.0": 100}, "devices on 1.2.0 are offered 1.1.0")
    check(offered_to(server.url, APP, 100, running="1.1.0") == {None: 100}, "nobody is offered 1.2.0 any more")
    fleet.wait(lambda: fleet.running("1.1.0") == DEVICES, "every device is back on 1.1.0")
    check(before > 0, "the failures were seen")
    fleet.end()
    check(fleet.figures["events_lost"] == 0, f"events were lost: {fleet.figures}")
    server.end()
    print("The main job works by command.")


if __name__ == "__main__":
    main()
