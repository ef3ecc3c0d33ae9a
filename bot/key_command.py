"""`mithaq key add|list|remove`: the keys that programs send."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from bot.api_keys import ApiKeys
from bot.settings import Settings

Run = Callable[[argparse.Namespace, Settings, object], int]
Add = Callable[[str, Run, str], argparse.ArgumentParser]


def add_key_commands(add: Add) -> None:
    """The actions of the command; `add` makes one of a name, of what it runs and of its description."""
    add("add", key_add, "make a key and print it; it cannot be shown again").add_argument("name", metavar="NAME")
    add("list", key_list, "list the names of the keys and when they were made")
    add("remove", key_remove, "make a key invalid at once").add_argument("name", metavar="NAME")


def key_add(options: argparse.Namespace, settings: Settings, _: object) -> int:
    """Print a new key."""
    print(ApiKeys(settings.home).add(options.name))
    return 0


def key_list(_: argparse.Namespace, settings: Settings, __: object) -> int:
    """Print who has a key."""
    for key in ApiKeys(settings.home).all():
        print(f"{key.made}  {key.name}")
    return 0


def key_remove(options: argparse.Namespace, settings: Settings, _: object) -> int:
    """Take a key away."""
    ApiKeys(settings.home).remove(options.name)
    print(f"The key {options.name} is not valid any more.")
    return 0
