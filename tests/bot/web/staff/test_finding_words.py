from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace

import pytest

from bot.desk.overlay import lay_over
from bot.web.staff.finding_words import finding_text
from bot.web.staff.words import LANGUAGES, load_wordings
from corpus import Finding, Language
from corpus.checking import check_corpus

FRONT = (
    "title: T\nkind: guide\npublisher: P\npublished: 2026-01-01\nas_of: 2026-01-01\nlang: fr\noriginal_lang: fr\n"
    "confidence: press"
)


def write(folder: Path, path: str, front: str = FRONT, body: str = "## Un {#a}\n\nTexte.\n") -> None:
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"---\n{front}\n---\n\n{body}", encoding="utf-8")


@pytest.fixture
def findings(tmp_path: Path) -> list[Finding]:
    """A folder with nearly everything that can be wrong."""
    write(tmp_path, "guides/one/fr.md", FRONT + "\nsuperseded_by: none\nvalid_from: 2027-01-01\nvalid_to: 2026-01-01")
    write(tmp_path, "press/one/fr.md")
    write(tmp_path, "guides/two/fr.md", "title: T\nextra: x\nkind: wrong")
    write(tmp_path, "guides/three/fr.md", FRONT, "## Un {#a}\n\n## Deux {#a}\n\nTexte.\n")
    write(tmp_path, "guides/four/fr.md", "title: [", "")
    write(tmp_path, "guides/five/ar.md")
    write(tmp_path, "guides/six/fr.md", FRONT, "")
    write(tmp_path, "guides/BAD/fr.md")
    write(
        tmp_path,
        "guides/seven/fr.md",
        FRONT.replace("publisher: P", "publisher: Mithaq"),
        f"## Un {{#a}}\n\n{'mot ' * 200}",
    )
    for language in Language:
        front = FRONT.replace("lang: fr\n", f"lang: {language}\n", 1)
        body = "## Un {#a}\n\n12 %.\n" if language is Language.FR else "## Un {#b}\n\n13 %.\n\n## Deux {#a}\n\n15 %.\n"
        write(tmp_path, f"guides/eight/{language}.md", front, body)
    source = FRONT + "\nsources:\n  - title: S\n    url: https://example.org\n    sections: [none]"
    write(tmp_path, "guides/nine/fr.md", source)
    (tmp_path / "guides/nine/es.md").write_text("no fields", encoding="utf-8")
    (tmp_path / "guides/nine/en.md").write_bytes(b"\xff\xfe")
    return check_corpus(tmp_path)


@pytest.mark.parametrize("language", [Language.FR, Language.AR])
def test_what_the_check_finds_is_said_in_the_language_of_the_page(findings: list[Finding], language: Language) -> None:
    words = load_wordings()[language]
    untold = [str(finding) for finding in findings if finding.message in finding_text(finding, words)]
    assert untold == []
    assert len({re.sub(r"[\d`#].*", "", finding.message) for finding in findings}) > 10


def test_what_has_no_words_here_stays_as_the_check_says_it() -> None:
    said = finding_text(Finding("a", 1, "Something new.", "Mend it."), load_wordings()[Language.FR])
    assert said == "Something new. Mend it."


def test_what_is_only_found_in_drafts_has_words_too() -> None:
    said = finding_text(
        Finding("a", 1, "The section “Qui ?” has no anchor.", "Write it."), load_wordings()[Language.FR]
    )
    assert said.startswith("Le passage « \u2068Qui ?\u2069 » n'a pas de repère. Écrivez {#un-nom}")


def test_drafts_that_cannot_stand_where_they_want_to_are_told_in_words_too(tmp_path: Path) -> None:
    write(tmp_path, "guides/one/fr.md")
    (tmp_path / "guides/one/asked.yaml").write_text("none: {fr: [Qui ?]}", encoding="utf-8")
    text = (tmp_path / "guides/one/fr.md").read_text("utf-8")
    paths = ("guides/one/fr.md", "guides/one/fr.md", "../fr.md")
    found = list(lay_over([SimpleNamespace(path=path, text=text, remove=False) for path in paths], tmp_path).findings)
    (tmp_path / "guides/one/asked.yaml").write_text("none: [", encoding="utf-8")
    found += lay_over([SimpleNamespace(path=paths[0], text=text, remove=False)], tmp_path).findings
    assert len({one.message[:20] for one in found}) == 4
    words = load_wordings()[Language.FR]
    assert [one.message for one in found if one.message in finding_text(one, words)] == []


def test_languages_and_fields_are_named(findings: list[Finding]) -> None:
    said = [finding_text(finding, load_wordings()[Language.FR]) for finding in findings]
    assert any("manque dans ces langues : \u2068arabe, anglais" in one for one in said)
    assert any("« \u2068Éditeur\u2069 »" in one for one in said)
    assert all(language in load_wordings() for language in LANGUAGES)
