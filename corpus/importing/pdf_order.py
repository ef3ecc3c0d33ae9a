"""The logical order of a line that a PDF states as it looks: from the left to the right.

A page places glyphs; which letter is read first is not said. The bidirectional algorithm of Unicode has put Arabic words and what
stands between them from the right to the left, and left numbers and Latin words alone; this is its inverse. Where two texts look
the same, the one that people write is chosen.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

PAIRS = ("()", "[]", "{}", "«»", "‹›", "<>")
_MIRRORED = {pair[side]: pair[1 - side] for pair in PAIRS for side in (0, 1)}
_ARABIC = re.compile(
    "[\u0608\u060b\u060d\u061b-\u061f\u0620-\u064a\u066e-\u066f\u0671-\u06d5\u06ee-\u06ef\u06fa-\u08ff\ufb50-\ufdff\ufe70-\ufefc]"
)
_JOINS_NUMBERS = frozenset(".,:/\u00a0\u202f٫٬")
_JOINS_EUROPEAN = frozenset("-+")
_BRACKETS = frozenset("()[]{}«»‹›<>")
_ADDRESS_SIGNS = frozenset(".:/-_=&")
_ARABIC_POINTS = frozenset("،؛؟٪")
_UNIT_NAMES = "mdh mad dh dhs km m m² m2 ha kg t mw kw gw mwh kwh gwh eur usd h cm mm km² md mds"
_UNITS = frozenset(_UNIT_NAMES.split())
_PERCENT_FIRST = re.compile(r"(?<![\d%٪])([%٪])(\s?)(\d+(?:[.,/٫]\d+)*)(?![\d%٪]|\s?[%٪])")
_FORMS = re.compile("[\u0621-\u06ff\u2e80-\u2fdf\ufb00-\ufb06\ufb50-\ufdff\ufe70-\ufefc]")
# Radicals that font maps state for the characters that look like them, and that have no compatibility form.
_RADICALS = str.maketrans("⻢⻓⻔⻋⻅⻚⻛⻝⻩⻬⻰⺠⻉⻆⻜⻥⻦⻨⻁", "马长门车见页风食黄齐龙民刂角飞鱼鸟麦虎")
_SWAPPED_LAM_ALEF = re.compile("^([اأإآ])ل$")


def kind_of(unit: str) -> str:
    """`R` Arabic, `L` a letter of any other script, `N` a digit, `S` a space, `P` everything else."""
    if _ARABIC.search(unit):
        return "R"
    if any(map(str.isdigit, unit)):
        return "N"
    if any(map(str.isalpha, unit)):
        return "L"
    return "P" if unit.strip() else "S"


def composed(unit: str) -> str:
    """The text of a glyph as letters: presentation forms and radicals resolved, a lam-alef stated backwards put right."""
    plain = unicodedata.normalize("NFKC", unit).translate(_RADICALS) if _FORMS.search(unit) else unit
    return _SWAPPED_LAM_ALEF.sub(r"ل\1", plain.replace("\u0640", "")) if _ARABIC.search(plain) else plain


def logical_order(units: Sequence[str], *, after_arabic: bool, mirrored: frozenset[str]) -> str:
    """The text of a line that is read from the right, in the order in which it is read.

    Args:
        units: the texts of the glyphs from the left to the right; one may be several letters (a ligature), which stay as they are.
        after_arabic: whether Arabic words stand before this line in the same paragraph; a number then obeys them.
        mirrored: the brackets that are stated as they look, so that they have to be turned.
    """
    kinds = [kind_of(unit) for unit in units]
    parts: list[str] = []
    end = len(units)
    arabic = after_arabic
    while end > 0:
        start = _left_to_right_start(units, kinds, end, arabic)
        if start < end:
            parts.append(_left_to_right("".join(units[start:end]), kinds[start:end]))
            arabic = arabic and "L" not in kinds[start:end]
            end = start
            continue
        unit = composed(units[end - 1])
        parts.append(_MIRRORED[unit] if unit in mirrored else unit)
        arabic = arabic or kinds[end - 1] == "R"
        end -= 1
    return _PERCENT_FIRST.sub(r"\3\2\1", "".join(parts))


def mixed_order(units: Sequence[str], *, mirrored: frozenset[str]) -> str:
    """The text of a line that is read from the left and may hold Arabic words."""
    kinds = [kind_of(unit) for unit in units]
    parts: list[str] = []
    start = 0
    while start < len(units):
        if kinds[start] != "R":
            parts.append(composed(units[start]))
            start += 1
            continue
        end = start
        for position in range(start, len(units)):
            if kinds[position] == "L":
                break
            if kinds[position] == "R":
                end = position + 1
        parts.append(logical_order(units[start:end], after_arabic=False, mirrored=mirrored))
        start = end
    return "".join(parts)


def brackets_fit(text: str, pair: str) -> int:
    """How many brackets of a pair close what was opened, less those that stand the wrong way: tells whether to turn them."""
    score, opened = 0, 0
    for character in text:
        if character == pair[0]:
            opened += 1
        elif character == pair[1]:
            score += 1 if opened else -1
            opened = max(opened - 1, 0)
    return score - opened


def _left_to_right_start(units: Sequence[str], kinds: Sequence[str], end: int, arabic: bool) -> int:
    """Where the run begins that ends at `end` and is read from the left; `end` if there is none."""
    if kinds[end - 1] == "P":
        return _with_sign_start(units, kinds, end, arabic)
    if kinds[end - 1] not in "LN":
        return end
    number = _number_start(units, kinds, end, joins=_JOINS_NUMBERS if arabic else _JOINS_NUMBERS | _JOINS_EUROPEAN)
    start = number
    while True:
        reach = _through_neutrals(units, kinds, start)
        if reach == start or not _joins_latin(kinds, reach, start, end):
            break
        start = reach
    return start if "L" in kinds[start:end] else number


def _with_sign_start(units: Sequence[str], kinds: Sequence[str], end: int, arabic: bool) -> int:
    """The same for a run that ends with signs, such as an address cut at the end of a line: `https://`, `www.example.`."""
    last = end
    while last > 0 and units[last - 1] in _ADDRESS_SIGNS:
        last -= 1
    alone = end == len(units) or kinds[end] == "S"
    if not alone or not 0 < last < end or kinds[last - 1] != "L":
        return end
    return _left_to_right_start(units, kinds, last, arabic)


def _joins_latin(kinds: Sequence[str], reach: int, start: int, end: int) -> bool:
    """Whether what was reached belongs to a run with Latin letters: a number alone reaches only to a letter."""
    return kinds[reach] == "L" or "L" in kinds[start:end]


def _number_start(units: Sequence[str], kinds: Sequence[str], end: int, *, joins: frozenset[str]) -> int:
    """The start of the letter or of the number that ends at `end`, with single separators between its digits."""
    start = end - 1
    if kinds[start] == "L":
        return start
    while start > 0:
        if kinds[start - 1] == "N":
            start -= 1
        elif start > 1 and units[start - 1] in joins and kinds[start - 2] == "N":
            start -= 2
        else:
            break
    return _thousands_start(units, kinds, start, end)


def _thousands_start(units: Sequence[str], kinds: Sequence[str], start: int, end: int) -> int:
    """A number in groups of three that looks whole is whole: its spaces were no-break ones, whatever the font map calls them.

    “500 000” can only be read from the left; “000 500” and “150 200”, two numbers side by side, are read from the right.
    """
    groups = ["".join(units[start:end])]
    place = start
    while _leading_digits(groups[0]) == 3 and place > 1 and kinds[place - 1] == "S" and kinds[place - 2] == "N":
        first = place - 2
        while first > 0 and kinds[first - 1] == "N":
            first -= 1
        groups.insert(0, "".join(units[first : place - 1]))
        place = first
    if len(groups) == 1 or len(groups[0]) > 3 or groups[0].startswith("0"):
        return start
    backwards = len(groups[0]) == 3 and not groups[-1].startswith("0")
    return start if backwards else place


def _leading_digits(text: str) -> int:
    return next((place for place, character in enumerate(text) if not character.isdigit()), len(text))


def _through_neutrals(units: Sequence[str], kinds: Sequence[str], start: int) -> int:
    """The letter or digit left of `start`, over a few signs and one space at most; `start` if there is none."""
    place, spaces = start - 1, 0
    while place >= 0 and kinds[place] in "SP":
        spaces += kinds[place] == "S"
        if spaces > 1 or start - place > 4 or units[place] in _BRACKETS or units[place] in _ARABIC_POINTS:
            return start
        place -= 1
    return place if place >= 0 and kinds[place] in "LN" else start


def _left_to_right(text: str, kinds: Sequence[str]) -> str:
    """The run as it looks; but “MDH 10” is how “10 MDH” looks among Arabic words."""
    found = re.fullmatch(r"([^\W\d]{1,4}[²2]?)(\s?)(\d[\d.,\u00a0\u202f ]*)", text)
    if found and "N" in kinds and found[1].casefold() in _UNITS:
        return f"{found[3]}{found[2]}{found[1]}"
    return "".join(map(composed, text))
