"""How people ask is read beside the documents, and what is wrong with it is named."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from corpus.asked import read_asked
from corpus.errors import CorpusError
from corpus.loading import PACKAGED_DOCUMENTS, load_corpus, read_corpus
from tests.packaged import packaged_corpus

DOCUMENT = """---
title: A title
kind: guide
publisher: P
published: 2026-01-01
as_of: 2026-01-01
lang: en
original_lang: en
confidence: official
---

## What is the cap? {#cap}

The cap is 30%.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "charter" / "cap").mkdir(parents=True)
    (tmp_path / "charter" / "cap" / "en.md").write_text(DOCUMENT, encoding="utf-8")
    return tmp_path


def write(folder: Path, text: str) -> None:
    (folder / "charter" / "cap" / "asked.yaml").write_text(text, encoding="utf-8")


def test_a_section_knows_how_people_ask_for_it_in_its_language(folder: Path) -> None:
    write(folder, "cap: {en: ['How much at most?', 'How  much at most?', 'limit of help'], fr: ['Combien au plus ?']}")
    (document,) = load_corpus(folder).documents
    assert document.sections[0].asked == ("How much at most?", "limit of help")


LINES = """# How people ask.
cap:
  en: ["How much at most?", "the \\"limit\\" of help"]

  fr: ["Combien au plus ?"]
top:
  en: ["Who?", {more}]
"""


@pytest.mark.parametrize("more", ['"1998"', "'plain'", "When", '"Why?"] # "c', '"tab \\t"', '"\\u00e9t\\u00e9"'])
def test_line_by_line_the_same_is_read_as_by_the_library(tmp_path: Path, more: str) -> None:
    path = tmp_path / "asked.yaml"
    path.write_text(LINES.format(more=more), encoding="utf-8")
    expected = {
        anchor: {language: tuple(questions) for language, questions in by_language.items()}
        for anchor, by_language in yaml.safe_load(path.read_text(encoding="utf-8")).items()
    }
    assert read_asked(path, "asked.yaml") == expected


def test_without_such_a_file_nothing_is_asked(folder: Path) -> None:
    (document,) = load_corpus(folder).documents
    assert document.sections[0].asked == ()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("cap: {en: [", "cannot be read"),
        ("cap:\n", "cannot be read"),
        ("cap: {de: ['Wie viel?']}", "cannot be read"),
        ("cap: {en: 'one text'}", "cannot be read"),
        ("cap: {en: ['']}", "cannot be read"),
        ("top: {en: ['How much?']}", "There is no section #top."),
    ],
)
def test_what_is_wrong_is_named_with_its_file(folder: Path, text: str, problem: str) -> None:
    write(folder, text)
    (finding,) = read_corpus(folder).findings
    assert finding.path == "charter/cap/asked.yaml"
    assert problem in finding.message
    assert finding.repair


def test_a_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "asked.yaml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CorpusError, match="cannot be read"):
        read_asked(path, "x/asked.yaml")


def test_every_packaged_section_tells_how_people_ask_for_it_in_every_language() -> None:
    lacking = [
        f"{document.path.relative_to(PACKAGED_DOCUMENTS)}#{section.anchor}"
        for document in packaged_corpus().documents
        for section in document.sections
        if not section.asked
    ]
    assert lacking == []
