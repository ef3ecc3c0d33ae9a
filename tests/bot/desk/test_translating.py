"""What is missing or out of date is listed, source and translation stand side by side, and a written text is checked."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.desk.translating import Translations
from corpus import Language, TranslationError
from corpus.glossary import Glossary
from tests.bot.conftest import write_document
from tests.bot.desk.translation_doubles import DOCUMENT, TWO_SECTIONS, faithful

FRENCH = "## Plafond des primes {#cap}\n\nLes primes réunies ne dépassent pas 30 % du montant primable.\n"


@pytest.fixture
def translations(tmp_path: Path, glossary: Glossary) -> Translations:
    write_document(tmp_path, "charter/premium-cap/en", TWO_SECTIONS)
    write_document(tmp_path, "charter/premium-cap/fr", FRENCH, original_lang="en")
    return Translations(tmp_path, glossary, today=lambda: date(2026, 11, 29))


def test_a_section_is_missing_in_each_language_that_lacks_it(translations: Translations) -> None:
    missing = [(one.anchor, one.lack, one.target) for one in translations.missing()]
    assert ("jobs", Language.FR, "charter/premium-cap/fr.md") in missing
    assert ("cap", Language.FR, "charter/premium-cap/fr.md") not in missing
    assert len(missing) == 3 + 4
    jobs = next(one for one in translations.missing() if one.anchor == "jobs")
    assert (jobs.document, jobs.heading, jobs.have) == (DOCUMENT, "Which jobs count?", (Language.EN,))


def test_documents_in_most_languages_come_first_and_those_out_of_force_not_at_all(
    translations: Translations, tmp_path: Path
) -> None:
    write_document(tmp_path, "a/alone/en", TWO_SECTIONS)
    write_document(tmp_path, "a/over/en", TWO_SECTIONS, valid_to="2025-01-01")
    assert list(dict.fromkeys(one.document for one in translations.missing())) == [DOCUMENT, "a/alone/en.md"]


def test_an_original_that_is_not_there_is_replaced_by_the_first_version(
    translations: Translations, tmp_path: Path
) -> None:
    for language in ("en", "es"):
        write_document(tmp_path, f"press/visit/{language}", TWO_SECTIONS, original_lang="zh")
    assert {one.document for one in translations.missing() if "visit" in one.document} == {"press/visit/en.md"}


def test_other_figures_are_out_of_date_the_older_first(translations: Translations, tmp_path: Path) -> None:
    assert translations.outdated() == []
    wrong = FRENCH.replace("30", "25")
    write_document(tmp_path, "charter/premium-cap/fr", wrong, original_lang="en")
    write_document(tmp_path, "charter/premium-cap/es", wrong, original_lang="en", as_of="2025-01-01")
    spanish, french = translations.outdated()
    assert (spanish.language, spanish.older, spanish.target) == (Language.ES, True, "charter/premium-cap/es.md")
    assert (french.language, french.older, french.lacking, french.surplus) == (Language.FR, False, ("30%",), ("25%",))


def test_side_by_side_shows_texts_terms_and_the_figures_that_must_match(
    translations: Translations, tmp_path: Path
) -> None:
    body = TWO_SECTIONS.replace("The premiums together", "Under the Investment Charter, the premiums together")
    write_document(tmp_path, "charter/premium-cap/en", body)
    side = translations.side_by_side(DOCUMENT, Language.FR)
    cap, jobs = side.sections
    assert (side.target, side.source_language, side.target_language) == (
        "charter/premium-cap/fr.md", Language.EN, Language.FR,
    )  # fmt: skip
    assert cap.source_text.startswith("Under the Investment Charter")
    assert cap.target_text.startswith("Les primes réunies")
    assert cap.figures == ("30%",)
    assert ("Investment Charter", "Charte de l'investissement") in cap.terms
    assert (jobs.target_heading, jobs.target_text, jobs.figures) == ("", "", ("150",))


def test_side_by_side_names_sections_that_stand_only_in_the_translation(
    translations: Translations, tmp_path: Path
) -> None:
    write_document(tmp_path, "charter/premium-cap/fr", FRENCH + "\n## Ici {#ici}\n\nTexte.\n", original_lang="en")
    assert translations.side_by_side(DOCUMENT, Language.FR).only_there == ("ici",)
    assert translations.side_by_side(DOCUMENT, Language.AR).only_there == ()


@pytest.mark.parametrize(
    ("document", "language", "problem"),
    [
        ("charter/none/en.md", Language.FR, "There is no document charter/none/en.md"),
        ("../../etc/passwd", Language.FR, "There is no document"),
        (DOCUMENT, Language.EN, "is in that language already"),
    ],
)
def test_what_cannot_be_translated_is_an_error_that_says_why(
    translations: Translations, document: str, language: Language, problem: str
) -> None:
    for call in (translations.side_by_side, lambda *what: translations.check(*what, "x")):
        with pytest.raises(TranslationError, match=problem):
            call(document, language)


def test_a_written_translation_is_checked_as_a_whole_file(translations: Translations, tmp_path: Path) -> None:
    path = write_document(tmp_path, "charter/premium-cap/fr", FRENCH.replace("30 %", "\u200e35 %"), original_lang="en")
    problems = translations.check(DOCUMENT, Language.FR, path.read_text(encoding="utf-8"))
    assert {one.code for one in problems} == {"anchor_missing", "direction_marks", "figures_lacking", "figures_surplus"}
    assert [one.line for one in problems] == sorted(one.line for one in problems)


def test_a_file_that_is_no_document_says_what_to_repair(translations: Translations) -> None:
    (problem,) = translations.check(DOCUMENT, Language.FR, "no fields")
    finding = problem.finding("charter/premium-cap/fr.md")
    assert (problem.code, finding.message) == ("unreadable", "There is no front matter.")
    assert finding.repair.startswith("Begin the file with a line ---")


def test_without_a_chat_model_nothing_is_proposed(
    translations: Translations, tmp_path: Path, glossary: Glossary
) -> None:
    assert not translations.can_propose
    assert Translations(tmp_path, glossary, faithful()).can_propose
    with pytest.raises(TranslationError, match=r"No chat model is configured\. Set MITHAQ_CHAT_MODEL__NAME"):
        translations.propose(DOCUMENT, Language.FR)


def test_the_documents_can_come_from_elsewhere(translations: Translations, tmp_path: Path, glossary: Glossary) -> None:
    from corpus.loading import Corpus

    assert Translations(tmp_path, glossary, read=lambda: Corpus(())).missing() == []
