"""Reading documents, good and bad."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Confidence, CorpusError, Kind, Language, Source
from corpus.loading import load_corpus, load_document, parse_document, read_corpus
from tests.corpus.documents import BODY, findings_of, front_matter, write, write_bytes

WHERE = "charter/cap/en"


def parse(content: str) -> list[str]:
    """The findings about a text as `line: message`."""
    folder = Path("/documents")
    try:
        parse_document(content, folder / f"{WHERE}.md", folder)
    except CorpusError as error:
        return [f"{finding.line}: {finding.message}" for finding in error.findings]
    return []


def test_a_document_is_read_with_every_field(tmp_path: Path) -> None:
    write(
        tmp_path, "charter/cap/fr", "## Le plafond ? {#cap .to-confirm}\n\nIl est de 30 %.\n", kind="guide",
        topics="[cap]", provinces="[safi]", sectors="[tourism]", valid_from="2026-01-01", valid_to="2027-01-01",
        superseded_by="new", confidence="press",
        sources="[{title: BO, url: 'https://example.org/bo', article: '3', sections: [cap]}]",
    )  # fmt: skip
    document = load_document(tmp_path / "charter/cap/fr.md", tmp_path)
    assert (document.collection, document.slug, document.language) == ("charter", "cap", Language.FR)
    assert (document.kind, document.original_language) == (Kind.GUIDE, Language.EN)
    assert (document.published, document.as_of) == (date(2026, 1, 2), date(2026, 3, 4))
    assert (document.topics, document.provinces, document.sectors) == (("cap",), ("safi",), ("tourism",))
    assert (document.valid_from, document.valid_to) == (date(2026, 1, 1), date(2027, 1, 1))
    assert document.sources == (Source("BO", "https://example.org/bo", "3", ("cap",)),)
    assert (document.superseded_by, document.confidence) == ("new", Confidence.PRESS)
    assert [(s.anchor, s.heading, s.body, s.confidence) for s in document.sections] == [
        ("cap", "Le plafond ?", "Il est de 30 %.", Confidence.TO_CONFIRM)
    ]


def test_the_line_of_a_section_is_its_line_in_the_file(tmp_path: Path) -> None:
    path = write(tmp_path, WHERE, f"{BODY}\n## Second? {{#second}}\n\nYes.\n")
    lines = path.read_text(encoding="utf-8").splitlines()
    for section in load_document(path, tmp_path).sections:
        assert f"{{#{section.anchor}}}" in lines[section.line - 1]


def test_a_byte_order_mark_windows_line_ends_and_direction_marks_do_no_harm(tmp_path: Path) -> None:
    text = f"---\n{front_matter('ar')}---\n\n## ما\u200f السقف؟ {{#cap}}\n\n30%.\n".replace("\n", "\r\n")
    write_bytes(tmp_path, "charter/cap/ar", b"\xef\xbb\xbf" + text.encode())
    (section,) = load_document(tmp_path / "charter/cap/ar.md", tmp_path).sections
    assert (section.heading, section.body) == ("ما السقف؟", "30%.")


@pytest.mark.parametrize(
    ("content", "finding"),
    [
        ("", "1: There is no front matter."),
        ("## Title {#a}\n\nText.", "1: There is no front matter."),
        ("---\ntitle: A\n", "1: There is no front matter."),
        ("---\ntitle: a: b\n---\n", "2: The front matter cannot be read: mapping values are not allowed here."),
        ("---\ntitle: A\nx: [1\n---\n", "3: The front matter cannot be read: expected"),
        ("---\npublished: 2026-02-30\n---\n", "1: The front matter cannot be read: day is out of range for month."),
        ("---\n- a\n---\n", "2: The front matter is not a list of fields."),
        (f"---\n{front_matter('en', lang='')}---\n{BODY}", "1: `lang` is missing."),
        (f"---\n{front_matter('en', published='')}---\n{BODY}", "1: `published` is missing."),
        (f"---\n{front_matter('en', colour='red')}---\n{BODY}", "10: `colour` is not a known field."),
        (f"---\n{front_matter('en', published='soon')}---\n{BODY}", "5: `published`: Input should be a valid date"),
        (f"---\n{front_matter('en', lang='de')}---\n{BODY}", "7: `lang`: Input should be 'ar', 'fr', 'en'"),
        (f"---\n{front_matter('en', kind='law')}---\n{BODY}", "3: `kind`: Input should be 'press-release'"),
        (f"---\n{front_matter('en', lang='no')}---\n{BODY}", "7: `lang`: Input should be"),
        (f"---\n{front_matter('en', lang='fr')}---\n{BODY}", "7: The file says lang: fr."),
        (f"---\n{front_matter('en', sources='[{title: a, url: ftp://x}]')}---\n{BODY}", "10: `sources.0.url`"),
        (f"---\n{front_matter('en', **{'1': 'x'})}---\n{BODY}", "10: `1"),
        (f"---\n{front_matter('en')}---\n", "11: The document has no text."),
        (f"---\n{front_matter('en')}---\n## A {{#a}}\n\n## B {{#b}}\nx", "11: The section #a has no text."),
        (f"---\n{front_matter('en')}---\n## A\n", "has no text."),
        (f"---\n{front_matter('en')}---\n{BODY}{BODY}", "14: The anchor #cap stands already in line 11."),
        (
            f"---\n{front_matter('en', sources='[{title: a, url: https://x, sections: [gone]}]')}---\n{BODY}",
            "10: A source names the section #gone, which does not exist.",
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_line(content: str, finding: str) -> None:
    (said,) = parse(content)
    assert finding in said


def test_everything_wrong_with_a_file_is_said_at_once() -> None:
    content = f"---\n{front_matter('en', lang='', published='x', colour='red')}---\n{BODY}"
    assert len(parse(content)) == 3


def test_a_lone_surrogate_written_as_an_escape_is_refused() -> None:
    (said,) = parse(f"---\n{front_matter('en', title=chr(34) + chr(92) + 'ud800' + chr(34))}---\n{BODY}")
    assert "`title`" in said


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=80))
def test_no_front_matter_breaks_the_reader(text: str) -> None:
    assert parse(f"---\n{text}\n---\n{BODY}")


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        (b"", 1, "There is no front matter."),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", 2, "not valid UTF-8"),
        (f"---\n{front_matter('en')}---\n\nÉté".encode("latin-1"), 12, "not valid UTF-8"),
        ("---\ntitle: a".encode("utf-16"), 1, "not valid UTF-8"),
    ],
)
def test_a_file_that_is_no_document_is_named_with_its_line(
    tmp_path: Path, content: bytes, line: int, message: str
) -> None:
    write_bytes(tmp_path, WHERE, content)
    (finding,) = findings_of(tmp_path)
    assert (finding.path, finding.line) == (f"{WHERE}.md", line)
    assert message in finding.message


@pytest.mark.parametrize("path", ["readme", "charter/readme", "charter/Cap/en", "a/b/c/en", "charter/-cap/en"])
def test_a_file_in_the_wrong_place_is_refused(tmp_path: Path, path: str) -> None:
    write(tmp_path, path)
    (finding,) = findings_of(tmp_path)
    assert "does not stand where" in finding.message


def test_a_file_that_cannot_be_read_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / f"{WHERE}.md").mkdir(parents=True)
    (finding,) = findings_of(tmp_path)
    assert finding.message == "The file cannot be read: Is a directory."


def test_a_missing_folder_is_a_finding(tmp_path: Path) -> None:
    (finding,) = findings_of(tmp_path / "none")
    assert finding.message == "There is no such folder of documents."


def test_all_files_are_read_in_a_stable_order_and_good_ones_kept_beside_bad_ones(tmp_path: Path) -> None:
    write(tmp_path, "press/b/fr")
    write(tmp_path, "charter/a/en")
    write(tmp_path, "charter/a/ar", colour="red")
    write(tmp_path, "press/c/en", lang="")
    corpus = read_corpus(tmp_path)
    assert [(document.slug, document.language) for document in corpus.documents] == [("a", "en"), ("b", "fr")]
    assert [finding.path for finding in corpus.findings] == ["charter/a/ar.md", "press/c/en.md"]
    assert len(findings_of(tmp_path)) == 2


def test_versions_are_kept_by_slug_and_language(tmp_path: Path) -> None:
    for path in ("charter/a/en", "charter/a/fr", "press/b/zh"):
        write(tmp_path, path)
    versions = load_corpus(tmp_path).versions()
    assert {slug: set(by_language) for slug, by_language in versions.items()} == {"a": {"en", "fr"}, "b": {"zh"}}
