"""The documents that the index answers from."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.documents import IndexedDocuments
from corpus import Confidence, CorpusError, Language
from corpus.glossary import Glossary
from corpus.loading import load_corpus
from corpus.splitting import split_into_passages
from index import LiveIndex, build_index

LATE = "## Late {#late}\n\nThis came after the index was built.\n"


@pytest.fixture
def live(corpus_folder: Path, tmp_path: Path, encoder: Any, glossary: Glossary) -> LiveIndex:
    build(corpus_folder, tmp_path, encoder)
    return LiveIndex(tmp_path / "home", encoder, glossary)


def build(folder: Path, tmp_path: Path, encoder: Any) -> None:
    passages = split_into_passages(load_corpus(folder).documents, date(2026, 11, 1))
    build_index(passages, encoder, tmp_path / "home")


def test_every_indexed_document_is_listed_in_order_with_its_facts(live: LiveIndex, corpus_folder: Path) -> None:
    documents = IndexedDocuments(corpus_folder, live.get)()
    assert [(one.collection, one.slug, str(one.language)) for one in documents] == [
        *(("charter", "premium-cap", language) for language in ("ar", "fr", "en", "zh", "es")),
        ("charter", "territorial", "en"),
        ("guides", "diving", "fr"),
        ("press", "delegation", "en"),
        ("press", "delegation", "es"),
        ("press", "delegation-release", "zh"),
    ]
    territorial = next(one for one in documents if one.slug == "territorial")
    assert territorial.sources[0].url == "https://example.org/bo"
    assert [(one.anchor, one.confidence) for one in territorial.sections] == [
        ("safi", Confidence.TO_CONFIRM), ("essaouira", Confidence.PRESS), ("jobs", Confidence.OFFICIAL),
    ]  # fmt: skip
    assert territorial.sections[0].body.startswith("A project in the province of Safi")


def test_a_document_that_is_not_indexed_yet_is_not_shown(
    live: LiveIndex, corpus_folder: Path, tmp_path: Path, encoder: Any
) -> None:
    documents = IndexedDocuments(corpus_folder, live.get)
    path = corpus_folder / "charter/territorial/en.md"
    path.write_text(
        path.read_text(encoding="utf-8").replace("premium of 10%. The", "premium of 15%. The") + "\n" + LATE
    )
    shown = next(one for one in documents() if one.slug == "territorial")
    assert "10%" in shown.sections[0].body
    assert "late" not in [one.anchor for one in shown.sections]
    build(corpus_folder, tmp_path, encoder)
    shown = next(one for one in documents() if one.slug == "territorial")
    assert "15%" in shown.sections[0].body
    assert [one.anchor for one in shown.sections][-1] == "late"


def test_a_document_that_is_not_in_force_is_not_shown(
    corpus_folder: Path, tmp_path: Path, encoder: Any, glossary: Glossary
) -> None:
    path = corpus_folder / "guides/diving/fr.md"
    path.write_text(path.read_text(encoding="utf-8").replace("kind: guide", "kind: guide\nvalid_to: 2020-01-01"))
    build(corpus_folder, tmp_path, encoder)
    documents = IndexedDocuments(corpus_folder, LiveIndex(tmp_path / "home", encoder, glossary).get)
    assert "diving" not in [one.slug for one in documents()]
    assert {one.language for one in documents()} == set(Language)


def test_documents_that_cannot_be_read_are_an_error(live: LiveIndex, corpus_folder: Path) -> None:
    (corpus_folder / "guides/diving/fr.md").write_text("no front matter", encoding="utf-8")
    with pytest.raises(CorpusError):
        IndexedDocuments(corpus_folder, live.get)()
