"""Replies to an estimate: what they answer, put right, leave open or only point to."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from bot.conversation import Message
from bot.estimate import Fact
from bot.estimating import sums_of
from bot.plan import Plan, PlanReader
from bot.short_answers import Unsaid
from corpus import Language
from corpus.parameters import load_parameters

EN, ES = Language.EN, Language.ES


def read(reader: PlanReader, language: Language, *said: str) -> Plan | None:
    """The plan after the last of the messages of one conversation."""
    history = [Message("user", one) for one in said[:-1]]
    return reader.read(said[-1], language, history).plan


HOTEL = "Hotel in Safi, 60 million dirhams, 80 jobs"


def test_what_is_left_open_is_not_asked_again(reader: PlanReader) -> None:
    plan = read(reader, EN, HOTEL, "I don't know yet")
    assert plan is not None
    assert (plan.unsaid, plan.left_open) == (Unsaid.UNKNOWN, (Fact.WOMEN_SHARE,))
    plan = read(reader, EN, HOTEL, "I don't know yet", "No, it is not")
    assert plan is not None
    assert (plan.unsaid, plan.left_open) == (None, (Fact.WOMEN_SHARE,))
    assert plan.project.fields["future_job"].value is False
    assert "women_share" not in plan.project.fields


def test_what_was_left_open_may_be_told_later(reader: PlanReader) -> None:
    plan = read(reader, EN, HOTEL, "no idea", "about 60%")
    assert plan is not None
    assert plan.project.fields["women_share"].value == Decimal("0.6")


def test_a_limit_leaves_the_question_and_the_project_as_they_are(reader: PlanReader) -> None:
    plan = read(reader, EN, "Shop in Safi, 3 million dirhams, 8 jobs", "less than 10 million")
    assert plan is not None
    assert (plan.unsaid, plan.left_open) == (Unsaid.LIMIT, ())
    assert plan.project.fields["amount"].value == 3_000_000


def test_a_limit_of_what_was_left_open_asks_for_that_again(reader: PlanReader) -> None:
    plan = read(reader, EN, HOTEL, "I don't know yet", "less than 30%")
    assert plan is not None
    assert (plan.unsaid, plan.left_open) == (Unsaid.LIMIT, ())


def test_own_money_is_no_turnover(reader: PlanReader) -> None:
    plan = read_plan(reader, "Shop in Safi, 3 million dirhams, 8 jobs", "1.5 million of my own")
    assert plan.project.fields["own_funds"].value == Decimal("0.5")
    assert "turnover" not in plan.project.fields


def test_another_project_is_asked_from_the_beginning(reader: PlanReader) -> None:
    plan = read(reader, EN, HOTEL, "no idea", "Now a factory in Chichaoua: 90 million dirhams and 200 jobs")
    assert plan is not None
    assert plan.left_open == ()


def test_a_figure_is_put_right_after_another_question_too(reader: PlanReader) -> None:
    plan = read(reader, ES, "Hotel en Safi, 60 millones de dirhams, 80 empleos", "¿qué es el CRI?", "dije 90, no 80")
    assert plan is not None
    assert plan.project.fields["jobs"].value == 90
    assert read(reader, ES, "Hotel en Safi, 60 millones de dirhams, 80 empleos", "¿qué es el CRI?", "no lo sé") is None


def test_a_search_goes_on_from_a_plan_without_its_figures_and_its_replies(reader: PlanReader) -> None:
    said = [
        "what is the CRI?",
        "Hotel in Safi, 60 million dirhams and 80 jobs, what do we get?",
        "about 60%",
        "not sure",
    ]
    history = [Message("user", one) for one in said]
    heard = reader.read("and how long does it take?", EN, history)
    assert heard.plan is None
    assert [one.content for one in heard.history] == ["what is the CRI?", "Hotel in Safi, what do we get?", "", ""]


def test_employees_are_no_women_without_a_word_for_it(reader: PlanReader) -> None:
    plan = read_plan(
        reader, "I have a small IT company in Marrakech, 5 employees. We'd invest 2 million dirhams with 8 more jobs"
    )
    assert "women_share" not in plan.project.fields


def test_an_amount_that_the_estimate_told_is_no_investment(reader: PlanReader) -> None:
    lodge = "Lodge at Asni, 6 million dirhams, 8 jobs"
    assert Decimal(600_000) in sums_of(read_plan(reader, lodge).project, load_parameters().on(date(2026, 12, 1)))
    plan = read_plan(reader, lodge, "I hire 9. So is the 600,000 dirhams realistic?")
    assert (plan.project.fields["amount"].value, plan.project.fields["jobs"].value) == (6_000_000, 9)
    plan = read_plan(reader, lodge, "no, we invest 5 million dirhams")
    assert plan.project.fields["amount"].value == 5_000_000


def read_plan(reader: PlanReader, *said: str) -> Plan:
    plan = read(reader, EN, *said)
    assert plan is not None
    return plan
