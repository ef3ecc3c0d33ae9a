from __future__ import annotations

from pathlib import Path

from bot.desk.shelf import Shelves
from corpus import Language

TEXT = (
    "---\ntitle: {title}\nkind: guide\npublisher: CCIS\npublished: 2026-11-20\nas_of: 2026-11-20\nlang: fr\n"
    "original_lang: fr\ntopics: [b, a]\nconfidence: press\n---\n\n## Un {{#a}}\n\nTexte.\n"
)


def write(folder: Path, slug: str, title: str) -> Path:
    file = folder / "guides" / slug / "fr.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(TEXT.format(title=title), encoding="utf-8")
    return file


def test_a_document_that_changes_appears_or_goes_is_noticed(tmp_path: Path) -> None:
    shelves = Shelves(tmp_path)
    file = write(tmp_path, "one", "First")
    assert shelves().find("guides", "one", Language.FR).title == "First"  # type: ignore[union-attr]
    write(tmp_path, "one", "Second, longer")
    assert shelves().find("guides", "one", Language.FR).title == "Second, longer"  # type: ignore[union-attr]
    write(tmp_path, "two", "Other")
    assert set(shelves().corpus.versions()) == {"one", "two"}
    file.unlink()
    assert set(shelves().corpus.versions()) == {"two"}


def test_an_unchanged_folder_is_not_read_again(tmp_path: Path) -> None:
    shelves = Shelves(tmp_path)
    write(tmp_path, "one", "First")
    assert shelves() is shelves()


def test_a_shelf_tells_what_its_documents_have(tmp_path: Path) -> None:
    write(tmp_path, "one", "First")
    shelf = Shelves(tmp_path)()
    assert (shelf.collections(), shelf.topics(), shelf.publishers()) == (("guides",), ("a", "b"), ("CCIS",))
    assert shelf.find("press", "one", Language.FR) is None
    assert shelf.find("guides", "one", Language.AR) is None
