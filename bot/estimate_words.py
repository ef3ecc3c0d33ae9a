"""The words of an estimate, per language: read from `estimate_words/<language>.yaml`, validated, never changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType

from bot.estimate import ConfirmCode, Fact, NeedCode, Premium, ReasonCode, Scheme
from bot.word_files import Words, load_words, named
from corpus import CharterError, Language
from corpus.rules import Body

WORDS_FOLDER = Path(__file__).parent / "estimate_words"
FORMS = ("money", "units")  # in as many forms as the plurals of the language ask for

_CODES: Mapping[str, Iterable[StrEnum]] = {
    "schemes": Scheme, "reasons": ReasonCode, "confirm": ConfirmCode, "facts": Fact, "questions": Fact, "premiums": Premium,
    "bodies": Body, "needs": set(NeedCode) - {NeedCode.JOBS_PER_MILLION},
}  # fmt: skip


class Magnitude(Words):
    """How amounts from `size` on are written; what follows the bar may be left out."""

    size: int
    forms: dict[str, str]


class Flag(Words):
    """What a yes and what a no to a question mean."""

    met: str
    missed: str


class EstimateWords(Words):
    """Every phrase of one language; `understood`, `says` and `variants` hold those without a code of their own."""

    span: str
    up_to: str
    separator: str
    list_separator: str
    money: tuple[Magnitude, ...]
    units: dict[str, dict[str, str]]
    schemes: dict[Scheme, str]
    understood: dict[str, str]
    flags: dict[str, Flag]
    says: dict[str, str]
    hints: dict[str, str]
    reasons: dict[ReasonCode, str]
    variants: dict[str, str]
    confirm: dict[ConfirmCode, str]
    facts: dict[Fact, str]
    questions: dict[Fact, str]
    premiums: dict[Premium, str]
    needs: dict[str, str]
    bodies: dict[Body, str]


@cache
def load_estimate_words() -> Mapping[Language, EstimateWords]:
    """The words of all languages, read once.

    Raises:
        CharterError: a file is missing, is not valid, or lacks a phrase that a code or another language needs.
    """
    words = {language: load_words(EstimateWords, WORDS_FOLDER / f"{language}.yaml") for language in Language}
    codes = {f"{name}.{code}" for name, own in _CODES.items() for code in own}
    needed = codes.union(*(phrases(one) for one in words.values()))
    for language, own in words.items():
        if missing := needed - phrases(own).keys():
            raise CharterError(f"estimate_words/{language}.yaml lacks {', '.join(sorted(missing))}. Add these lines.")
    return MappingProxyType(words)


def phrases(words: EstimateWords) -> Mapping[str, str]:
    """Every phrase that all languages share, by its dotted name."""
    return dict(named(words.model_dump(mode="json", exclude=set(FORMS))))
