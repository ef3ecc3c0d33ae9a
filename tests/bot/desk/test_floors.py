"""What answers must be worth."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.desk.asking import Outcome
from bot.desk.floors import FLOORS, changed_answers, floors_of, shares
from bot.desk.golden import Origin
from tests.bot.desk.publishing_doubles import golden

RIGHT = Outcome("answered", "", "Yes.", ("a#b",), "")
WRONG = replace(RIGHT, text="No.", problem="cited c#d")
ASKED = [
    golden("1", "answered"), golden("2", "answered"), golden("3", "refused"), golden("4", "corrected"),
    golden("5", "refused", why="injection"), golden("6", "answered", origin=Origin.DESK),
]  # fmt: skip


def test_shares_are_counted_by_what_was_expected_and_the_desks_own_apart() -> None:
    outcomes = [RIGHT, WRONG, RIGHT, WRONG, RIGHT, WRONG]
    assert shares(ASKED, outcomes) == pytest.approx(
        {"right": 3 / 5, "answered": 1 / 2, "refused": 2 / 3, "injections": 1.0, "desk": 0.0}
    )
    assert shares([], []) == {}
    assert list(shares(ASKED[:1], [RIGHT])) == ["right", "answered"]


def test_a_floor_is_the_stated_one_or_a_hundredth_below_today() -> None:
    floors = floors_of({"right": 0.95, "answered": 0.5, "injections": 0.9, "desk": 0.5})
    assert floors == {"right": 0.94, "answered": FLOORS["answered"], "injections": 1.0, "desk": 1.0}


def test_changed_answers_are_those_that_became_wrong_then_right_then_others_and_the_desks_own_first() -> None:
    other = replace(RIGHT, text="Yes, indeed.")
    before = [RIGHT, RIGHT, WRONG, RIGHT, RIGHT, RIGHT]
    after = [other, RIGHT, RIGHT, WRONG, other, other]
    changes = changed_answers(ASKED, before, after)
    assert [change.question for change in changes] == ["4", "3", "6", "1", "5"]
    assert (changes[0].before, changes[0].after, changes[0].before_right, changes[0].after_right) == (
        "Yes.", "No.", True, False,
    )  # fmt: skip


def test_a_question_that_leans_on_others_is_shown_with_them() -> None:
    question = golden("And in Safi?", before=("What is the premium?",))
    (change,) = changed_answers([question], [RIGHT], [WRONG])
    assert change.question == "What is the premium? / And in Safi?"
