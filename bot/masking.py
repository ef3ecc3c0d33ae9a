"""Personal data out of a question before it is stored: addresses, numbers of phones, papers, accounts and cards."""

from __future__ import annotations

import re
from collections.abc import Callable

# What takes the place of each; the same in every language, so that staff see at once that something was there.
MAIL, PHONE, PAPERS, ACCOUNT, CARD = "‹mail›", "‹phone›", "‹id›", "‹account›", "‹card›"

_DIGITS = {
    ord(digit): str(value)
    for row in ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "０１２３４５６７８９")
    for value, digit in enumerate(row)
}
_GAP = r"[ \u00a0\u202f.\-/()\u2010-\u2013]"
_EDGE = r"(?<![\w+])"
_MAIL = re.compile(r"[A-Za-z0-9_.+%'-]{1,64}\s?(?:@|＠|\(at\)|\[at\])\s?[\w-]{1,63}(?:\.[\w-]{1,63})+")
_IBAN = re.compile(r"(?<!\w)[A-Za-z]{2}\d{2}(?:[ -]?[A-Za-z0-9]{4}){3,7}(?:[ -]?[A-Za-z0-9]{1,3})?(?!\w)")
_LONG = re.compile(rf"{_EDGE}\d(?:{_GAP}?\d){{11,27}}(?!\d)")
_CHINESE_ID = re.compile(r"(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\w)")
_INTERNATIONAL = re.compile(rf"(?<![\w+])(?:\+|00){_GAP}?[1-9](?:{_GAP}{{0,2}}\d){{7,13}}(?!\d)")
_MOROCCAN = re.compile(rf"(?<![\d.,])0[5-8](?:{_GAP}?\d){{8}}(?!\d)")
_CHINESE_MOBILE = re.compile(r"(?<![\d.,])1[3-9]\d(?:[ -]?\d{4}){2}(?!\d)")
# A number of papers or of a phone only where it is called one: otherwise it may be an amount, a law or a plot.
_PAPER_WORDS = (
    r"(?:CIN|C\.I\.N\.?|CNIE?|carte\s+nationale|identity\s+card|national\s+id|ID\s+(?:card|number)|DNI|NIE|passe?port|pasaporte|"
    r"جواز(?:\s+السفر)?|(?:ال)?بطاقة(?:\s+(?:ال)?تعريف)?(?:\s+(?:ال)?وطنية)?|لاكارط|护照(?:号码?)?|身份证(?:号码?)?)"
)
_PHONE_WORDS = (
    r"(?:t[eé]l(?:[eé]phone|[eé]fono)?|phone|mobile|m[oó]vil|gsm|whats\s?app|wechat|appelez|call\s+me|ll[aá]mame|"
    r"هاتفي?|الهاتف|رقمي|واتساب|نمرتي|电话|手机|微信)"
)
_LINK = (
    r"(?:\s*(?:n[o°º]\.?|num[eé]ro|n[uú]mero|number|رقم|号码|号|"
    r"is|est|es|:|：|=|#|هو|是|على|au|at|al)){0,3}\s*"
)
_PAPERS = re.compile(
    rf"(?<!\w)({_PAPER_WORDS}{_LINK})([A-Za-z]{{0,3}}{_GAP}?\d[\dA-Za-z]{{4,14}})(?!\w)", re.IGNORECASE
)
_CALLED_PHONE = re.compile(rf"(?<!\w)({_PHONE_WORDS}{_LINK})(\d(?:{_GAP}?\d){{6,12}})(?!\d)", re.IGNORECASE)
_MOROCCAN_ID = re.compile(r"(?<!\w)[A-Z]{1,2}\d{5,6}(?!\w)")


def mask_personal(text: str) -> str:
    """The text with mail addresses and numbers of phones, papers, bank accounts and cards replaced by what they were.

    Amounts, percentages, years, dates, numbers of laws and postal codes stay. Arabic-Indic and full-width digits count as digits.
    """
    # Digits of other scripts are read as ours; the text keeps its length, so places agree.
    read = text.translate(_DIGITS)
    found = [(match.span(), MAIL) for match in _MAIL.finditer(read)]
    found += [(match.span(), ACCOUNT) for match in _IBAN.finditer(read) if any(c.isdigit() for c in match[0][4:])]
    found += [(match.span(), PAPERS) for match in _CHINESE_ID.finditer(read)]
    found += [(match.span(), kind) for match in _LONG.finditer(read) if (kind := _long_number(match[0]))]
    for pattern in (_INTERNATIONAL, _MOROCCAN, _CHINESE_MOBILE):
        found += [(match.span(), PHONE) for match in pattern.finditer(read)]
    found += [(match.span(2), PAPERS) for match in _PAPERS.finditer(read)]
    found += [(match.span(2), PHONE) for match in _CALLED_PHONE.finditer(read)]
    found += [(match.span(), PAPERS) for match in _MOROCCAN_ID.finditer(read)]
    return _replace(text, found)


def _replace(text: str, found: list[tuple[tuple[int, int], str]]) -> str:
    parts, end = [], 0
    for (start, stop), kind in sorted(found, key=lambda one: (one[0][0], -one[0][1])):
        if start >= end:
            parts += [text[end:start], kind]
            end = stop
        elif stop > end:  # the rest of a number that another pattern saw further
            end = stop
    return "".join([*parts, text[end:]])


def _long_number(written: str) -> str:
    """What a number of at least twelve digits is: a card by its check digit, a Moroccan bank account by its length."""
    digits = re.sub(r"\D", "", written)
    if written[:1] == "0" and written[1:2] == "0":
        return ""  # an international phone number
    if 13 <= len(digits) <= 19 and _passes_luhn(digits):
        return CARD
    if len(digits) == 24:
        return ACCOUNT
    return ""


def _passes_luhn(digits: str) -> bool:
    """The check digit of card numbers (ISO/IEC 7812-1)."""
    double: Callable[[int], int] = lambda value: 2 * value - 9 * (value > 4)  # noqa: E731
    total = sum(double(int(d)) if place % 2 else int(d) for place, d in enumerate(reversed(digits)))
    return total % 10 == 0 and len(set(digits)) > 1
