"""Reading a project out of sentences in five languages, turn by turn: what is said, and what must be asked back."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING

from bot.amounts import Money, currency_in_clause, find_bare_figure, find_money
from bot.corrections import take_back
from bot.job_counts import Count, find_jobs, find_women
from bot.numerals import Number, find_numbers, fold_text, scale_named
from bot.project_fields import Question, Reading, ReadValue, read_figures, read_words
from bot.shares import Share, find_shares
from bot.wording import forms_of, pattern
from corpus.document import Language

if TYPE_CHECKING:
    from corpus.glossary import Glossary

MOST_WORDS_OF_AN_ANSWER = 6
MOST_KEYWORDS = 3
SIZES = frozenset({"amount", "jobs"})
FIGURE = frozenset({"amount", "currency"})  # as a bare amount is read


@dataclass(frozen=True)
class ReadProject:
    """What one or several messages say of a project.

    `fields` are those of `Project` that were read, and `currency` (an ISO code); `amount`, `land` and `turnover` are in that
    currency, not in dirhams. A field that is asked back is not among them, except an amount whose currency is not known.
    `is_project`: somebody describes a project of their own. `asks_rule`: the message asks what the law says, so its figures are no
    project's. `unit`: a scale said alone, the answer to `unit_unclear`. `described`: a plan is spoken of, be its size known or not.
    `places`: where several are named and one must be chosen, all of them. `own`: somebody plans something of their own. `plans`: or
    speaks of what they do. `aid`: the message asks what there is to get; `aid_in_general`: for all there is. `total`: it asks for a
    sum. `more`: its jobs come on top of others. `hearsay`: it repeats what was said elsewhere, or reports. `bounded`: a figure is a
    limit ("at least 50 jobs"). `own_money`: the amount is said to be the asker's own, perhaps not all of the investment;
    `only_part`: it is that of a part, as the machines.
    """

    fields: Mapping[str, ReadValue] = field(default_factory=lambda: MappingProxyType({}))
    questions: tuple[Question, ...] = ()
    is_project: bool = False
    asks_rule: bool = False
    unit: Decimal | None = None
    described: bool = False
    places: tuple[str, ...] = ()
    own: bool = False
    plans: bool = False
    aid: bool = False
    aid_in_general: bool = False
    total: bool = False
    more: bool = False
    hearsay: bool = False
    bounded: bool = False
    own_money: bool = False
    only_part: bool = False

    @property
    def is_sized(self) -> bool:
        """Whether the amount or the jobs are said, or asked back."""
        return bool(SIZES & {*self.fields, *(one.field for one in self.questions)})

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the questions."""
        return tuple(question.code for question in self.questions)


def read_project_text(text: str, language: Language, glossary: Glossary) -> ReadProject:
    """What one message says of a project.

    Args:
        text: the message as it was written.
        language: the language of the message; Darija in Latin letters counts as Arabic.
        glossary: the names of places.
    """
    folded = fold_text(text)
    numbers = find_numbers(folded, language)
    shares = find_shares(folded, numbers)
    numbers = [one for one in numbers if not any(share.start <= one.start < share.end for share in shares)]
    jobs = find_jobs(folded, numbers)
    if (women := find_women(folded, numbers, jobs)) and not any(one.role == "women_share" for one in shares):
        shares.append(Share(women[0], "women_share", *women[1:]))
    taken = [(one.start, one.end) for one in jobs] + [(one.start, one.end) for one in shares]
    jobs, money = take_back(folded, numbers, jobs, find_money(folded, numbers, taken))
    reading = Reading(folded)
    read_words(reading, glossary)
    if not money and (known := {"place", "sector"} & reading.named):
        keywords = len(known) == 2 and len(text.split()) <= MOST_KEYWORDS
        bare = find_bare_figure(folded, numbers, taken, keywords=keywords)
        money = [bare] if bare else []
    read_figures(reading, money, jobs, shares)
    unit = _read_unit(reading, numbers, language)
    bounded = any(one.bounded for one in money) or any(one.bounded for one in jobs)
    rule, project, described = _judge(reading, money, jobs)
    said = {name: _says(name, folded.folded) for name in ("aid", "aid_in_general", "total", "more")}
    hearsay = _says("hearsay", folded.folded) or _says("reports", folded.folded)
    said["aid"] = said["aid"] and not _says("others", folded.folded)
    own = not hearsay and _says("own", folded.folded)
    plans = own or (not hearsay and (described or _says("ours", folded.folded)))
    return ReadProject(
        MappingProxyType(reading.fields), tuple(reading.questions), project, rule, unit, described, reading.places,
        own=own, plans=plans, hearsay=hearsay, bounded=bounded, own_money=reading.own_money,
        only_part=reading.only_part, **said,
    )  # fmt: skip


def merge(earlier: ReadProject, later: ReadProject) -> ReadProject:
    """What is known after one more message: what it says replaces what was said before and answers what was asked.

    A message that asks for a rule, and describes nothing, changes nothing.
    """
    if later.asks_rule and not later.is_project:
        return earlier
    asked, fields = list(later.questions), {**earlier.fields, **later.fields}
    waiting = next((one for one in earlier.questions if one.code == "unit_unclear"), None)
    if waiting and waiting.number is not None and later.unit and "amount" not in later.fields:
        fields["amount"] = ReadValue(waiting.number * later.unit, waiting.words)
        if "currency" not in fields:
            asked.append(Question("currency_unknown", "currency", waiting.words))
    if "currency" in earlier.fields and "currency" not in later.fields:
        asked = [one for one in asked if one.code != "currency_unknown"]
    again = {one.field for one in asked}
    kept = [one for one in earlier.questions if one.field not in again and one.field not in fields]
    for one in asked:
        if one.field != "currency":
            fields.pop(one.field, None)
    described = earlier.described or later.described
    sized = bool({"amount", "jobs"} & {*fields, *(one.field for one in (*kept, *asked))})
    project = earlier.is_project or later.is_project or (described and sized)
    places = later.places or (() if "place" in later.fields else earlier.places)
    return ReadProject(
        MappingProxyType(fields), (*kept, *asked), project, later.asks_rule, described=described, places=places
    )


def _read_unit(reading: Reading, numbers: Sequence[Number], language: Language) -> Decimal | None:
    """The unit that a short answer names ("in dirhams", "millions"); its currency is put among the fields.

    So is one that stands apart from the amount ("in dirhams around 16 million"). In a longer message it must be a clause of its
    own: "dirhams. The company is a year old".
    """
    brief, codes = len(reading.text.written.split()) <= MOST_WORDS_OF_AN_ANSWER, {one.code for one in reading.questions}
    short = brief and not numbers
    named = currency_in_clause(reading.text, alone=not (short or (brief and "currency_unknown" in codes)))
    if named and "currency" not in reading.fields:
        reading.put("currency", *named)
        reading.questions = [one for one in reading.questions if one.code != "currency_unknown"]
    return scale_named(reading.text, language) if short else None


def _judge(reading: Reading, money: Sequence[Money], jobs: Sequence[Count]) -> tuple[bool, bool, bool]:
    """Whether the message asks for a rule, describes a project of somebody's own, and speaks of a plan at all."""
    folded, named = reading.text.folded, reading.named
    sized = [one for one in money if one.role in ("", "part")]
    heard = _says("hearsay", folded)
    own, sited = _says("own", pattern("hearsay").sub(" ", folded)), bool(named & {"place", "sector"})
    asks = _says("asks", folded) or re.match(rf"\W*{forms_of('asks_first')}", folded) is not None
    estimate, planned = _says("estimate", folded), _says("plan_nouns", folded)
    rule = heard or _says("rules", folded)
    bounded = any(one.bounded for one in sized) or any(one.bounded for one in jobs)
    both, whole = bool(sized and jobs) and not bounded, named >= {"place", "sector"}
    if not sized and not jobs:
        spoken = own or ((planned or whole) and not asks)
        return (asks or rule) and not own, False, spoken and not rule
    if (
        _says("reports", folded)
        or (_says("needs", folded) and not whole)
        or (rule and not (both and (own or (sited and not asks))))
    ):
        project = False
    elif asks and estimate:
        project = (own or both or sited) and not (bounded and not own)
    elif asks:
        project = both and (own or sited)
    else:
        placed = whole or (sited and (planned or bool(jobs) or "currency" in reading.fields))
        project = own or (both and (sited or planned)) or (placed and not bounded)
    return (asks or rule) and not project, project, project


def _says(name: str, folded: str) -> bool:
    return pattern(name).search(folded) is not None
