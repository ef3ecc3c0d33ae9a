"""Arabic words written with Latin letters and digits, as Moroccans type them: the word of the corpus that is meant."""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from corpus.text import ARABIC, WRITTEN_WORD, fold
from index.spelling import is_real

if TYPE_CHECKING:
    from collections.abc import Iterable

SELDOM = 3
FEWEST_CONSONANTS = 2
MOST_VOWELS_APART = 2
# Both scripts as the sounds that they share: consonants as small letters and digits, long vowels as capitals.
_FROM_LATIN = {
    "kh": "x", "gh": "G", "ch": "c", "sh": "c", "th": "t", "dh": "d", "ou": "U", "oo": "U", "ee": "I", "b": "b", "p": "b",
    "t": "t", "j": "j", "d": "d", "r": "r", "z": "z", "s": "s", "c": "s", "x": "c", "f": "f", "v": "f", "q": "9", "9": "9",
    "k": "k", "g": "k", "l": "l", "m": "m", "n": "n", "h": "h", "3": "3", "7": "7", "5": "x", "w": "U", "o": "U", "u": "U",
    "y": "I", "i": "I", "é": "I", "a": "A", "e": "", "'": "", "2": "",
}  # fmt: skip
_FROM_ARABIC = {
    "ب": "b", "ت": "t", "ث": "t", "ج": "j", "ح": "7", "خ": "x", "د": "d", "ذ": "d", "ر": "r", "ز": "z", "س": "s", "ش": "c",
    "ص": "s", "ض": "d", "ط": "t", "ظ": "d", "ع": "3", "غ": "G", "ف": "f", "ق": "9", "ك": "k", "ل": "l", "م": "m", "ن": "n",
    "ه": "h", "و": "U", "ي": "I", "ا": "A",
}  # fmt: skip
_LATIN = re.compile("|".join(sorted(map(re.escape, _FROM_LATIN), key=len, reverse=True)))
_DOUBLED = re.compile(r"(.)\1+")
_VOWELS = re.compile("[AIU]")
_PRESENT = re.compile("^k(?:an|at|ay|a)(?=[^aeiou])|^k(?=[ytn])")
_NOT_LATIN = re.compile(r"[^a-zé0-9']")
_TYPED = re.compile(r"[a-zA-Zéèêàûïç0-9][\w'’]*")


class Arabizi:
    """The Arabic words of a corpus by how they sound.

    Args:
        texts: of the corpus; words that stand in them seldom are left out.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        written = Counter(itertools.chain.from_iterable(map(WRITTEN_WORD.findall, texts)))
        counts: Counter[str] = Counter()
        for word, count in written.items():
            if ARABIC.search(word) and word.isalpha():
                counts[fold(word)] += count
        self._by_consonants: dict[str, list[tuple[str, str, int]]] = defaultdict(list)
        for word, count in counts.items():
            if count >= SELDOM:
                sound = _sound_of_arabic(word)
                self._by_consonants[_consonants(sound)].append((sound, word, count))

    def read(self, text: str) -> str:
        """The text with its words in Latin letters that are Arabic ones, and no words of European languages, in Arabic letters."""
        return _TYPED.sub(lambda typed: self.word(typed.group()) or typed.group(), text)

    def word(self, typed: str) -> str | None:
        """The Arabic word that is meant by one in Latin letters and digits; nothing if none sounds like it."""
        plain = typed.lower()
        if plain.isdigit() or typed.isupper() or _NOT_LATIN.search(plain) or is_real(fold(plain)):
            return None
        present, feminine = _PRESENT.sub("", plain) if _PRESENT.match(plain) else plain, plain.removesuffix("t")
        found = (self._nearest(_sound_of_latin(spelled)) for spelled in dict.fromkeys((plain, present, feminine)))
        return next((word for word in found if word), None)

    def _nearest(self, sound: str) -> str | None:
        if len(_VOWELS.sub("", sound)) < FEWEST_CONSONANTS:
            return None
        near = [
            (apart, -count, word)
            for known, word, count in self._by_consonants.get(_consonants(sound), ())
            if (apart := OSA.distance(sound, known)) <= MOST_VOWELS_APART
        ]
        return min(near)[2] if near else None


def _consonants(sound: str) -> str:
    return _DOUBLED.sub(r"\1", _VOWELS.sub("", sound))


def _sound_of_latin(typed: str) -> str:
    """How a word in Latin letters sounds, without the article; what is doubled counts once."""
    sound = "".join(_FROM_LATIN[part] for part in _LATIN.findall(typed))
    return _without_article(_DOUBLED.sub(r"\1", sound))


def _sound_of_arabic(word: str) -> str:
    """How a folded Arabic word sounds, without the article; the ending of the feminine is hardly heard."""
    sound = "".join(_FROM_ARABIC.get(letter, "") for letter in word)
    sound = sound[:-1] + "A" if sound.endswith("h") and len(sound) > FEWEST_CONSONANTS + 1 else sound
    return _without_article(sound.removeprefix("A") if sound.startswith("Al") else sound)


def _without_article(sound: str) -> str:
    return sound[1:] if sound.startswith("l") and len(_VOWELS.sub("", sound)) > FEWEST_CONSONANTS else sound
