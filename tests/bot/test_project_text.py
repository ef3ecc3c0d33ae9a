"""A project in words."""

from __future__ import annotations

from decimal import Decimal

from bot.estimate_amounts import Amounts
from bot.project import Project
from bot.project_text import project_facts
from corpus import Language


def facts(project: Project, language: Language = Language.EN, place: str = "", sector: str = "") -> list[str]:
    return [text.replace("\u00a0", " ") for text in project_facts(project, place, sector, Amounts(language))]


def test_every_known_fact_is_named() -> None:
    project = Project(
        amount=Decimal(10_000_000), land=Decimal(2_000_000), jobs=25, own_funds=Decimal("0.2"), new_company=True
    )
    assert facts(project, place="Safi", sector="digital") == [
        "investment of 10 million dirhams", "including land for 2 million dirhams", "25 stable jobs", "Safi", "digital",
        "own funds 20%", "new company",
    ]  # fmt: skip


def test_no_land_and_no_arms_are_not_worth_a_word() -> None:
    assert facts(Project(land=Decimal(0), defence=False)) == []


def test_a_no_is_a_fact() -> None:
    assert facts(Project(future_job=False), Language.FR) == ["activité hors de la liste des métiers d'avenir"]
