"""Which questions count as unanswered, refused or answered."""

from __future__ import annotations

import pytest

from bot.answer import AnswerStatus, Reason
from bot.desk.asked_questions import Outcome, QuestionKind, is_of_kind, outcome_of
from tests.bot.desk.listening_doubles import Asked


@pytest.mark.parametrize(
    ("status", "reason", "outcome"),
    [
        ("answered", None, Outcome.ANSWERED),
        ("partly_answered", "false_premise", Outcome.ANSWERED),
        ("partly_answered", None, Outcome.ANSWERED),
        ("partly_answered", "unsure", Outcome.CAUTIOUS),
        ("partly_answered", "not_found", Outcome.CAUTIOUS),
        ("partly_answered", "not_published", Outcome.CAUTIOUS),
        ("not_in_corpus", "not_found", Outcome.UNANSWERED),
        ("not_in_corpus", "not_published", Outcome.UNANSWERED),
        ("not_in_corpus", None, Outcome.UNANSWERED),
        ("out_of_scope", "off_topic", Outcome.REFUSED),
        ("out_of_scope", "other_country", Outcome.REFUSED),
        ("out_of_scope", "guarantee", Outcome.REFUSED),
        ("needs_detail", "unclear", Outcome.REFUSED),
        ("out_of_scope", "abuse", None),
        ("out_of_scope", "instructions", None),
        ("greeting", None, None),
        ("too_long", None, None),
        ("overloaded", None, None),
        ("limited", None, None),
        ("error", None, None),
    ],
)
def test_every_end_of_a_question_counts_as_one_outcome_or_none(
    status: str, reason: str | None, outcome: Outcome | None
) -> None:
    assert outcome_of(Asked("?", status=status, reason=reason)) is outcome


def test_no_status_and_reason_is_unknown_to_the_outcomes() -> None:
    for status in AnswerStatus:
        for reason in (None, *Reason):
            outcome_of(Asked("?", status=status, reason=reason))
    assert outcome_of(Asked("?", status=AnswerStatus.ANSWERED, reason=None)) is Outcome.ANSWERED


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        (Asked("?"), {"unanswered", "asked"}),
        (Asked("?", status="partly_answered", reason="unsure"), {"unanswered", "asked"}),
        (Asked("?", status="answered", reason=None), {"asked"}),
        (Asked("?", status="answered", reason=None, helpful=False), {"asked", "unhelpful"}),
        (Asked("?", status="answered", reason=None, helpful=True), {"asked"}),
        (Asked("?", status="out_of_scope", reason="off_topic"), {"asked", "refused"}),
        (Asked("?", status="out_of_scope", reason="abuse", helpful=False), set()),
        (Asked("?", status="greeting", reason=None), set()),
    ],
)
def test_talk_and_attacks_are_of_no_kind_and_off_topic_only_where_refusals_are_asked_for(
    question: Asked, kinds: set[str]
) -> None:
    assert {kind.value for kind in QuestionKind if is_of_kind(question, kind)} == kinds
