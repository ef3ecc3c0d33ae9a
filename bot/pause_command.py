"""`mithaq pause widget|chat`: take the button off other sites, or the whole chat out of service, without a restart."""

from __future__ import annotations

import argparse

from bot.pause import Pause, PauseFile
from bot.settings import Settings

_WHAT = {Pause.WIDGET: "The button on other sites", Pause.CHAT: "The chat"}


def add_pause_command(command: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    command.add_argument("what", choices=[*Pause], type=Pause, help="the button on other sites, or everything")
    command.add_argument("--off", action="store_true", help="go on")


def run_pause(options: argparse.Namespace, settings: Settings, _: object) -> int:
    """Write the pause down and print what holds now."""
    what: Pause = options.what
    paused = PauseFile(settings.home).change(what, paused=not options.off)
    if what in paused:
        print(f"{_WHAT[what]} is paused from the next request on. To go on: mithaq pause {what} --off")
        return 0
    still = " The chat is still paused, and the button with it: mithaq pause chat --off" if Pause.CHAT in paused else ""
    print(f"{_WHAT[what]} is not paused.{still}")
    return 0
