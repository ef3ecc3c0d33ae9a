"""Every code of an estimate has its words in every language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import estimate_words
from bot.estimate import ConfirmCode, Fact, NeedCode, Premium, ReasonCode, Scheme
from bot.estimate_words import WORDS_FOLDER, load_estimate_words, phrases
from corpus import CharterError, Language
from corpus.rules import Body


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the words that a test may damage."""
    for path in WORDS_FOLDER.glob("*.yaml"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    monkeypatch.setattr(estimate_words, "WORDS_FOLDER", tmp_path)
    load_estimate_words.cache_clear()
    yield tmp_path
    load_estimate_words.cache_clear()


@pytest.mark.parametrize("language", Language)
def test_every_code_has_its_phrase(language: Language) -> None:
    words = load_estimate_words()[language]
    assert words.schemes.keys() == set(Scheme)
    assert words.reasons.keys() == set(ReasonCode)
    assert words.confirm.keys() == set(ConfirmCode)
    assert words.facts.keys() == words.questions.keys() == set(Fact)
    assert words.premiums.keys() == set(Premium)
    assert words.bodies.keys() == set(Body)
    assert set(NeedCode) - {NeedCode.JOBS_PER_MILLION} <= words.needs.keys()
    assert all(phrases(words).values())


@pytest.mark.parametrize("language", Language)
def test_every_phrase_takes_the_same_numbers_as_in_english(language: Language) -> None:
    english, own = (phrases(load_estimate_words()[one]) for one in (Language.EN, language))
    assert own.keys() == english.keys()
    for name, phrase in own.items():
        assert sorted(re.findall(r"{(\w+)}", phrase)) == sorted(re.findall(r"{(\w+)}", english[name])), name


@pytest.mark.parametrize("language", Language)
def test_every_form_takes_its_number_once(language: Language) -> None:
    words = load_estimate_words()[language]
    for forms in [*words.units.values(), *(one.forms for one in words.money)]:
        assert "other" in forms
        assert all(form.count("{n}") == 1 for form in forms.values())
    assert words.money[-1].size == 1


def test_no_figure_of_the_law_stands_in_the_words() -> None:
    for words in load_estimate_words().values():
        assert not [phrase for phrase in phrases(words).values() if re.search(r"\d", phrase)]


def test_a_missing_phrase_is_named(folder: Path) -> None:
    path = folder / "fr.yaml"
    path.write_text(re.sub(r"  jobs_tiers:.*\n", "", path.read_text("utf-8")), "utf-8")
    with pytest.raises(CharterError, match=r"fr\.yaml lacks confirm\.jobs_tiers"):
        load_estimate_words()


def test_an_unknown_code_is_refused(folder: Path) -> None:
    path = folder / "es.yaml"
    path.write_text(path.read_text("utf-8").replace("  jobs_tiers:", "  jobs_steps:"), "utf-8")
    with pytest.raises(CharterError, match=r"es\.yaml cannot be used"):
        load_estimate_words()
