"""Personal data out of a question before it is stored: addresses, numbers of phones, papers, accounts and cards."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from corpus.text import ARABIC_DIGITS

# What takes the place of each; the same in every language, so that staff see at once that something was there.
MAIL, PHONE, PAPERS, ACCOUNT, CARD = "‹mail›", "‹phone›", "‹id›", "‹account›", "‹card›"

_DIGITS = ARABIC_DIGITS | str.maketrans("０１２３４５６７８９＋＠", "0123456789+@")
_UNSEEN = (
    "\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"  # marks of direction and joints, which copied numbers bring along
)
_GAP = rf"[ \u00a0\u202f._\-/()\u2010-\u2013{_UNSEEN}]"
_ONE_GAP = rf"{_GAP}{{0,3}}"
_NOT_INSIDE = rf"(?<![\d.,])(?<!\d[{_UNSEEN}])"
_LATIN = r"A-Za-z\u00c0-\u024f"
_AT = r"\s?(?:@|[(\[{](?:at|arobase|arroba)[)\]}]|\s(?:arobase|arroba)\s)\s?"
_DOT = r"(?:\.|\s?[\[({](?:dot|point|punto)[\])}]\s?)"
_MAIL = re.compile(
    rf"(?:[{_LATIN}0-9_.+%'-]{{1,64}}|[\u0600-\u06ff._-]{{1,64}}){_AT}[\w-]{{1,63}}(?:{_DOT}[\w-]{{1,63}})+",
    re.IGNORECASE,
)
_IBAN = re.compile(
    r"(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?:[ -]?[A-Za-z0-9]{4}){3,7}(?:[ -]?[A-Za-z0-9]{1,3})?(?![A-Za-z0-9])"
)
_LONG = re.compile(rf"(?<![\w+])\d(?:{_GAP}?\d){{11,27}}(?!\d)")
_CHINESE_ID = re.compile(
    rf"(?<!\d)[1-9]\d{{5}}{_GAP}?(?:19|20)\d{{2}}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]){_GAP}?\d{{3}}[\dXx](?![A-Za-z0-9])"
)
# A number that begins with 0 is no amount; others are a phone's where they are written as one.
_PHONES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<![\w+])(?:\+|00){_GAP}?[1-9](?:{_ONE_GAP}\d){{7,13}}(?!\d)",
        rf"{_NOT_INSIDE}0[5-8](?:{_ONE_GAP}\d){{8}}(?!\d)",
        rf"{_NOT_INSIDE}0[1-9](?:{_GAP}?\d\d){{4}}(?!\d)",
        rf"{_NOT_INSIDE}0[5-8](?:[,;]\s?\d\d){{4}}(?!\d)",
        rf"{_NOT_INSIDE}0(?: \d){{9}}(?! ?\d)",
        rf"{_NOT_INSIDE}0\d{{2,3}}-\d{{7,8}}(?!\d)",
        rf"{_NOT_INSIDE}212[5-8]\d{{8}}(?!\d)",
        rf"{_NOT_INSIDE}1[3-9]\d(?:[ -]?\d{{4}}){{2}}(?!\d)",
        rf"{_NOT_INSIDE}[6-9]\d\d(?: \d\d){{3}}(?!\d)",
    )
)
# A number of papers or of a phone only where it is called one: otherwise it may be an amount, a law or a plot.
_PAPER_WORDS = (
    r"(?:CIN|C\.I\.N\.?|CNIE?|carte\s+nationale|identity\s+card|national\s+id|ID\s+(?:card|number)|DNI|NIE|passe?port|pasaporte|"
    r"جواز(?:\s+السفر)?|(?:ال)?بطاق(?:ة|تي|ته|تها|تك)(?:\s+(?:ال)?تعريف)?(?:\s+(?:ال)?وطنية)?|لاكارط|护照(?:号码?)?|身份证(?:号码?)?)"
)
_PHONE_WORDS = (
    r"(?:t[eé]l(?:[eé]phone|[eé]fono)?|phone|mobile|m[oó]vil|gsm|whats\s?app|wechat|appelez|call\s+me|ll[aá]mame|"
    r"(?:mon|my|mi)\s+(?:num[eé]ro|number|n[uú]mero)|"
    r"هاتف(?:ي|ه|ها|نا)?|رقمي|واتساب|نمرتي|电话|手机|微信|我的号码)"
)
_LINK = (
    r"(?:\s*(?:n[o°º]\.?|num[eé]ro|n[uú]mero|number|رقم|号码|号|"
    r"is|est|es|c['’]est|the|le|el|:|：|=|#|هو|是|على|au|at|al|\.)){0,4}\s*"
)
_PAPERS = re.compile(
    rf"(?<![{_LATIN}])({_PAPER_WORDS}{_LINK})"
    rf"((?:[A-Za-z]{{0,3}}{_GAP}?\d[\dA-Za-z]{{4,14}}|\d{{1,2}}\.\d{{3}}\.\d{{3}})(?:-?[A-Za-z])?)(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_CALLED_PHONE = re.compile(
    rf"(?<![{_LATIN}])({_PHONE_WORDS}{_LINK})(\(?\d(?:{_ONE_GAP}\d){{6,12}})(?!\d)", re.IGNORECASE
)
_NO_ID = r"(?!DH|CP|BO|MW|KM|KG|HA|EU|US|UM)"  # units, and letters before a postal code or an issue, with a number behind them
_MOROCCAN_ID = re.compile(rf"(?<![\w-]){_NO_ID}(?:[A-Z]{{1,2}}\d{{5,6}})(?![A-Za-z0-9])")
_SMALL_ID = re.compile(rf"(?<![\w-]){_NO_ID}[a-z]{{2}}\d{{5,6}}(?![A-Za-z0-9])", re.IGNORECASE)
_SPANISH_ID = re.compile(r"(?<![\w.,])([XYZ]?)-?(\d{7,8})[- ]?([A-Z])(?![A-Za-z0-9])")
_SPANISH_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE"
# What is counted in one of these is no phone, whatever stands before it.
_MEASURE = re.compile(
    r"\s?(?:M?DHS?(?![a-z])|K?DH|MAD|dirhams?|درهم|دراهم|مليون|مليار|迪拉姆|元|€|euros?|EUR|يورو|\$|USD|dollars?|d[oó]lares|دولار|"
    r"m²|m2|ha(?![a-z])|hectares?|emplois|jobs|empleos|%|٪)",
    re.IGNORECASE,
)


def mask_personal(text: str) -> str:
    """The text with mail addresses and numbers of phones, papers, bank accounts and cards replaced by what they were.

    Amounts, percentages, years, dates, numbers of laws and postal codes stay. Arabic-Indic and full-width digits count as digits.
    """
    # Digits of other scripts are read as ours; the text keeps its length, so places agree.
    return _replace(text, sorted(_found(text.translate(_DIGITS)), key=lambda one: (one[0][0], -one[0][1])))


def _found(read: str) -> Iterator[tuple[tuple[int, int], str]]:
    for pattern, kind, group, is_one in _RULES:
        for match in pattern.finditer(read):
            if is_one(match):
                yield match.span(group), kind
    for match in _LONG.finditer(read):
        if kind := _long_number(match[0]):
            yield match.span(), kind


def _replace(text: str, found: list[tuple[tuple[int, int], str]]) -> str:
    parts, end = [], 0
    for (start, stop), kind in found:
        if start >= end:
            parts += [text[end:start], kind]
            end = stop
        elif stop > end:  # the rest of a number that another pattern saw further
            end = stop
    return "".join([*parts, text[end:]])


def _is_phone(match: re.Match[str]) -> bool:
    """Whether the number is neither counted in something nor as round as only amounts are; one that begins with 0 is no amount."""
    is_round = re.sub(r"\D", "", match[0]).endswith("00000")
    return match[0].startswith("0") or not (is_round or _is_counted(match))


def _is_counted(match: re.Match[str]) -> bool:
    return _MEASURE.match(match.string, match.end()) is not None


def _long_number(written: str) -> str:
    """What a number of at least twelve digits is: a Moroccan bank account by its length, a card by its check digit."""
    digits = re.sub(r"\D", "", written)
    if len(digits) == 24:
        return ACCOUNT
    if digits.startswith("00") or digits.endswith("000000"):
        return ""  # an international phone number; an amount
    return CARD if 13 <= len(digits) <= 19 and _passes_luhn(digits) else ""


def _passes_luhn(digits: str) -> bool:
    """The check digit of card numbers (ISO/IEC 7812-1)."""
    total = sum(
        (2 * int(digit) - 9 * (int(digit) > 4)) if place % 2 else int(digit)
        for place, digit in enumerate(reversed(digits))
    )
    return total % 10 == 0 and len(set(digits)) > 1


def _is_spanish_id(match: re.Match[str]) -> bool:
    """The check letter of a DNI (eight digits) or NIE (a letter and seven)."""
    first, digits, letter = match.groups()
    if len(digits) != (7 if first else 8):
        return False
    return _SPANISH_LETTERS[int(f"{'XYZ'.index(first) if first else ''}{digits}") % 23] == letter


# Pattern, what it finds, the group that goes, and what decides where the pattern alone does not.
_RULES: tuple[tuple[re.Pattern[str], str, int, Callable[[re.Match[str]], bool]], ...] = (
    (_MAIL, MAIL, 0, bool),
    (_IBAN, ACCOUNT, 0, lambda match: any(letter.isdigit() for letter in match[0][4:])),
    *((pattern, PHONE, 0, _is_phone) for pattern in _PHONES),
    (_CALLED_PHONE, PHONE, 2, _is_phone),
    (_PAPERS, PAPERS, 2, lambda match: not _is_counted(match)),
    (_CHINESE_ID, PAPERS, 0, bool),
    (_MOROCCAN_ID, PAPERS, 0, bool),
    (_SMALL_ID, PAPERS, 0, bool),
    (_SPANISH_ID, PAPERS, 0, _is_spanish_id),
)
