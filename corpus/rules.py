"""The figures of the law as values: what each is, since when it holds, and where it is stated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Protocol, TypeVar

from corpus.document import Confidence, Language, Source

_FIRMNESS = (Confidence.OFFICIAL, Confidence.PRESS, Confidence.TO_CONFIRM, Confidence.UNKNOWN)


class Bound(StrEnum):
    """How a figure is compared with a project's."""

    AT_LEAST = "at-least"
    ABOVE = "above"
    BELOW = "below"
    AT_MOST = "at-most"


class Unit(StrEnum):
    """What a figure counts; a rate and a share go from 0 to 1."""

    MAD = "MAD"
    RATE = "rate"
    SHARE = "share"
    JOBS = "jobs"
    JOBS_PER_MILLION = "jobs-per-million"
    YEARS = "years"
    ACTIONS = "actions"
    CRITERIA = "criteria"


class Category(StrEnum):
    """The category of a province for the territorial premium."""

    A = "A"
    B = "B"
    NONE = "none"


class Scope(StrEnum):
    """Whether a sector is in the Charter; `partly`: which provisions exclude it was not read."""

    INSIDE = "inside"
    OUTSIDE = "outside"
    PARTLY = "partly"


class LocalIntegration(StrEnum):
    """Which share the local integration premium asks of a sector."""

    NONE = "none"
    REDUCED = "reduced"
    STANDARD = "standard"
    EITHER = "either"
    UNCLEAR = "unclear"


class Body(StrEnum):
    """Who approves an agreement: the unified regional commission, or the national commission."""

    CRUI = "CRUI"
    CNI = "CNI"


@dataclass(frozen=True)
class Basis:
    """What a rule rests on: its sources, how firmly it stands, and the sections of the corpus that state it."""

    sources: tuple[Source, ...] = ()
    confidence: Confidence = Confidence.OFFICIAL
    sections: tuple[str, ...] = ()

    def __or__(self, other: Basis) -> Basis:
        """Both together: as firm as the weaker one."""
        return Basis(
            tuple(dict.fromkeys(self.sources + other.sources)),
            max(self.confidence, other.confidence, key=_FIRMNESS.index),
            tuple(dict.fromkeys(self.sections + other.sections)),
        )


@dataclass(frozen=True)
class Period:
    """First and last day; without a last day it goes on."""

    start: date
    end: date | None = None

    def holds(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day <= self.end)


@dataclass(frozen=True)
class Figure:
    """One figure of the law in one period; `key` is `file.name`, as in `premiums.cap_rate`."""

    key: str
    value: Decimal
    unit: Unit
    period: Period
    basis: Basis
    bound: Bound = Bound.AT_LEAST

    def allows(self, given: Decimal | int) -> bool:
        """Whether a project's figure is on the right side of this one."""
        match self.bound:
            case Bound.AT_LEAST:
                return given >= self.value
            case Bound.ABOVE:
                return given > self.value
            case Bound.BELOW:
                return given < self.value
            case Bound.AT_MOST:
                return given <= self.value


@dataclass(frozen=True)
class CategoryPeriod:
    """The category of a territory in one period."""

    value: Category
    period: Period
    basis: Basis


@dataclass(frozen=True)
class Treatment:
    """How the Charter treats a sector in one period."""

    period: Period
    basis: Basis
    priority: bool
    scope: Scope
    local_integration: LocalIntegration
    fewer_jobs: bool
    ceiling: bool


@dataclass(frozen=True)
class Region:
    """A region and the centre where its projects are filed."""

    id: str
    names: Mapping[Language, str]
    cri: str
    cri_url: str


@dataclass(frozen=True)
class Territory:
    """A province or prefecture; `term` is its id in the glossary."""

    id: str
    names: Mapping[Language, str]
    region: Region
    term: str
    categories: tuple[CategoryPeriod, ...]


@dataclass(frozen=True)
class Sector:
    """A sector of activity; `term` is its id in the glossary, empty if it has none."""

    id: str
    names: Mapping[Language, str]
    term: str
    treatments: tuple[Treatment, ...]


@dataclass(frozen=True)
class Approval:
    """Who approves the agreements of a scheme (`main`, `strategic`, `small-business`) between two amounts, both exclusive."""

    scheme: str
    body: Body
    period: Period
    basis: Basis
    above: Decimal | None = None
    below: Decimal | None = None

    def covers(self, amount: Decimal | None) -> bool:
        """Whether it is certain that a project of the amount goes to this body."""
        if amount is None:
            return self.above is None and self.below is None
        return (self.above is None or amount > self.above) and (self.below is None or amount < self.below)


@dataclass(frozen=True)
class Rules:
    """What is in force on one day; a rule that is not in force that day is absent."""

    day: date
    figures: Mapping[str, Figure]
    regions: Mapping[str, Region]
    territories: Mapping[str, Territory]
    sectors: Mapping[str, Sector]
    approvals: tuple[Approval, ...]
    rates: Mapping[str, Figure] = field(default_factory=dict)
    """Indicative dirhams for one unit of a currency, by its code (ISO 4217)."""

    def category(self, place: str) -> CategoryPeriod | None:
        return _in_force(self.territories[place].categories, self.day)

    def treatment(self, sector: str) -> Treatment | None:
        return _in_force(self.sectors[sector].treatments, self.day)


class _Dated(Protocol):
    @property
    def period(self) -> Period: ...


_D = TypeVar("_D", bound=_Dated)


def _in_force(dated: tuple[_D, ...], day: date) -> _D | None:
    return next((one for one in dated if one.period.holds(day)), None)
