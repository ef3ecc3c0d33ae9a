"""Numbers in a sentence, in figures or in words, in five languages: how much, and where they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from math import prod

from bot.numeral_words import (
    HAN_DIGITS,
    HAN_UNITS,
    NumberWords,
    add_word,
    bare_word,
    han_value,
    literal,
    load_number_words,
)
from corpus.document import Language
from corpus.text import clean_question, fold

_TOKEN = re.compile(
    r"(?<![\d.,])\d{1,3}(?:(?P<mark>[ .,'٬_])\d{3})(?:(?P=mark)\d{3})*(?!\d)(?:[.,٫]\d+)?"
    r"|(?<![^\W_])(?:3(?:yalat|achra|chra|echrin|chrin|amil|oummal|imara|[ae]?ndi|[ae]?ndna|lach|afak)|7anout)(?![a-z])"  # Darija
    r"|\d+(?:[.,٫]\d+)?"
    r"|(?<![^\W_])[0-9]?[a-z][a-z0-9]*|[a-z]+|[\u0621-\u064a]+|[零〇一二两三四五六七八九十百千万亿]+"
)
_MASKED = re.compile(
    r"(?<!\d)\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})(?!\d)|\d+-\d+-\d+"  # dates, numbers of decrees
    r"|(?:\+|(?<!\d)(?<!\d[ .,'٬])00?)[1-9][\d .-]{6,}\d"  # telephones
    r"|(?:\bart(?:icle|iculo|s)?\.?|\bloi|\blaw|\bley|\bdecreto?|\bdecree|\bn°|القانون|مرسوم|الماده|法令|第)\s*(?:n[°o]\s*)?\d[\d.-]*"
    r"|\b0\d-\d\d\b"
)
_CODE_AND_FIGURES = re.compile(r"(?:[€$£]|\b(?:mad|dhs?|eur|usd|gbp|cny|rmb|aed|sar|qar))\s?[\d.,]+\s?$")
_COUNTED, _COUNTED_SCALES = "个", "万亿"
_HALF_BEFORE_SCALE = re.compile(r"\s+(?:and a half|et demie?|y medio) (?:thousand|m|b)")


@dataclass(frozen=True)
class Text:
    """A sentence as it was written, folded for comparing, and where each folded character came from."""

    written: str
    folded: str
    origin: tuple[int, ...]

    def between(self, start: int, end: int) -> str:
        """The words as they were written, for a stretch of the folded text."""
        return self.written[self.origin[start] : self.origin[end - 1] + 1].strip() if start < end else ""


@dataclass(frozen=True)
class Number:
    """A number from `start` up to `end` of the folded text; `scale` is the power that a word or a letter gave it, or 1.

    `currency` is set where the scale names it (MDH); `negative` where a minus stands before it.
    """

    value: Decimal
    start: int
    end: int
    scale: Decimal = Decimal(1)
    currency: str = ""
    negative: bool = field(default=False, kw_only=True)


@dataclass(frozen=True)
class _Token:
    text: str
    start: int
    end: int


def fold_text(text: str) -> Text:
    """The sentence cleaned and folded, character by character."""
    written = clean_question(text)
    folded, origin = [], []
    for place, character in enumerate(written):
        for part in fold(character).replace("’", "'").replace("‘", "'"):
            folded.append(part)
            origin.append(place)
    return Text(written, "".join(folded), tuple(origin))


def find_numbers(text: Text, language: Language) -> list[Number]:
    """The numbers of the sentence in order; those in dates, telephones and references to texts are left out."""
    folded = _MASKED.sub(lambda found: " " * len(found.group()), text.folded)
    tokens = [_Token(found.group(), *found.span()) for found in _TOKEN.finditer(folded)]
    numbers: list[Number] = []
    position, known = 0, load_number_words(language)
    while position < len(tokens):
        number, position = _read(tokens, position, known, text, language)
        if number is None:
            continue
        before = numbers[-1] if numbers else None
        if before and _continues(before, number, text.folded):
            numbers[-1] = Number(before.value + number.value, before.start, number.end, number.scale, number.currency)
        else:
            numbers.append(number)
    return [_signed(number, text.folded) for number in numbers]


def _continues(before: Number, number: Number, folded: str) -> bool:
    """Whether "200 thousand" goes on from "1 million"."""
    between = folded[before.end : number.start].strip()
    apart = before.end < number.start and before.scale % 10_000 == 0 and number.scale == 10_000
    return (
        not before.currency
        and not apart
        and before.scale > number.scale > 10
        and between in ("", "et", "and", "y", "و", "零")
    )


def _signed(number: Number, folded: str) -> Number:
    """The number with the sign before it: a minus that touches it and follows neither a figure nor a letter, or a word."""
    before = folded[: number.start]
    if not re.search(
        r"(?<![a-z0-9])(?<![0-9] )[-−]$|\b(?:minus|menos(?! de)|moins(?! de)|negativ[eo]s?)\s$|ناقص\s$|负$", before
    ):
        return number
    return Number(-number.value, number.start, number.end, number.scale, number.currency, negative=True)


def _read(
    tokens: list[_Token], at: int, known: NumberWords, text: Text, language: Language
) -> tuple[Number | None, int]:
    """The number that begins at a token, if one does, and the token after it."""
    token = tokens[at]
    if token.text[0].isdigit() and not token.text[-1].isalpha():
        value, after = literal(token.text, language, _scale_follows(tokens, at, known, text)), at + 1
    elif token.text[0] in HAN_DIGITS or token.text[0] in HAN_UNITS:
        return _read_han(tokens, at, text)
    else:
        if re.search(r"\b(?:por|pour|per) $", text.folded[: token.start]):
            return None, at + 1
        half, after = _read_half(tokens, at, known)
        spoken, after = (half, after) if half is not None else _read_words(tokens, at, known, text)
        if spoken is None:
            return None, at + 1
        value = spoken
    return _scaled(tokens, at, after, value, known, text)


def _scaled(
    tokens: list[_Token], at: int, after: int, value: Decimal, known: NumberWords, text: Text
) -> tuple[Number, int]:
    scale, currency, end = Decimal(1), "", tokens[after - 1].end
    if value >= 1000 and tokens[at].text[0].isalpha():
        scale = Decimal(10) ** (3 * ((len(str(int(value))) - 1) // 3))
    if _HALF_BEFORE_SCALE.match(text.folded, end):  # two and a half million
        value += Decimal("0.5")
        while after < len(tokens) and tokens[after].text in ("and", "a", "half", "et", "demi", "demie", "y", "medio"):
            end, after = tokens[after].end, after + 1
    while (found := _scale_at(tokens, after, end, known, text)) is not None:
        scale, currency, after = scale * found[0], found[1], found[2]
        value, end = value * found[0], tokens[after - 1].end
    half = re.match(
        r"\s*(?:et demie?|and a half|y medi[oa]|ونصف|و نصف|ونص|半)\b(?:\s+(?:مليار|مليون)\b)?", text.folded[end:]
    )
    if half and scale > 1:
        value, end = value + scale / 2, end + half.end()
        while after < len(tokens) and tokens[after].start < end:
            after += 1
    value = Decimal(int(value)) if value == int(value) else value
    return Number(value, tokens[at].start, end, scale, currency), after


def _scale_follows(tokens: list[_Token], at: int, known: NumberWords, text: Text) -> bool:
    found = _scale_at(tokens, at + 1, tokens[at].end, known, text)
    return found is not None and found[0] >= 1_000_000


def _scale_at(
    tokens: list[_Token], at: int, end: int, known: NumberWords, text: Text
) -> tuple[Decimal, str, int] | None:
    """The scale that stands directly behind a number, its currency, and the token after it."""
    if at >= len(tokens):
        return None
    between = text.folded[end : tokens[at].start]
    if tokens[at].text in ("de", "d", "of", "ديال", "dyal", "dial", "د") and at + 1 < len(tokens):
        following = _scale_at(tokens, at + 1, tokens[at].end, known, text)
        return following if following and following[0] >= 1000 and not between.strip() else None
    token = tokens[at]
    if between.strip(" -_'多余来几" + (_COUNTED if token.text[0] in _COUNTED_SCALES else "")):
        return None
    if all(character in "十百千万亿" for character in token.text):
        return prod((known.scales[character][0] for character in token.text), start=Decimal(1)), "", at + 1
    scale = known.scales.get(token.text)
    if token.text == "m" and _is_million(token, text):
        scale = (Decimal(1_000_000), "")
    if scale is None or (token.text == "k" and between):
        return None
    return *scale, at + 1


def _is_million(token: _Token, text: Text) -> bool:
    after = text.folded[token.end : token.end + 12]
    if after[:1] in ("²", "2", "3", "³", "/"):
        return False
    money = re.match(r"\s?(?:de |d')?(?:€|\$|£|dh|mad|eur|usd|dirham|dollar|euro|aed|sar|qar|rmb|cny|gbp|yuan)", after)
    capital = text.written[text.origin[token.start]] == "M"
    return bool(money or capital or _CODE_AND_FIGURES.search(text.folded[: token.start]))


def _read_words(tokens: list[_Token], at: int, known: NumberWords, text: Text) -> tuple[Decimal | None, int]:
    """A number in words up to its thousands; the scale behind it is read as behind figures."""
    current, total, position, begun = 0, 0, at, False
    while position < len(tokens):
        if begun and not _joined(text.folded[tokens[position - 1].end : tokens[position].start]):
            break
        word = tokens[position].text
        if begun and word in ("et", "and", "y") and position + 1 < len(tokens):
            following = tokens[position + 1].text
            if following != "a" and (following in known.ones or following in known.hundreds):
                position += 1
                word = following
        added = add_word(current, bare_word(word, known), known, begun=begun)
        if added is None:
            if not begun and _opens_with_thousand(tokens, position, known):  # mil doscientos
                total, position, begun = 1000, position + 1, True
                continue
            if current and not total and known.scales.get(word, (0, ""))[0] == 1000:
                total, current, position = current * 1000, 0, position + 1
                continue
            break
        current, position, begun = added, position + 1, True
    if not begun:
        return _read_bare(tokens[at].text, at, known)
    if total + current == 1 and not _scale_at(tokens, position, tokens[position - 1].end, known, text):
        return None, at + 1
    return Decimal(total + current), position


def _opens_with_thousand(tokens: list[_Token], at: int, known: NumberWords) -> bool:
    """Whether a bare thousand begins a number that goes on in words: "mil doscientos", "mille cinq cents"."""
    bare = bare_word(tokens[at].text, known)
    if at + 1 >= len(tokens) or bare not in known.bare or known.scales.get(bare, (Decimal(0), ""))[0] != 1000:
        return False
    following = bare_word(tokens[at + 1].text, known)
    return following in known.ones or following in known.hundreds


def _read_half(tokens: list[_Token], at: int, known: NumberWords) -> tuple[Decimal | None, int]:
    """Half, where a scale follows: half a million, medio millón, نصف مليون."""
    if tokens[at].text not in ("half", "demi", "medio", "نصف", "نص", "بنصف", "nos"):
        return None, at + 1
    after = at + 2 if at + 1 < len(tokens) and tokens[at + 1].text == "a" else at + 1
    follows = after < len(tokens) and known.scales.get(tokens[after].text, (Decimal(0), ""))[0] >= 1000
    return (Decimal("0.5"), after) if follows else (None, at + 1)


def _read_bare(word: str, at: int, known: NumberWords) -> tuple[Decimal | None, int]:
    word = bare_word(word, known)
    if word in known.duals:
        return Decimal(known.duals[word]), at + 1
    if word in known.bare and word in known.scales:
        return known.scales[word][0], at + 1
    return None, at + 1


def _joined(between: str) -> bool:
    return between in (" ", "-", " - ")


def _read_han(tokens: list[_Token], at: int, text: Text) -> tuple[Number | None, int]:
    token = tokens[at]
    if token.text[0] in ("百", "千") or text.folded[max(token.start - 1, 0) : token.start] in ("几", "数", "第", "上"):
        return None, at + 1
    run, last = token.text, at
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    counted = after and text.folded[token.end : after.start].strip("多来") == _COUNTED
    if after and counted and after.text[0] in _COUNTED_SCALES:  # 两个亿, 两个多亿, 两个亿五千万
        run, last = run + after.text, at + 1
    value, scale = han_value(run)
    return Number(value, token.start, tokens[last].end, scale), last + 1


def scale_named(text: Text, language: Language) -> Decimal | None:
    """The thousand, million or milliard that the sentence names, without figures before it."""
    scales = load_number_words(language).scales
    for found in _TOKEN.finditer(text.folded):
        scale = scales.get(found.group(), (Decimal(0), ""))[0]
        if scale >= 1000 and found.group() != "m":
            return scale
    return None
