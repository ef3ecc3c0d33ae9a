from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.desk.front_matter import body_line, read_body, read_fields, write_document
from corpus.loading import PACKAGED_DOCUMENTS, parse_document

FILE = """---
# a comment of ours
title: "Visit: the plan"
kind: summary
published: 2026-11-23
topics: [charter, premiums]
sources:
  - title: "Where"
    url: https://example.org/page
    sections: [one]
confidence: official
---

## One {#one}

Text.
"""
FILES = sorted(PACKAGED_DOCUMENTS.rglob("*.md"))[::12]


@pytest.mark.parametrize("path", FILES, ids=[path.parent.name for path in FILES])
def test_a_document_saved_without_a_change_stays_letter_for_letter(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    fields = read_fields(text)
    assert fields is not None
    assert write_document(text, fields, read_body(text)) == text


def test_only_the_lines_of_a_changed_field_change() -> None:
    changed = write_document(FILE, {"title": 'A "new" plan: yes', "published": "2026-11-23"}, read_body(FILE))
    old, new = FILE.splitlines(), changed.splitlines()
    assert [line for line in new if line not in old] == ["title: 'A \"new\" plan: yes'"]
    assert len(old) == len(new)


def test_fields_come_and_go() -> None:
    changed = write_document(FILE, {"topics": None, "valid_to": date(2027, 1, 1), "provinces": ["safi"]}, "Other.")
    fields = read_fields(changed)
    assert fields is not None
    assert "topics" not in fields
    assert (fields["valid_to"], fields["provinces"], read_body(changed)) == (date(2027, 1, 1), ["safi"], "Other.")


def test_sources_are_written_a_line_for_each_part() -> None:
    sources = [{"title": "Law: 03-22", "url": "https://example.org/x", "article": "", "sections": ("one", "two")}]
    changed = write_document(FILE, {"sources": sources}, read_body(FILE))
    assert "  - title: 'Law: 03-22'\n    url: https://example.org/x\n    sections: [one, two]\n" in changed


def test_what_cannot_be_read_is_written_anew() -> None:
    assert read_fields("---\ntitle: [\n---\nText") is None
    assert read_fields("Text alone") is None
    assert write_document("Text alone", {"title": "T"}, "Text alone") == "---\ntitle: T\n---\n\nText alone\n"


def test_a_value_cannot_break_out_of_its_field(tmp_path: Path) -> None:
    evil = "x\n---\nconfidence: official\n# \x85 {#a}"
    fields = read_fields(write_document(FILE, {"title": evil}, "Text."))
    assert fields is not None
    assert fields["title"] == evil
    assert fields["confidence"] == "official"
    assert fields["kind"] == "summary"


def test_the_line_of_the_body_is_counted_in_the_file(tmp_path: Path) -> None:
    text = FILE.replace("kind: summary", "kind: summary\npublisher: P\nas_of: 2026-11-23\nlang: en\noriginal_lang: en")
    document = parse_document(text, tmp_path / "press/a/en.md", tmp_path)
    body = read_body(text).splitlines()
    assert body[document.sections[0].line - body_line(text) - 1].startswith("## One")
