"""The premiums of an estimate as a table: each line with its rate, amount, condition and sources, and their sum."""

from __future__ import annotations

from decimal import Decimal
from html import escape

from bot.estimate import Estimate, Line, Premium, Scheme
from bot.estimate_amounts import Amounts
from bot.estimate_numbers import day, percent
from bot.premium_text import need_text
from bot.web.estimate_view import EstimateView
from bot.web.text_html import text_html

_SINCE = {Premium.JOBS: "jobs_low", Premium.FUTURE_JOBS: "future_jobs", Premium.PRIORITY_ACTIVITY: "priority"}
_FILES = {Scheme.MAIN: "premiums", Scheme.SMALL_BUSINESS: "small_business"}
_COLUMNS = ("premium", "rate", "amount", "condition")
_ZERO = Decimal(0)


def premiums_html(made: Estimate, view: EstimateView) -> str:
    """The table; nothing where there are no premiums."""
    if not made.lines:
        return ""
    heads = "".join(f'<th scope="col">{text_html(view.words[name])}</th>' for name in _COLUMNS)
    rows = "".join(_row(line, made, view) for line in made.lines)
    low, high = (sum((line.rate[end] for line in made.lines), _ZERO) for end in (0, 1))
    whole = (
        f'<tr><th scope="row">{text_html(view.words["sum"])}</th><td>{text_html(view.rate((low, high)))}</td>'
        "<td></td><td></td></tr>"
    )
    return (
        f'<table class="mq-lines"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody>'
        f"<tfoot>{whole}{_capped(made, view)}</tfoot></table>"
    )


def _capped(made: Estimate, view: EstimateView) -> str:
    if made.cap is None or made.if_eligible_rate is None:
        return ""
    title = text_html(view.words["capped"].format(cap=percent(made.cap.rate, view.language)))
    amount = "" if made.if_eligible_amount is None else text_html(view.amount(made.if_eligible_amount))
    note = view.marks(made.cap.basis)
    if made.cap.ceiling is not None:
        ceiling = view.amount((made.cap.ceiling, made.cap.ceiling))
        note = text_html(view.words["ceiling"].format(ceiling=ceiling)) + note
    return (
        f'<tr class="mq-sum"><th scope="row">{title}</th><td>{text_html(view.rate(made.if_eligible_rate))}</td>'
        f"<td>{amount}</td><td>{note}</td></tr>"
    )


def _row(line: Line, made: Estimate, view: EstimateView) -> str:
    amount = "" if line.amount is None else text_html(view.amount(line.amount))
    status = text_html(view.texts.statuses[line.status])
    rate, amount_name, condition = (escape(view.words[name]) for name in _COLUMNS[1:])
    return (
        f'<tr class="mq-is-{line.status}"><th scope="row"><i class="mq-swatch mq-p-{line.id}"></i>'
        f"{text_html(view.said.premiums[line.id])}</th>"
        f'<td data-label="{rate}">{text_html(view.rate(line.rate))}</td><td data-label="{amount_name}">{amount}</td>'
        f'<td data-label="{condition}"><b class="mq-state">{status}</b> {text_html(need_text(line, Amounts(view.language)))} '
        f"<small>{view.firmness(line.basis)} {_since(line, made, view)}</small>{view.marks(line.basis)}</td></tr>"
    )


def _since(line: Line, made: Estimate, view: EstimateView) -> str:
    """From which day on the rate holds."""
    name = "territorial_rate_a" if line.id is Premium.TERRITORIAL else f"{_SINCE.get(line.id, line.id)}_rate"
    figure = view.rules.figures.get(f"{_FILES[made.scheme]}.{name}")
    if figure is None:
        return ""
    return text_html(view.words["since"].format(day=day(figure.period.start, view.language)))
