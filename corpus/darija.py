"""Moroccan Darija, in Arabic or in Latin letters, put word by word into standard Arabic: for the search, never shown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from corpus.text import ARABIC, WRITTEN_WORD, fold
from corpus.yaml_text import load_yaml

WORDS_FILE = Path(__file__).with_name("darija.yaml")
_PREFIXES = {"ف": "في ", "و": "و", "ب": "ب", "ل": "ل", "ال": "ال"}  # written together with the word behind them
_IN_THE = "فال"
_OF_THE = "دال"
_SHORTEST_BEHIND_PREFIX = 3
_DIGIT_AS_LETTER = re.compile("(?<=[\u0621-\u064a])[379](?=[\u0621-\u064a])")
_STRETCHED = re.compile("ا{2,}|([وي])\\1{2,}")  # "شحاال"
_LETTERS = {"3": "ع", "7": "ح", "9": "ق"}
# "المية" is a hundred behind "in" or a number, elsewhere water. Folded it would be the hundred of standard Arabic, too.
_WATER = re.compile("(?<!في )(?<!ف )(?<!\\d )(?<![\u0621-\u064a\\d])(و?)(ال|لل)مي[ةه](?![\u0621-\u064a])")
# "كيقرر", "كتعطي", "كنخلص": the present tense is marked with a letter that standard Arabic lacks.
_PRESENT = re.compile("ك(?=[يتن](?!اب|ب|ل|ف|ان|ز|يس|س|ت$|ت[وهي]?$)[\u0621-\u064a]{3})")


@dataclass(frozen=True)
class DarijaWords:
    """Folded words with what they are in standard Arabic.

    Attributes:
        sure: those in Arabic letters that tell Darija from standard Arabic.
        arabic: all in Arabic letters.
        sure_latin: those in Latin letters that tell it from European languages.
        latin: all in Latin letters.
    """

    sure: Mapping[str, str]
    arabic: Mapping[str, str]
    sure_latin: Mapping[str, str]
    latin: Mapping[str, str]


@cache
def darija_words() -> DarijaWords:
    raw: Mapping[str, Mapping[str, str]] = load_yaml(WORDS_FILE.read_text(encoding="utf-8"))
    return DarijaWords(
        raw["arabic"], {**raw["arabic_also"], **raw["arabic"]}, raw["latin"], {**raw["latin_also"], **raw["latin"]}
    )


def standard_arabic(text: str, *, latin: bool = False) -> str:
    """The text with its Darija words in standard Arabic; if none is surely Darija, as it is but for stretched letters.

    Args:
        text: a cleaned text.
        latin: whether it is known to be Darija, so that words in Latin letters, many of which are words of other languages too, are
            replaced.
    """
    text = _WATER.sub(r"\1\2ماء", text)
    text = _STRETCHED.sub(lambda letters: letters.group()[0], text)
    text = _DIGIT_AS_LETTER.sub(lambda digit: _LETTERS[digit.group()], text)
    words, written = darija_words(), [(match, *_read(match.group())) for match in WRITTEN_WORD.finditer(text)]
    arabic = any(sure for _, _, sure in written)
    if not arabic and not latin:
        return text
    parts, end = [], 0
    for match, word, _ in written:
        spoken = None
        if ARABIC.search(word):
            spoken = _speak(match.group(), word, words.arabic) if arabic else None
        elif latin:
            spoken = words.latin.get(word)
        parts += [text[end : match.start()], match.group() if spoken is None else spoken]
        end = match.end()
    return " ".join("".join((*parts, text[end:])).split())


@lru_cache(maxsize=8_192)
def _read(written: str) -> tuple[str, bool]:
    """A word folded, and whether it is surely Darija in Arabic letters."""
    word = fold(written)
    return word, _look_up(word, darija_words().sure) is not None


def _speak(written: str, word: str, known: Mapping[str, str]) -> str | None:
    """A word in Arabic letters, folded too, of a text in Darija in standard Arabic; nothing if it is the same there."""
    spoken = _look_up(word, known)
    if spoken is None and word.startswith((_IN_THE, _OF_THE)) and len(word) > len(_IN_THE) + 2:
        rest = _look_up(word[1:], known) or written[1:]
        return f"في {rest}" if word.startswith(_IN_THE) else rest
    if spoken is None and _PRESENT.match(word):
        return written[1:]
    return spoken


def _look_up(word: str, known: Mapping[str, str]) -> str | None:
    """What a word is in standard Arabic, also where a preposition, "and" or the article is written together with it."""
    if word in known:
        return known[word]
    for prefix, spoken in _PREFIXES.items():
        rest = word.removeprefix(prefix)
        if rest != word and len(rest) >= _SHORTEST_BEHIND_PREFIX and rest in known:
            return spoken.removesuffix("ال") + known[rest] if known[rest].startswith("ال") else spoken + known[rest]
    return None
