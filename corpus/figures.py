"""Figures as they are written in five languages, made comparable: “50 MDH”, “5000万” and “50 مليون” are one value."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from corpus.document import Language
from corpus.text import western_digits

_SPACES = "\u00a0\u202f\u2009 "
_NUMBER = rf"\d{{1,3}}(?:[{_SPACES}]\d{{3}})+(?:[.,]\d+)?(?!\d)|\d+(?:[.,]\d+)*"
_MAGNITUDES = (
    (r"mil\s+millones|milliards?|billions?|bn\b|مليارات|ملايير|مليار|十亿", Decimal(10) ** 9),
    (r"亿", Decimal(10) ** 8),
    (r"millions?|millones|mill[oó]n|mdhs?\b|m?mad\s+m\b|ملايين|مليون|百万", Decimal(10) ** 6),
    (r"万", Decimal(10) ** 4),
    (r"thousand|mille\b|mil\b|آلاف|ألف|千", Decimal(10) ** 3),
)
_PERCENT = r"%|٪|percent|per\s+cent|pour\s*cent|por\s+ciento|في\s+المائة|في\s+المئة|بالمائة|بالمئة"
_REFERENCE = re.compile(
    r"(?<![\d.,-])\d{1,2}[-.]\d{2}(?:[-.]\d{1,4})?(?![\d-])(?!\s*(?:%|\d))|\b\d[-.]\d{2}[-.]\d{1,4}\b"
)
_LAW_WORD = re.compile(
    r"(?:law|loi(?:-cadre)?|decree(?:-law)?|d[ée]cret(?:-loi)?|order|arr[êe]t[ée]s?|dahir|ley|decreto(?:-ley)?|orden|"
    r"القانون(?:\s+الإطار)?|قانون|مرسوم(?:\s+بقانون)?|ظهير|قرار|法律|框架法|法令|王令|令)"
    r"[^\d\n]{0,14}$",
    re.IGNORECASE,
)
_ARABIC_DECIMAL = re.compile(r"(?<=\d)٫(?=\d)")
_ARABIC_THOUSANDS = re.compile(r"(?<=\d)٬(?=\d{3})")
_CHINESE_MONTH = re.compile(r"(?<!\d)\d{1,2}\s*月")
_CHINESE_PERCENT = re.compile(r"百分之\s*(\d+(?:\.\d+)?)")
_FIGURE = re.compile(
    rf"(?P<number>{_NUMBER})"
    + "".join(rf"(?P<m{i}>[\s\u00a0\u202f-]*(?:{words}))?" for i, (words, _) in enumerate(_MAGNITUDES))
    + rf"(?P<percent>[\s\u00a0\u202f]*(?:{_PERCENT}))?",
    re.IGNORECASE,
)
_COMMA_IS_DECIMAL = frozenset({Language.FR, Language.ES, Language.AR})


@dataclass(frozen=True)
class WrittenFigure:
    """A figure in canonical form, and where it stands in the text: from `start` up to but not including `end`."""

    figure: str
    start: int
    end: int


def read_figures(text: str, language: Language) -> Counter[str]:
    """Every figure of the text in canonical form with its count.

    A figure is plain digits with a decimal point and its magnitude multiplied out (`50000000`); a percentage ends in `%`;
    the reference of a law keeps its hyphens (`03-22`). Months written as digits, as Chinese does, are left out, because
    the other languages write them as words. `language` decides what a comma or a point between digits means.
    """
    return Counter(written.figure for written in locate_figures(text, language))


@lru_cache(maxsize=1024)  # the same passages are quoted again and again
def locate_figures(text: str, language: Language) -> tuple[WrittenFigure, ...]:
    """The same figures with their places: first the references of laws, then the others, each in the order of the text."""
    text = _ARABIC_DECIMAL.sub("," if language in _COMMA_IS_DECIMAL else ".", western_digits(text))
    # Each change keeps the length, so that the places stay true.
    text = _CHINESE_PERCENT.sub(
        lambda found: f"{found[1]}%".rjust(len(found[0])), _ARABIC_THOUSANDS.sub("\u00a0", text)
    )
    if language is Language.ZH:
        text = _CHINESE_MONTH.sub(lambda found: " " * len(found[0]), text)
    figures: list[WrittenFigure] = []
    for reference in _REFERENCE.finditer(text):
        written = reference.group()
        if re.match(r"0\d", written) or written.count("-") == 2 or _is_law(text, reference):
            figures.append(WrittenFigure(written.replace(".", "-"), *reference.span()))
            text = text[: reference.start()] + " " * len(written) + text[reference.end() :]
    for match in _FIGURE.finditer(text):
        value = _number(match["number"], language)
        for i, (_, factor) in enumerate(_MAGNITUDES):
            if match[f"m{i}"]:
                value *= factor
        figures.append(WrittenFigure(f"{plain_figure(value)}{'%' if match['percent'] else ''}", *match.span()))
    return tuple(figures)


def _is_law(text: str, reference: re.Match[str]) -> bool:
    return bool(_LAW_WORD.search(text[: reference.start()])) or text[reference.end() :].lstrip().startswith("号")


def _number(written: str, language: Language) -> Decimal:
    digits = re.sub(rf"[{_SPACES}]", "", written)
    marks = re.findall(r"[.,]", digits)
    if len(marks) > 1 and len(set(marks)) == 1:
        return Decimal(re.sub(r"[.,]", "", digits))
    if len(marks) > 1:
        whole, _, fraction = digits.rpartition(marks[-1])
        return Decimal(f"{re.sub(r'[.,]', '', whole)}.{fraction}")
    if not marks:
        return Decimal(digits)
    thousands = "." if language in _COMMA_IS_DECIMAL else ","
    if marks[0] == thousands and re.fullmatch(r"\d{1,3}[.,]\d{3}", digits):
        return Decimal(re.sub(r"[.,]", "", digits))
    return Decimal(digits.replace(",", "."))


def plain_figure(value: Decimal) -> str:
    """A number in canonical form: digits, and a decimal point only where it is needed."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
