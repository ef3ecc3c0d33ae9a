"""Which statements of our documents tell that something was looked for and not found."""

from __future__ import annotations

import re

from corpus.document import Language
from corpus.text import fold

_NOT_FOUND = {
    Language.EN: re.compile(r"mithaq (?:(?:has )?found no\b|(?:did|has) not f(?:i|ou)nd\b)"),
    Language.FR: re.compile(r"mithaq n.a (?:pas (?:encore )?|encore )?trouve\b"),
    Language.ES: re.compile(r"mithaq no (?:ha )?(?:encontr|hall)"),
    Language.AR: re.compile("لم يعثر "),
    Language.ZH: re.compile("mithaq(?:尚|还)?(?:未|没有|没)(?:能)?(?:找到|查到|发现)"),
}


def tells_absence(statement: str, language: Language) -> bool:
    """Whether a statement tells that Mithaq found no figure, text or name, as the documents word it in each language."""
    return bool(_NOT_FOUND[language].search(fold(statement)))
