"""The values of an estimate: codes and numbers only; the words come from the message files."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from corpus.rules import Basis, Body, Region

Range = tuple[Decimal, Decimal]
"""The lowest and the highest possible value; equal where nothing is unknown."""


class Scheme(StrEnum):
    """Which support scheme the project falls under."""

    MAIN = "main"
    SMALL_BUSINESS = "small-business"
    STRATEGIC = "strategic"
    NONE = "none"


class Eligible(StrEnum):
    """Whether it enters that scheme, as far as the known facts say."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Status(StrEnum):
    """Whether the condition of a premium is met."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"


class Premium(StrEnum):
    """The premiums of the main scheme and of the small-business scheme."""

    JOBS = "jobs"
    WOMEN = "women"
    FUTURE_JOBS = "future_jobs"
    SUSTAINABILITY = "sustainability"
    LOCAL_INTEGRATION = "local_integration"
    TERRITORIAL = "territorial"
    SECTORAL = "sectoral"
    PRIORITY_ACTIVITY = "priority_activity"


class Fact(StrEnum):
    """What may be missing: the fields of a project, and `branch` (which industry: a more exact sector)."""

    AMOUNT = "amount"
    JOBS = "jobs"
    PLACE = "place"
    SECTOR = "sector"
    STRATEGIC_CRITERION = "strategic_criterion"
    TURNOVER = "turnover"
    NEW_COMPANY = "new_company"
    OWN_FUNDS = "own_funds"
    PRIORITY_ACTIVITY = "priority_activity"
    WOMEN_SHARE = "women_share"
    FUTURE_JOB = "future_job"
    SUSTAINABILITY = "sustainability"
    LOCAL_INTEGRATION = "local_integration"
    BRANCH = "branch"
    PUBLIC_LAND = "public_land"
    LAND = "land"


class ReasonCode(StrEnum):
    """Why a project is in a scheme, is not, or may be."""

    NOT_IN_FORCE = "not_in_force"
    SECTOR_OUTSIDE = "sector_outside"
    SECTOR_PARTLY_OUTSIDE = "sector_partly_outside"
    SECTOR_UNKNOWN = "sector_unknown"
    AMOUNT_MET = "amount_met"
    AMOUNT_TOO_LOW = "amount_too_low"
    AMOUNT_TOO_HIGH = "amount_too_high"
    AMOUNT_BELOW_LIMIT = "amount_below_limit"
    AMOUNT_UNKNOWN = "amount_unknown"
    JOBS_MET = "jobs_met"
    JOBS_TOO_FEW = "jobs_too_few"
    JOBS_UNKNOWN = "jobs_unknown"
    JOBS_ALONE_MET = "jobs_alone_met"
    JOBS_ALONE_TOO_FEW = "jobs_alone_too_few"
    JOBS_RATIO_MET = "jobs_ratio_met"
    JOBS_RATIO_TOO_LOW = "jobs_ratio_too_low"
    JOBS_RATIO_UNKNOWN = "jobs_ratio_unknown"
    OWN_FUNDS_MET = "own_funds_met"
    OWN_FUNDS_TOO_LOW = "own_funds_too_low"
    OWN_FUNDS_UNKNOWN = "own_funds_unknown"
    TURNOVER_MET = "turnover_met"
    TURNOVER_TOO_LOW = "turnover_too_low"
    TURNOVER_TOO_HIGH = "turnover_too_high"
    TURNOVER_BELOW_LIMIT = "turnover_below_limit"
    TURNOVER_UNKNOWN = "turnover_unknown"
    NEW_COMPANY_MET = "new_company_met"
    DEFENCE_MET = "defence_met"
    CRITERION_MET = "criterion_met"
    CRITERION_MISSED = "criterion_missed"
    CRITERION_UNKNOWN = "criterion_unknown"


class NeedCode(StrEnum):
    """What a premium takes."""

    JOBS_PER_MILLION = "jobs_per_million"
    WOMEN_SHARE = "women_share"
    FUTURE_JOBS_LIST = "future_jobs_list"
    SUSTAINABILITY_CRITERIA = "sustainability_criteria"
    LOCAL_INTEGRATION = "local_integration"
    INDUSTRIAL_ACTIVITY = "industrial_activity"
    PLACE_CATEGORY_A = "place_category_a"
    PLACE_CATEGORY_B = "place_category_b"
    PLACE_WITH_CATEGORY = "place_with_category"
    PRIORITY_SECTOR = "priority_sector"
    PRIORITY_ACTIVITIES_LIST = "priority_activities_list"


class ConfirmCode(StrEnum):
    """What rests on press or unconfirmed rules, to be confirmed with the CRI."""

    STABLE_JOB = "stable_job"
    JOBS_TIERS = "jobs_tiers"
    JOBS_RATIO_BASE = "jobs_ratio_base"
    JOBS_ALONE_BOUNDARY = "jobs_alone_boundary"
    WOMEN_SHARE = "women_share"
    FUTURE_JOBS_LIST = "future_jobs_list"
    SUSTAINABILITY_CRITERIA = "sustainability_criteria"
    LOCAL_INTEGRATION_FORMULA = "local_integration_formula"
    INDUSTRIAL_ACTIVITY = "industrial_activity"
    PLACE_CATEGORY = "place_category"
    SECTOR_SCOPE = "sector_scope"
    LAND_RULE = "land_rule"
    LAND_NOT_STATED = "land_not_stated"
    RENEWABLE_CEILING = "renewable_ceiling"
    APPROVAL_BOUNDARY = "approval_boundary"
    STRATEGIC_CONDITIONS = "strategic_conditions"
    SMALL_BUSINESS_CONDITIONS = "small_business_conditions"
    SMALL_BUSINESS_BRANCH = "small_business_branch"
    SMALL_BUSINESS_GROUP = "small_business_group"
    SMALL_BUSINESS_OWN_FUNDS = "small_business_own_funds"
    SMALL_BUSINESS_TOURISM = "small_business_tourism"
    PRIORITY_ACTIVITIES_LIST = "priority_activities_list"


@dataclass(frozen=True)
class Reason:
    """One condition of a scheme and how the project stands to it.

    Numbers: `needed` (the threshold), `limit` (what it must stay below), `given`, `by` (how far apart), `jobs` (the jobs that meet
    a ratio at this amount).
    """

    code: ReasonCode
    scheme: Scheme
    numbers: Mapping[str, Decimal] = field(default_factory=dict)
    basis: Basis = field(default_factory=Basis)


@dataclass(frozen=True)
class Need:
    """What a premium takes.

    Numbers: `needed`, `given`, `by` as in a reason; `needed_reduced`; `rate` (what it brings, for jobs the next step),
    `highest_rate`, `rate_a`, `rate_b`; `jobs` and `jobs_missing` for the next step; `actions`.
    """

    code: NeedCode
    numbers: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True)
class Line:
    """One premium; `amount` is unknown where the investment is, `missing` are the facts that decide it."""

    id: Premium
    status: Status
    rate: Range
    amount: Range | None
    need: Need
    basis: Basis
    missing: tuple[Fact, ...] = ()


@dataclass(frozen=True)
class Cap:
    """The limits on the sum and what they cut off; `ceiling` is one in dirhams. `applied` is unknown where the facts decide it."""

    rate: Decimal
    ceiling: Decimal | None
    applied: Eligible
    cut_rate: Range
    cut_amount: Range | None
    basis: Basis


@dataclass(frozen=True)
class Estimate:
    """What a project may get under the rules of one day.

    `if_eligible…` is the capped sum of the lines, supposing that the project enters the scheme; `total…` also allows for not
    entering it and for the alternatives. Rates are before a ceiling in dirhams, amounts after it. A strategic project has no
    total: its support is negotiated. `unknown`: the missing facts, that which would change the total most first.
    `alternatives`: the other schemes that the known facts do not rule out. `closed`: what the project misses of the other scheme,
    to which its amount points or whose thresholds it comes near. `region` has the CRI to ask.
    """

    day: date
    scheme: Scheme
    eligible: Eligible
    reasons: tuple[Reason, ...]
    base: Range | None = None
    lines: tuple[Line, ...] = ()
    cap: Cap | None = None
    if_eligible_rate: Range | None = None
    if_eligible_amount: Range | None = None
    total_rate: Range | None = None
    total_amount: Range | None = None
    to_confirm: tuple[ConfirmCode, ...] = ()
    unknown: tuple[Fact, ...] = ()
    approval: Body | None = None
    region: Region | None = None
    basis: Basis = field(default_factory=Basis)
    alternatives: tuple[Estimate, ...] = ()
    closed: tuple[Reason, ...] = ()

    def next_question(self, left_open: Collection[Fact] = frozenset()) -> Fact | None:
        """The first of the missing facts that the asker has not left open; none if there is no other."""
        return next((fact for fact in self.unknown if fact not in left_open), None)


@dataclass(frozen=True)
class Exchange:
    """The indicative rate, in dirhams for one unit of the currency, and since which day it is used."""

    currency: str
    rate: Decimal
    since: date
