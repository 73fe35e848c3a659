# SPDX-FileCopyrightText: 2026 Gatehouse contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Secret Service of the session, as a test needs it: started locked, unlocked as at a login, and read."""

import base64
import json
import subprocess

from gi.repository import Gio, GLib

from programs import wait

NAME = "org.freedesktop.secrets"
TOP = "/org/freedesktop/secrets"


# Kept: a session of the Secret Service ends with the connection that opened it.
BUS = Gio.bus_get_sync(Gio.BusType.SESSION, None)


def call(path, interface, method, arguments, answer):
    return BUS.call_sync(NAME, path, interface, method, arguments, GLib.VariantType.new(answer),
                         Gio.DBusCallFlags.NONE, 20000, None).unpack()


def daemon(*options, password):
    """gnome-keyring-daemon goes into the background by itself. It reads a password up to the end of its input."""
    subprocess.run(["gnome-keyring-daemon", *options, "--components=secrets"], check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL, input=password.encode())


def default_collection():
    """Its path; None while the service is not there yet."""
    try:
        path = call(TOP, "org.freedesktop.Secret.Service", "ReadAlias", GLib.Variant("(s)", ("default",)), "(o)")[0]
        return path if path != "/" else None
    except GLib.Error:
        return None


def start_locked(password):
    """A keyring with a password is there, and nobody has given it yet."""
    daemon("--unlock", password=password)
    wait(default_collection, "the keyring is there")
    lock()


def lock():
    collection = default_collection()
    call(TOP, "org.freedesktop.Secret.Service", "Lock", GLib.Variant("(ao)", ([collection],)), "(aoo)")
    if not is_locked(collection):
        raise AssertionError("the keyring cannot be locked")


def is_locked(collection):
    return call(collection, "org.freedesktop.DBus.Properties", "Get",
                GLib.Variant("(ss)", ("org.freedesktop.Secret.Collection", "Locked")), "(v)")[0]


def unlock(password):
    """As at a login: a daemon takes the place of the one before and gets the password."""
    daemon("--replace", "--unlock", password=password)
    wait(lambda: default_collection() and not is_locked(default_collection()), "the keyring is open")


def count():
    """How many things the keyring holds, open or locked."""
    unlocked, locked = call(TOP, "org.freedesktop.Secret.Service", "SearchItems", GLib.Variant("(a{ss})", ({},)), "(aoao)")
    return len(unlocked) + len(locked)


def entries():
    """What Gatehouse keeps in the open keyring: (kind, private part). QtKeychain writes bytes as Base64."""
    session = call(TOP, "org.freedesktop.Secret.Service", "OpenSession",
                   GLib.Variant("(sv)", ("plain", GLib.Variant("s", ""))), "(vo)")[1]
    unlocked, _ = call(TOP, "org.freedesktop.Secret.Service", "SearchItems", GLib.Variant("(a{ss})", ({},)), "(aoao)")
    found = []
    for item in unlocked:
        secret = call(item, "org.freedesktop.Secret.Item", "GetSecret", GLib.Variant("(o)", (session,)), "((oayays))")[0]
        entry = json.loads(base64.b64decode(bytes(secret[2])))
        if "private" in entry:
            found.append((entry["kind"], base64.b64decode(entry["private"])))
    return found


def server_key():
    """Of the only server."""
    keys = [private.decode() for kind, private in entries() if kind == "server-key"]
    if len(keys) != 1:
        raise AssertionError(f"there are {len(keys)} keys of servers in the keyring")
    return keys[0]
