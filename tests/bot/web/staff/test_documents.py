from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Add = Callable[..., Path]


def test_the_list_shows_each_document_once_with_its_languages(staff: Any, add_document: Add) -> None:
    for language in ("fr", "ar"):
        add_document(f"press/visit/{language}.md", title=f"Visite {language}", lang=language)
    page = staff.get("/documents").text
    assert page.count('scope="row"') == 1
    assert "Visite fr" in page
    assert 'href="/staff/documents/press/visit/ar"' in page
    assert page.count("manque") >= 3, "three languages are missing"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"visit", "old", "plan"}), ("q=delegation", {"visit"}), ("q=DÉLÉGATION", {"visit"}), ("q=premiums", {"plan"}),
        ("collection=guides", {"plan"}), ("missing=fr", set()), ("missing=zh", {"visit", "old", "plan"}),
        ("state=expired", {"old"}), ("state=superseded", {"plan"}), ("since=2026-10-01", {"visit"}),
        ("since=nonsense", {"visit", "old", "plan"}), ("q=nothing-like-it", set()),
    ],
)  # fmt: skip
def test_the_list_is_filtered(staff: Any, add_document: Add, query: str, found: set[str]) -> None:
    add_document()
    add_document("press/old/fr.md", title="Ancien", valid_to="2025-01-01", published="2024-01-01")
    add_document("guides/plan/fr.md", title="Plan", topics="[premiums]", superseded_by="visit", published="2026-01-01")
    page = staff.get(f"/documents?{query}").text
    assert {slug for slug in ("visit", "old", "plan") if f'/{slug}/fr"' in page} == found


def test_who_changed_a_document_last_is_shown(staff: Any, add_document: Add) -> None:
    add_document()
    staff.desk.audit.record("omar", "document.published", "press/visit/fr.md")
    assert "\u2068omar\u2069, \u206828 novembre 2026\u2069" in staff.get("/documents").text
    assert "omar" in staff.get("/documents/press/visit/fr").text


def test_a_file_that_cannot_be_read_is_told_in_the_language_of_the_page(staff: Any, add_document: Add) -> None:
    add_document(confidence="perhaps")
    assert "1 fichier ne peut pas être lu" in staff.get("/documents").text
    assert "قيمة الخانة" in staff.get("/documents?lang=ar").text


def test_one_document_shows_its_passages_sources_and_versions(staff: Any, add_document: Add) -> None:
    add_document(sources="\n  - title: La Chambre\n    url: https://example.org/a\n    article: p. 3")
    page = staff.get("/documents/press/visit/fr").text
    assert "Une délégation de 12 entreprises" in page
    assert 'href="https://example.org/a"' in page
    assert 'rel="noopener noreferrer nofollow"' in page


def test_nothing_of_a_document_becomes_markup(staff: Any, add_document: Add) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    add_document(
        title=f"'{evil}'", publisher=f"'{evil}'", topics=f"['{evil}']",
        sources=f"\n  - title: '{evil}'\n    url: 'https://example.org/\"onmouseover=alert(3)'",
        body=f"## {evil} {{#a}}\n\n{evil}\n\n| {evil} |\n|---|\n| x |\n\n[x](javascript:alert(4))",
    )  # fmt: skip
    for path in ("/documents", "/documents/press/visit/fr", "/documents/press/visit/fr/remove"):
        page = staff.get(path).text
        assert "&lt;script&gt;" in page
        for bad in ("<script>alert", "<img src=x", "javascript:alert", '"onmouseover'):
            assert bad not in page


def test_editing_opens_one_draft_however_often_it_is_asked(staff: Any, add_document: Add) -> None:
    add_document()
    first = staff.post("/documents/press/visit/fr/edit").headers["location"]
    second = staff.post("/documents/press/visit/fr/edit").headers["location"]
    assert first == second
    (draft,) = staff.desk.drafts.open()
    assert draft.text == (staff.desk.documents / "press/visit/fr.md").read_text(encoding="utf-8")
    assert "déjà en cours" in staff.get(second.removeprefix("/staff")).text
    assert f"/staff/drafts/{draft.id}" in staff.get("/documents/press/visit/fr").text


def test_removing_asks_first_and_only_prepares(staff: Any, add_document: Add) -> None:
    file = add_document()
    assert "Retirer ce document" in staff.get("/documents/press/visit/fr/remove").text
    assert staff.desk.drafts.open() == []
    staff.post("/documents/press/visit/fr/remove")
    (draft,) = staff.desk.drafts.open()
    assert draft.remove
    assert file.exists()
    assert "retire le document" in staff.get(f"/drafts/{draft.id}").text


@pytest.mark.parametrize(
    "address",
    ["press/none/fr", "guides/visit/fr", "press/visit/ar", "press/visit/xx", "..%2f..%2fetc/x/fr", "press/visit/fr%00"],
)
def test_what_does_not_exist_is_a_page_that_says_so(staff: Any, add_document: Add, address: str) -> None:
    add_document()
    for path in (f"/documents/{address}", f"/documents/{address}/remove"):
        assert staff.get(path).status_code == 404
    assert staff.post(f"/documents/{address}/edit").status_code in {404, 405}
    assert staff.desk.drafts.open() == []
