from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bot.web.staff.forms import UPLOAD_BYTES
from corpus import ImportRefusedError
from corpus.importing import Doubt, Refusal


def only_draft(staff: Any) -> Any:
    (draft,) = staff.desk.drafts.open()
    return draft


def test_the_three_ways_are_on_one_page(staff: Any) -> None:
    page = staff.get("/add").text
    assert all(f'action="/staff/add/{way}"' in page for way in ("file", "text", "empty"))


def test_a_file_becomes_a_draft_with_what_was_found_in_it(staff: Any) -> None:
    file = {
        "file": ("Communiqué.docx", "Une visite à Safi\n\nTexte de 12 lignes.".encode(), "application/octet-stream")
    }
    answer = staff.post("/add/file", {"kind": "press-release"}, files=file)
    draft = only_draft(staff)
    assert answer.headers["location"] == f"/staff/drafts/{draft.id}"
    assert (draft.path, draft.origin, draft.author) == (
        "press/2026-11-20-une-visite-a-safi/fr.md",
        "Communiqué.docx",
        "amina",
    )
    assert "publisher: CCIS" in draft.text
    assert draft.text.endswith("Texte de 12 lignes.\n")
    assert "a été lu" in staff.get(f"/drafts/{draft.id}").text


def test_two_files_with_one_title_get_two_addresses(staff: Any) -> None:
    for _ in range(2):
        staff.post("/add/text", {"text": "Visite\n\nTexte."})
    assert sorted(draft.path for draft in staff.desk.drafts.open()) == [
        "press/2026-11-20-visite-2/fr.md", "press/2026-11-20-visite/fr.md",
    ]  # fmt: skip


@pytest.mark.parametrize(("language", "said"), [("fr", "Page 3 : "), ("ar", "الصفحة 3: "), ("en", "Page 3: ")])
def test_what_is_refused_is_told_with_reason_page_and_repair(
    visit_desk: Callable[..., Any], language: str, said: str
) -> None:
    staff = visit_desk()
    staff.sign_in()
    staff.desk.read_file.fails = ImportRefusedError(Refusal.SCAN, "Only pictures.", "Ask for the original.", page=3)
    staff.get(f"?lang={language}")
    answer = staff.post("/add/file", files={"file": ("scan.pdf", b"%PDF-1.7", "application/pdf")})
    assert answer.status_code == 422
    assert said in answer.text
    assert 'id="e-file"' in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert staff.desk.drafts.open() == []


def test_what_may_have_been_lost_is_told_before_the_draft(staff: Any) -> None:
    staff.desk.read_file.doubts = ((Doubt.COLUMNS, 2),)
    answer = staff.post("/add/file", files={"file": ("a.pdf", b"Title\n\nText", "application/pdf")})
    assert answer.status_code == 200
    assert "Page 2 : La page semble avoir plusieurs colonnes" in answer.text
    assert f"/staff/drafts/{only_draft(staff).id}" in answer.text


@pytest.mark.parametrize("files", [{}, {"file": ("empty.txt", b"", "text/plain")}])
def test_no_file_is_said_at_the_field(staff: Any, files: dict[str, Any]) -> None:
    answer = staff.post("/add/file", **({"files": files} if files else {}))
    assert answer.status_code == 422
    assert 'id="e-file"' in answer.text


def test_an_empty_text_is_said_at_the_field_and_the_rest_stays(staff: Any) -> None:
    answer = staff.post("/add/text", {"text": "  \n ", "title": "Mon titre", "language": "ar"})
    assert answer.status_code == 422
    assert 'id="e-text"' in answer.text
    assert 'value="Mon titre"' in answer.text


def test_a_pasted_text_takes_the_title_and_language_that_were_said(staff: Any) -> None:
    staff.post("/add/text", {"text": "Du texte.", "title": "زيارة", "language": "ar", "kind": "guide"})
    draft = only_draft(staff)
    assert draft.path == "guides/2026-11-20-document/ar.md"
    assert draft.title == "زيارة"


def test_an_empty_page_begins_with_an_example_in_its_language(staff: Any) -> None:
    staff.post("/add/empty", {"language": "ar", "kind": "summary"})
    draft = only_draft(staff)
    assert draft.path.startswith("summaries/")
    assert "ما السؤال" in draft.text


def test_a_file_that_is_a_document_already_keeps_its_fields(staff: Any) -> None:
    text = "---\ntitle: Plan\nkind: guide\npublished: 2026-01-02\nlang: en\n---\n\n## One {#one}\n\nText.\n"
    staff.post("/add/file", files={"file": ("en.md", text.encode(), "text/markdown")})
    draft = only_draft(staff)
    assert (draft.path, draft.text) == ("guides/2026-01-02-plan/en.md", text)
    assert staff.desk.read_file.read == []


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "a\x00b.txt", "<script>alert(1)</script>.txt", "x" * 5_000 + ".txt"]
)
def test_the_name_of_a_file_is_only_ever_shown(staff: Any, name: str) -> None:
    staff.post("/add/file", files={"file": (name, b"Title\n\nText.", "text/plain")})
    for draft in staff.desk.drafts.open():
        assert draft.path == "press/2026-11-20-title/fr.md"
        assert len(draft.origin) <= 300
        assert "<script>alert" not in staff.get(f"/drafts/{draft.id}").text


def test_kinds_and_languages_that_do_not_exist_fall_back(staff: Any) -> None:
    staff.post("/add/text", {"text": "Texte", "kind": "../x", "language": "xx"})
    assert only_draft(staff).path.startswith("press/")


def test_the_page_says_how_large_a_file_may_be(staff: Any) -> None:
    assert f"{UPLOAD_BYTES // 1024 // 1024} Mo" in staff.get("/add").text
