"""Chinese slips: a character typed for another one that sounds the same, as input by sound makes them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cache
from operator import ne
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.text import HAN
from corpus.yaml_text import load_yaml
from index.stop_words import STOP_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

OFTEN = 8
LONG = 4  # characters that together leave little doubt what was meant
FAR_COMMONER_INSIDE = 10
FAR_RARER = 20
FIGURES = frozenset("一二两三四五六七八九十百千万亿")
NO_SLIP = 2
FAR_COMMONER = 50
PINYIN_FILE = Path(__file__).parent / "pinyin.yaml"
_RUN = re.compile(f"({HAN.pattern}+)")
_WHETHER = re.compile(r"(?P<verb>[\u4e00-\u9fff])[不没](?P=verb)")


@cache
def load_pinyin() -> tuple[Mapping[str, str], frozenset[str]]:
    """How each character is usually read, without its tone, and the words of two characters (`pinyin.yaml`)."""
    raw = load_yaml(PINYIN_FILE.read_text(encoding="utf-8"))
    sounds = {character: sound for sound, characters in raw["sounds"].items() for character in characters}
    return sounds, frozenset(raw["words"].split())


class Homophones:
    """The pairs of neighbouring characters that a corpus writes, and its characters by their sound.

    Args:
        texts: of the corpus.
        known: other texts, whose pairs are no slips either.
        examples: what people ask; it holds slips, so a pair that stands nowhere else counts only if it stands there more often and
            does not sound like a far commoner one.
    """

    def __init__(self, texts: Iterable[str], known: Iterable[str] = (), examples: Iterable[str] = ()) -> None:
        texts, examples = list(texts), list(examples)
        written = Counter(pair for text in texts for pair in _pairs(text))
        asked = Counter(pair for text in examples for pair in _pairs(text))
        self._sounds, words = load_pinyin()
        long = Counter(run for text in (*texts, *examples) for run in _pairs(text, LONG))
        # The commonest of those that sound alike comes last, and stays.
        self._long = {self._sound(run): run for run, n in reversed(long.most_common()) if n >= OFTEN}
        only_asked = {pair: n for pair, n in asked.items() if pair not in written and n >= NO_SLIP}
        said = {pair: n + asked.get(pair, 0) for pair, n in written.items()}
        self._pairs = Counter(said)
        self._pairs.update(self._without_slips(only_asked, said))
        self._known = words.union(pair for text in known for pair in _pairs(text))
        characters: Counter[str] = Counter()
        for pair, count in self._pairs.items():
            characters.update(dict.fromkeys(pair, count))
        self._by_sound: dict[str, list[str]] = defaultdict(list)
        for character, count in sorted(characters.items()):
            if count >= OFTEN and character not in STOP_WORDS and character in self._sounds:
                self._by_sound[self._sounds[character]].append(character)

    def _without_slips(self, asked: Mapping[str, int], said: Mapping[str, int]) -> dict[str, int]:
        """The pairs that only questions hold, without those that sound like a far commoner one of what is `said`."""
        alike = defaultdict(list)
        for character in sorted(set().union(*said)):
            alike[self._sounds.get(character, character)].append(character)

        def most(pair: str) -> int:
            first, second = (alike[self._sounds.get(character, character)] for character in pair)
            changed = (*(pair[0] + other for other in second), *(other + pair[1] for other in first))
            return max((said.get(one, 0) for one in changed), default=0)

        return {pair: n for pair, n in asked.items() if most(pair) < FAR_COMMONER * n}

    def correct(self, text: str) -> str:
        """The text with its slips put right.

        A character that forms with neither neighbour a pair of the corpus, of `known` or of the list of words becomes the one
        of the same sound that forms the commonest pair with one of them, if the corpus writes that often; not a stop word, nor
        what asks whether (放不放) or is said twice (谢谢). Four characters that hold such a pair, or two slips, and sound like four
        that the corpus often writes become those.
        """
        return "".join(self._correct_run(part) if _RUN.fullmatch(part) else part for part in _RUN.split(text))

    def _sound(self, run: str) -> str:
        return " ".join(self._sounds.get(character, character) for character in run)

    def _is_known(self, pair: str) -> bool:
        return pair in self._pairs or pair in self._known

    def _is_odd(self, four: str, right: str) -> bool:
        """Whether four characters hold a pair that is not known, or differ twice from those that sound like them and hold one far
        rarer than any of theirs.
        """
        if not all(map(self._is_known, _pairs(four))):
            return True
        rarest, least = (min(self._pairs[pair] for pair in _pairs(run)) for run in (four, right))
        return sum(map(ne, four, right)) > 1 and FAR_RARER * rarest <= least

    def _fits(self, run: str, start: int, right: str) -> bool:
        """Whether what `right` changes in a run from `start` on is no stop word, becomes no figure, and belongs there more than to
        the characters around.
        """
        end = start + LONG
        changed = [place for place in range(LONG) if run[start + place] != right[place]]
        if any(run[start + place] in STOP_WORDS or right[place] in FIGURES for place in changed):
            return False
        outside = {0: run[max(start - 1, 0) : start + 1], LONG - 1: run[end - 1 : end + 1]}
        inside = {0: right[:2], LONG - 1: right[-2:]}
        return all(
            self._pairs[inside[place]] >= FAR_COMMONER_INSIDE * self._pairs[outside[place]]
            for place in changed
            if place in inside
        )

    def _correct_run(self, run: str) -> str:
        for start in range(len(run) - LONG + 1):
            four = run[start : start + LONG]
            right = self._long.get(self._sound(four), four)
            if right != four and self._is_odd(four, right) and self._fits(run, start, right):
                run = run[:start] + right + run[start + LONG :]
        whether = {place for asked in _WHETHER.finditer(run) for place in (asked.start(), asked.end() - 1)}
        for place, character in enumerate(run):
            around = slice(max(place - 1, 0), place + 2)
            if character in STOP_WORDS or character not in self._sounds or place in whether:
                continue
            if any(pair[0] == pair[1] or self._is_known(pair) for pair in _pairs(run[around])):
                continue
            count, right = max(
                (max((self._pairs[pair] for pair in _pairs(changed[around])), default=0), changed)
                for other in (*self._by_sound.get(self._sounds[character], ()), character)
                if (changed := run[:place] + other + run[place + 1 :])
            )
            run = right if count >= OFTEN else run
        return run


def _pairs(text: str, length: int = 2) -> list[str]:
    """The pairs, or longer runs, of neighbouring Chinese characters."""
    return [run[i : i + length] for run in _RUN.findall(text) for i in range(len(run) - length + 1)]
