"""The names of the world's countries in our languages, from the Unicode locale data (CLDR, through Babel)."""

from __future__ import annotations

import re

from babel import Locale

from corpus.document import Language

# Morocco; groups of countries; and names that are everyday words in one of our languages (ar مالي: financial, fr réunion: meeting).
_LEFT_OUT = frozenset({"MA", "EH", "ML", "RE", "JE", "UM", "ZZ", "EU", "EZ", "UN", "QO", "XA", "XB"})


def country_names() -> dict[str, dict[Language, str]]:
    """Each country's name in every language, by its code (ISO 3166-1 alpha-2)."""
    names = {language: Locale.parse(language.value).territories for language in Language}
    codes = [code for code in sorted(names[Language.EN]) if re.fullmatch("[A-Z]{2}", code) and code not in _LEFT_OUT]
    return {
        code: {language: str(own[code]) for language, own in names.items()}
        for code in codes
        if all(code in own for own in names.values())
    }
