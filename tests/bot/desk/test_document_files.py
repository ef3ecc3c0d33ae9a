"""The files of documents, and nothing else."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from bot.desk.document_files import DocumentFiles
from corpus import DraftPathError


def test_a_document_is_reached_by_its_path_whether_or_not_it_exists(corpus_folder: Path) -> None:
    files = DocumentFiles(corpus_folder)
    assert files.path("press/delegation/en.md").is_file()
    assert files.path("press/a-new-visit/ar.md") == corpus_folder / "press/a-new-visit/ar.md"
    assert files.text("press/a-new-visit/ar.md") is None
    assert files.digest("press/a-new-visit/ar.md") == ""


def test_the_digest_is_that_of_the_bytes_of_the_file(corpus_folder: Path) -> None:
    file = corpus_folder / "press/delegation/en.md"
    assert (
        DocumentFiles(corpus_folder).digest("press/delegation/en.md") == hashlib.sha256(file.read_bytes()).hexdigest()
    )


@pytest.mark.parametrize(
    "path",
    [
        "", "press", "press/delegation", "../secret/en.md", "press/../en.md", "/etc/passwd", "press/delegation/en.md/",
        "press/a/de.md",
        "press/delegation/en.md\n", "Press/delegation/en.md", "press/dele gation/en.md", "press\\delegation\\en.md",
        "press/delegation/.en.md", "press/delegation/asked.yaml", "a/press/delegation/en.md",
    ],
)  # fmt: skip
def test_no_other_file_is_reached(path: str, corpus_folder: Path) -> None:
    files = DocumentFiles(corpus_folder)
    with pytest.raises(DraftPathError, match=r"<collection>/<slug>/<language>.md"):
        files.path(path)
    assert files.text(path) is None
    assert files.digest(path) == ""


def test_a_link_out_of_the_folder_is_not_followed(corpus_folder: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "en.md").write_text("secret", encoding="utf-8")
    (corpus_folder / "press" / "linked").symlink_to(outside)
    assert DocumentFiles(corpus_folder).text("press/linked/en.md") is None
