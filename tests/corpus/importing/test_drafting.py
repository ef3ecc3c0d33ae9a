"""The whole file of a document."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Confidence, Document, Kind, Language
from corpus.importing import DraftFields, FileFormat, Imported, draft_text, front_matter_for
from corpus.loading import parse_document

TODAY = date(2026, 11, 29)
IMPORTED = Imported(
    markdown="## Les prix {#les-prix}\n\nDix dirhams.", title="Une zone à Safi", published=date(2025, 3, 3), publisher="Le CRI",
    language=Language.FR, topics=("cri",), provinces=("safi",), sectors=("tourism",), pages=1, warnings=(), format=FileFormat.PDF,
    url="https://example.org/a",
)  # fmt: skip


def parsed(text: str, language: str = "fr") -> Document:
    folder = Path("/documents")
    return parse_document(text, folder / f"press/a-slug/{language}.md", folder)


def test_a_draft_is_a_document_with_all_that_was_found() -> None:
    document = parsed(draft_text(IMPORTED, DraftFields(), TODAY))
    assert (document.title, document.publisher, document.published, document.as_of) == (
        "Une zone à Safi",
        "Le CRI",
        date(2025, 3, 3),
        date(2025, 3, 3),
    )
    assert (document.topics, document.provinces, document.sectors) == (("cri",), ("safi",), ("tourism",))
    assert (document.kind, document.confidence, document.sources[0].url) == (
        Kind.PRESS_RELEASE,
        Confidence.PRESS,
        "https://example.org/a",
    )
    assert [section.anchor for section in document.sections] == ["les-prix"]


def test_what_a_person_says_goes_before_what_was_found() -> None:
    given_ = DraftFields(
        kind=Kind.GUIDE, title="Autre", publisher="La chambre", published=date(2025, 4, 4), language=Language.EN, topics=(),
        provinces=("rehamna",), sectors=("film",), url="https://example.org/b",
        as_of=date(2025, 5, 5), confidence=Confidence.OFFICIAL,
    )  # fmt: skip
    document = parsed(draft_text(IMPORTED, given_, TODAY), "en")
    assert (document.title, document.publisher, document.published, document.as_of) == (
        "Autre",
        "La chambre",
        date(2025, 4, 4),
        date(2025, 5, 5),
    )
    assert (document.topics, document.provinces, document.sectors, document.sources[0].url) == (
        (),
        ("rehamna",),
        ("film",),
        "https://example.org/b",
    )
    assert (document.kind, document.confidence, document.language) == (Kind.GUIDE, Confidence.OFFICIAL, Language.EN)


def test_what_nobody_knows_is_filled_so_that_the_draft_can_be_opened() -> None:
    document = parsed(
        draft_text(replace(IMPORTED, title="", publisher="", published=None, url=""), DraftFields(), TODAY)
    )
    assert (document.title, document.publisher, document.published, document.sources) == ("…", "…", TODAY, ())


@pytest.mark.parametrize(
    "evil",
    [
        "x\n---\nkind: guide",
        "---",
        "a: b # c",
        "- [x](y)",
        "{#cap .unknown}",
        "&a *b !!python/object",
        "'\"",
        "é" * 900,
    ],
)
def test_no_title_or_publisher_can_leave_its_field(evil: str) -> None:
    text = draft_text(IMPORTED, DraftFields(title=f"T {evil}", publisher=f"P {evil}"), TODAY)
    document = parsed(text)
    assert document.kind is Kind.PRESS_RELEASE
    assert document.title.startswith("T")
    assert len(document.title) <= 300
    assert len(document.sections) == 1


@given(st.text(max_size=60), st.text(max_size=60), st.lists(st.text(max_size=10), max_size=3).map(tuple))
def test_any_words_make_a_front_matter_that_can_be_read(title: str, publisher: str, topics: tuple[str, ...]) -> None:
    text = front_matter_for(IMPORTED, DraftFields(title=title, publisher=publisher, topics=topics), TODAY)
    found = parsed(f"{text}\nText.").topics
    assert len(found) <= len(topics)
    assert set("".join(found)) & {"\n", "\x85", "\u2028", "\x00"} == set()


def test_an_address_that_is_none_is_left_out() -> None:
    assert parsed(draft_text(replace(IMPORTED, url="javascript:alert(1)"), DraftFields(), TODAY)).sources == ()
