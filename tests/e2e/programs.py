# SPDX-FileCopyrightText: 2026 Gatehouse contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The programs beside the desktop, as tests use them: server, fleet, command line, and one device asked by hand."""

import json
import os
import re
import shutil
import subprocess
import threading
import time
import urllib.error
import urllib.request
import uuid

PATIENCE = 60.0


class Failed(AssertionError):
    """A program did not do what it should."""


def wait(condition, what, patience=PATIENCE):
    """The first true value of condition()."""
    deadline = time.monotonic() + patience
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise Failed(f"{what}: not within {patience:g} s")
        time.sleep(0.05)


def call(method, url, body=None, key=None):
    """Status and JSON of one request."""
    headers = {"Content-Type": "application/json"}
    if key:
        headers["capgkey"] = key
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data=data, headers=headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, json.loads(answer.read() or b"null")
    except urllib.error.HTTPError as refused:
        return refused.code, json.loads(refused.read() or b"null")


def ask_as_device(server, app, running="1.0.0", native="1.0.0", platform="ios", device=None, plugin="8.51.14"):
    """What the server offers to one device: the answer of POST /updates. Asking twice with one id is one device."""
    info = {
        "platform": platform, "device_id": device or str(uuid.uuid4()), "app_id": app, "custom_id": "",
        "version_build": native, "version_code": "1", "version_os": "18.5", "version_name": running,
        "plugin_version": plugin, "is_emulator": False, "is_prod": True, "defaultChannel": "",
    }
    status, answer = call("POST", f"{server}/updates", info)
    if status != 200:
        raise Failed(f"an update check was answered with {status}: {answer}")
    return answer


def offered_to(server, app, count, **device):
    """How many of so many devices, always the same ones, are offered which version. None: nothing new."""
    found = {}
    for number in range(count):
        name = str(uuid.uuid5(uuid.NAMESPACE_URL, f"gatehouse-e2e/{number}"))
        answer = ask_as_device(server, app, device=name, **device)
        version = None if "error" in answer else answer["version"]
        found[version] = found.get(version, 0) + 1
    return found


class Server:
    """gatehouse-server alone, on loopback."""

    def __init__(self, programs, folder, *options):
        self.program = os.path.join(programs, "gatehouse-server")
        self.folder = folder
        self.key = subprocess.run([self.program, "create-key", "e2e", "--data", folder], check=True,
                                  capture_output=True, text=True).stdout.strip()
        self.process = subprocess.Popen([self.program, "--data", folder, "--listen", "127.0.0.1:0", *options],
                                        stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        found = re.search(r"https?://[^\s,]+", line)
        if not found:
            self.process.kill()
            raise Failed(f"the server did not say where it listens: {line!r}")
        self.url = found.group(0).rstrip("/")

    def create_app(self, app, name):
        status, organizations = call("GET", f"{self.url}/organization", key=self.key)
        if status != 200:
            raise Failed(f"no organizations: {status} {organizations}")
        status, answer = call("POST", f"{self.url}/app", key=self.key,
                              body={"app_id": app, "name": name, "owner_org": organizations[0]["id"]})
        if status != 200:
            raise Failed(f"no app: {status} {answer}")

    def end(self):
        self.process.terminate()
        code = self.process.wait(PATIENCE)
        if code != 0:
            raise Failed(f"the server ended with {code}")


class CommandLine:
    """gatehouse-cli."""

    def __init__(self, programs, server=None, key_file=None):
        self.program = os.path.join(programs, "gatehouse-cli")
        self.more = []
        if server:
            self.more = ["--server", server, "--key-file", key_file]

    def run(self, *arguments, on_server=False, fails=False, passphrase=""):
        """The JSON that a command answers. It finds the passphrase on standard input."""
        command = [self.program, *arguments, "--json", *(self.more if on_server else [])]
        done = subprocess.run(command, capture_output=True, text=True, input=passphrase, timeout=300)
        if (done.returncode != 0) != fails:
            raise Failed(f"{' '.join(arguments)} ended with {done.returncode}: {done.stdout}{done.stderr}")
        return json.loads(done.stdout) if done.stdout.strip() else None


class Fleet:
    """gatehouse-fleet with its figures."""

    def __init__(self, programs, server, app, public_key, scenario, devices, speed):
        path = os.path.join(os.environ["HOME"], f"scenario-{uuid.uuid4().hex}.json")
        with open(path, "w", encoding="utf-8") as file:
            json.dump(scenario, file)
        self.process = subprocess.Popen(
            [os.path.join(programs, "gatehouse-fleet"), "--server", server, "--app", app, "--public-key", public_key,
             "--scenario", path, "--devices", str(devices), "--speed", str(speed), "--json", "--child"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.figures = {}
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self):
        for line in self.process.stdout:
            self.figures = json.loads(line)

    def running(self, bundle):
        return self.figures.get("running", {}).get(bundle, 0)

    def failures(self, action):
        return self.figures.get("failures", {}).get(action, 0)

    def wait(self, condition, what, patience=PATIENCE):
        def check():
            if self.process.poll() is not None:
                raise Failed(f"the fleet ended with {self.process.returncode}")
            return condition()
        try:
            wait(check, what, patience)
        except Failed as failure:
            raise Failed(f"{failure}\nfigures: {json.dumps(self.figures)}") from None

    def end(self):
        self.process.stdin.close()
        code = self.process.wait(PATIENCE)
        self.reader.join(PATIENCE)
        if code != 0:
            raise Failed(f"the fleet ended with {code}")


def write_sample(top, version, folder):
    """The web folder of a version of the sample app."""
    demo = os.path.join(top, "resources", "demo")
    shutil.copytree(os.path.join(demo, "web"), folder)
    changed = os.path.join(demo, "versions", version)
    if os.path.isdir(changed):
        shutil.copytree(changed, folder, dirs_exist_ok=True)
    return folder


def children_of(pid, name=None):
    """The processes that another one started; with a name: the one with it, or None."""
    found = []
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                with open(f"/proc/{entry}/stat", encoding="utf-8", errors="replace") as file:
                    # The program's name is in parentheses, cut to 15 letters.
                    before, after = file.read().rsplit(")", 1)
            except OSError:
                continue
            if int(after.split()[1]) == pid and after.split()[0] != "Z":
                found.append((int(entry), before.split("(", 1)[1]))
    if name is None:
        return [process for process, _ in found]
    return next((process for process, called in found if called == name[:15]), None)


def listening_port(pid):
    """The port on which a process, or one of its children, listens on IPv4 loopback; None when there is none."""
    processes = [pid, *children_of(pid)]
    sockets = set()
    for process in processes:
        try:
            for descriptor in os.listdir(f"/proc/{process}/fd"):
                target = os.readlink(f"/proc/{process}/fd/{descriptor}")
                if target.startswith("socket:["):
                    sockets.add(target[8:-1])
        except OSError:
            continue
    with open("/proc/net/tcp", encoding="utf-8") as file:
        for line in file.readlines()[1:]:
            fields = line.split()
            if fields[3] == "0A" and fields[9] in sockets and fields[1].startswith("0100007F:"):
                return int(fields[1].split(":")[1], 16)
    return None
