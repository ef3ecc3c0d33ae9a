"""The words and marks that numbers are written with in five languages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from corpus.document import Language
from corpus.text import fold
from corpus.yaml_text import load_yaml

_WORDS_FILE = Path(__file__).parent / "numerals.yaml"
HAN_DIGITS = {**{digit: value for value, digit in enumerate("零一二三四五六七八九")}, "两": 2, "〇": 0}
HAN_UNITS = {"十": 10, "百": 100, "千": 1000}
_ARABIC_PREFIXES = ("", "و", "ب", "ل", "ف", "ال", "وال", "بال", "لل", "وب")


@dataclass(frozen=True)
class NumberWords:
    """What adds up, what multiplies, and which words mean a number with nothing before them."""

    ones: dict[str, int]
    hundreds: frozenset[str]
    scales: dict[str, tuple[Decimal, str]]
    duals: dict[str, int]
    bare: frozenset[str]


@cache
def load_number_words(language: Language) -> NumberWords:
    """The words of a language, and those of Darija."""
    raw: dict[str, Any] = load_yaml(_WORDS_FILE.read_text(encoding="utf-8"))
    names = ["ar", "fr"] if language is Language.AR else ["ar", language.value]  # Darija is written in any of them
    scales = {fold(word): _scale(value) for word, value in raw["common"].items()}
    ones: dict[str, int] = {}
    for name in names:
        ones.update({fold(str(word)): value for word, value in raw["ones"][name].items()})
        scales.update({fold(str(word)): _scale(value) for word, value in raw["scales"][name].items()})
    scales.update({word: _scale(value) for word, value in raw["scales"]["zh"].items() if word > "z"})
    hundreds = frozenset(fold(word) for name in names for word in raw["hundreds"][name])
    duals = {fold(word): value for word, value in raw["duals"].items()}
    return NumberWords(ones, hundreds, scales, duals, frozenset(map(fold, raw["bare"])))


def _scale(value: int | str) -> tuple[Decimal, str]:
    number, _, currency = str(value).partition(" ")
    return Decimal(number), currency


def han_value(run: str) -> tuple[Decimal, Decimal]:
    """The value of a number in Chinese characters (六千万, 一百二十, 三亿五千万), and the scale that closes it, or 1."""
    total, section, digit, scale = Decimal(0), Decimal(0), Decimal(0), Decimal(1)
    for character in run:
        if character in HAN_DIGITS:
            digit = Decimal(HAN_DIGITS[character])
        elif character in HAN_UNITS:
            section, digit = section + (digit or 1) * HAN_UNITS[character], Decimal(0)
        else:
            scale = Decimal(10_000) if character == "万" else Decimal(100_000_000)
            total = (total + section + digit) * scale if character == "亿" else total + (section + digit) * scale
            section, digit = Decimal(0), Decimal(0)
    return total + section + digit, scale


def bare_word(word: str, known: NumberWords) -> str:
    """The word without what Arabic attaches in front of it, if that makes it a number."""
    for prefix in _ARABIC_PREFIXES:
        bare = word.removeprefix(prefix) if word.startswith(prefix) else ""
        if bare and (bare in known.ones or bare in known.hundreds or bare in known.duals or bare in known.bare):
            return bare
    return word


def add_word(current: int, word: str, known: NumberWords, *, begun: bool) -> int | None:
    """What the number is with one word more, or nothing if the word begins another number."""
    if word in known.hundreds:
        return (
            None if current >= 100 and current % 100 == 0 else (current or 1) * 100 if current < 10 else current + 100
        )
    value = known.ones.get(word)
    if value is None:
        return None
    if current == 4 and value == 20 and word.startswith("vingt"):
        return 80
    fits = not begun or current % 1000 == 0 or (current % 100 == 0 and value < 100)
    fits = fits or (current % 10 == 0 and value < (20 if current % 100 in (60, 80) else 10))
    fits = fits or (0 < current % 100 < 10 and (value in range(20, 91) or word in ("عشر", "عشره")) and word > "z")
    return current + value if fits else None


def literal(figures: str, language: Language, scaled: bool) -> Decimal:
    """The value of figures with their marks; `scaled` says that million or more stands behind them.

    Three figures behind one mark are thousands, unless it is the language's decimal mark and a scale follows (fr 1,250 milliard).
    """
    figures = figures.replace("٬", "'").replace("٫", ",") if "٫" not in figures else figures.replace("٫", ".")
    marks = re.findall(r"[ .,'_]", figures)
    if not marks:
        return Decimal(figures)
    last, tail = marks[-1], re.split(r"[ .,'_]", figures)[-1]
    decimal_mark = "." if language in (Language.EN, Language.ZH) else ","
    thousands = len(tail) == 3 and last != "٫" and (len(set(marks)) == 1)
    if thousands and len(marks) == 1 and ((scaled and last == decimal_mark) or figures[0] == "0"):
        thousands = False
    whole, part = (figures, "") if thousands or last in " '_" else figures.rsplit(last, 1)
    whole = re.sub(r"[ .,'_]", "", whole)
    return Decimal(f"{whole}.{part}" if part else whole)
