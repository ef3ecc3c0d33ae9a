"""The gate: whether the text of a page is what its reader sees. A scan, a broken font map or reversed words are stopped."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.text import ARABIC, fold

_LETTERS = re.compile("[\u0621-\u064a\u0671-\u06d3]+")
_REPLACED = re.compile("[\ufffd\ue000-\uf8ff\U000f0000-\U0010ffff]")
# A letter of a script that nobody mixes with Arabic, within an Arabic word: a ligature whose letters the font map lost.
_STRANGE = re.compile(
    "(?<=[\u0621-\u064a])[\u0250-\u05ff\u0900-\u1cff\u2c00-\u9fff\ua000-\ufaff]|"
    "[\u0250-\u05ff\u0900-\u1cff\u2c00-\u9fff\ua000-\ufaff](?=[\u0621-\u064a])"
)
# Words that stand in every Arabic text and whose reversal is no word; enough of them are short to be seen on any page.
_COMMON_WORDS = """
من في على إلى عن مع هذا هذه التي الذي أن إن كان كانت بين بعد قبل عند حول خلال كل ما لا أو ثم كما قد وقد وفي ومن وعلى إذا أي غير حيث
ذلك تلك دون عبر نحو أكثر أول وهو وهي هو هي كذلك أيضا بها به له لها منها فيها عليه يتم الذين وذلك المغرب المملكة المغربية الاستثمار
الاستثمارات استثمار الجهة جهة المشروع المشاريع مشروع القانون قانون رقم المادة السنة سنة درهم مليون مليار مدينة مراكش آسفي الدعم منحة
وزارة وزير رئيس الحكومة الشركات شركة المركز الجهوي غرفة التجارة الصناعة والصناعة والخدمات الخدمات الاقتصادية التنمية يناير فبراير
مارس أبريل ماي يونيو يوليوز غشت شتنبر أكتوبر نونبر دجنبر اليوم يوم المقاولات قطاع القطاع العمل الشغل مناصب فرص الإقليم إقليم الميثاق
ميثاق السيد المدير العام الوطنية الوطني الدولي الدولية الملك
"""
_COMMON = frozenset(map(fold, _COMMON_WORDS.split()))
_REVERSED = frozenset(word[::-1] for word in _COMMON) - _COMMON
# The least share of the most frequent letters in 250 letters of any Arabic text (measured on the packaged documents, with room).
_LEAST_SHARE = {"ا": 0.06, "ل": 0.035, "ي": 0.012, "م": 0.012}
_IN_EVERY_LONG_TEXT = frozenset("اليمنوترهبعسدقكفحجش")
_ENOUGH_LETTERS, _LONG_TEXT = 250, 1_000
_ENOUGH_WORDS = 12
_FEWEST_COMMON = 0.05


@dataclass(frozen=True)
class Reading:
    """What was measured on a page: Arabic words, how many of them are common ones, the same backwards, what is lost."""

    words: int
    common: int
    backwards: int
    characters: int
    lost: int
    torn: int
    missing: str

    @property
    def reversed(self) -> bool:
        """Whether its words are written backwards: reversals of common words outnumber the words themselves."""
        return self.backwards >= 2 and self.backwards > 2 * self.common

    @property
    def broken(self) -> bool:
        """Whether letters were lost: replacement characters, or Arabic in which hardly any common word is whole."""
        if self.lost > max(2, 0.005 * self.characters) or self.missing:
            return True
        if self.words >= _ENOUGH_WORDS and self.torn > 0.5 * self.words:
            return True
        return self.words >= 3 * _ENOUGH_WORDS and self.common < _FEWEST_COMMON * self.words

    @property
    def doubtful(self) -> bool:
        """Whether a person should compare: some characters are lost, or common words are rarer than in any text."""
        return bool(self.lost) or (self.words >= 2 * _ENOUGH_WORDS and self.common < 2 * _FEWEST_COMMON * self.words)


def measure(text: str) -> Reading:
    """The reading of a page's text."""
    found = [fold(word) for word in _LETTERS.findall(text)]
    return Reading(
        words=len(found),
        common=sum(word in _COMMON for word in found),
        backwards=sum(word in _REVERSED for word in found),
        characters=sum(not character.isspace() for character in text),
        lost=len(_REPLACED.findall(text)) + 10 * len(_STRANGE.findall(text)),  # each is a ligature lost for certain
        missing=_missing("".join(found)),
        torn=sum(len(word) == 1 and word != "و" for word in found),
    )


def _missing(letters: str) -> str:
    """The letters that stand in every text of this length, and not, or far too rarely, in this one."""
    if len(letters) < _ENOUGH_LETTERS:
        return ""
    rare = {letter for letter, share in _LEAST_SHARE.items() if letters.count(letter) < share * len(letters)}
    if len(letters) >= _LONG_TEXT:
        rare |= _IN_EVERY_LONG_TEXT - set(letters)
    return "".join(sorted(rare))


def common_words(text: str) -> int:
    """How many common Arabic words the text holds."""
    return sum(fold(word) in _COMMON for word in _LETTERS.findall(text))


def holds_arabic(text: str) -> bool:
    """Whether any letter is Arabic."""
    return ARABIC.search(text) is not None
