"""The jobs that a sentence names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from bot.amounts import bound_after, bound_before, is_range, is_replaced
from bot.numerals import Number, Text
from bot.wording import forms_of, pattern

_CORRECTED = re.compile("(?:^|应该?是|改成|改为|总共|一共)$")  # "应该是150人"
_PEOPLE = re.compile("个?人(?=$|[,。.!])")


MILLION = 1_000_000


@dataclass(frozen=True)
class Count:
    """A number of jobs, and the word for them.

    `temporary`: for a season or for the works only. `headcount`: a word for people who may be there already ("300 employees").
    """

    value: Decimal
    start: int
    end: int
    bounded: bool = False
    noun: str = ""
    temporary: bool = False
    headcount: bool = False


def find_jobs(text: Text, numbers: Sequence[Number]) -> list[Count]:
    """The numbers of jobs that the sentence names, without those that count a part of them or what is already there."""
    counts = []
    for number in numbers:
        count = _count(text, number)
        if count is not None:
            counts.append(count)
            counts.extend(_lower_end(numbers, number, text, count.end))
    return _chosen(counts) or _people(text, numbers)


def _count(text: Text, number: Number) -> Count | None:
    """The number as jobs, if a word for them stands beside it and says that they are the project's own."""
    if number.scale >= MILLION:
        return None  # "apport personnel 15 millions"
    before, after = text.folded[max(0, number.start - 60) : number.start], text.folded[number.end : number.end + 60]
    behind = _job_after().match(after)
    bare = _bare_after().match(after)
    hired = _hired_before().search(before[-40:]) is not None
    if behind is None and _CORRECTED.search(before):
        behind = _PEOPLE.match(after)
    named = _job_before().search(before[-40:])
    if not behind and not (bare and (hired or named)):
        return None
    end = number.end + (behind.end() if behind else 0)
    noun = behind.group() if behind else named.group() if named else ""
    rest = text.folded[end : end + 40]
    created = bool(hired or pattern("jobs", "created").search(noun) or _created_after().match(rest))
    people = pattern("jobs", "headcounts").search(f"{noun}{rest[:12]}") is not None
    headcount = people and not created
    brought = re.search(rf"{forms_of('jobs', 'brought')}[^.,;，。\d]{{0,12}}$", before)
    if brought and pattern("jobs", "trades").search(noun):
        return None  # "bring 3 technicians"
    if _is_left_out(before, rest, own=hired) or (headcount and _is_of_the_firm(before, rest)):
        return None
    headcount = headcount or (people and hired and _is_of_the_firm(before, rest))  # "we employ 2,300 in Germany"
    bounded = bool(bound_before().search(before) or bound_after().match(text.folded, end))
    return Count(number.value, number.start, end, bounded, noun.strip(), _is_temporary(before, noun, rest), headcount)


def _chosen(counts: list[Count]) -> list[Count]:
    """The counts of lasting jobs; of several those that are created; one where they are a whole and its parts."""
    chosen = [one for one in counts if not one.temporary] or counts
    trades = [match.group() for one in chosen if (match := pattern("jobs", "trades").search(one.noun))]
    if len(chosen) > 1 and len(set(trades)) == len(chosen):
        first, last = chosen[0], chosen[-1]
        return [Count(sum((one.value for one in chosen), start=Decimal(0)), first.start, last.end)]
    if len({one.value for one in chosen}) > 1:
        chosen = [one for one in chosen if not one.headcount] or chosen
    whole = max(chosen, key=lambda one: one.value, default=None)
    parts = [one for one in chosen if one is not whole]
    if whole and len(parts) > 1 and sum(one.value for one in parts) == whole.value:
        return [whole]
    return chosen


def _people(text: Text, numbers: Sequence[Number]) -> list[Count]:
    """The people named beside an amount, or instead of others, where no word says that they work there: "$3.5 million and 45
    people", "30 people instead of 60".
    """
    if pattern("jobs", "guests").search(text.folded):
        return []
    found = [(number, people_after().match(text.folded, number.end)) for number in numbers if number.scale == 1]
    if not any(max(number.scale, number.value) >= 100_000 for number in numbers):
        found = [
            (number, match) for number, match in found if match and _instead_after().match(text.folded, match.end())
        ]
    return [Count(number.value, number.start, match.end()) for number, match in found if match][:1]


def _lower_end(numbers: Sequence[Number], number: Number, text: Text, end: int) -> list[Count]:
    """The 50 of "50 to 60 jobs"."""
    earlier = next((one for one in numbers if one.end <= number.start and number.start - one.end < 6), None)
    if earlier and earlier.scale == 1 and is_range(text.folded[earlier.end : number.start]):
        return [Count(earlier.value, earlier.start, end)]
    return []


def _is_left_out(before: str, after: str, *, own: bool) -> bool:
    part = re.search(rf"{forms_of('parts')}\s*(?:au moins |at least )?$", before)
    already = re.search(rf"{forms_of('jobs', 'already')}[^.,;]{{0,16}}$", before)
    indirect = re.match(rf"\s*{forms_of('jobs', 'indirect')}", after)
    rate = forms_of("jobs", "per")  # "2 jobs per million"
    per = re.match(rf"\s*(?:(?:\w+ )?{rate}|(?:[a-z]+ )?{forms_of('jobs', 'elsewhere')})", after)
    per = per or re.search(rf"{rate}[^.,;，。\d]{{0,8}}$", before)
    never = re.search(rf"{forms_of('jobs', 'never')}\s*$", before)
    return bool(never or part or indirect or per or is_replaced(before) or (already and not own))


def _is_of_the_firm(before: str, after: str) -> bool:
    """Whether the people work for a firm that exists, or abroad: "a family firm with 220 staff", "120 empleados allí"."""
    clause = re.split(r"[.;。；\n]|\b(?:and|et|y|but|mais|pero)\b", before)[-1]
    firm = re.search(rf"{forms_of('jobs', 'firms')}[^,:،，\d]{{0,30}}?{forms_of('jobs', 'firm_links')}\s*$", clause)
    had = re.search(
        rf"{forms_of('jobs', 'having')}[^.;\d]{{0,14}}{forms_of('jobs', 'firms')}[^.;\d]{{0,40}}[,:،，]\s*$", before
    )
    if had and not pattern("jobs", "founding").search(had.group()):
        return True  # "I have a small firm in Marrakech, 5 employees"
    founded = firm and re.search(rf"{forms_of('jobs', 'founding')}[^,،，]{{0,14}}$", clause[: firm.start()])
    country = f"(?:{forms_of('abroad')}|{forms_of('foreign')})"
    there = rf"(?:{forms_of('jobs', 'there')}|{forms_of('located')}\s*(?:the |la |el |le |los )?{country})"
    abroad = re.match(rf"[^.,;:،，。\d]{{0,14}}?{there}", after) or re.search(rf"{there}[^.,;،，。\d]{{0,24}}$", clause)
    return bool((firm and not founded) or abroad)


def _is_temporary(before: str, noun: str, after: str) -> bool:
    """Whether the jobs last for a season or for the works only."""
    season, works = pattern("jobs", "temporary"), pattern("jobs", "works")
    clause = re.split(r"[.,;:،，。；]", before)[-1]
    behind = re.split(r"[.,;:،，。；\d]", after)[0]
    return bool(season.search(noun) or season.match(behind.strip()) or works.search(behind) or works.search(clause))


def find_women(text: Text, numbers: Sequence[Number], jobs: Sequence[Count]) -> tuple[Decimal, int, int] | None:
    """The share of women that a number of them makes of the jobs ("35 jobs, of them 14 women"), and where it is said."""
    if len({one.value for one in jobs}) != 1 or jobs[0].value <= 0:
        return None
    for number in numbers:
        counted = any(one.start <= number.start < one.end for one in jobs)
        if counted or number.scale != 1 or not 0 <= number.value <= jobs[0].value:
            continue
        behind = _women_after().match(text.folded, number.end)
        before = _women_before().search(text.folded[max(0, number.start - 12) : number.start])
        if behind or (before and _bare_after().match(text.folded[number.end : number.end + 20])):
            return number.value / jobs[0].value, number.start, behind.end() if behind else number.end
    return None


@cache
def _job_after() -> re.Pattern[str]:
    fillers = rf"(?:{forms_of('jobs', 'fillers')}[\s']*)"
    return re.compile(rf"[\s-]*{fillers}{{0,4}}{forms_of('jobs', 'nouns')}")


@cache
def _bare_after() -> re.Pattern[str]:
    """What may follow a number that a verb of hiring or "jobs:" makes a number of jobs."""
    people = forms_of("jobs", "people")
    return re.compile(
        rf"\s*[个名]?(?:(?:d |dyal |de |ديال |د )?(?:(?:local|young|more|new|skilled) )?{people}|$|[.,;)!?。，；、؟،/|]|[-–—]\s"
        r"|(?:and|et|y|in|à|a|en|at|for|dans|then|there|alors|entonces|alli|allí|instead|بدل|و|في|ف|f|wa)(?=\W|$)|و(?=[\u0621-\u064a])|[呢吗了]|[\u0600-\u06ff\u4e00-\u9fff]*人)"
    )


@cache
def _job_before() -> re.Pattern[str]:
    return re.compile(rf"{forms_of('jobs', 'nouns')}\s*(?:{forms_of('jobs', 'copulas')}\s*){{0,3}}$")


@cache
def _hired_before() -> re.Pattern[str]:
    fillers = forms_of("jobs", "before_numbers")
    return re.compile(rf"{forms_of('jobs', 'verbs')}(?:\s*{fillers}\s*){{0,2}}\s*$")


@cache
def _created_after() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:[a-z]+ )?{forms_of('jobs', 'created')}")


@cache
def people_after() -> re.Pattern[str]:
    """The word for people right behind a number."""
    return re.compile(
        r"\s*(?:people|ppl|persons|personnes|personas|اشخاص|شخصا?|个?人)(?![a-z\u0621-\u064a]|\s*(?:次|/))"
    )


@cache
def _instead_after() -> re.Pattern[str]:
    return re.compile(rf"\s*{forms_of('instead')}")


@cache
def _women_after() -> re.Pattern[str]:
    return re.compile(
        rf"\s*(?:de |d'|des |dyal |ديال |of them |d'entre eux |de ell[ao]s |[名个位] ?)?"
        rf"(?:(?:pour|for|para|filled by|held by|occup[a-z]+ par) )?(?:des |les |las |the )?{forms_of('women')}"
    )


@cache
def _women_before() -> re.Pattern[str]:
    return re.compile(rf"{forms_of('women')}\s*(?:[:=]|are|is|son|有|占|约|共|为|是)?\s*$")
