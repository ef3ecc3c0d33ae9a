from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from html import unescape
from typing import Any

import pytest

from bot.desk.front_matter import read_body, read_fields
from corpus.loading import parse_document

TEXT = """---
title: Visite
kind: press-release
publisher: CCIS
published: 2026-11-20
as_of: 2026-11-20
lang: fr
original_lang: fr
topics: [charter]
confidence: press
---

## Qui ? {#who}

Douze entreprises.
"""
PATH = "press/2026-11-20-visite/fr.md"


@pytest.fixture
def draft(staff: Any) -> Any:
    return staff.desk.drafts.begin(PATH, TEXT, "omar")


def form(page: str) -> dict[str, Any]:
    """What a browser would send of the draft's form."""
    inside = page[page.index('name="revision"') - 60 :]
    fields: dict[str, Any] = {}
    for tag in re.findall(r"<input\b[^>]*>", inside):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name:
            fields.setdefault(name[1], []).append(unescape(value[1]) if value else "")
    for name, value in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>\n?(.*?)</textarea>', inside, re.DOTALL):
        fields[name] = unescape(value)
    for name, inner in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', inside, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', inner)
        fields[name] = chosen[1] if chosen else ""
    return {
        name: one[0] if isinstance(one, list) and not name.startswith("source_") else one
        for name, one in fields.items()
    }


def save(staff: Any, draft: Any, **changed: Any) -> Any:
    """The form as the page showed it, sent with some fields changed."""
    return staff.post(f"/drafts/{draft.id}", {**form(staff.get(f"/drafts/{draft.id}").text), **changed})


def test_saving_without_a_change_changes_no_letter(staff: Any, draft: Any) -> None:
    assert save(staff, draft).status_code == 303
    kept = staff.desk.drafts.get(draft.id)
    assert (kept.text, kept.path, kept.revision) == (TEXT, PATH, 1)


def test_every_field_of_the_form_reaches_the_file(staff: Any, draft: Any) -> None:
    changed = {
        "title": "Une « visite »: 2", "publisher": "CRI", "kind": "guide", "published": "2026-10-01", "as_of": "2026-10-02",
        "lang": "ar", "original_lang": "en", "topics": "a, b، c", "confidence": "official", "provinces": "safi",
        "sectors": "tourism", "valid_from": "2026-01-01", "valid_to": "2027-01-01", "superseded_by": "other",
        "collection": "guides", "slug": "un-guide", "body": "## Neuf {#new}\n\nTexte neuf.",
        "source_title": ["Titre"], "source_url": ["https://example.org"], "source_article": ["Art. 2"],
        "source_sections": ["new"],
    }  # fmt: skip
    assert save(staff, draft, **changed).status_code == 303
    kept = staff.desk.drafts.get(draft.id)
    document = parse_document(kept.text, staff.desk.documents / kept.path, staff.desk.documents)
    assert kept.path == "guides/un-guide/ar.md"
    assert (document.title, document.publisher, document.kind) == ("Une « visite »: 2", "CRI", "guide")
    assert (str(document.published), str(document.as_of)) == ("2026-10-01", "2026-10-02")
    assert (document.language, document.original_language, document.confidence) == ("ar", "en", "official")
    assert (document.topics, document.provinces, document.sectors) == (("a", "b", "c"), ("safi",), ("tourism",))
    assert (str(document.valid_from), str(document.valid_to), document.superseded_by) == (
        "2026-01-01",
        "2027-01-01",
        "other",
    )
    assert (document.sources[0].title, document.sources[0].article, document.sources[0].sections) == (
        "Titre",
        "Art. 2",
        ("new",),
    )
    assert document.sections[0].body == "Texte neuf."


def test_a_field_emptied_leaves_the_file(staff: Any, draft: Any) -> None:
    save(staff, draft, valid_to="2027-01-01")
    save(staff, draft, valid_to="", topics="")
    fields = read_fields(staff.desk.drafts.get(draft.id).text)
    assert fields is not None
    assert "valid_to" not in fields
    assert fields["topics"] == []


def test_the_second_who_saves_sees_both_texts_and_nothing_is_lost(staff: Any, draft: Any) -> None:
    sent = form(staff.get(f"/drafts/{draft.id}").text)
    staff.desk.drafts.save(draft.id, TEXT.replace("Douze", "Treize"), 1, "omar")
    answer = staff.post(f"/drafts/{draft.id}", {**sent, "body": "## Qui ? {#who}\n\nQuatorze entreprises."})
    assert answer.status_code == 409
    assert re.search(r"<del>(?:<span[^>]*>[^<]*</span>)?Treize<.*?</del> entreprises", answer.text)
    assert "Quatorze entreprises" in answer.text
    assert "omar" in answer.text
    assert "Treize" in staff.desk.drafts.get(draft.id).text, "nothing was overwritten"
    merged = form(answer.text[answer.text.index('id="merge"') - 40 :])
    assert "Quatorze" in merged["raw"]
    assert staff.post(f"/drafts/{draft.id}", {**merged, "raw": merged["raw"] + "\n\nEt treize."}).status_code == 303
    kept = staff.desk.drafts.get(draft.id)
    assert "Quatorze" in kept.text
    assert kept.text.rstrip().endswith("Et treize.")


def test_who_saves_into_a_draft_given_up_meanwhile_can_begin_anew(staff: Any, draft: Any) -> None:
    sent = form(staff.get(f"/drafts/{draft.id}").text)
    staff.desk.drafts.discard(draft.id, 1, "omar")
    answer = staff.post(f"/drafts/{draft.id}", {**sent, "body": "## Qui ? {#who}\n\nQuatorze."})
    assert answer.status_code == 409
    assert f'action="/staff/drafts/{draft.id}/revive"' in answer.text
    text = form(answer.text)["text"]
    fresh = staff.post(f"/drafts/{draft.id}/revive", {"text": text}).headers["location"].rpartition("/")[2]
    assert "Quatorze" in staff.desk.drafts.get(fresh).text
    assert "abandonné" in staff.get(f"/drafts/{draft.id}").text


BAD_NAMES = [
    "../../etc/passwd",
    "..",
    "a/b",
    "/etc",
    "A",
    "é",
    "a b",
    "-a",
    "a--b",
    "",
    "a\x00",
    "x" * 101,
    "%2e%2e",
    "con.",
    "a\nb",
]


@pytest.mark.parametrize("field", ["slug", "collection"])
@pytest.mark.parametrize("name", BAD_NAMES)
def test_an_address_that_cannot_be_is_refused_at_its_field_and_the_text_is_kept(
    staff: Any, draft: Any, field: str, name: str
) -> None:
    answer = save(staff, draft, **{field: name, "body": "## Neuf {#a}\n\nGardé."})
    assert answer.status_code == 422
    assert f'id="e-{field}"' in answer.text
    kept = staff.desk.drafts.get(draft.id)
    assert kept.path == PATH
    assert read_body(kept.text).endswith("Gardé.")


def test_an_address_in_use_is_refused(staff: Any, draft: Any, add_document: Callable[..., Any]) -> None:
    add_document("press/visit/fr.md")
    staff.desk.drafts.begin("press/other/fr.md", TEXT, "omar")
    for slug in ("visit", "other"):
        assert "déjà cette adresse" in save(staff, draft, slug=slug).text
    assert "autre rubrique" in save(staff, draft, slug="visit", collection="guides").text
    assert staff.desk.drafts.get(draft.id).path == PATH


def test_a_document_that_exists_keeps_its_address(staff: Any, add_document: Callable[..., Any]) -> None:
    add_document("press/visit/fr.md")
    draft = staff.desk.drafts.begin_from_document("press/visit/fr.md", "omar")
    assert save(staff, draft, slug="../../x", collection="other", lang="ar", title="Neuf").status_code == 303
    kept = staff.desk.drafts.get(draft.id)
    assert (kept.path, kept.title) == ("press/visit/fr.md", "Neuf")
    fields = read_fields(kept.text)
    assert fields is not None
    assert fields["lang"] == "fr"


EVIL = [
    "x" * 10_000, "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "---\nkind: x\n---", "{{ 7*7 }}",
    "\u202ereversed", "\ud800",
]  # fmt: skip


@pytest.mark.parametrize("field", ["title", "publisher", "topics", "slug", "body", "source_title"])
@pytest.mark.parametrize("value", EVIL)
def test_whatever_is_written_is_kept_as_text(staff: Any, draft: Any, field: str, value: str) -> None:
    value = value.encode("utf-8", "replace").decode()
    answer = save(staff, draft, **{field: value})
    assert answer.status_code in {303, 422}
    page = staff.get(f"/drafts/{draft.id}").text + staff.get("/drafts").text + answer.text
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    fields = read_fields(staff.desk.drafts.get(draft.id).text)
    assert fields is not None, "the fields can still be read"
    assert fields["kind"] == "press-release"


def test_what_is_wrong_is_said_at_its_field_and_line(staff: Any, draft: Any) -> None:
    save(staff, draft, publisher="", published="2026-13-45", body="## Un {#a}\n\nTexte.\n\n## Deux {#a}\n\n")
    page = staff.get(f"/drafts/{draft.id}").text
    assert 'id="e-publisher"' in page
    assert 'id="e-published"' in page
    save(staff, draft, publisher="CCIS", published="2026-11-20")
    assert "Ligne 5 du texte" in staff.get(f"/drafts/{draft.id}").text


def test_a_file_whose_fields_cannot_be_read_is_shown_whole(staff: Any) -> None:
    draft = staff.desk.drafts.begin("press/x/fr.md", "---\ntitle: [\n---\n\nTexte", "omar")
    page = staff.get(f"/drafts/{draft.id}").text
    assert 'name="raw"' in page
    assert "title: [" in page
    assert staff.post(f"/drafts/{draft.id}", {"revision": "1", "raw": TEXT}).status_code == 303
    assert staff.desk.drafts.get(draft.id).text == TEXT


def test_more_than_a_million_characters_are_refused_with_the_form_as_it_was(staff: Any, draft: Any) -> None:
    answer = save(staff, draft, body="x" * 1_100_000, title="Gardé")
    assert answer.status_code == 422
    assert 'value="Gardé"' in answer.text
    assert staff.desk.drafts.get(draft.id).revision == 1


def test_giving_up_asks_first_and_notices_a_later_change(staff: Any, draft: Any) -> None:
    assert "Abandonner ce brouillon" in staff.get(f"/drafts/{draft.id}/discard").text
    staff.desk.drafts.save(draft.id, TEXT + "\nPlus.", 1, "omar")
    staff.post(f"/drafts/{draft.id}/discard", {"revision": "1"})
    assert staff.desk.drafts.get(draft.id).state == "open"
    staff.post(f"/drafts/{draft.id}/discard", {"revision": "2"})
    assert staff.desk.drafts.get(draft.id).state == "discarded"
    assert staff.get("/drafts").text.count('scope="row"') == 0


def test_the_list_says_what_each_draft_is(staff: Any, draft: Any, add_document: Callable[..., Any]) -> None:
    file = add_document("press/visit/fr.md")
    staff.desk.drafts.begin_from_document("press/visit/fr.md", "omar")
    file.write_text(file.read_text(encoding="utf-8") + "\nPlus.\n", encoding="utf-8")
    page = staff.get("/drafts").text
    assert all(word in page for word in ("nouveau", "modification", "document changé entre-temps"))


@pytest.mark.parametrize(
    "path", ["/drafts/none", "/drafts/none/discard", "/drafts/none/preview", "/drafts/..%2f", "/drafts/'%20or%201=1"]
)
def test_a_draft_that_does_not_exist_is_a_page_that_says_so(staff: Any, path: str) -> None:
    assert staff.get(path).status_code == 404
    assert staff.post(path).status_code in {404, 405}


def test_save_and_preview_goes_to_the_preview(staff: Any, draft: Any) -> None:
    assert save(staff, draft, then="preview").headers["location"] == f"/staff/drafts/{draft.id}/preview"


def test_times_are_those_of_morocco(staff: Any, draft: Any) -> None:
    assert datetime.now(UTC) >= draft.changed
    assert re.search(r"\d{1,2} \w+ \d{4}, \d\d:\d\d", staff.get("/drafts").text)
