"""A translation is compared with its source: anchors, figures, official terms, language, lists, and unwanted marks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.desk.translation_check import ProblemCode, TranslationChecker, TranslationProblem, check_marks, compare_figures
from corpus import Confidence, Language, Section, Severity
from corpus.glossary import Glossary
from corpus.loading import PACKAGED_DOCUMENTS, load_document
from tests.packaged import packaged_corpus

ENGLISH = Section(
    "cap",
    "What is the cap?",
    "The Investment Charter sets the cap of all the premiums at 30% of the eligible amount of the investment.\n\n"
    "- The first one is 10%.\n- The second one is 50 million dirhams.",
    7,
    Confidence.OFFICIAL,
)
FRENCH = replace(
    ENGLISH,
    heading="Quel est le plafond ?",
    body="La Charte de l'investissement fixe le plafond de toutes les primes à 30 % du montant primable de l'investissement.\n\n"
    "- La première est de 10 %.\n- La seconde est de 50 millions de dirhams.",
    line=9,
)
ARABIC = replace(
    ENGLISH,
    heading="ما هو السقف؟",
    body="يحدد ميثاق الاستثمار سقف جميع المنح في 30% من مبلغ الاستثمار القابل للدعم.\n\n- الأولى 10%.\n- الثانية 50 مليون درهم.",
)


@pytest.fixture(scope="module")
def checker(glossary: Glossary) -> TranslationChecker:
    return TranslationChecker(glossary)


def found(checker: TranslationChecker, target: Section, language: Language = Language.FR) -> dict[str, tuple[str, ...]]:
    return {
        problem.code.value: problem.details
        for problem in checker.compare_sections(ENGLISH, Language.EN, target, language)
    }


@pytest.mark.parametrize(("target", "language"), [(FRENCH, Language.FR), (ARABIC, Language.AR)])
def test_a_faithful_translation_has_no_problem(
    checker: TranslationChecker, target: Section, language: Language
) -> None:
    assert found(checker, target, language) == {}


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ("30 %", "35 %", {"figures_lacking": ("cap", "30%"), "figures_surplus": ("cap", "35%")}),
        (
            "50 millions",
            "50 milliards",
            {"figures_lacking": ("cap", "50000000"), "figures_surplus": ("cap", "50000000000")},
        ),
        (
            "La Charte de l'investissement",
            "Le texte",
            {"term_missing": ("cap", "Investment Charter", "Charte de l'investissement")},
        ),
        ("- La seconde", "La seconde", {"list_differs": ("cap", "1", "2")}),
    ],
)
def test_each_thing_that_differs_is_named(
    checker: TranslationChecker, before: str, after: str, problem: dict[str, tuple[str, ...]]
) -> None:
    assert before in FRENCH.body
    assert found(checker, replace(FRENCH, body=FRENCH.body.replace(before, after))) == problem


def test_a_text_in_another_language_is_told(checker: TranslationChecker) -> None:
    spanish = (
        "La Carta de la Inversión fija el tope de todas las primas en el 30 %. Son el 10 % y 50 millones de dírhams."
    )
    assert found(checker, replace(FRENCH, body=spanish))["wrong_language"] == ("cap", "es")


def test_a_text_left_in_the_language_of_the_source_is_told(checker: TranslationChecker) -> None:
    assert "not_translated" in found(checker, replace(ENGLISH, line=9))


def test_names_in_their_own_script_do_not_make_it_another_language(checker: TranslationChecker) -> None:
    body = f"{FRENCH.body}\n\nLe guide s'appelle 对外投资合作国别（地区）指南 et se lit en ligne."
    assert "wrong_language" not in found(checker, replace(FRENCH, body=body))


def test_an_empty_text_is_only_empty(checker: TranslationChecker) -> None:
    assert found(checker, replace(FRENCH, body=" \n")) == {"empty": ("cap",)}


def test_a_text_far_longer_than_its_source_is_told(checker: TranslationChecker) -> None:
    assert "too_long" in found(checker, replace(FRENCH, body=FRENCH.body + " Et encore une phrase de plus." * 60))


def test_everyday_words_and_small_letters_that_look_like_an_abbreviation_are_no_terms(
    checker: TranslationChecker,
) -> None:
    assert checker.terms("Add the water and the results of the tax.") == []
    named = [term.id for term in checker.terms("The ADD and the Investment Charter apply in Safi, not in France.")]
    assert named == ["digital-development-agency", "charter", "safi"]


def test_documents_are_compared_by_anchor_in_the_order_of_lines(checker: TranslationChecker) -> None:
    folder = PACKAGED_DOCUMENTS / "charter" / "premium-cap"
    source, target = (load_document(folder / f"{language}.md", PACKAGED_DOCUMENTS) for language in ("en", "fr"))
    torn = replace(target, sections=(*target.sections[1:], replace(target.sections[0], anchor="other")))
    codes = [(problem.code, problem.details) for problem in checker.compare(source, torn)]
    assert (ProblemCode.ANCHOR_MISSING, (source.sections[0].anchor,)) in codes
    assert (ProblemCode.ANCHOR_SURPLUS, ("other",)) in codes


def test_the_packaged_translations_have_nothing_that_must_be_repaired(checker: TranslationChecker) -> None:
    """A sample: every fourth document."""
    wrong = []
    for number, versions in enumerate(packaged_corpus().versions().values()):
        first = next(iter(versions.values()))
        source = versions.get(first.original_language, first)
        for target in versions.values() if number % 4 == 0 else ():
            if target is not source:
                problems = checker.compare(source, target)
                problems += check_marks(target.path.read_text(encoding="utf-8"))
                wrong += [(target.path, one) for one in problems if one.severity is Severity.ERROR]
    assert wrong == []


@pytest.mark.parametrize(
    ("line", "code", "details"),
    [
        ("نسبة \u200f10%", ProblemCode.DIRECTION_MARKS, ()),
        ("the \u2066cap\u2069", ProblemCode.DIRECTION_MARKS, ()),
        ("نسبة ١٠%", ProblemCode.ARABIC_DIGITS, ("١٠",)),
        ("نسبة %10 من", ProblemCode.PERCENT_FIRST, ("%10",)),
    ],
)
def test_marks_are_found_at_their_line(line: str, code: ProblemCode, details: tuple[str, ...]) -> None:
    assert check_marks(f"first\n{line}\nlast") == [TranslationProblem(code, 2, details)]


@pytest.mark.parametrize("line", ["10% من المبلغ و 20%", "https://example.org/a%20b", "5 % 10", "بين 10% و20%"])
def test_numbers_before_their_sign_and_addresses_are_right(line: str) -> None:
    assert check_marks(line) == []


def test_figures_are_compared_whatever_their_writing() -> None:
    assert compare_figures(ENGLISH, Language.EN, ARABIC, Language.AR) == ((), ())


def test_every_problem_says_what_is_wrong_and_how_to_repair_it() -> None:
    for code in ProblemCode:
        finding = TranslationProblem(code, 3, ("a", "b", "c")).finding("press/x/fr.md")
        assert (finding.path, finding.line) == ("press/x/fr.md", 3)
        assert finding.message
        assert finding.repair
        assert "{" not in f"{finding.message}{finding.repair}"
