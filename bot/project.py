"""An investment project as it is described: what is known of it, and the check that somebody can mean it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from corpus import ProjectError

if TYPE_CHECKING:
    from corpus.rules import Rules

HIGHEST_AMOUNT = Decimal(10) ** 13
MOST_JOBS = 1_000_000
MOST_DIGITS = 20
DIRHAM = "MAD"
MONEY = ("amount", "land", "turnover")
SHARES = ("women_share", "local_integration", "own_funds")


@dataclass(frozen=True)
class Project:
    """What is known of a project; `None` is unknown. Amounts in dirhams without tax, shares from 0 to 1.

    Raises:
        ProjectError: a value is one that no project can have.
    """

    amount: Decimal | None = None
    jobs: int | None = None
    place: str | None = None
    sector: str | None = None
    women_share: Decimal | None = None
    local_integration: Decimal | None = None
    future_job: bool | None = None
    sustainability: bool | None = None
    land: Decimal | None = None
    defence: bool | None = None
    turnover: Decimal | None = None
    new_company: bool | None = None
    own_funds: Decimal | None = None
    public_land: bool | None = None
    priority_activity: bool | None = None
    strategic_criterion: bool | None = None

    def __post_init__(self) -> None:
        for name in MONEY:
            _check_money(name, getattr(self, name))
        if self.amount == 0:
            raise ProjectError("amount", "no project costs 0 dirhams", "Give the total investment or leave it out")
        for name in SHARES:
            _check_share(name, getattr(self, name))
        if self.jobs is not None and not 0 <= self.jobs <= MOST_JOBS:
            raise ProjectError("jobs", f"{self.jobs} is not a number of jobs", f"Give 0 to {MOST_JOBS} stable jobs")
        if self.amount is not None and self.land is not None and self.land > self.amount:
            raise ProjectError("land", "it costs more than the whole investment", "The amount must include the land")


def _check_money(name: str, value: Decimal | None) -> None:
    if value is None:
        return
    if not value.is_finite() or value < 0:
        raise ProjectError(name, f"{value} is not an amount of money", "Give dirhams without tax, 0 or more")
    if value > HIGHEST_AMOUNT:
        raise ProjectError(name, f"{value} dirhams is beyond any project", f"Give at most {HIGHEST_AMOUNT:f} dirhams")


def _check_share(name: str, value: Decimal | None) -> None:
    if value is not None and not (value.is_finite() and 0 <= value <= 1):
        raise ProjectError(name, f"{value} is not a share", "Give 0 to 1; 30% is 0.30")


def require_known_ids(project: Project, rules: Rules) -> None:
    """Refuse a place or a sector that the parameters do not list.

    Raises:
        ProjectError: names the id.
    """
    if project.place is not None and project.place not in rules.territories:
        raise ProjectError("place", f"{project.place} is no province or prefecture", "Use an id of territories.yaml")
    if project.sector is not None and project.sector not in rules.sectors:
        known = ", ".join(rules.sectors)
        raise ProjectError("sector", f"{project.sector} is no known sector", f"Use one of: {known}")


def _no_bool(value: object) -> object:
    if isinstance(value, bool):
        raise ValueError("a number is needed, not yes or no")
    return str(value) if isinstance(value, float) else value


_Number = Annotated[Decimal, BeforeValidator(_no_bool), Field(max_digits=MOST_DIGITS)]


class _Plain(BaseModel):
    """A project as YAML or JSON writes it."""

    model_config = ConfigDict(extra="forbid")

    amount: _Number | None = None
    jobs: Annotated[int, BeforeValidator(_no_bool)] | None = None
    place: str | None = None
    sector: str | None = None
    women_share: _Number | None = None
    local_integration: _Number | None = None
    future_job: bool | None = None
    sustainability: bool | None = None
    land: _Number | None = None
    defence: bool | None = None
    turnover: _Number | None = None
    new_company: bool | None = None
    own_funds: _Number | None = None
    public_land: bool | None = None
    priority_activity: bool | None = None
    strategic_criterion: bool | None = None


def read_project(plain: Mapping[str, Any]) -> Project:
    """The project that plain data describes; what it does not name is unknown.

    Raises:
        ProjectError: an unknown name, or a value that its field cannot have.
    """
    try:
        read = _Plain.model_validate(dict(plain))
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]) if first["loc"] else "project"
        if first["type"] == "extra_forbidden":
            known = ", ".join(field.name for field in fields(Project))
            raise ProjectError(name, "unknown name", f"Known are: {known}") from error
        raise ProjectError(
            name, f"{first['input']!r} cannot be read: {first['msg']}", "Correct it or leave it out"
        ) from error
    return Project(**{field.name: getattr(read, field.name) for field in fields(Project)})
