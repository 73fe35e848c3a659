# SPDX-FileCopyrightText: 2026 Gatehouse contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Looks for secrets where they must not be: arguments, environment, output, files, core files.

    needles = key_needles(pem) + text_needles("passphrase", b"correct horse")
    watched = run(["gatehouse-cli", …], needles, folders=[home, temporary])
    watched.leaks   # what was found, as sentences; empty is good
"""

import base64
import contextlib
import os
import re
import resource
import select
import signal
import subprocess
import threading
from dataclasses import dataclass, field

WINDOW = 24          # bytes of a secret that in a row are no accident
POLL_SECONDS = 0.003
LARGEST_FILE = 512 * 1024 * 1024


@dataclass(frozen=True)
class Needle:
    name: str
    form: str
    data: bytes


def text_needles(name, secret):
    """A passphrase or token as somebody might write it down by mistake."""
    if len(secret) < 8:
        raise ValueError("too short to be told from chance")
    needles = byte_needles(name, secret)
    with contextlib.suppress(UnicodeDecodeError):
        needles.append(Needle(name, "UTF-16", secret.decode("utf-8").encode("utf-16-le")))
    return needles


def byte_needles(name, secret):
    """Raw, hexadecimal and Base64 at each of its three alignments."""
    needles = [
        Needle(name, "raw", secret),
        Needle(name, "hex", secret.hex().encode()),
        Needle(name, "HEX", secret.hex().upper().encode()),
        Needle(name, "hex with colons", secret.hex(":").encode()),
    ]
    for shift in range(3):
        # The first and the last characters also hold bits of the neighbours.
        core = secret[shift:]
        core = core[:len(core) // 3 * 3]
        if len(core) >= 6:
            needles.append(Needle(name, f"Base64, alignment {shift}", base64.b64encode(core)))
            needles.append(Needle(name, f"Base64 for URLs, alignment {shift}", base64.urlsafe_b64encode(core)))
    return _unique(needles)


def key_needles(name, pem):
    """The private numbers of an RSA key (PKCS#1 or PKCS#8, PEM), each by a piece from its middle."""
    needles = []
    for number, value in enumerate(_large_integers(_pem_body(pem))):
        if number == 0:
            continue  # the modulus is public
        middle = len(value) // 2
        needles += byte_needles(f"{name}, private number {number}", value[middle - WINDOW // 2:middle + WINDOW // 2])
    if len(needles) < 10:
        raise ValueError("this is no private RSA key")
    return needles


def private_half_needles(name, public_pem):
    """What every plain form of a private RSA key holds, told from its public half alone: the end of the modulus, the
    public exponent, and then what only a private key has, the beginning of the private exponent."""
    der = base64.b64decode(b"".join(line for line in public_pem.splitlines() if not line.startswith(b"-----")).strip())
    modulus = max(_large_integers(_unwrapped(der)), key=len)
    exponent = bytes.fromhex("0203010001")
    if not der.endswith(modulus + exponent):
        raise ValueError("this is no public RSA key with the usual exponent")
    length = len(modulus)
    private = bytes([0x02, 0x82, length >> 8, length & 0xFF])
    return byte_needles(f"{name}, private half", modulus[-12:] + exponent + private)


def plain_key_needles():
    """How a private key or one of our entries with a private part begins when nobody encrypted it."""
    return [Needle("a private key", "PEM", b"PRIVATE KEY-----"), Needle("a key entry", "JSON", b'"private":"'),
            *byte_needles("an Ed25519 key", bytes.fromhex("302e020100300506032b657004220420"))]


def _unwrapped(der):
    """The PKCS#1 part of a public key: SubjectPublicKeyInfo has it in a bit string behind the name of RSA."""
    rsa = bytes.fromhex("06092a864886f70d0101010500")
    place = der.find(rsa)
    return der[place + len(rsa) + 5:] if place >= 0 else der


def _unique(needles):
    seen = {}
    for needle in needles:
        seen.setdefault(needle.data, needle)
    return list(seen.values())


def _pem_body(pem):
    body = re.search(rb"-----BEGIN [A-Z ]*PRIVATE KEY-----(.*?)-----END", pem, re.DOTALL)
    if not body:
        raise ValueError("no private key in PEM")
    return base64.b64decode(b"".join(body.group(1).split()))


def _large_integers(der):
    """All integers of 64 bytes or more in a DER structure, in order: n, d, p, q, dP, dQ, qInv."""
    found = []
    place = 0
    while place + 2 <= len(der):
        tag, length, start = der[place], der[place + 1], place + 2
        if length & 0x80:
            count = length & 0x7F
            length = int.from_bytes(der[start:start + count], "big")
            start += count
        value = der[start:start + length]
        if tag == 0x30:
            found += _large_integers(value)
        elif tag == 0x04:
            found += _large_integers(value)
        elif tag == 0x02 and length >= 64:
            found.append(value.lstrip(b"\0"))
        place = start + length
    return found


def search(data, needles, where):
    return [f"{needle.name} as {needle.form} in {where}" for needle in needles if needle.data in data]


def search_folder(folder, needles, leave_out=()):
    """Every file below the folder, and every file name."""
    leaks = []
    for here, names, files in os.walk(folder):
        names[:] = [name for name in names if os.path.join(here, name) not in leave_out]
        for name in names + files:
            leaks += search(os.fsencode(name), needles, f"the file name {os.path.join(here, name)}")
        for name in files:
            path = os.path.join(here, name)
            if os.path.islink(path) or not os.path.isfile(path) or os.path.getsize(path) > LARGEST_FILE:
                continue
            with contextlib.suppress(FileNotFoundError):
                with open(path, "rb") as file:
                    leaks += search(file.read(), needles, f"the file {path}")
    return leaks


@dataclass
class Watched:
    status: int = 0                      # as subprocess has it: negative is the signal
    output: bytes = b""
    leaks: list = field(default_factory=list)
    processes: set = field(default_factory=set)  # the program and what it started, by name


def family(root):
    """The process and its descendants."""
    parents = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            with contextlib.suppress(OSError):
                with open(f"/proc/{entry}/stat", "rb") as file:
                    # The name is in parentheses and may hold anything; the parent is the second word after it.
                    parents[int(entry)] = int(file.read().rpartition(b")")[2].split()[1])
    family = {root}
    grown = True
    while grown:
        more = {child for child, parent in parents.items() if parent in family} - family
        family |= more
        grown = bool(more)
    return family


class Watch:
    """Keeps looking, in a thread, at what a process and its descendants have as arguments and environment, so that it can
    be searched later for secrets that are not known yet."""

    def __init__(self, root):
        self._root = root
        self._seen = {}  # data -> where it was seen first
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def _look(self):
        while not self._end.is_set():
            for data, words, program, _ in _facts(self._root):
                self._seen.setdefault(data, (words, program))
            self._end.wait(POLL_SECONDS * 4)

    @property
    def programs(self):
        return {program for _, program in list(self._seen.values())}

    def end(self):
        self._end.set()
        self._thread.join()

    def leaks(self, needles):
        return [leak for data, (words, program) in list(self._seen.items())
                for leak in search(data, needles, f"{words} of {program}")]


def _facts(root):
    """(data, what it is, program, file in /proc) of a process and its descendants."""
    for process in family(root):
        for name, words in (("cmdline", "the arguments"), ("environ", "the environment")):
            with contextlib.suppress(OSError):
                with open(f"/proc/{process}/{name}", "rb") as file:
                    data = file.read()
                yield data, words, os.path.basename(os.readlink(f"/proc/{process}/exe")), name


def _look_at_processes(root, needles, watched, seen):
    for data, words, program, name in _facts(root):
        if (name, data) not in seen:
            seen.add((name, data))
            watched.processes.add(program)
            watched.leaks += search(data, needles, f"{words} of {program}")


def run(command, needles, folders=(), leave_out=(), stdin=None, environment=None, cwd=None, timeout=120):
    """Runs the command to its end and looks, all the time, at it and at what it starts; then at the folders."""
    watched = Watched()
    seen = set()
    with subprocess.Popen(command, stdin=subprocess.PIPE if stdin is not None else subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment, cwd=cwd) as process:
        if stdin is not None:
            process.stdin.write(stdin)
            process.stdin.close()
        os.set_blocking(process.stdout.fileno(), False)
        rounds_left = int(timeout / POLL_SECONDS)
        is_open = True
        while is_open or process.poll() is None:
            _look_at_processes(process.pid, needles, watched, seen)
            if is_open and select.select([process.stdout], [], [], POLL_SECONDS)[0]:
                data = process.stdout.read()
                if data == b"":
                    is_open = False
                elif data:
                    watched.output += data
            if not is_open and process.poll() is None:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(POLL_SECONDS)
            rounds_left -= 1
            if rounds_left < 0:
                process.kill()
                raise TimeoutError(f"{command[0]} did not end. It said: {watched.output!r}")
        watched.status = process.returncode
    watched.leaks += search(watched.output, needles, "the output")
    for folder in folders:
        watched.leaks += search_folder(folder, needles, leave_out)
    watched.leaks = sorted(set(watched.leaks))
    return watched


def dumps_core(command, crash_after, environment=None, cwd=None, timeout=60):
    """Starts the command, sends it SIGSEGV after it said crash_after, and asks the kernel whether it wrote a core file.

    @return (signal that ended it, True when a core was written)
    """
    reading, writing = os.pipe()
    process = os.fork()
    if process == 0:
        try:
            hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
            resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))
            if cwd:
                os.chdir(cwd)
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            os.dup2(writing, 1)
            os.dup2(writing, 2)
            os.closerange(3, 256)
            os.execvpe(command[0], command, environment or os.environ)
        finally:
            os._exit(127)
    os.close(writing)
    said = b""
    while crash_after not in said:
        if not select.select([reading], [], [], timeout)[0]:
            os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)
            raise TimeoutError(f"{command[0]} did not say {crash_after!r} but {said!r}")
        data = os.read(reading, 65536)
        if not data:
            break
        said += data
    if crash_after not in said:
        os.waitpid(process, 0)
        raise RuntimeError(f"{command[0]} ended before it said {crash_after!r}. It said {said!r}")
    os.kill(process, signal.SIGSEGV)
    _, status = os.waitpid(process, 0)
    os.close(reading)
    return (os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0), os.WCOREDUMP(status)
