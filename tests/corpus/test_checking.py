"""What only the corpus as a whole shows."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from corpus import Severity
from corpus.checking import check_corpus
from corpus.loading import PACKAGED_DOCUMENTS
from tests.corpus.documents import write, write_bytes

SENTENCES = {
    "en": "The cap is 2.5% of 50 million dirhams.", "fr": "Le plafond est de 2,5 % de 50 millions de dirhams.",
    "es": "El tope es del 2,5 % de 50 millones de dírhams.", "zh": "上限为5000万迪拉姆的2.5%。",
    "ar": "السقف 2,5% من 50 مليون درهم.",
}  # fmt: skip


def write_versions(folder: Path, slug: str = "charter/cap", **changed: str) -> None:
    """One document in five languages; `changed` holds other bodies by language."""
    for language, sentence in SENTENCES.items():
        write(folder, f"{slug}/{language}", changed.get(language, f"## ? {{#cap}}\n\n{sentence}\n"))


def said(folder: Path) -> list[str]:
    return [f"{finding.path}:{finding.line} {finding.message}" for finding in check_corpus(folder)]


def test_five_languages_with_the_same_anchors_and_figures_have_no_findings(tmp_path: Path) -> None:
    write_versions(tmp_path)
    assert said(tmp_path) == []


def test_a_missing_language_is_an_error_and_a_release_in_one_language_only_a_warning(tmp_path: Path) -> None:
    write_versions(tmp_path)
    (tmp_path / "charter/cap/zh.md").unlink()
    write(tmp_path, "press/release/fr", original_lang="fr")
    cap, release = check_corpus(tmp_path)
    assert (cap.message, cap.severity) == ("cap is missing in zh.", Severity.ERROR)
    assert (release.message, release.severity) == ("release is missing in ar, en, es, zh.", Severity.WARNING)
    assert "zh.md" in cap.repair


def test_figures_that_differ_are_named_with_the_line(tmp_path: Path) -> None:
    write_versions(tmp_path, fr="## ? {#cap}\n\nLe plafond est de 25 % de 50 millions de dirhams.\n")
    assert said(tmp_path) == ["charter/cap/fr.md:12 #cap has other figures than en.md: lacking 2.5%; only here 25%."]


def test_figures_only_in_one_language_are_named(tmp_path: Path) -> None:
    write_versions(tmp_path, es="## ? {#cap}\n\nEl tope es del 2,5 % de 50 millones en 2026.\n")
    assert said(tmp_path) == ["charter/cap/es.md:12 #cap has other figures than en.md: lacking none; only here 2026."]


def test_anchors_that_differ_are_named(tmp_path: Path) -> None:
    write_versions(tmp_path, ar=f"## ? {{#kap}}\n\n{SENTENCES['ar']}\n")
    assert said(tmp_path) == [
        "charter/cap/ar.md:1 #cap of en.md is missing.",
        "charter/cap/ar.md:12 #kap does not stand in en.md.",
    ]


def test_versions_are_compared_with_the_original_language(tmp_path: Path) -> None:
    for language in SENTENCES:
        anchor = "cap" if language == "en" else "kap"
        write(tmp_path, f"charter/cap/{language}", f"## ? {{#{anchor}}}\n\nText.\n", original_lang="zh")
    assert {line.partition(":")[0] for line in said(tmp_path)} == {"charter/cap/en.md"}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_slug_in_two_collections_is_an_error_even_for_the_same_language(tmp_path: Path, language: str) -> None:
    write(tmp_path, "charter/cap/en")
    write(tmp_path, f"press/cap/{language}")
    assert f"press/cap/{language}.md:1 The slug cap stands in the collection charter as well." in said(tmp_path)


def test_a_successor_must_exist_and_dates_must_be_in_order(tmp_path: Path) -> None:
    write(tmp_path, "charter/old/en", superseded_by="new", valid_from="2026-02-01", valid_to="2026-01-01")
    write(tmp_path, "charter/older/en", superseded_by="old")
    messages = [finding.message for finding in check_corpus(tmp_path) if finding.severity is Severity.ERROR]
    assert messages == ["superseded_by names new, which does not exist.", "valid_to lies before valid_from."]


def test_our_own_summary_must_name_a_source(tmp_path: Path) -> None:
    write(tmp_path, "charter/cap/en", publisher="Mithaq")
    assert "charter/cap/en.md:1 The summary names no source." in said(tmp_path)


def test_a_long_section_is_a_warning(tmp_path: Path) -> None:
    write(tmp_path, "charter/cap/en", "## ? {#cap}\n\n" + "word " * 181)
    (finding,) = [finding for finding in check_corpus(tmp_path) if "#cap has 181 words" in finding.message]
    assert finding.severity is Severity.WARNING


def test_files_that_cannot_be_read_are_among_the_findings(tmp_path: Path) -> None:
    write_versions(tmp_path)
    write_bytes(tmp_path, "charter/broken/en", b"\xff")
    assert said(tmp_path) == ["charter/broken/en.md:1 The file is not valid UTF-8."]


def test_findings_are_in_the_order_of_files_and_lines(tmp_path: Path) -> None:
    write(tmp_path, "z/last/en", superseded_by="none", publisher="Mithaq")
    write(tmp_path, "a/first/en", "## ? {#cap}\n\n" + "word " * 200)
    places = [(finding.path, finding.line) for finding in check_corpus(tmp_path)]
    assert places == sorted(places)
    assert len(places) == 5


def test_the_packaged_documents_have_no_errors() -> None:
    assert [str(finding) for finding in check_corpus(PACKAGED_DOCUMENTS) if finding.severity is Severity.ERROR] == []


def test_a_figure_changed_in_one_packaged_file_is_found(tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    shutil.copytree(PACKAGED_DOCUMENTS, folder)
    path = folder / "charter/premium-cap/fr.md"
    path.write_text(re.sub(r"\b30\b", "31", path.read_text(encoding="utf-8")), encoding="utf-8")
    assert {finding.path for finding in check_corpus(folder) if "31%" in finding.message} == {
        "charter/premium-cap/fr.md"
    }
