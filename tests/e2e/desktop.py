# SPDX-FileCopyrightText: 2026 Gatehouse contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives a program from outside, as a screen reader would: finds what is on the screen by role and name, and acts.

Nothing waits for a fixed time: every wait is for a condition, with a deadline. A failed wait says what is on the
screen and leaves a picture.
"""

import os
import re
import subprocess
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

PATIENCE = 30.0
STEP = 0.05
MAX_CHILDREN = 400
ROLES = {
    "button": (Atspi.Role.PUSH_BUTTON, Atspi.Role.TOGGLE_BUTTON, Atspi.Role.PUSH_BUTTON_MENU),
    "check": (Atspi.Role.CHECK_BOX, Atspi.Role.RADIO_BUTTON, Atspi.Role.TOGGLE_BUTTON),
    "field": (Atspi.Role.TEXT, Atspi.Role.ENTRY, Atspi.Role.PASSWORD_TEXT),
    "choice": (Atspi.Role.COMBO_BOX,),
    "slider": (Atspi.Role.SLIDER,),
    "number": (Atspi.Role.SPIN_BUTTON,),
    "label": (Atspi.Role.LABEL, Atspi.Role.STATIC, Atspi.Role.HEADING),
    "chart": (Atspi.Role.CHART,),
    "dialog": (Atspi.Role.DIALOG,),
    "table": (Atspi.Role.TABLE, Atspi.Role.TREE, Atspi.Role.TREE_TABLE, Atspi.Role.LIST),
    "item": (Atspi.Role.LIST_ITEM, Atspi.Role.MENU_ITEM, Atspi.Role.TABLE_CELL, Atspi.Role.TREE_ITEM),
}


class Failed(AssertionError):
    """Something was not on the screen in time, or did not do what it should."""


def settle():
    """Lets the accessibility library read what has arrived."""
    context = GLib.MainContext.default()
    while context.pending():
        context.iteration(False)


def wait(condition, what, patience=PATIENCE):
    """The first true value of condition(). Errors of the bus count as "not yet": the tree changes while one looks."""
    deadline = time.monotonic() + patience
    while True:
        settle()
        try:
            value = condition()
        except GLib.Error:
            value = None
        if value:
            return value
        if time.monotonic() > deadline:
            told = what() if callable(what) else what
            raise Failed(f"{told}: not within {patience:g} s")
        time.sleep(STEP)


def matches(wanted, text):
    """A text that is equal, or a compiled pattern that is found in it."""
    if wanted is None:
        return True
    return bool(wanted.search(text)) if isinstance(wanted, re.Pattern) else wanted == text


class Node:
    """One thing on the screen."""

    def __init__(self, accessible, desktop):
        self.accessible = accessible
        self.desktop = desktop

    @property
    def name(self):
        return self.accessible.get_name() or ""

    @property
    def description(self):
        return self.accessible.get_description() or ""

    @property
    def role(self):
        return self.accessible.get_role()

    def has(self, state):
        return self.accessible.get_state_set().contains(state)

    @property
    def is_usable(self):
        return self.has(Atspi.StateType.SHOWING) and self.has(Atspi.StateType.ENABLED)

    @property
    def is_checked(self):
        return self.has(Atspi.StateType.CHECKED) or self.has(Atspi.StateType.PRESSED)

    @property
    def text(self):
        interface = self.accessible.get_text_iface()
        return Atspi.Text.get_text(interface, 0, -1) if interface else self.name

    @property
    def value(self):
        return self.accessible.get_value_iface().get_current_value()

    def children(self):
        count = min(self.accessible.get_child_count(), MAX_CHILDREN)
        for index in range(count):
            child = self.accessible.get_child_at_index(index)
            if child is not None:
                yield Node(child, self.desktop)

    def walk(self, depth=0):
        """This and all that is showing below it, as (depth, node)."""
        yield depth, self
        for child in self.children():
            if child.has(Atspi.StateType.SHOWING) or child.role in (Atspi.Role.APPLICATION, Atspi.Role.FRAME):
                yield from child.walk(depth + 1)

    def press(self):
        wait(lambda: self.is_usable, f"\"{self.name}\" can be pressed")
        action = self.accessible.get_action_iface()
        if action is None or action.get_n_actions() == 0 or not action.do_action(0):
            raise Failed(f"\"{self.name}\" cannot be pressed")
        settle()

    def write(self, text):
        wait(lambda: self.is_usable, f"\"{self.name}\" can be written to")
        interface = self.accessible.get_editable_text_iface()
        if interface is None or not Atspi.EditableText.set_text_contents(interface, text):
            raise Failed(f"\"{self.name}\" takes no text")
        wait(lambda: self.text == text, f"\"{self.name}\" holds \"{text}\"")

    def write_secret(self, text):
        """Into a field that shows dots only."""
        wait(lambda: self.is_usable, f"\"{self.name}\" can be written to")
        interface = self.accessible.get_editable_text_iface()
        if interface is None or not Atspi.EditableText.set_text_contents(interface, text):
            raise Failed(f"\"{self.name}\" takes no text")
        count = self.accessible.get_text_iface()
        wait(lambda: Atspi.Text.get_character_count(count) == len(text), f"\"{self.name}\" holds {len(text)} letters")
        if text in self.text:
            raise Failed(f"\"{self.name}\" shows what was typed")

    def set_value(self, value):
        wait(lambda: self.is_usable, f"\"{self.name}\" can be moved")
        if not self.accessible.get_value_iface().set_current_value(value):
            raise Failed(f"\"{self.name}\" takes no value")
        settle()

    def box(self):
        rectangle = self.accessible.get_component_iface().get_extents(Atspi.CoordType.SCREEN)
        return rectangle.x, rectangle.y, rectangle.width, rectangle.height

    def click(self):
        """With the real pointer, in its middle: for what has no action of its own."""
        x, y, width, height = self.box()
        subprocess.run(["xdotool", "mousemove", str(x + width // 2), str(y + height // 2), "click", "1"], check=True)
        settle()


class Desktop:
    """A program that runs, and its tree."""

    def __init__(self, command, name, environment=None, pictures=None, output=None):
        """@param output  a file for what the program prints; else it goes where this program's goes"""
        self.pictures = pictures
        self.process = subprocess.Popen(command, env={**os.environ, **(environment or {})}, stdout=output, stderr=output)
        self.name = name
        try:
            self.application = wait(self._application, f"the program \"{name}\" is in the accessibility tree")
        except Failed:
            self.process.kill()
            raise

    def _application(self):
        if self.process.poll() is not None:
            raise Failed(f"\"{self.name}\" ended with code {self.process.returncode}")
        desktop = Atspi.get_desktop(0)
        for index in range(desktop.get_child_count()):
            found = desktop.get_child_at_index(index)
            if found is not None and found.get_process_id() == self.process.pid and found.get_child_count() > 0:
                # What the library remembers is older than what is on the screen.
                found.set_cache_mask(Atspi.Cache.NONE)
                return Node(found, self)
        return None

    def _look(self, role, name, within):
        roles = ROLES[role] if role else None
        for _, node in (within or self.application).walk():
            if (roles is None or node.role in roles) and matches(name, node.name):
                return node
        return None

    def sees(self, role=None, name=None, within=None):
        """What matches now, or None."""
        settle()
        try:
            return self._look(role, name, within)
        except GLib.Error:
            return None

    def find(self, role=None, name=None, within=None, patience=PATIENCE):
        wanted = name.pattern if isinstance(name, re.Pattern) else name
        try:
            return wait(lambda: self._look(role, name, within), f"{role or 'something'} \"{wanted}\" is there", patience)
        except Failed as failure:
            raise Failed(f"{failure}\n{self.screen()}") from None

    def gone(self, role=None, name=None, patience=PATIENCE):
        wait(lambda: self._look(role, name, None) is None, f"{role} \"{name}\" is gone", patience)

    def press(self, name, role="button", within=None, patience=PATIENCE):
        node = self.find(role, name, within, patience)
        try:
            node.press()
        except Failed as failure:
            raise Failed(f"{failure}\n{self.screen()}") from None
        return node

    def write(self, name, text):
        self.find("field", name).write(text)

    def write_secret(self, name, text):
        self.find("field", name).write_secret(text)

    def windows(self):
        """The X windows that the program shows now, pop-ups too."""
        found = subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(self.process.pid)],
                               capture_output=True, text=True, check=False)
        return set(found.stdout.split())

    def pop_up(self, node, *keys):
        """Opens what drops down from a node with the pointer, and goes on with keys. Qt keeps pop-up menus out of the
        accessibility tree, so entries are reached as one does without looking."""
        before = self.windows()
        node.click()
        self.wait(lambda: self.windows() - before, f"\"{node.name}\" drops down")
        self.key(*keys)
        self.wait(lambda: not self.windows() - before, f"what dropped down from \"{node.name}\" is gone")

    def choose(self, current, entry):
        """Takes an entry of a choice. Qt names a choice on Linux by what is chosen now."""
        letters = [f"U{ord(letter):04X}" for letter in entry]
        self.pop_up(self.find("choice", current), *letters, "Return")
        self.find("choice", entry)

    def wait(self, condition, what, patience=PATIENCE):
        try:
            return wait(condition, what, patience)
        except Failed as failure:
            raise Failed(f"{failure}\n{self.screen()}") from None

    def key(self, *keys):
        """Real keys, to the window that has the focus."""
        subprocess.run(["xdotool", "key", "--clearmodifiers", *keys], check=True)
        settle()

    def screen(self):
        """All that is showing, one line each."""
        lines = []
        try:
            for depth, node in self.application.walk():
                if node.name or node.description:
                    role = node.accessible.get_role_name()
                    state = "" if node.has(Atspi.StateType.ENABLED) else " (disabled)"
                    lines.append(f"{'  ' * depth}{role}: {node.name}{state}")
        except GLib.Error as failure:
            lines.append(f"… and then: {failure.message}")
        return "\n".join(lines)

    def picture(self, name):
        if self.pictures:
            os.makedirs(self.pictures, exist_ok=True)
            subprocess.run(["import", "-window", "root", os.path.join(self.pictures, f"{name}.png")], check=False)

    def end(self, patience=PATIENCE):
        """Closes the window as a person does, and returns the exit code."""
        if self.process.poll() is None:
            self.key("alt+F4")
            try:
                self.process.wait(patience)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        return self.process.returncode
