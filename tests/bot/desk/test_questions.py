"""The desk's own questions."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.database import Database
from bot.desk.golden import Origin
from bot.desk.questions import DeskQuestions
from corpus import CharterError, Language
from tests.bot.desk.publishing_doubles import KeptAudit


@pytest.fixture
def audit(tmp_path: Path) -> KeptAudit:
    return KeptAudit(Database(f"sqlite:///{tmp_path / 'mithaq.db'}"))


@pytest.fixture
def questions(tmp_path: Path, audit: KeptAudit) -> DeskQuestions:
    return DeskQuestions(Database(f"sqlite:///{tmp_path / 'mithaq.db'}"), audit)


def test_a_question_is_kept_as_it_will_be_asked_and_judged(questions: DeskQuestions, audit: KeptAudit) -> None:
    added = questions.add(
        "  Quel est le plafond ? ",
        Language.FR,
        "answered",
        ["premium-cap#cap", " ", "premium-cap#cap"],
        "amina",
        ["30 %"],
    )
    assert questions.all() == [added]
    assert added.added.tzinfo is not None
    golden = added.as_golden
    assert (golden.question, golden.language, golden.expect) == ("Quel est le plafond ?", Language.FR, "answered")
    assert (golden.sections, golden.figures, golden.origin) == ({"premium-cap#cap"}, {"30%"}, Origin.DESK)
    (entry,) = audit.entries()
    assert (entry.who, entry.action, entry.subject) == ("amina", "question.added", f"question {added.id}")
    assert entry.after == "Quel est le plafond ? (fr): answered, premium-cap#cap, 30%"


def test_a_removed_one_is_gone_and_noted(questions: DeskQuestions, audit: KeptAudit) -> None:
    added = questions.add("Who won?", Language.EN, "refused", [], "amina")
    questions.remove(added.id, "karim")
    assert questions.all() == []
    assert (audit.entries()[0].action, audit.entries()[0].before) == ("question.removed", "Who won? (en): refused")
    with pytest.raises(CharterError, match="no question 1"):
        questions.remove(added.id, "karim")


@pytest.mark.parametrize(
    ("question", "expect", "sections", "said"),
    [
        (" \n", "refused", [], "There is no question"),
        ("Known?", "refused", [], "stands there already"),
        ("What?", "perhaps", [], "Choose answered or refused"),
        ("What?", "answered", [" "], "No section is named"),
    ],
)
def test_one_that_nobody_could_judge_is_refused(
    questions: DeskQuestions, question: str, expect: str, sections: list[str], said: str
) -> None:
    questions.add("Known?", Language.EN, "refused", [], "amina")
    with pytest.raises(CharterError, match=said):
        questions.add(question, Language.EN, expect, sections, "amina")
    assert len(questions.all()) == 1
