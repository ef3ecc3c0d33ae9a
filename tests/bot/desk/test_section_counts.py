"""Sections are counted by the answers that cite them, questions by the day they were asked."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.desk.asked_questions import Outcome
from bot.desk.section_counts import count_over_time, count_sections, count_sections_never_cited
from corpus import Language
from index import SearchIndex
from tests.bot.desk.listening_doubles import NOW, Asked, days_ago
from tests.index.doubles import built


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> SearchIndex:
    return built(tmp_path_factory.mktemp("home"))


def answered(*sections: str, helpful: bool | None = None, days: float = 0) -> Asked:
    return Asked("?", status="answered", reason=None, sections=sections, helpful=helpful, asked_at=days_ago(days))


def test_sections_are_counted_once_an_answer_with_the_opinions_on_it(index: SearchIndex) -> None:
    asked = [answered("charter#jobs", "charter#jobs"), answered("charter#jobs", "charter#cap", helpful=True)]
    counts = count_sections([*asked, answered("gone#away", helpful=False)], index)
    assert [(one.section_id, one.count, one.helpful, one.unhelpful) for one in counts] == [
        ("charter#jobs", 2, 1, 0), ("charter#cap", 1, 1, 0), ("gone#away", 1, 0, 1),
    ]  # fmt: skip


def test_a_section_is_named_in_the_language_of_the_page_and_by_its_id_when_it_is_gone(index: SearchIndex) -> None:
    jobs, gone = count_sections([answered("charter#jobs"), answered("charter#jobs", "gone#away")], index)
    assert jobs.heading(Language.FR) == "Quels emplois comptent ?"
    assert gone.heading(Language.FR) == "gone#away"
    (olives,) = count_sections([answered("region#olives")], index)
    assert olives.heading(Language.AR) == "Where do olives grow?"


def test_sections_never_cited_stand_in_the_order_of_the_index(index: SearchIndex) -> None:
    never = count_sections_never_cited([answered("charter#jobs")], index)
    assert [one.section_id for one in never] == ["charter#cap", "region#olives"]
    assert count_sections_never_cited([answered("charter#jobs", "charter#cap", "region#olives")], index) == ()


def test_up_to_a_month_is_counted_by_days_and_the_last_one_is_today() -> None:
    periods = count_over_time([answered(), answered(days=1), Asked("?", asked_at=days_ago(6.9))], NOW, 7)
    assert [period.start for period in periods] == [NOW.date() - timedelta(days=6 - day) for day in range(7)]
    assert [period.total for period in periods] == [0, 0, 0, 0, 0, 1, 1]
    assert periods[-1].counts == {
        Outcome.ANSWERED: 1, Outcome.CAUTIOUS: 0, Outcome.UNANSWERED: 0, Outcome.REFUSED: 0,
    }  # fmt: skip


def test_longer_times_are_counted_by_weeks_without_losing_a_day() -> None:
    asked = [answered(days=day) for day in range(90)]
    periods = count_over_time(asked, NOW, 90)
    assert {period.days for period in periods} == {7}
    assert sum(period.total for period in periods) == 90
    assert periods[-1].start + timedelta(days=6) == NOW.date()


def test_talk_is_not_counted_and_a_clock_ahead_does_not_break_it() -> None:
    ahead = Asked("?", asked_at=NOW + timedelta(days=2))
    periods = count_over_time([Asked("hi", status="greeting", reason=None), ahead], NOW, 7)
    assert sum(period.total for period in periods) == 0


def test_a_question_counts_for_its_day_in_the_same_time_zone() -> None:
    late = Asked("?", asked_at=datetime(2026, 11, 28, 23, 59, tzinfo=UTC))
    periods = count_over_time([late], NOW, 7)
    assert [period.start for period in periods if period.total] == [date(2026, 11, 28)]
