"""Reading text in five scripts and languages: cleaning, folding, words and sentences."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff]"
)
_ARABIC_MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640]")
_ARABIC_LETTERS = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ک": "ك", "ی": "ي", "گ": "ك"}
)
ARABIC_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
WORD = re.compile(r"[^\W_]+")
HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
# A Latin name glued to Chinese characters is a word of its own.
WRITTEN_WORD = re.compile(
    f"{HAN.pattern}+|(?:(?!{HAN.pattern})[^\\W_])(?:(?!{HAN.pattern})[^\\W_]|{_ARABIC_MARKS.pattern})*"
)
ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")
_ABBREVIATION = re.compile(r"(?:\b(?:[Aa]rts?|n|[Nn]os|MM|Mme|Dr|Mr|Mrs|Ms|Sra?|env|pp?|St|vs?|c|approx)|\b[A-Z])\.$")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_SENTENCE = re.compile(
    r"\S.*?(?:[.!?؟…][\"»”)\]]*(?=\s|$)|(?<=[\u3400-\u9fff)\]])[!?](?=[\u3400-\u9fff\d])|[。！？][”』」）\"]*|$)"
)


class _WithoutMarks(dict[int, int | None]):
    """For `str.translate`: takes combining marks away; knows each character once it was met."""

    def __missing__(self, code: int) -> int | None:
        self[code] = None if unicodedata.combining(chr(code)) else code
        return self[code]


_WITHOUT_MARKS = _WithoutMarks()


def clean(text: str) -> str:
    """The text composed (NFC), without control characters, lone surrogates or direction marks; line ends as line feeds."""
    text = text.encode("utf-8", "replace").decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _CONTROL.sub("", text))


def clean_question(text: str) -> str:
    """A question on one line, without HTML tags and Arabic vowel marks, in compatibility form (NFKC): no full-width letters."""
    if text.isascii() and text.isprintable() and "<" not in text:
        return " ".join(text.split())
    return " ".join(_ARABIC_MARKS.sub("", _TAG.sub(" ", unicodedata.normalize("NFKC", clean(text)))).split())


def fold(text: str) -> str:
    """The text for comparing: lower case, no accents or Arabic vowel marks, letter variants and digits made one."""
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKC", text).casefold().translate(ARABIC_DIGITS)
    text = _ARABIC_MARKS.sub("", text).translate(_ARABIC_LETTERS)
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", text).translate(_WITHOUT_MARKS))


def western_digits(text: str) -> str:
    """The text with Arabic-Indic and Persian digits written 0-9."""
    return text.translate(ARABIC_DIGITS)


def words(text: str) -> list[str]:
    """Folded words in order; a run of Chinese characters is one word."""
    return WORD.findall(fold(text))


def word_count(text: str) -> int:
    """Words for measuring length; two Chinese characters count as one word."""
    return sum((len(HAN.findall(word)) + 1) // 2 if HAN.search(word) else 1 for word in WORD.findall(text))


@dataclass(frozen=True)
class Statement:
    """A sentence, or a whole list item (`listed`), of a passage."""

    text: str
    listed: bool = False


def split_statements(text: str) -> list[Statement]:
    """The statements of a passage in order: its sentences, and each item of a list as one."""
    statements: list[Statement] = []
    for line in text.splitlines():
        item = re.match(r"\s*(?:[-*•]|\d+[.)])\s+(?P<text>\S.*)", line)
        if item:
            statements.append(Statement(item["text"].strip(), listed=True))
        else:
            statements.extend(Statement(sentence) for sentence in split_sentences(line))
    return statements


def split_sentences(text: str) -> list[str]:
    """The sentences of a text in order, each stripped.

    A full stop after an abbreviation or an initial, and one inside a number, ends nothing.
    """
    sentences: list[str] = []
    for line in text.splitlines():
        pending = ""
        for part in _SENTENCE.findall(line):
            pending = f"{pending} {part}" if pending else part
            if not _ABBREVIATION.search(pending):
                sentences.append(pending.strip())
                pending = ""
        if pending:
            sentences.append(pending.strip())
    return sentences
