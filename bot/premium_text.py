"""One premium in words: what it brings, or what it would take."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_FLOOR

from bot.estimate import Line, NeedCode, Premium, Range, Status
from bot.estimate_amounts import CENT, Amounts, begun_small

_RATIOS = frozenset({"needed", "given"})
_COUNTS = frozenset({"jobs", "jobs_missing", "actions"})
# Nobody changes the sector or the activity of a project for these; a premium that needs another one is left out.
_FIXED = frozenset({Premium.FUTURE_JOBS, Premium.SECTORAL, Premium.PRIORITY_ACTIVITY})
_BY_DEGREES = frozenset({Premium.JOBS, Premium.TERRITORIAL})
_CATEGORIES = frozenset({NeedCode.PLACE_CATEGORY_A, NeedCode.PLACE_CATEGORY_B})


def is_worth_telling(line: Line) -> bool:
    """Whether the premium counts, could count, or could be reached."""
    return line.status is not Status.NOT_APPLICABLE and not (line.status is Status.NOT_MET and line.id in _FIXED)


def premium_text(line: Line, place: str, amounts: Amounts) -> str:
    """The premium with its rate and amount, and what it takes or what would bring more.

    Args:
        line: a line that `is_worth_telling`.
        place: the name of the province; empty if it is not known.
        amounts: writes the numbers.
    """
    says, name = amounts.words.says, amounts.words.premiums[line.id]
    match line.status:
        case Status.MET:
            told = says["line"].format(premium=name, value=_value(line.rate, line.amount, amounts))
            own = _more(line, place, amounts)
        case Status.UNKNOWN:
            told = says["line_possible"].format(premium=name, value=_possible(line, amounts))
            own = _needed(line, amounts)
        case _:
            told, own = says["line_missed"].format(premium=name), _needed(line, amounts)
    return _joined(told, own)


def _joined(told: str, own: str) -> str:
    """Two sentences; Chinese sets no space between them."""
    return f"{told}{'' if told.endswith('。') else ' '}{own}".strip()


def _value(rate: Range, amount: Range | None, amounts: Amounts) -> str:
    if amount is None:
        return amounts.rate_range(rate)
    return amounts.words.says["line_value"].format(rate=amounts.rate_range(rate), amount=amounts.money_range(amount))


def _possible(line: Line, amounts: Amounts) -> str:
    """What an undecided premium would bring: one rate, or for those with several the highest."""
    if line.id in _BY_DEGREES:
        return _value(line.rate, line.amount, amounts)
    return _value((line.rate[1],) * 2, None if line.amount is None else (line.amount[1],) * 2, amounts)


def need_text(line: Line, amounts: Amounts) -> str:
    """What the premium takes and what is given, in a few words."""
    needs, shown = amounts.words.needs, _numbers(line, amounts)
    given = needs["given"].format(**shown) if "given" in shown else ""
    if line.need.code is NeedCode.JOBS_PER_MILLION and given:
        return _joined(
            needs["jobs_given"].format(**shown), needs["jobs_next"].format(**shown) if "jobs" in shown else ""
        )
    if line.need.code is NeedCode.JOBS_PER_MILLION:
        return needs["jobs_unknown_counted" if "jobs" in shown else "jobs_unknown"].format(**shown)
    code = "local_integration_reduced" if "needed_reduced" in shown else line.need.code.value
    return _joined(needs[code].format(**shown), given)


def _more(line: Line, place: str, amounts: Amounts) -> str:
    """Why a premium is met, where that is not plain, or the next step of it."""
    if line.need.code is NeedCode.JOBS_PER_MILLION:
        return need_text(line, amounts)
    if line.need.code in _CATEGORIES:
        return amounts.words.variants[line.need.code].format(place=place)
    return ""


def _needed(line: Line, amounts: Amounts) -> str:
    """What the premium takes, as a sentence of its own."""
    text = need_text(line, amounts)
    if line.need.code is NeedCode.JOBS_PER_MILLION:
        return text
    return amounts.words.says["needed"].format(reason=begun_small(text[:-1]))


def _numbers(line: Line, amounts: Amounts) -> Mapping[str, str]:
    ratio = line.need.code is NeedCode.JOBS_PER_MILLION
    numbers = dict(line.need.numbers)
    if ratio and "given" in numbers:
        numbers["given"] = numbers["given"].quantize(CENT, ROUND_FLOOR)  # never shown as a step that is not reached
    return {
        name: amounts.number(value) if name in _COUNTS or (ratio and name in _RATIOS) else amounts.percent(value)
        for name, value in numbers.items()
    }
