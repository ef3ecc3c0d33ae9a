"""Reading the figures of the law (`corpus/parameters/*.yaml`): checked, dated and with their sources."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from corpus.document import Confidence, Language, Source
from corpus.errors import ParametersError
from corpus.parameter_entries import (
    FIGURES,
    ApprovalEntry,
    Entry,
    FigureEntry,
    Id,
    Names,
    RegionEntry,
    SectorEntry,
    SourceEntry,
    TerritoryEntry,
)
from corpus.rules import (
    Approval,
    Basis,
    CategoryPeriod,
    Figure,
    Period,
    Region,
    Rules,
    Sector,
    Territory,
    Treatment,
    Unit,
)
from corpus.yaml_text import load_yaml

PARAMETERS_FOLDER = Path(__file__).parent / "parameters"

_T = TypeVar("_T")
_E = TypeVar("_E", bound=Entry)


@dataclass(frozen=True)
class Parameters:
    """Every value of every period."""

    figures: tuple[Figure, ...]
    rates: tuple[Figure, ...]
    regions: Mapping[str, Region]
    territories: Mapping[str, Territory]
    sectors: Mapping[str, Sector]
    approvals: tuple[Approval, ...]

    def on(self, day: date) -> Rules:
        """What is in force on the day."""
        return Rules(
            day,
            MappingProxyType({one.key: one for one in self.figures if one.period.holds(day)}),
            self.regions,
            self.territories,
            self.sectors,
            tuple(one for one in self.approvals if one.period.holds(day)),
            MappingProxyType({one.key.partition(".")[2]: one for one in self.rates if one.period.holds(day)}),
        )


@cache
def load_parameters(folder: Path = PARAMETERS_FOLDER) -> Parameters:
    """The figures of the law, as the files of the folder state them.

    Raises:
        ParametersError: a file is missing or wrong; names the file, the key and the repair.
    """
    return _Reader(folder).parameters()


class _Reader:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.sources = self.mapping("sources", dict[Id, SourceEntry])

    def parameters(self) -> Parameters:
        regions = {key: _region(key, entry) for key, entry in self.mapping("regions", dict[Id, RegionEntry]).items()}
        approvals = self.raw("approval")
        bodies = self.validate(
            "approval", {"bodies": approvals.pop("bodies", None)}, dict[str, tuple[ApprovalEntry, ...]]
        )
        figures = [
            one for file in FIGURES for one in self.figures(file, approvals if file == "approval" else self.raw(file))
        ]
        return Parameters(
            tuple(figures),
            tuple(self.exchange()),
            MappingProxyType(regions),
            MappingProxyType({one.id: one for one in self.territories(regions)}),
            MappingProxyType({one.id: one for one in self.sectors()}),
            tuple(self.approvals(bodies["bodies"])),
        )

    def raw(self, file: str) -> dict[str, Any]:
        path = self.folder / f"{file}.yaml"
        try:
            content = load_yaml(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, yaml.YAMLError, ValueError) as error:
            raise ParametersError(
                path.name, "", " ".join(str(error).split())[:200], "Write it as YAML in UTF-8"
            ) from error
        if not isinstance(content, dict) or not all(isinstance(key, str) for key in content):
            raise ParametersError(path.name, "", "it holds no names with values", "See corpus/README.md")
        return content

    def validate(self, file: str, content: Any, shape: type[_T]) -> _T:
        try:
            return TypeAdapter(shape).validate_python(content)
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(str(part) for part in first["loc"] if part != "[key]")
            raise ParametersError(
                f"{file}.yaml", place, first["msg"], "See corpus/README.md for what a value states"
            ) from error

    def mapping(self, file: str, shape: type[_T]) -> _T:
        return self.validate(file, self.raw(file), shape)

    def figures(self, file: str, raw: dict[str, Any]) -> Iterable[Figure]:
        expected = FIGURES[file]
        if unknown := sorted(raw.keys() - expected.keys()):
            raise ParametersError(f"{file}.yaml", unknown[0], "unknown name", f"Known are: {', '.join(expected)}")
        if missing := [key for key in expected if not raw.get(key)]:
            raise ParametersError(
                f"{file}.yaml", missing[0], "missing", "Add it with its value, unit, dates and source"
            )
        return self.dated_figures(file, raw, expected.__getitem__)

    def exchange(self) -> Iterable[Figure]:
        raw = self.raw("exchange")
        if wrong := [key for key in raw if not (len(key) == 3 and key.isascii() and key.isupper())]:
            raise ParametersError("exchange.yaml", wrong[0], "not a currency code", "Write three capitals, as in EUR")
        return self.dated_figures("exchange", raw, lambda _: Unit.MAD)

    def dated_figures(self, file: str, raw: dict[str, Any], unit_of: Callable[[str], Unit]) -> Iterable[Figure]:
        for key, entries in self.validate(file, raw, dict[str, tuple[FigureEntry, ...]]).items():
            for entry in self.in_order(file, key, entries):
                if file == "exchange" and not entry.value:
                    raise ParametersError(f"{file}.yaml", key, "a rate of 0", "Write the dirhams for one unit")
                if entry.unit is not unit_of(key):
                    raise ParametersError(f"{file}.yaml", key, f"the unit is {entry.unit}", f"It is {unit_of(key)}")
                period, basis = self.stated(file, key, entry)
                yield Figure(f"{file}.{key}", entry.value, entry.unit, period, basis, entry.bound)

    def territories(self, regions: Mapping[str, Region]) -> Iterable[Territory]:
        for key, entry in self.mapping("territories", dict[Id, TerritoryEntry]).items():
            if entry.region not in regions:
                raise ParametersError(
                    "territories.yaml", key, f"unknown region {entry.region}", "Use an id of regions.yaml"
                )
            categories = tuple(
                CategoryPeriod(one.value, *self.stated("territories", key, one))
                for one in self.in_order("territories", key, entry.category)
            )
            yield Territory(key, _names(entry.names), regions[entry.region], entry.term, categories)

    def sectors(self) -> Iterable[Sector]:
        for key, entry in self.mapping("sectors", dict[Id, SectorEntry]).items():
            treatments = tuple(
                Treatment(
                    *self.stated("sectors", key, one), one.value.priority, one.value.scope, one.value.local_integration,
                    one.value.small_business_jobs == "reduced", one.value.ceiling,
                )
                for one in self.in_order("sectors", key, entry.treatment)
            )  # fmt: skip
            yield Sector(key, _names(entry.names), entry.term, treatments)

    def approvals(self, entries: tuple[ApprovalEntry, ...]) -> Iterable[Approval]:
        for one in entries:
            yield Approval(one.scheme, one.body, *self.stated("approval", "bodies", one), one.above, one.below)

    def in_order(self, file: str, key: str, entries: tuple[_E, ...]) -> list[_E]:
        """The values by their start; no two may hold on the same day."""
        ordered = sorted(entries, key=lambda entry: entry.start)
        for earlier, later in pairwise(ordered):
            if earlier.end is None or earlier.end >= later.start:
                raise ParametersError(
                    f"{file}.yaml", key, f"the dates overlap from {later.start} on",
                    f"Give the earlier value `to: {later.start - timedelta(days=1)}` or less",
                )  # fmt: skip
        return ordered

    def stated(self, file: str, key: str, entry: Entry) -> tuple[Period, Basis]:
        for name in entry.source:
            if name not in self.sources:
                raise ParametersError(f"{file}.yaml", key, f"unknown source {name}", "Add it to sources.yaml")
        sources = tuple(
            Source(self.sources[name].title, self.sources[name].url, entry.article) for name in entry.source
        )
        if entry.confidence is not Confidence.TO_CONFIRM and not any(source.url for source in sources):
            raise ParametersError(f"{file}.yaml", key, "no source has an address", "Name one or write `to-confirm`")
        return Period(entry.start, entry.end), Basis(sources, entry.confidence, entry.sections)


def _names(entry: Names) -> Mapping[Language, str]:
    return MappingProxyType({language: str(getattr(entry, language.value)) for language in Language})


def _region(key: str, entry: RegionEntry) -> Region:
    return Region(key, _names(entry.names), entry.cri.name, entry.cri.url)
