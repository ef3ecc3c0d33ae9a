"""Taking a text into the corpus."""

from __future__ import annotations

import io
import os
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest

from corpus import Confidence, CorpusError, ImportRefusedError, Kind, Language
from corpus.adding import MOST_BYTES, NewDocument, add_document
from corpus.loading import load_corpus, load_document
from tests.corpus.documents import write

TEXT = "Le CRI reçoit une délégation\n\nUne délégation de 28 entreprises a visité Safi.\n"


def new(**changed: Any) -> NewDocument:
    fields: dict[str, Any] = {
        "kind": Kind.PRESS_RELEASE, "publisher": "CRI", "published": date(2026, 5, 4), "language": Language.FR,
    }  # fmt: skip
    return NewDocument(**fields | changed)


def text_file(folder: Path, content: str | bytes = TEXT, name: str = "Délégation à Safi.txt") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def refused(file: Path, folder: Path, **changed: Any) -> str:
    before = sorted(folder.rglob("*"))
    with pytest.raises(CorpusError) as error:
        add_document(file, new(**changed), folder)
    assert sorted(folder.rglob("*")) == before
    return str(error.value)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    return folder


def test_a_text_is_stored_unchanged_and_can_be_loaded(tmp_path: Path, folder: Path) -> None:
    document = add_document(text_file(tmp_path), new(url="https://cri.ma/x"), folder)
    assert document.path == folder / "press/2026-05-04-delegation-a-safi/fr.md"
    assert document == load_document(document.path, folder)
    assert document.path.read_text(encoding="utf-8").endswith(f"---\n\n{TEXT}")
    assert (document.title, document.publisher) == ("Le CRI reçoit une délégation", "CRI")
    assert (document.as_of, document.original_language) == (date(2026, 5, 4), Language.FR)
    assert document.sources[0].url == "https://cri.ma/x"
    assert [path.name for path in document.path.parent.iterdir()] == ["fr.md"]


@pytest.mark.parametrize(
    ("kind", "confidence", "collection", "stated"),
    [
        (Kind.PRESS_RELEASE, None, "press", Confidence.PRESS),
        (Kind.GUIDE, None, "guides", Confidence.TO_CONFIRM),
        (Kind.SUMMARY, Confidence.OFFICIAL, "summaries", Confidence.OFFICIAL),
    ],
)
def test_the_kind_decides_the_collection_and_how_firmly_it_stands(
    tmp_path: Path, folder: Path, kind: Kind, confidence: Confidence | None, collection: str, stated: Confidence
) -> None:
    document = add_document(text_file(tmp_path), new(kind=kind, confidence=confidence), folder)
    assert (document.collection, document.confidence) == (collection, stated)


@pytest.mark.parametrize(
    ("content", "title"),
    [
        ("# A heading: with “quotes”\n\nText.", "A heading: with “quotes”"),
        ("#\nText.", "…"),
        ("word " * 40, "word " * 17 + "word…"),
        ("字" * 120, "字" * 90 + "…"),
    ],
)
def test_a_title_is_taken_from_the_first_line(tmp_path: Path, folder: Path, content: str, title: str) -> None:
    assert add_document(text_file(tmp_path, content), new(), folder).title == title


def test_what_is_said_about_the_text_goes_before_what_is_found(tmp_path: Path, folder: Path) -> None:
    document = add_document(text_file(tmp_path), new(title="2026", slug="visit", as_of=date(2026, 6, 1)), folder)
    assert (document.title, document.slug, document.as_of) == ("2026", "visit", date(2026, 6, 1))


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("中国.md", "2026-05-04-text"),
        ("2026-05-04 visite.fr.txt", "2026-05-04-visite"),
        ("x" * 100 + ".txt", "2026-05-04-" + "x" * 60),
    ],
)
def test_a_slug_is_made_of_the_day_and_the_name(tmp_path: Path, folder: Path, name: str, slug: str) -> None:
    assert add_document(text_file(tmp_path, name=name), new(), folder).slug == slug


def test_a_made_slug_that_is_taken_gets_a_number(tmp_path: Path, folder: Path) -> None:
    slugs = [add_document(text_file(tmp_path, f"Text {i}.", "a.txt"), new(), folder).slug for i in range(3)]
    assert slugs == ["2026-05-04-a", "2026-05-04-a-2", "2026-05-04-a-3"]


def test_a_slug_that_was_chosen_and_is_taken_is_refused(tmp_path: Path, folder: Path) -> None:
    write(folder, "charter/cap/en")
    assert "A document with this slug exists" in refused(text_file(tmp_path), folder, slug="cap")


def test_the_same_text_is_refused_the_second_time_however_it_is_named(tmp_path: Path, folder: Path) -> None:
    add_document(text_file(tmp_path), new(), folder)
    again = text_file(tmp_path, "\ufeff" + TEXT.replace("\n", "\r\n"), "other.txt")
    assert "stands in the corpus already, as press/2026-05-04-delegation-a-safi/fr.md" in refused(again, folder)
    assert len(load_corpus(folder).documents) == 1


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "The file is empty."),
        (" \n\u200f\n".encode(), "The file is empty."),
        (b"%PDF-1.7 text", "not a plain text"),
        (b"PK\x03\x04docx", "not a plain text"),
        (b"\xd0\xcf\x11\xe0doc", "not a plain text"),
        ("text".encode("utf-16"), "not a plain text"),
        ("Une\nété".encode("latin-1"), "latin.txt:2: error: The file is not valid UTF-8."),
        (b"x" * (MOST_BYTES + 1), "2,000,001 bytes"),
        (b"---\ntitle: x\n---\ntext", "has a front matter"),
    ],
)
def test_a_file_that_is_no_text_is_refused(tmp_path: Path, folder: Path, content: bytes, message: str) -> None:
    assert message in refused(text_file(tmp_path, content, "latin.txt"), folder)


def test_a_file_that_is_missing_is_refused(tmp_path: Path, folder: Path) -> None:
    assert "cannot be read: No such file" in refused(tmp_path / "none.txt", folder)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"slug": "Not A Slug"}, "does not stand where"),
        ({"slug": "../../outside"}, "does not stand where"),
        ({"publisher": ""}, "`publisher`"),
        ({"publisher": "\ud800"}, "`publisher`"),
        ({"title": "t" * 301}, "`title`"),
        ({"url": "cri.ma"}, "`sources.0.url`"),
    ],
)
def test_what_is_not_valid_about_a_text_is_refused(
    tmp_path: Path, folder: Path, changed: dict[str, Any], message: str
) -> None:
    assert message in refused(text_file(tmp_path), folder, **changed)


def test_a_full_disk_leaves_no_half_of_a_document(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        add_document(text_file(tmp_path), new(), folder)
    assert [path for path in folder.rglob("*") if path.is_file()] == []


def test_a_word_document_a_page_and_a_pdf_are_imported_with_what_they_name(tmp_path: Path, folder: Path) -> None:
    head = "<html><head><meta charset=utf-8><link rel=canonical href='https://cri.ma/a'></head>"
    page = f"{head}<body><h1>Une zone</h1><p>Une zone ouvre pour tous à Safi.</p>"
    document = add_document(text_file(tmp_path, page, "zone.html"), new(), folder)
    assert (document.title, document.provinces, document.sources[0].url) == ("Une zone", ("safi",), "https://cri.ma/a")
    assert document == load_document(document.path, folder)
    written, word = docx.Document(), io.BytesIO()
    written.add_heading("Les prix", 1)
    written.add_paragraph("Dix dirhams le mètre.")
    written.save(word)
    assert (
        add_document(text_file(tmp_path, word.getvalue(), "prix.docx"), new(title="Mes prix"), folder).title
        == "Mes prix"
    )
    pdf = (Path(__file__).parent / "importing/pdf/forms-dejavu.pdf").read_bytes()
    assert len(add_document(text_file(tmp_path, pdf, "a.pdf"), new(language=Language.AR), folder).sections) > 0


def test_a_file_that_cannot_be_imported_is_refused_and_nothing_is_written(tmp_path: Path, folder: Path) -> None:
    with pytest.raises(ImportRefusedError, match="its content is something else: plain text"):
        add_document(text_file(tmp_path, b"just words", "a.pdf"), new(), folder)
    assert list(folder.rglob("*")) == []
    assert "cannot be read: No such file" in refused(tmp_path / "none.pdf", folder)
