"""An estimate as HTML: the total, the bar, the premiums, the places side by side, and what is still open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.estimate import Estimate, Fact, Scheme
from bot.estimate_numbers import day, number
from bot.estimate_text import describe
from bot.limits import joined
from bot.project import Project
from bot.statements import Kind
from bot.web.bar_html import bar_html
from bot.web.estimate_view import EstimateView
from bot.web.form_html import field_label
from bot.web.premiums_html import premiums_html
from bot.web.text_html import link_html, linked_html, text_html

# What the headline, the table and the lists under it do not show already.
TOLD = frozenset({Kind.REASON, Kind.CAP})


@dataclass(frozen=True)
class Shown:
    """A project with its estimate."""

    project: Project
    made: Estimate


def result_html(shown: Sequence[Shown], view: EstimateView, links: str) -> str:
    """The whole result; `links` is the HTML of where to go from here."""
    words = view.words
    several = len(shown) > 1
    rules_of = text_html(words["rules_of"].format(day=day(view.rules.day, view.language)))
    bodies = "".join(
        _place_html(one, view, opened=position == 0) if several else _headline(one, view) + _details(one, view)
        for position, one in enumerate(shown)
    )
    return (
        '<section class="mq-result" id="mq-result" aria-labelledby="mq-result-title"><h2 id="mq-result-title">'
        f"{text_html(words['title'])} <small>{rules_of}</small></h2>{_comparison(shown, view) if several else ''}"
        f'<p class="mq-decides">{text_html(words["caution"])}</p>{bodies}{view.source_list()}{links}</section>'
    )


def _place_html(shown: Shown, view: EstimateView, *, opened: bool) -> str:
    title = text_html(view.words["details_of"].format(place=_place(shown, view)))
    return (
        f'<details class="mq-place"{" open" if opened else ""}><summary>{title}</summary>'
        f"{_headline(shown, view)}{_details(shown, view)}</details>"
    )


def _place(shown: Shown, view: EstimateView) -> str:
    place = shown.project.place
    return "" if place is None else view.rules.territories[place].names[view.language]


def _headline(shown: Shown, view: EstimateView) -> str:
    """The total, under which scheme, and whether the project enters it."""
    made, words = shown.made, view.words
    total, more = words["negotiated"] if made.scheme is Scheme.STRATEGIC else words["none"], ""
    if made.scheme is not Scheme.STRATEGIC and made.total_rate is not None and made.total_rate[1] > 0:
        total, more = view.rate(made.total_rate), "".join(f"<p>{text_html(text)}</p>" for text in _money(made, view))
    entered = "" if made.scheme is Scheme.NONE else f"<p>{text_html(view.texts.eligible[made.eligible])}</p>"
    rests_on = joined(one.basis for one in made.reasons if made.scheme in {one.scheme, Scheme.NONE})
    return (
        f'<div class="mq-total mq-is-{made.eligible}"><p class="mq-label">{text_html(words["total"])}</p>'
        f'<p class="mq-figure">{text_html(total)}</p>{more}'
        f'<p class="mq-scheme">{text_html(view.texts.schemes[made.scheme])}{view.marks(rests_on)}</p>{entered}</div>'
    )


def _money(made: Estimate, view: EstimateView) -> Iterable[str]:
    """The total in dirhams, in the currency that was asked for, and supposing that the project enters the scheme."""
    words, total = view.words, made.total_amount
    if total is not None:
        yield view.amount(total)
    if made.base is not None:
        yield words["of_base"].format(base=view.amount(made.base))
    if total is not None and (figure := view.rules.rates.get(view.currency)):
        amount = view.whole((total[0] / figure.value, total[1] / figure.value))
        yield words["indicative"].format(
            rate=number(figure.value, view.language), amount=amount, currency=view.currency
        )
    if made.if_eligible_rate is not None and made.if_eligible_rate != made.total_rate and made.if_eligible_amount:
        yield words["if_eligible"].format(
            rate=view.rate(made.if_eligible_rate), amount=view.amount(made.if_eligible_amount)
        )


def _details(shown: Shown, view: EstimateView) -> str:
    return (
        _reasons(shown, view)
        + bar_html(shown.made, view.texts, view.language)
        + premiums_html(shown.made, view)
        + _others(shown.made, view)
        + _facts(shown.made, view)
    )


def _reasons(shown: Shown, view: EstimateView) -> str:
    """Why the project is in a scheme or not, and whether the cap cuts something off, in sentences."""
    parts: list[str] = []
    for one in describe(shown.project, shown.made, view.language):
        text = linked_html(one.text)
        if one.kind not in TOLD:
            continue
        if not one.listed:
            parts.append(f"<p>{text}</p>")
        elif parts and parts[-1].endswith("</ul>"):
            parts[-1] = f"{parts[-1].removesuffix('</ul>')}<li>{text}</li></ul>"
        else:
            parts.append(f"<ul><li>{text}</li></ul>")
    return f'<div class="mq-said">{"".join(parts)}</div>' if parts else ""


def _others(made: Estimate, view: EstimateView) -> str:
    """The other schemes that may apply."""
    found = []
    for other in made.alternatives:
        told = f": {view.rate(other.if_eligible_rate)}" if other.if_eligible_rate is not None else ""
        if other.if_eligible_amount is not None:
            told += f" ({view.amount(other.if_eligible_amount)})"
        found.append(f"<li>{text_html(view.texts.schemes[other.scheme] + told)}</li>")
    title = text_html(view.words["alternatives"])
    return f'<div class="mq-said"><h3>{title}</h3><ul>{"".join(found)}</ul></div>' if found else ""


def _facts(made: Estimate, view: EstimateView) -> str:
    """What is to be confirmed, what is missing, who approves and whom to ask."""
    words, told = view.words, []
    if made.to_confirm:
        told.append(("confirm", _list(text_html(_capital(view.said.confirm[code])) for code in made.to_confirm)))
    if made.unknown and made.scheme is not Scheme.NONE:
        told.append(("missing", _list(_missing(fact, view) for fact in made.unknown)))
    if made.scheme is not Scheme.NONE:
        body = words["approval_unknown"] if made.approval is None else view.said.bodies[made.approval]
        told.append(("approval", text_html(body)))
    if made.region is not None:
        told.append(("cri", link_html(made.region.cri_url, text_html(made.region.cri), "mq-link")))
    rows = "".join(f"<div><dt>{text_html(words[name])}</dt><dd>{html}</dd></div>" for name, html in told)
    return f'<dl class="mq-facts">{rows}</dl>' if rows else ""


def _missing(fact: Fact, view: EstimateView) -> str:
    """A link to the field that asks for it."""
    label = field_label(fact, view.texts, view.rules, view.language)
    return f'<a href="#f-{"sector" if fact is Fact.BRANCH else fact}">{text_html(label)}</a>'


def _list(rows: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{row}</li>' for row in rows)}</ul>"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _comparison(shown: Sequence[Shown], view: EstimateView) -> str:
    """The places side by side."""
    words = view.words
    best = max((one.made.total_rate[1] for one in shown if one.made.total_rate), default=Decimal(0))
    differ = len({one.made.total_rate for one in shown}) > 1
    heads = ""
    for one in shown:
        highest = differ and one.made.total_rate is not None and one.made.total_rate[1] == best > 0
        mark = f' <small class="mq-best">{text_html(words["highest"])}</small>' if highest else ""
        heads += f'<th scope="col">{text_html(_place(one, view))}{mark}</th>'
    rows = _compared(words["category"], (_category(one, view) for one in shown))
    for premium in dict.fromkeys(line.id for one in shown for line in one.made.lines):
        cells = (next((view.rate(line.rate) for line in one.made.lines if line.id is premium), "–") for one in shown)
        rows += _compared(view.said.premiums[premium], cells)
    rates = ("–" if one.made.total_rate is None else view.rate(one.made.total_rate) for one in shown)
    amounts = ("–" if one.made.total_amount is None else view.amount(one.made.total_amount) for one in shown)
    return (
        f'<table class="mq-compared mq-of-{len(shown)}"><caption>{text_html(words["comparison"])}</caption>'
        f"<thead><tr><td></td>{heads}</tr></thead><tbody>{rows}</tbody>"
        f"<tfoot>{_compared(words['total'], rates)}{_compared(words['amount'], amounts)}</tfoot></table>"
    )


def _compared(name: str, cells: Iterable[str]) -> str:
    return f'<tr><th scope="row">{text_html(name)}</th>{"".join(f"<td>{text_html(cell)}</td>" for cell in cells)}</tr>'


def _category(shown: Shown, view: EstimateView) -> str:
    found = None if shown.project.place is None else view.rules.category(shown.project.place)
    return "–" if found is None else view.texts.result.categories[found.value]
