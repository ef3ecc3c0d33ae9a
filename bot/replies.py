"""What a message says as a reply to the estimate before it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING

from bot.numerals import fold_text
from bot.project import DIRHAM
from bot.project_fields import ReadValue
from bot.project_reading import FIGURE, SIZES, ReadProject
from bot.short_answers import Unsaid, asks_by_itself, read_answer, read_correction, read_unsaid
from bot.wording import forms_of

if TYPE_CHECKING:
    from bot.estimate import Fact
    from corpus import Language
    from corpus.rules import Rules


class ReplyReader:
    """Reads what a message says of a project whose estimate was told.

    Args:
        rules: the figures of the law on a day.
        asks: tells what the estimate of a project asks for at its end, beside what is left open.
        sums: tells the amounts in dirhams that it comes to.
    """

    def __init__(
        self,
        rules: Rules,
        asks: Callable[[ReadProject, Sequence[Fact]], Fact | None],
        sums: Callable[[ReadProject], Collection[Decimal]],
    ) -> None:
        age = rules.figures.get("small_business.new_company_age")
        self._young = age.value if age else Decimal(0)
        self._asks = asks
        self._sums = sums

    def read(
        self, said: ReadProject, text: str, language: Language, known: ReadProject, open_facts: Sequence[Fact] | None
    ) -> ReadProject | None:
        """What a message says as a reply: "22 instead of 8", "about 60%"; none if it is no reply.

        Args:
            said: what it says by itself.
            text: the message.
            language: its language.
            known: the project.
            open_facts: what the asker left open; none where the message before was not about the estimate, so that only one of its
                figures can be put right.
        """
        if known.questions:
            return None
        if not SIZES & said.fields.keys() and (corrected := read_correction(text, language, known.fields)):
            return _with_fields(said, corrected)
        if open_facts is None or said.fields.keys() - FIGURE or asks_by_itself(text):
            return None
        for fact in (self._asks(known, open_facts), *open_facts):
            if fact and (answered := read_answer(text, language, fact, self._young, known.fields)):
                return _with_fields(replace(said, fields=MappingProxyType({})), answered)
        return None

    def read_unsaid(
        self, said: ReadProject, text: str, language: Language, known: ReadProject, open_facts: Sequence[Fact]
    ) -> tuple[Unsaid, Fact] | None:
        """Why a reply gives the estimate nothing to reckon with, and on what: "I don't know yet", "less than 30%"."""
        if known.questions or not known.is_sized or said.fields.keys() - FIGURE or said.places or asks_by_itself(text):
            return None
        for fact in (self._asks(known, open_facts), *reversed(open_facts)):
            if fact and (unsaid := read_unsaid(text, language, fact)):
                return unsaid, fact
        return None

    def without_sums(self, said: ReadProject, text: str, known: ReadProject) -> ReadProject:
        """A message without the amount that the estimate told and it points to: "is the 1.8 million realistic?" invests none."""
        amount, currency = said.fields.get("amount"), said.fields.get("currency")
        if amount is None or said.own_money or known.questions or not known.is_sized:
            return said
        if (currency and currency.value != DIRHAM) or not _points_to(text, amount.words):
            return said
        invested = known.fields.get("amount")
        if (invested and invested.value == amount.value) or amount.value not in self._sums(known):
            return said
        fields = {name: value for name, value in said.fields.items() if name not in FIGURE}
        asked = tuple(one for one in said.questions if one.field not in FIGURE)
        return replace(said, fields=MappingProxyType(fields), questions=asked)


def _points_to(text: str, words: str) -> bool:
    """Whether a message speaks of an amount as one that is known: "the 1.8 million"."""
    folded, sought = fold_text(text).folded, fold_text(words).folded
    return re.search(rf"{forms_of('pointing')}\W*{re.escape(sought)}", folded) is not None


def _with_fields(read: ReadProject, fields: Mapping[str, ReadValue]) -> ReadProject:
    """The message with fields that it says besides; nothing is asked back, and its figures are no rule's."""
    return replace(read, fields=MappingProxyType({**read.fields, **fields}), questions=(), asks_rule=False)
