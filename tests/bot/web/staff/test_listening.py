"""The pages of listening, with the real journal and groups behind them."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.desk.listening import Listening
from bot.desk.question_vectors import QuestionVectors
from index import LiveIndex
from tests.bot.conftest import HashedEncoder
from tests.bot.desk.publishing_doubles import GLOSSARY, prepare
from tests.bot.web.staff.whole_desk import WholeDesk, plain, visit

DIVING = "Comment demander l'agrément d'une école de plongée sous-marine ?"
ASKED = (
    ("a1", "fr", DIVING, "not_in_corpus"),
    ("a2", "fr", DIVING, "not_in_corpus"),
    ("a3", "fr", "=HYPERLINK(\"https://evil.example\") prêt bancaire", "not_in_corpus"),
    ("a4", "en", "<script>alert(1)</script> bank loan", "not_in_corpus"),
    ("a5", "en", "What is the cap on the premiums?", "answered"),
    ("a6", "ar", "ما سعر الفائدة على القروض؟", "not_in_corpus"),
)  # fmt: skip


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepare(tmp_path_factory.mktemp("prepared"))


@pytest.fixture
def whole(prepared: Path, tmp_path: Path) -> Iterator[WholeDesk]:
    whole = WholeDesk.open(Path(shutil.copytree(prepared, tmp_path / "desk")))
    journal = whole.desk.journal
    for number, language, text, status in ASKED:
        cited = ("premium-cap#cap",) if status == "answered" else ()
        asked_at = datetime.now(UTC) - timedelta(days=2)
        journal.record_question(number, text, language=language, status=status, sections=cited, asked_at=asked_at)
    journal.record_feedback("a5", False, "answered", "en", ("premium-cap#cap",))
    encoder = HashedEncoder()
    vectors = QuestionVectors(whole.parts.home, encoder)
    listening = Listening(journal, LiveIndex(whole.parts.home, encoder, GLOSSARY).get, vectors)
    yield replace(whole, desk=replace(whole.desk, listening=listening))
    whole.parts.database.close()


def test_groups_are_listed_with_counts_languages_and_trend_and_nothing_is_markup(whole: WholeDesk) -> None:
    page = visit(whole).get("/listening")
    assert "4 subjects · 5 questions" in page.text
    assert "French: 2" in plain(page)
    assert '<svg class="mq-chart"' in page.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page.text and "<script>alert" not in page.text
    assert "What is the cap" not in page.text
    assert "What is the cap" in visit(whole).get("/listening?kind=unhelpful").text
    assert "What is the cap" in visit(whole).get("/listening?kind=asked").text
    assert "No question of this kind" in visit(whole).get("/listening?kind=refused").text


@pytest.mark.parametrize("query", ["kind=x&days=abc&page=zz", "days=9999999999", "page=-1", "kind=%3Cscript%3E"])
def test_an_address_that_nobody_made_shows_the_usual_list(whole: WholeDesk, query: str) -> None:
    page = visit(whole).get(f"/listening?{query}")
    assert (page.status_code, "4 subjects" in page.text) == (200, True)


def test_a_group_has_its_questions_its_nearest_passage_and_what_can_be_done(whole: WholeDesk) -> None:
    page = visit(whole, "omar").get("/listening/group/a1?days=30")
    assert "Asked 2 times" in page.text
    assert 'href="/staff/documents/guides/diving/fr#s-agrement"' in page.text
    assert page.text.count("/staff/listening/erase?id=") == 2
    assert "/staff/questions?question=Comment" in page.text and "group=a1" in page.text
    assert "/?lang=fr&amp;ask=Comment" in page.text
    gone = visit(whole).get("/listening/group/none")
    assert gone.headers["location"] == "/staff/listening"


def test_a_draft_begins_with_the_question_and_is_not_begun_twice(whole: WholeDesk) -> None:
    omar = visit(whole, "omar")
    begun = omar.post("/listening/group/a1/draft", {"kind": "unanswered", "days": "30"})
    [draft] = whole.parts.drafts.open()
    assert begun.headers["location"] == f"/staff/drafts/{draft.id}"
    assert draft.origin == "group:a1"
    assert f"## {DIVING[:-1].strip()}" in draft.text.replace("\u00a0", " ")
    assert omar.post("/listening/group/a1/draft").headers["location"] == f"/staff/drafts/{draft.id}"
    assert len(whole.parts.drafts.open()) == 1
    assert omar.post("/listening/group/none/draft").headers["location"] == "/staff/listening"


def test_the_nearest_document_is_opened_as_a_draft(whole: WholeDesk) -> None:
    staff = visit(whole)
    for _ in range(2):
        extended = staff.post("/listening/group/a1/extend", {"kind": "unanswered", "days": "30"})
        [draft] = whole.parts.drafts.open()
        assert (draft.path, extended.headers["location"]) == ("guides/diving/fr.md", f"/staff/drafts/{draft.id}")
    assert staff.post("/listening/group/a6/extend").status_code == 404


def test_a_question_is_erased_for_good_after_a_confirmation(whole: WholeDesk) -> None:
    omar = visit(whole, "omar")
    asked = omar.get("/listening/erase?id=a3")
    assert "Do you want to erase this question?" in asked.text and "prêt bancaire" in asked.text
    assert whole.desk.journal.question("a3") is not None
    omar.post("/listening/erase", {"id": "a3"})
    assert whole.desk.journal.question("a3") is None
    noted = whole.desk.audit.entries()[0]
    assert (noted.action, noted.subject, noted.before, noted.after) == ("question.erased", "a3", "", "")
    again = omar.post("/listening/erase", {"id": "a3"})
    assert "no question with this number" in omar.client.get(again.headers["location"]).text


@pytest.mark.parametrize("number", ["none", "' OR 1=1 --", "<script>alert(1)</script>", "x" * 300])
def test_a_number_of_no_question_erases_nothing(whole: WholeDesk, number: str) -> None:
    staff = visit(whole)
    page = staff.get("/listening/erase", params={"id": number})
    assert (page.status_code, "<script>alert" in page.text) == (404, False)
    assert staff.post("/listening/erase", {"id": number}).status_code == 303
    assert len(whole.desk.journal.questions()) == len(ASKED)
    assert whole.desk.audit.entries() == []


def test_nothing_is_begun_or_erased_without_the_token(whole: WholeDesk) -> None:
    staff = visit(whole)
    for path in ("/listening/erase", "/listening/group/a1/draft", "/listening/group/a1/extend"):
        assert staff.post(path, {"csrf": "wrong", "id": "a1"}).status_code == 403
    assert len(whole.desk.journal.questions()) == len(ASKED)
    assert whole.parts.drafts.open() == []


@pytest.mark.parametrize(("language", "separator"), [("fr", ";"), ("ar", ";"), ("en", ",")])
def test_the_table_for_spreadsheets_holds_no_formula(whole: WholeDesk, language: str, separator: str) -> None:
    sent = visit(whole).get(f"/listening/export?lang={language}")
    assert sent.headers["content-type"] == "text/csv; charset=utf-8"
    assert sent.headers["content-disposition"].startswith('attachment; filename="mithaq-unanswered-')
    text = sent.content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=separator))
    assert len(rows) == 6 and len(rows[0]) == 11
    cells = [cell for row in rows for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    assert any(cell.startswith("'=HYPERLINK") for cell in cells)


def test_what_is_cited_most_and_never_is_told(whole: WholeDesk) -> None:
    page = visit(whole).get("/listening/cited")
    assert page.status_code == 200
    assert (
        page.text.index("premium-cap/en#s-cap")
        < page.text.index("Passages never cited")
        < page.text.index("diving/fr#s-agrement")
    )
    assert "thumb down : 1" in page.text


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_the_pages_speak_the_languages_of_the_desk(whole: WholeDesk, language: str) -> None:
    staff = visit(whole, language=language)
    for path in ("/listening?x=", "/listening/cited?x=", "/listening/group/a1?x=", "/listening/erase?id=a1", ""):
        page = staff.get(f"{path or '?x='}&lang={language}")
        assert (page.status_code, f'lang="{language}" dir=' in page.text) == (200, True)
