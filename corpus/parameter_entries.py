"""What the files with the figures of the law must hold: every figure by its name and unit, and how one is written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Annotated, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from corpus.document import Confidence
from corpus.rules import Body, Bound, Category, LocalIntegration, Scope, Unit

_JOBS_TIERS = {f"jobs_{tier}_rate": Unit.RATE for tier in ("low", "middle", "high")} | {
    f"jobs_{tier}_bound": Unit.JOBS_PER_MILLION for tier in ("low", "middle", "high")
}
_TERRITORIAL = {"territorial_rate_a": Unit.RATE, "territorial_rate_b": Unit.RATE}
FIGURES: Mapping[str, Mapping[str, Unit]] = MappingProxyType({
    "eligibility": {"main_amount": Unit.MAD, "main_jobs": Unit.JOBS, "main_jobs_alone": Unit.JOBS},
    "premiums": _JOBS_TIERS | _TERRITORIAL | {
        "women_rate": Unit.RATE, "women_share": Unit.SHARE, "future_jobs_rate": Unit.RATE, "sustainability_rate": Unit.RATE,
        "sustainability_actions": Unit.ACTIONS, "local_integration_rate": Unit.RATE, "local_integration_reduced": Unit.SHARE,
        "local_integration_standard": Unit.SHARE, "sectoral_rate": Unit.RATE, "cap_rate": Unit.RATE,
        "renewable_ceiling": Unit.MAD, "land_private_share": Unit.SHARE, "land_public_share": Unit.SHARE,
    },
    "small_business": _JOBS_TIERS | _TERRITORIAL | {
        "amount_min": Unit.MAD, "amount_max": Unit.MAD, "jobs_ratio": Unit.JOBS_PER_MILLION,
        "jobs_ratio_reduced": Unit.JOBS_PER_MILLION, "own_funds": Unit.SHARE, "turnover_min": Unit.MAD,
        "turnover_max": Unit.MAD, "new_company_age": Unit.YEARS, "holder_share": Unit.SHARE, "priority_rate": Unit.RATE,
        "cap_rate": Unit.RATE,
    },
    "approval": {"strategic_amount": Unit.MAD, "strategic_criteria": Unit.CRITERIA, "strategic_amount_defence": Unit.MAD},
})  # fmt: skip
"""Every figure that a file must hold, with its unit; a figure that no longer holds keeps its last value with an end."""

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
_Amount = Annotated[
    Decimal, Field(ge=0, le=10**13), BeforeValidator(lambda value: str(value) if isinstance(value, float) else value)
]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SourceEntry(_Strict):
    title: Annotated[str, Field(min_length=1)]
    url: Annotated[str, Field(pattern=r"^(https?://\S+)?$")] = ""


class Entry(_Strict):
    """What every dated value states beside the value itself."""

    start: Annotated[date, Field(alias="from")]
    end: Annotated[date | None, Field(alias="to")] = None
    source: Annotated[tuple[str, ...], Field(min_length=1)]
    article: str = ""
    confidence: Literal[Confidence.OFFICIAL, Confidence.PRESS, Confidence.TO_CONFIRM]
    sections: tuple[Annotated[str, Field(pattern=r"^[a-z0-9-]+#[a-z0-9-]+$")], ...] = ()

    @model_validator(mode="after")
    def _starts_before_it_ends(self) -> Self:
        if self.end is not None and self.end < self.start:
            raise ValueError(f"`to` ({self.end}) lies before `from` ({self.start})")
        return self


class FigureEntry(Entry):
    value: _Amount
    unit: Unit
    bound: Bound = Bound.AT_LEAST

    @model_validator(mode="after")
    def _is_a_share(self) -> Self:
        if self.unit in {Unit.RATE, Unit.SHARE} and self.value > 1:
            raise ValueError(f"a {self.unit} goes from 0 to 1, this is {self.value} (30% is written 0.30)")
        return self


class CategoryEntry(Entry):
    value: Category


class _TreatmentValue(_Strict):
    priority: bool
    scope: Scope
    local_integration: LocalIntegration
    small_business_jobs: Literal["standard", "reduced"]
    ceiling: bool


class TreatmentEntry(Entry):
    value: _TreatmentValue


class ApprovalEntry(Entry):
    scheme: Literal["main", "strategic", "small-business"]
    body: Body
    above: _Amount | None = None
    below: _Amount | None = None


class Names(_Strict):
    ar: Annotated[str, Field(min_length=1)]
    fr: Annotated[str, Field(min_length=1)]
    en: Annotated[str, Field(min_length=1)]
    zh: Annotated[str, Field(min_length=1)]
    es: Annotated[str, Field(min_length=1)]


class _Cri(_Strict):
    name: Annotated[str, Field(min_length=1)]
    url: Annotated[str, Field(pattern=r"^https?://\S+$")]


class RegionEntry(_Strict):
    names: Names
    cri: _Cri


class TerritoryEntry(_Strict):
    names: Names
    region: Id
    term: Id
    category: Annotated[tuple[CategoryEntry, ...], Field(min_length=1)]


class SectorEntry(_Strict):
    names: Names
    term: Id | Literal[""] = ""
    treatment: Annotated[tuple[TreatmentEntry, ...], Field(min_length=1)]
