"""The values of the corpus."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from corpus import Confidence, Document, Finding, Kind, Language, Passage, Severity, Source

DAY = date(2026, 1, 2)


def document(**changed: Any) -> Document:
    values: dict[str, Any] = {
        "collection": "charter", "slug": "cap", "language": Language.EN, "title": "Cap", "kind": Kind.SUMMARY,
        "publisher": "P", "published": DAY, "as_of": DAY, "original_language": Language.EN, "topics": (),
        "provinces": (), "sectors": (), "sources": (), "confidence": Confidence.OFFICIAL, "sections": (),
        "path": Path("en.md"),
    }  # fmt: skip
    return Document(**values | changed)


def passage(**changed: Any) -> Passage:
    values: dict[str, Any] = {
        "section_id": "cap#rate", "language": Language.FR, "original_language": Language.EN, "title": "T",
        "heading": "H", "text": "X", "kind": Kind.SUMMARY, "publisher": "P", "published": DAY, "as_of": DAY,
        "url": "https://example.org", "source_title": "S", "confidence": Confidence.PRESS,
    }  # fmt: skip
    return Passage(**values | changed)


@pytest.mark.parametrize(
    ("changed", "in_force"),
    [
        ({}, True),
        ({"valid_from": DAY}, True),
        ({"valid_from": date(2026, 1, 3)}, False),
        ({"valid_to": DAY}, True),
        ({"valid_to": date(2026, 1, 1)}, False),
        ({"superseded_by": "new-cap"}, False),
        ({"superseded_by": "new-cap", "valid_from": DAY, "valid_to": DAY}, False),
    ],
)
def test_a_document_is_in_force_from_its_first_to_its_last_day_unless_superseded(
    changed: dict[str, Any], in_force: bool
) -> None:
    assert document(**changed).in_force(DAY) is in_force


def test_a_section_has_the_source_that_names_it_else_the_first_general_one() -> None:
    own, general = Source("Own", "https://a.org", sections=("rate",)), Source("General", "https://b.org")
    both = document(sources=(own, general))
    assert (both.source_of("rate"), both.source_of("other")) == (own, general)
    assert document(sources=(own,)).source_of("other") == own
    assert document().source_of("rate") is None


def test_a_passage_is_named_by_its_section_and_language() -> None:
    assert (passage().id, passage().slug) == ("cap#rate@fr", "cap")


def test_what_is_embedded_leaves_out_an_empty_heading() -> None:
    assert passage().search_text == "T\nH\nX"
    assert passage(heading="").search_text == "T\nX"


@pytest.mark.parametrize("field", [field.name for field in fields(Passage)])
def test_any_change_of_a_passage_changes_its_digest(field: str) -> None:
    other: dict[str, Any] = {
        "language": Language.ZH, "original_language": Language.ZH, "kind": Kind.GUIDE, "published": date(2020, 1, 1),
        "as_of": date(2020, 1, 1), "confidence": Confidence.TO_CONFIRM,
    }  # fmt: skip
    assert replace(passage(), **{field: other.get(field, "another")}).digest != passage().digest


def test_a_finding_says_where_what_and_how_to_repair() -> None:
    finding = Finding("a/b/en.md", 3, "Wrong.", "Mend it.", Severity.WARNING)
    assert str(finding) == "a/b/en.md:3: warning: Wrong. Repair: Mend it."
