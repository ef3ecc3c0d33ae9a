"""Reading the form of the estimate page: what was written, the projects it describes, and what is wrong where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from bot.incentives import Project, ProjectError
from bot.numerals import find_numbers, fold_text
from bot.project import DIRHAM, MONEY, SHARES
from corpus import Language
from corpus.parameters import Parameters
from corpus.rules import Rules

PATH = "/estimate"
RESULT = "#mq-result"
MOST_PLACES = 3
LONGEST = 100
ANSWERS = (
    "future_job", "sustainability", "public_land", "defence", "strategic_criterion", "new_company", "priority_activity",
)  # fmt: skip
YES_OR_NO = {"yes": True, "no": False}
NAMES = ("amount", "currency", "jobs", "place", "sector", *SHARES, *ANSWERS, "land", "turnover", "as_of")
_STEP = Decimal("0.000001")


@dataclass(frozen=True)
class Form:
    """What was written, word for word; one project for each place, none where a field is wrong or nothing is said.

    `errors` gives for a field the name of its message in `form_texts`; `rules` are those of the day that was asked for.
    """

    written: Mapping[str, Sequence[str]]
    rules: Rules
    projects: tuple[Project, ...] = ()
    errors: Mapping[str, str] = field(default_factory=dict)

    def value(self, name: str, position: int = 0) -> str:
        """What stands in a field; empty if nothing does."""
        values = self.written.get(name, ())
        return values[position] if position < len(values) else ""

    @property
    def currency(self) -> str:
        return self.value("currency") or DIRHAM


class _WrongError(ValueError):
    """A field that cannot be read; the text is the name of its message."""


def read_form(
    written: Mapping[str, Sequence[str]], parameters: Parameters, language: Language, today: date | None = None
) -> Form:
    """The form as it was sent; unknown names are left out, and nothing is repaired in silence."""
    kept = {
        name: [text[:LONGEST] for text in written[name][: MOST_PLACES + 1]]
        for name in NAMES
        if any(written.get(name, ()))
    }
    errors: dict[str, str] = {}
    rules = parameters.on(_day(kept.get("as_of", [""])[0].strip(), errors) or today or date.today())
    form = Form(kept, rules)
    values: dict[str, Any] = {}
    rate = _rate(form.value("currency"), rules, errors)
    for name in NAMES:
        if name in {"currency", "place", "as_of"} or not form.value(name).strip():
            continue
        try:
            values[name] = _read(name, form.value(name).strip(), rules, language, rate)
        except _WrongError as error:
            errors[name] = str(error)
    places = _places(form, rules, errors)
    projects: tuple[Project, ...] = ()
    if not errors and (values or places):
        try:
            project = Project(**values)
            projects = tuple(replace(project, place=place) for place in places) or (project,)
        except ProjectError as error:
            errors[error.field] = error.field if error.field in {"amount", "land"} else _kind(error.field)
    return replace(form, projects=projects, errors=errors)


def _rate(currency: str, rules: Rules, errors: dict[str, str]) -> Decimal:
    if currency in {"", DIRHAM}:
        return Decimal(1)
    if currency not in rules.rates:
        errors["currency"] = "choice"
        return Decimal(1)
    return rules.rates[currency].value


def _read(name: str, text: str, rules: Rules, language: Language, rate: Decimal) -> Any:
    if name in MONEY:
        return (_number(text, language, "number") * rate).quantize(_STEP)
    if name in SHARES:
        share = _number(text.rstrip("%٪ \u00a0"), language, "share") / 100
        if share > 1:
            raise _WrongError("share")
        return share.quantize(_STEP)
    if name == "jobs":
        jobs = _number(text, language, "count")
        if jobs != jobs.to_integral_value():
            raise _WrongError("count")
        return int(jobs)
    if name == "sector":
        if text not in rules.sectors:
            raise _WrongError("choice")
        return text
    if text not in YES_OR_NO:
        raise _WrongError("choice")
    return YES_OR_NO[text]


def _number(text: str, language: Language, wrong: str) -> Decimal:
    """A number as people write it: grouped, in other digits, or with a word such as million."""
    folded = fold_text(text)
    found = find_numbers(folded, language)
    if len(found) != 1 or found[0].negative or (found[0].start, found[0].end) != (0, len(folded.folded)):
        raise _WrongError(wrong)
    if found[0].value >= Decimal(10) ** 16:
        raise _WrongError(wrong)
    return found[0].value


def _places(form: Form, rules: Rules, errors: dict[str, str]) -> tuple[str, ...]:
    places = tuple(dict.fromkeys(place for place in form.written.get("place", ()) if place))
    if any(place not in rules.territories for place in places):
        errors["place"] = "choice"
    elif len(places) > MOST_PLACES:
        errors["place"] = "places"
    return places


def _day(text: str, errors: dict[str, str]) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        errors["as_of"] = "day"
        return None


def _kind(name: str) -> str:
    return "number" if name in MONEY else "share" if name in SHARES else "count" if name == "jobs" else "choice"


def form_address(projects: Sequence[Project], language: Language) -> str:
    """The address of the estimate of a project at each of its places, with every known field filled in."""
    return f"{PATH}?{form_query(projects, language)}{RESULT}"


def form_query(projects: Sequence[Project], language: Language | None = None, day: date | None = None) -> str:
    """The query of the address under which the form describes the same project at each of their places."""
    pairs: list[tuple[str, str]] = [("lang", language.value)] if language else []
    project = projects[0]
    for name in NAMES:
        if name == "place":
            pairs += [("place", one.place) for one in projects if one.place]
        elif name == "as_of" and day is not None:
            pairs.append((name, day.isoformat()))
        elif (value := getattr(project, name, None)) is not None:
            pairs.append((name, _written(name, value)))
    return urlencode(pairs)


def _written(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        shown = value * 100 if name in SHARES else value
        return f"{shown.normalize():f}"
    return str(value)
