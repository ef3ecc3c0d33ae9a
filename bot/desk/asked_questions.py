"""What the desk needs to know of questions that were asked, and which of them count as what."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from bot.answer import AnswerStatus, Reason

if TYPE_CHECKING:
    from bot.journal import AskedQuestion


class Outcome(StrEnum):
    """How a question ended, as people of the desk count it; in the order in which it is drawn."""

    ANSWERED = "answered"
    CAUTIOUS = "cautious"
    UNANSWERED = "unanswered"
    REFUSED = "refused"


class QuestionKind(StrEnum):
    """Which questions are listened to.

    `unanswered`: the documents gave no answer, or only part of one, or one that may not fit. `unhelpful`: somebody put the thumb
    down. `refused`: off topic, elsewhere, guarantees, private cases, unclear ones. `asked`: every question but talk and attacks.
    """

    UNANSWERED = "unanswered"
    UNHELPFUL = "unhelpful"
    REFUSED = "refused"
    ASKED = "asked"


_UNANSWERED_IN_PART = frozenset({Reason.UNSURE, Reason.NOT_FOUND, Reason.NOT_PUBLISHED})
_ATTACKS = frozenset({Reason.ABUSE, Reason.INSTRUCTIONS})
_REFUSED = frozenset({AnswerStatus.OUT_OF_SCOPE, AnswerStatus.NEEDS_DETAIL})


def outcome_of(question: AskedQuestion) -> Outcome | None:
    """How the question ended; `None` for talk, for trouble and for attacks, which say nothing about the documents."""
    if question.reason in _ATTACKS:
        return None
    if question.status == AnswerStatus.NOT_IN_CORPUS:
        return Outcome.UNANSWERED
    if question.status == AnswerStatus.PARTLY_ANSWERED:
        return Outcome.CAUTIOUS if question.reason in _UNANSWERED_IN_PART else Outcome.ANSWERED
    if question.status == AnswerStatus.ANSWERED:
        return Outcome.ANSWERED
    return Outcome.REFUSED if question.status in _REFUSED else None


def is_of_kind(question: AskedQuestion, kind: QuestionKind) -> bool:
    """Whether a question is one of those that are listened to."""
    outcome = outcome_of(question)
    match kind:
        case QuestionKind.UNANSWERED:
            return outcome in (Outcome.UNANSWERED, Outcome.CAUTIOUS)
        case QuestionKind.UNHELPFUL:
            return question.helpful is False and outcome is not None
        case QuestionKind.REFUSED:
            return outcome is Outcome.REFUSED
        case QuestionKind.ASKED:
            return outcome is not None
