"""Chinese slips: a character typed for another one that sounds the same, as input by sound makes them."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from functools import cache
from typing import TYPE_CHECKING

from pypinyin.phrases_dict import phrases_dict
from pypinyin.pinyin_dict import pinyin_dict

from corpus.text import HAN
from index.stop_words import STOP_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable

OFTEN = 8
_RUN = re.compile(f"({HAN.pattern}+)")


@cache
def real_pairs() -> frozenset[str]:
    """The words of two characters in pypinyin's list of words: what stands here is no slip."""
    return frozenset(word for word in phrases_dict if len(word) == 2)


@cache
def sound(character: str) -> str:
    """How a character is usually read, without its tone; empty if nobody knows."""
    reading = unicodedata.normalize("NFD", pinyin_dict.get(ord(character), "").partition(",")[0])
    return "".join(letter for letter in reading if letter.isascii() or letter == "\u0308").lower()


class Homophones:
    """The pairs of neighbouring characters that a corpus writes, and its characters by their sound.

    Args:
        texts: of the corpus.
        known: other texts, whose pairs are no slips either.
    """

    def __init__(self, texts: Iterable[str], known: Iterable[str] = ()) -> None:
        self._pairs = Counter(pair for text in texts for pair in _pairs(text))
        self._known = frozenset(pair for text in known for pair in _pairs(text)) | real_pairs()
        characters: Counter[str] = Counter()
        for pair, count in self._pairs.items():
            characters.update(dict.fromkeys(pair, count))
        self._by_sound: dict[str, list[str]] = defaultdict(list)
        for character, count in sorted(characters.items()):
            if count >= OFTEN and character not in STOP_WORDS:
                self._by_sound[sound(character)].append(character)

    def correct(self, text: str) -> str:
        """The text with its slips put right.

        A character that forms with neither neighbour a pair of the corpus, of `known` or of the list of words becomes the one
        of the same sound that forms the commonest pair with one of them, if the corpus writes that often. Stop words stay.
        """
        return "".join(self._correct_run(part) if _RUN.fullmatch(part) else part for part in _RUN.split(text))

    def _correct_run(self, run: str) -> str:
        for place, character in enumerate(run):
            around = slice(max(place - 1, 0), place + 2)
            if character in STOP_WORDS or any(p in self._pairs or p in self._known for p in _pairs(run[around])):
                continue
            count, right = max(
                (max((self._pairs[pair] for pair in _pairs(changed[around])), default=0), changed)
                for other in (*self._by_sound.get(sound(character), ()), character)
                if (changed := run[:place] + other + run[place + 1 :])
            )
            run = right if count >= OFTEN else run
        return run


def _pairs(text: str) -> list[str]:
    """The pairs of neighbouring Chinese characters."""
    return [run[i : i + 2] for run in _RUN.findall(text) for i in range(len(run) - 1)]
