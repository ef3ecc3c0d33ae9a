"""The pictures of the first page."""

from __future__ import annotations

from datetime import date

import pytest

from bot.desk.asked_questions import Outcome
from bot.desk.charts import TopicCoverage
from bot.desk.section_counts import Period
from bot.web.staff.pictures import coverage_picture, over_time_picture, topic_names
from bot.web.staff.words import load_wordings
from corpus import Language

ROWS = (TopicCoverage("premiums", {Language.FR: 3, Language.AR: 0}), TopicCoverage("<b>own</b>", {Language.FR: 1}))
PERIODS = (Period(date(2026, 11, 28), 1, {Outcome.ANSWERED: 4, Outcome.UNANSWERED: 2}),)


@pytest.mark.parametrize(
    ("language", "topic", "direction"),
    [(Language.FR, "Primes", "ltr"), (Language.AR, "المنح", "rtl"), (Language.EN, "Premiums", "ltr")],
)
def test_coverage_is_drawn_and_told_in_the_language_of_the_page(language: Language, topic: str, direction: str) -> None:
    shown = coverage_picture(load_wordings()[language], ROWS)
    assert topic in shown.svg and topic in shown.table
    assert f'direction="{direction}"' in shown.svg
    assert "<b>own" not in shown.svg + shown.table and "&lt;b&gt;own" in shown.table
    assert "style=" not in shown.svg + shown.table  # the policy of the desk would drop it


@pytest.mark.parametrize(
    ("language", "day"), [(Language.FR, "28 nov."), (Language.AR, "28 نونبر"), (Language.EN, "28 Nov")]
)
def test_questions_over_time_are_drawn_and_told(language: Language, day: str) -> None:
    shown = over_time_picture(load_wordings()[language], PERIODS)
    assert day in shown.svg and day in shown.table
    assert "<td>6</td>" in shown.table


def test_a_topic_without_a_name_keeps_its_own() -> None:
    assert topic_names(load_wordings()[Language.FR], ROWS) == {"premiums": "Primes"}
