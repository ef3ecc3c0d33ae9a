"""A project in words, field by field."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.estimate_amounts import Amounts
from bot.project import SHARES

if TYPE_CHECKING:
    from bot.project import Project

_GOES_WITHOUT_SAYING = "defence"  # nobody says of a hotel that it is no arms factory


def project_facts(project: Project, place: str, sector: str, amounts: Amounts) -> Iterator[str]:
    """What is known of the project, each fact in a few words.

    Args:
        project: amounts in dirhams.
        place: the name of the province; empty if it is not known.
        sector: the name of the sector; empty if it is not known.
        amounts: writes the numbers.
    """
    written = {
        "amount": None if project.amount is None else amounts.money(project.amount),
        "land": amounts.money(project.land) if project.land else None,
        "jobs": None if project.jobs is None else amounts.counted("jobs", project.jobs),
        "place": place or None,
        "sector": sector or None,
        **{name: None if (share := getattr(project, name)) is None else amounts.percent(share) for name in SHARES},
        "turnover": None if project.turnover is None else amounts.money(project.turnover),
    }
    for name, value in written.items():
        if value is not None:
            yield amounts.words.understood[name].format(value=value)
    for name, flag in amounts.words.flags.items():
        answer = getattr(project, name)
        if answer or (answer is False and name != _GOES_WITHOUT_SAYING):
            yield flag.met if answer else flag.missed
