from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from bot.answer import Answer, AnswerStatus, Citation, Claim
from corpus import Confidence, Finding, Kind, Language, Severity

EVIL = "<script>alert(1)</script>"
TEXT = "---\ntitle: Visite\nlang: fr\n---\n\n## Qui ? {#who}\n\nDouze.\n"


@pytest.fixture
def draft(staff: Any) -> Any:
    return staff.desk.drafts.begin("press/visite/fr.md", TEXT, "omar")


def preview(path: str, said: str = "Douze.") -> Any:
    return SimpleNamespace(
        sections=(SimpleNamespace(anchor="who", heading=said, text=said, words=1, passages=2, citation_text=said),),
        findings=(
            Finding(path, 1, "`publisher` is missing.", "Add it."),
            Finding(path, 8, "#who has 200 words.", "Cut it.", Severity.WARNING),
            Finding("press/other/fr.md", 3, said, "Mend it."),
        ),
        duplicates=(SimpleNamespace(section_id="a#b", title=said, similarity=0.914, excerpt=said),),
        conflicts=(
            SimpleNamespace(
                section_id="a#b", title=said, heading=said, figures_here=("25 %",), figures_there=("30 %",),
                sentence_here=said, sentence_there=said, replaces=True,
            ),
        ),
        replacements=(
            SimpleNamespace(slug="plan", title=said, sections=("a", "b"), whole=False, parameters=("premiums.cap_rate",)),
            SimpleNamespace(slug="old", title=said, sections=("a",), whole=True, parameters=()),
        ),
        now_answered=(said,),
    )  # fmt: skip


def answer(text: str, status: AnswerStatus = AnswerStatus.ANSWERED) -> Answer:
    cited = Citation(
        1, "a#b", text, text, Kind.GUIDE, "CCIS", date(2026, 1, 1), date(2026, 1, 1), "https://example.org", "S", Language.FR,
        Confidence.PRESS, (text,), text,
    )  # fmt: skip
    return Answer(status, (Claim(text, (1,)),), Language.FR, (cited,))


def test_findings_stand_at_their_line_and_tell_whether_they_stop(staff: Any, draft: Any) -> None:
    staff.desk.previews.shown = preview(draft.path)
    page = staff.get(f"/drafts/{draft.id}/preview").text
    assert "« \u2068Éditeur\u2069 » manque" in page
    assert "ligne 3" in page
    assert "ne peut pas être publié" in page
    assert "press/other/fr.md" in page


def test_duplicates_conflicts_and_answered_questions_are_shown(staff: Any, draft: Any) -> None:
    staff.desk.previews.shown = preview(draft.path)
    page = staff.get(f"/drafts/{draft.id}/preview").text
    for word in (
        "91",
        "25 %",
        "30 %",
        "remplacé par ce brouillon",
        "2 passages sont à corriger",
        "premiums.cap_rate",
        "cherché en 2 extraits",
    ):
        assert word in page


def test_a_draft_without_anything_to_say_says_so(staff: Any, draft: Any) -> None:
    page = staff.get(f"/drafts/{draft.id}/preview").text
    assert "Rien à corriger" in page
    assert "Aucun passage existant" in page


def test_a_question_is_tried_with_the_draft_and_without(staff: Any, draft: Any) -> None:
    staff.desk.previews.answers = SimpleNamespace(today=answer("Hier."), with_draft=answer("Demain."))
    page = staff.get(f"/drafts/{draft.id}/preview?question=Qui%20%3F&language=ar").text
    assert staff.desk.previews.tried == [("Qui ?", "ar")]
    assert page.index("Hier.") < page.index("Demain.")


def test_long_questions_are_cut_and_unknown_languages_fall_back(staff: Any, draft: Any) -> None:
    staff.desk.previews.answers = SimpleNamespace(today=answer("A"), with_draft=answer("A"))
    page = staff.get(f"/drafts/{draft.id}/preview", params={"question": "x" * 9_000, "language": "xx"}).text
    assert staff.desk.previews.tried == [("x" * 1_000, "fr")]
    assert "ne change pas" in page


def test_nothing_of_the_services_becomes_markup(staff: Any, draft: Any) -> None:
    staff.desk.previews.shown = preview(draft.path, EVIL)
    staff.desk.previews.answers = SimpleNamespace(today=answer(EVIL), with_draft=answer(EVIL))
    page = staff.get(f"/drafts/{draft.id}/preview", params={"question": EVIL}).text
    assert "<script>alert" not in page
    assert page.count("&lt;script&gt;") > 10


def test_a_closed_draft_has_no_preview(staff: Any, draft: Any) -> None:
    staff.desk.drafts.discard(draft.id, 1, "omar")
    assert staff.get(f"/drafts/{draft.id}/preview").headers["location"] == f"/staff/drafts/{draft.id}"
