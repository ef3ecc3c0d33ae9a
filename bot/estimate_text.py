"""An estimate in words: short sentences in five languages, each with the sections of the corpus that it rests on."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Literal

from babel.dates import format_skeleton

from bot.estimate import (
    ConfirmCode,
    Eligible,
    Estimate,
    Exchange,
    Fact,
    Premium,
    Range,
    Reason,
    ReasonCode,
    Scheme,
    Status,
)
from bot.estimate_amounts import Amounts
from bot.estimate_reasons import condition, is_condition, is_met, told_reasons
from bot.premium_text import is_worth_telling, premium_text
from bot.project import Project
from bot.project_text import project_facts
from bot.statements import Kind, Statement
from corpus import Language
from corpus.parameters import load_parameters
from corpus.rules import Rules

MOST_FACTS = 3
_MONTH = "yMMMM"
_CONFIRMED_LATER = {
    Premium.FUTURE_JOBS: ConfirmCode.FUTURE_JOBS_LIST,
    Premium.LOCAL_INTEGRATION: ConfirmCode.LOCAL_INTEGRATION_FORMULA,
}
_AGREEMENT = ("guarantees-and-agreement#agreement-content",)
_NEGOTIATED = ("strategic-projects#benefits",)
_MINISTRY = ("strategic-projects#who-decides",)


def describe(
    project: Project,
    made: Estimate,
    language: Language,
    *,
    understood: bool = True,
    exchange: Exchange | None = None,
) -> tuple[Statement, ...]:
    """What an estimate says, in reading order.

    Args:
        project: what was understood.
        made: its estimate.
        language: the language of the sentences.
        understood: whether to begin with the project as it was understood.
        exchange: the rate by which the amounts were turned into dirhams.
    """
    teller = Teller(project, made, load_parameters().on(made.day), Amounts(language))
    return (*(teller.understood(exchange) if understood else ()), *teller.tell())


class Teller:
    """Tells one estimate in one language; it asks for nothing that is `left_open`."""

    def __init__(
        self,
        project: Project,
        made: Estimate,
        rules: Rules,
        amounts: Amounts,
        left_open: Collection[Fact] = frozenset(),
    ) -> None:
        self.project, self.made, self.rules, self.amounts = project, made, rules, amounts
        self.left_open = left_open
        self.words, self.says = amounts.words, amounts.words.says

    def tell(self) -> Iterator[Statement]:
        yield from self.scheme()
        yield from self.total()
        yield from self.others()
        yield from self.premiums()
        yield from self.cap()
        yield from self.closing()

    def name_of(self, field: Literal["place", "sector"]) -> str:
        """The place or the sector by name; empty if it is not known."""
        key: str | None = getattr(self.project, field)
        if key is None:
            return ""
        named = self.rules.territories[key] if field == "place" else self.rules.sectors[key]
        return named.names[self.amounts.language]

    # What was understood
    def understood(self, exchange: Exchange | None, place: str = "") -> Iterator[Statement]:
        """The project as it was understood, so that the asker can correct it; `place` stands for its own."""
        place, sector = place or self.name_of("place"), self.name_of("sector")
        if facts := list(project_facts(self.project, place, sector, self.amounts)):
            text = self.words.understood["whole"].format(facts=self.words.separator.join(facts))
            yield Statement(Kind.UNDERSTOOD, text)
        if exchange is not None:
            month = format_skeleton(_MONTH, exchange.since, locale=self.amounts.language.value)
            rate = self.amounts.number(exchange.rate)
            text = self.words.understood["exchanged"].format(rate=rate, currency=exchange.currency, month=month)
            yield Statement(Kind.UNDERSTOOD, text)

    # The scheme
    def scheme(self) -> Iterator[Statement]:
        """Which scheme, whether the project enters it, and what is missed by how much."""
        made, says = self.made, self.says
        if made.scheme is Scheme.NONE:
            yield Statement(Kind.SCHEME, says["none"], made.basis.sections)
            yield from self.missed()
            return
        if made.closed and made.scheme is Scheme.MAIN and made.eligible is Eligible.UNKNOWN:
            yield self.closed(Kind.SCHEME)
        name = self.words.schemes[made.scheme]
        if made.eligible is Eligible.YES:
            text = says["yes"].format(scheme=name, reasons=self.listed(made))
        else:
            text = says["unknown"].format(scheme=name)
        yield Statement(Kind.SCHEME, text, _sections_of_scheme(made))
        if made.eligible is not Eligible.YES:
            for reason in sorted(told_reasons(made), key=is_met, reverse=True):
                yield Statement(Kind.REASON, self.told(reason), reason.basis.sections, listed=True)

    def told(self, reason: Reason) -> str:
        """A condition with whether it is met, missed or still to be known."""
        text = condition(reason, self.project, self.made, self.name_of("sector"), self.amounts)
        if is_met(reason) or is_condition(reason):
            return self.says["met" if is_met(reason) else "needed"].format(reason=text)
        return f"{self.capital(text)}{self.stop}"

    def closed(self, kind: Kind) -> Statement:
        """What the project misses of the scheme that it comes near."""
        sector, made = self.name_of("sector"), self.made
        texts = [condition(reason, self.project, made, sector, self.amounts) for reason in made.closed]
        sections = dict.fromkeys(section for reason in made.closed for section in reason.basis.sections)
        return Statement(kind, self.misses(made.closed[0].scheme, texts), tuple(sections))

    def misses(self, scheme: Scheme, texts: Collection[str]) -> str:
        """Which scheme is missed, and for which reasons."""
        return self.says["missed"].format(
            scheme=self.words.schemes[scheme], reasons=self.words.list_separator.join(texts)
        )

    def missed(self) -> Iterator[Statement]:
        """What is missed, scheme by scheme."""
        grouped: dict[Scheme | None, list[str]] = {}
        sections: dict[Scheme | None, tuple[str, ...]] = {}
        for reason in told_reasons(self.made):
            key = None if reason.code is ReasonCode.SECTOR_OUTSIDE else reason.scheme
            text = condition(reason, self.project, self.made, self.name_of("sector"), self.amounts)
            grouped.setdefault(key, []).append(text)
            sections[key] = (*sections.get(key, ()), *reason.basis.sections)
        for scheme, texts in grouped.items():
            text = f"{self.capital(self.words.list_separator.join(texts))}{self.stop}"
            if scheme is not None:
                text = self.misses(scheme, texts)
            yield Statement(Kind.REASON, text, tuple(dict.fromkeys(sections[scheme])), listed=scheme is not None)
        if hint := self.words.hints.get(self.project.sector or ""):
            yield Statement(Kind.REASON, hint, self.made.basis.sections)

    def listed(self, made: Estimate) -> str:
        """The conditions of a scheme, those that are met only where all are."""
        chosen = [one for one in told_reasons(made) if made.eligible is Eligible.YES or not is_met(one)]
        sector = self.name_of("sector")
        return self.words.list_separator.join(
            dict.fromkeys(condition(reason, self.project, made, sector, self.amounts) for reason in chosen)
        )

    # The sum
    def total(self) -> Iterator[Statement]:
        """The sum in percent and in dirhams, what decides it, and what it is taken from."""
        made, says = self.made, self.says
        if made.scheme is Scheme.STRATEGIC:
            yield Statement(Kind.TOTAL, says["negotiated"], _NEGOTIATED)
        if made.if_eligible_rate is None:
            return
        key = "total" if made.eligible is Eligible.YES else "if_eligible"
        text = says[key].format(what=self.what(made))
        open_facts = [fact for fact in made.unknown if fact is not Fact.LAND][:MOST_FACTS]
        if open_facts and _is_open(made):
            text += self.gap + says["depends"].format(
                facts=self.words.separator.join(self.words.facts[fact] for fact in open_facts)
            )
        yield Statement(Kind.TOTAL, text, () if made.cap is None else made.cap.basis.sections)
        if made.base is not None and made.base != (self.project.amount,) * 2:
            land = self.rules.figures.get("premiums.land_private_share")
            text = says["base"].format(base=self.amounts.money_range(made.base))
            yield Statement(Kind.BASE, text, () if land is None else land.basis.sections)

    def what(self, made: Estimate) -> str:
        """The sum of the premiums of a scheme for a project that enters it."""
        rate, amount, says = made.if_eligible_rate, made.if_eligible_amount, self.says
        if rate is None or rate[1] == 0:
            return says["nothing"]
        if amount is None:
            return says["rate_only"].format(rate=self.amounts.rate_range(rate))
        written = self.amounts.money_range(amount)
        if made.cap is not None and made.cap.ceiling is not None and made.cap.applied is not Eligible.NO:
            return says["amount_only"].format(amount=written)
        return says["rate_and_amount"].format(rate=self.amounts.rate_range(rate), amount=written)

    def others(self) -> Iterator[Statement]:
        """The other schemes that may apply, and what decides it; and what a small project misses of the main one."""
        for other in self.made.alternatives:
            name, what = self.words.schemes[other.scheme], self.what(other)
            if other.eligible is Eligible.YES:
                text = self.says["alternative_sure"].format(scheme=name, what=what)
            else:
                text = self.says["alternative"].format(scheme=name, reasons=self.listed(other), what=what)
            yield Statement(Kind.ALTERNATIVE, text, _sections_of_scheme(other))
        if self.made.closed and self.made.scheme is Scheme.SMALL_BUSINESS:
            yield self.closed(Kind.ALTERNATIVE)

    def premiums(self) -> Iterator[Statement]:
        """A line for each premium that counts, could count, or could be reached."""
        place = self.name_of("place")
        for line in self.made.lines:
            if is_worth_telling(line):
                text = premium_text(line, place, self.amounts)
                yield Statement(Kind.PREMIUM, text, line.basis.sections, listed=True)

    def cap(self) -> Iterator[Statement]:
        """The limits on the sum and what they cut off."""
        if (cap := self.made.cap) is None:
            return
        limit = self.amounts.percent(cap.rate)
        if cap.ceiling is not None:
            limit = self.says["limit_with_ceiling"].format(cap=limit, ceiling=self.amounts.money(cap.ceiling))
        rate, amount = cap.cut_rate, cap.cut_amount
        cut = self.amounts.rate_range(rate) if amount is None else self.amounts.money_range(amount)
        key = {Eligible.YES: "capped", Eligible.UNKNOWN: "may_cap", Eligible.NO: "cap_kept"}[cap.applied]
        if (rate if amount is None else amount)[1] == 0:
            key = "cap_kept"
        yield Statement(Kind.CAP, self.says[key].format(limit=limit, cut=cut), cap.basis.sections)

    def closing(self) -> Iterator[Statement]:
        """Who approves, what is to be confirmed, what to tell next, and that the agreement decides."""
        made, says = self.made, self.says
        if made.approval is not None:
            text = says["approval"].format(body=self.words.bodies[made.approval])
            yield Statement(Kind.APPROVAL, text, self.approval_sections())
        yield from self.confirm(self.to_confirm())
        if fact := made.next_question(self.left_open):
            yield Statement(Kind.ASK, self.amounts.question(fact))
        if made.scheme is Scheme.STRATEGIC and made.eligible is Eligible.YES:
            yield Statement(Kind.CAUTION, says["caution_strategic"], _MINISTRY)
        elif made.region is None:
            yield Statement(Kind.CAUTION, says["caution_any"], _AGREEMENT)
        else:
            region = made.region.names[self.amounts.language]
            yield Statement(Kind.CAUTION, says["caution"].format(region=region, url=made.region.cri_url), _AGREEMENT)

    def confirm(self, codes: Collection[ConfirmCode]) -> Iterator[Statement]:
        """What to ask the CRI."""
        if codes:
            points = self.words.separator.join(self.words.confirm[code] for code in codes)
            yield Statement(Kind.CONFIRM, self.says["confirm"].format(points=points))

    def to_confirm(self) -> list[ConfirmCode]:
        """What to ask the CRI: not yet the list or the formula of an undecided premium, nor land that is asked for anyway."""
        undecided = {line.id for line in self.made.lines if line.status is Status.UNKNOWN}
        early = {code for premium, code in _CONFIRMED_LATER.items() if premium in undecided}
        if self.made.unknown[:1] == (Fact.LAND,):
            early.add(ConfirmCode.LAND_NOT_STATED)
        return [code for code in self.made.to_confirm if code not in early]

    def approval_sections(self) -> tuple[str, ...]:
        found = (
            one for one in self.rules.approvals if one.scheme == self.made.scheme and one.covers(self.project.amount)
        )
        return next((one.basis.sections for one in found), ())

    @property
    def stop(self) -> str:
        """The full stop of the language, as its own sentences end."""
        return self.says["total"][-1]

    @property
    def gap(self) -> str:
        """What stands between two sentences."""
        return "" if self.stop == "。" else " "

    def capital(self, text: str) -> str:
        return text[:1].upper() + text[1:]


def _is_open(made: Estimate) -> bool:
    """Whether the sum is not certain."""
    ranges: list[Range | None] = [made.if_eligible_rate, made.if_eligible_amount]
    return made.eligible is not Eligible.YES or any(one is not None and one[0] != one[1] for one in ranges)


def _sections_of_scheme(made: Estimate) -> tuple[str, ...]:
    return tuple(dict.fromkeys(section for reason in made.reasons for section in reason.basis.sections))
