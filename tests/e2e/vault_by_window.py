# SPDX-FileCopyrightText: 2026 Gatehouse contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where no keychain can be used: the window says so, offers to unlock it or a vault, and the vault keeps what it is given.

vault_by_window.py --top SOURCES --programs BIN [--pictures DIR]     (under virtual-display --no-keychain)
"""

import os
import re
import stat
import sys
import tempfile

from desktop import Desktop
from programs import CommandLine, offered_to, write_sample
from steps import FIRST_BUNDLE, check, create_app, go, local_server, new_bundle, options, tell
import secretservice

sys.path.insert(0, os.path.join(os.path.dirname(os.path.realpath(__file__)), "../support/secrets"))
import leaks  # noqa: E402

APP = "com.example.vault"
VERSION = "1.1.0"
PASSPHRASE = "five brown horses under glass"
KEYRING_PASSWORD = "a keyring has one too"
DATA = os.path.join(os.environ["XDG_DATA_HOME"], "gatehouse")
VAULT = os.path.join(DATA, "keys.vault")
UNLOCK_VAULT = re.compile("^Unlock the vault$")


class Story:
    def __init__(self, given):
        self.given = given
        self.folder = tempfile.mkdtemp(dir=os.environ["HOME"])
        self.window = None
        self.fingerprint = None

    def open(self, **environment):
        self.window = Desktop([os.path.join(self.given.programs, "gatehouse")], "gatehouse", environment,
                              pictures=self.given.pictures)

    def close(self):
        code = self.window.end()
        check(code == 0, f"the window ended with {code}")
        self.window = None

    def no_keychain_is_said(self):
        self.open()
        self.window.find("label", re.compile("^There is no keychain in this session"))
        self.window.find("label", re.compile("or keep the keys in a vault with a passphrase"))
        self.window.picture("vault-1-no-keychain")
        self.window.press("Try again")
        self.window.wait(lambda: self.window.find("button", "Try again").is_usable, "it can be tried again")
        self.window.find("label", re.compile("^There is no keychain in this session"))
        # A server needs a key, too: what cannot be kept is not made, and the way out stays.
        self.window.press("Start on this computer")
        self.window.wait(lambda: self.window.find("button", "Start on this computer").is_usable, "the start is refused")
        self.window.find("button", "Use a passphrase vault…")
        check(not os.path.exists(VAULT), "no vault is made before a person wants it")

    def make_a_vault(self):
        self.window.press("Use a passphrase vault…")
        sheet = self.window.find("dialog", "A new vault")
        self.window.write_secret("Passphrase", "short")
        self.window.find("label", re.compile("^At least 10 characters"), within=sheet)
        self.window.write_secret("Passphrase", PASSPHRASE)
        self.window.write_secret("Passphrase again", PASSPHRASE + "x")
        self.window.find("label", "Type the same passphrase once more.", within=sheet)
        check(not self.window.find("button", "Make the vault", sheet).is_usable, "two different passphrases are refused")
        self.window.write_secret("Passphrase again", PASSPHRASE)
        self.window.picture("vault-2-new")
        self.window.press("Make the vault")
        self.window.gone("dialog", "A new vault")
        # What was wanted before goes on by itself.
        self.window.find("field", "App id")
        self.window.find("button", "Keychain state: Vault unlocked")

    def ship(self):
        create_app(self.window, APP, "Vault")
        web = write_sample(self.given.top, VERSION, os.path.join(self.folder, "web"))
        new_bundle(self.window, web, VERSION, makes_keys=True, way=FIRST_BUNDLE)
        found = offered_to(local_server(self.window), APP, 5)
        check(found == {VERSION: 5}, f"every device is offered {VERSION}, not {found}")
        self.fingerprint = self.fingerprint_of_the_key()

    def fingerprint_of_the_key(self):
        go(self.window, "Keys")
        self.window.find("label", re.compile("^RSA-2048"))
        return self.window.find("label", re.compile(r"^\w+ \w+ \w+ \w+ \w+ \w+$")).name

    def nothing_is_in_plain_text(self):
        mode = stat.S_IMODE(os.stat(VAULT).st_mode)
        check(mode == 0o600, f"the vault is for its owner only, not {mode:o}")
        public = os.path.join(self.folder, "public.pem")
        CommandLine(self.given.programs).run("key", "export", public, "--app", APP, "--vault", VAULT,
                                             "--passphrase-fd", "0", passphrase=PASSPHRASE)
        with open(public, "rb") as file:
            needles = leaks.private_half_needles("the bundle key", file.read())
        needles += leaks.plain_key_needles() + leaks.text_needles("the passphrase", PASSPHRASE.encode())
        found = leaks.search_folder(os.environ["HOME"], needles)
        check(found == [], f"nothing secret lies in plain text: {found}")

    def it_asks_at_the_next_start(self):
        self.open()
        sheet = self.window.find("dialog", UNLOCK_VAULT)
        self.window.find("label", "The vault is locked.")
        self.window.write_secret("Passphrase", PASSPHRASE + "x")
        self.window.press("Unlock", within=sheet)
        self.window.find("label", re.compile("^The passphrase is wrong"), within=sheet)
        check(not self.window.find("button", "Unlock", sheet).is_usable, "the wrong passphrase is gone")
        self.window.wait(lambda: self.window.find("field", "Passphrase").is_usable, "it can be tried again")
        self.window.picture("vault-3-wrong-passphrase")
        self.window.write_secret("Passphrase", PASSPHRASE)
        self.window.press("Unlock", within=sheet)
        self.window.gone("dialog", UNLOCK_VAULT)
        self.window.find("label", "Overview")
        found = self.fingerprint_of_the_key()
        check(found == self.fingerprint, f"the key is the same: {self.fingerprint}, not {found}")
        self.window.find("label", "Release manager")
        self.window.picture("vault-4-keys")
        found = offered_to(local_server(self.window), APP, 5)
        check(found == {VERSION: 5}, f"the server is the same: {found}")

    def who_gives_up_can_ask_again(self):
        self.open()
        self.window.find("dialog", UNLOCK_VAULT)
        self.window.press("Close the review sheet")
        self.window.gone("dialog", UNLOCK_VAULT)
        self.window.find("label", "The vault is locked.")
        self.window.press("Unlock the vault…")
        self.window.find("dialog", UNLOCK_VAULT)
        self.window.write_secret("Passphrase", PASSPHRASE)
        self.window.press("Unlock")
        self.window.find("label", "Overview")

    def a_locked_keychain_is_said(self):
        secretservice.start_locked(KEYRING_PASSWORD)
        # Somebody else's desktop: nothing is known of the vault.
        home = tempfile.mkdtemp(dir=os.environ["HOME"])
        self.open(XDG_CONFIG_HOME=os.path.join(home, "config"), XDG_DATA_HOME=os.path.join(home, "data"))
        self.window.find("label", "The keychain is locked.")
        self.window.find("button", "Use a passphrase vault…")
        self.window.press("Start on this computer")
        self.window.wait(lambda: self.window.find("button", "Start on this computer").is_usable, "the start is refused")
        self.window.find("label", "The keychain is locked.")
        self.window.picture("vault-5-locked")
        check(secretservice.count() == 0, "nothing was written into a keyring that is locked")
        # A person unlocks it in another window, and says so here.
        secretservice.unlock(KEYRING_PASSWORD)
        self.window.press("Unlock and try again")
        self.window.find("field", "App id")
        self.window.find("button", "Keychain state: Keychain unlocked")
        check(len(secretservice.server_key()) == 36, "the server's key is in the keyring")


def main():
    story = Story(options(__doc__))
    tell([("no keychain is said", story.no_keychain_is_said),
          ("make a vault", story.make_a_vault),
          ("ship a bundle with keys from it", story.ship),
          ("nothing is in plain text", story.nothing_is_in_plain_text),
          ("close", story.close),
          ("it asks at the next start, and refuses a wrong passphrase", story.it_asks_at_the_next_start),
          ("close", story.close),
          ("who gives up can ask again", story.who_gives_up_can_ask_again),
          ("close", story.close),
          ("a locked keychain is said, and opens without a new start", story.a_locked_keychain_is_said),
          ("close", story.close)], lambda: story.window)
    print("A vault does where no keychain can be used.")


if __name__ == "__main__":
    main()
