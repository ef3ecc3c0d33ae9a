"""The characters of a text whose encoding nobody states: UTF-8, UTF-16, and the old ones of Arabic, Western and Chinese."""

from __future__ import annotations

import codecs
import re

from corpus.importing.quality import common_words
from corpus.importing.refusal import Refusal, refused

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
_ARABIC_RUN = re.compile("[\u0621-\u064a]{2,}")
_COMMON_HAN = frozenset("的是在和年月日为中国了有人与投资经济摩洛哥企业发展项目将政府合作")
_SAMPLE = 200_000


def decode(content: bytes) -> tuple[str, bool]:
    """The text, and whether its encoding was guessed.

    Raises:
        ImportRefusedError: it fits none of the known encodings.
    """
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return _strict(content[len(mark) :], encoding), False
    if (wide := _wide_encoding(content)) is not None:
        return _strict(content, wide), True
    try:
        return content.decode("utf-8"), False
    except UnicodeDecodeError:
        return _old(content), True


def decode_as(content: bytes, encoding: str) -> str | None:
    """The text in the encoding that it claims, or None where the claim is unknown or wrong."""
    try:
        if not codecs.lookup(encoding)._is_text_encoding:
            return None
        return content.decode(encoding)
    except (LookupError, UnicodeError, ValueError):
        return None


def _strict(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise refused(Refusal.UNKNOWN_CHARSET) from error


def _wide_encoding(content: bytes) -> str | None:
    """UTF-16 without its mark: the high bytes are nearly all zero or that of Arabic."""
    head = content[:4096]
    for half, encoding in ((head[1::2], "utf-16-le"), (head[::2], "utf-16-be")):
        if b"\x00" in half and len(half) > 8 and sum(byte in {0, 6} for byte in half) > 0.7 * len(half):
            return encoding
    return None


def _old(content: bytes) -> str:
    sample = content[:_SAMPLE]
    arabic = {name: sample.decode(name, "replace") for name in ("cp1256", "iso8859_6")}
    best = max(arabic, key=lambda name: common_words(arabic[name]))
    letters = sum(map(str.isalpha, arabic[best])) or 1
    if common_words(arabic[best]) and sum(map(len, _ARABIC_RUN.findall(arabic[best]))) > 0.15 * letters:
        return _strict(content, best)
    chinese = decode_as(content, "gb18030")
    if chinese and sum(character in _COMMON_HAN for character in chinese[:_SAMPLE]) > len(chinese[:_SAMPLE]) / 40:
        return chinese
    return _strict(content, "cp1252")
