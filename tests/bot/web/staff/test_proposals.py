"""Proposals while they are being made."""

from __future__ import annotations

import threading

import pytest

from bot.web.staff.proposals import Making, Progress, Proposals
from corpus import ChatModelError


def wait(proposals: Proposals, path: str) -> Making | None:
    for thread in threading.enumerate():
        if thread.name == "propose-translation":
            thread.join(10)
    return proposals.at(path)


def test_one_is_made_at_a_time_and_says_how_far_it_is() -> None:
    proposals, go_on = Proposals(), threading.Event()
    begun = threading.Event()

    def make(progress: Progress) -> None:
        progress(1, 3)
        begun.set()
        go_on.wait(10)

    assert proposals.start("a", make)
    assert begun.wait(10)
    assert proposals.at("a") == Making(1, 3)
    assert not proposals.start("b", make)
    proposals.forget("a")
    assert proposals.at("a") == Making(1, 3)
    go_on.set()
    assert wait(proposals, "a") is None
    assert proposals.start("b", make)
    assert wait(proposals, "b") is None


@pytest.mark.parametrize(
    ("error", "said"), [(ChatModelError("It does not answer."), "It does not answer."), (OSError("secret"), "OSError")]
)
def test_a_failure_is_kept_until_it_was_told(error: Exception, said: str) -> None:
    proposals = Proposals()

    def make(_: Progress) -> None:
        raise error

    proposals.start("a", make)
    assert wait(proposals, "a") == Making(running=False, problem=said)
    proposals.forget("a")
    assert proposals.at("a") is None
    proposals.forget("never")
