"""The premiums of one project as a stacked bar against their cap: an inline SVG with its words beside it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from html import escape

from bot.estimate import Estimate, Line, Premium
from bot.estimate_numbers import percent, span
from bot.estimate_words import load_estimate_words
from bot.web.form_texts import FormTexts
from bot.web.text_html import direction, text_html
from corpus import Language

HEIGHT = 44
BAR = (8, 28)
_ROOM = Decimal("1.08")
_ZERO = Decimal(0)


@dataclass(frozen=True)
class _Part:
    """A stretch of the bar, in shares of the eligible amount; `sure` where nothing unknown decides it."""

    premium: Premium
    start: Decimal
    width: Decimal
    sure: bool


def bar_html(made: Estimate, texts: FormTexts, language: Language) -> str:
    """The bar with its legend; nothing where there are no premiums to draw."""
    drawn = [line for line in made.lines if line.rate[1] > 0]
    if not drawn or made.cap is None:
        return ""
    words, said, cap = texts.result.words, load_estimate_words()[language], percent(made.cap.rate, language)
    named = [
        (line.id, said.premiums[line.id], span(line.rate, lambda rate: percent(rate, language), said.span))
        for line in drawn
    ]
    parts = _parts(drawn)
    reach = max(made.cap.rate, parts[-1].start + parts[-1].width) * _ROOM
    whole = words["bar"].format(cap=cap)
    told = f"{whole}: {said.separator.join(f'{name} {rate}' for _, name, rate in named)}"
    shapes = "".join(_rectangle(part, reach, language) for part in parts)
    at = _place(made.cap.rate, _ZERO, reach, language)
    legend = "".join(
        f'<li><i class="mq-swatch mq-p-{key}"></i>{text_html(name)} <b>{text_html(rate)}</b></li>'
        for key, name, rate in named
    )
    possible = any(not part.sure for part in parts)
    kinds = f'<li><i class="mq-swatch mq-open"></i>{text_html(words["bar_possible"])}</li>' if possible else ""
    return (
        f'<figure class="mq-bar"><figcaption>{text_html(whole)}</figcaption>'
        f'<svg role="img" aria-label="{escape(told)}" width="100%" height="{HEIGHT}">{shapes}'
        f'<line class="mq-cap" x1="{at}%" x2="{at}%" y1="0" y2="{HEIGHT}"/></svg>'
        f'<ul class="mq-legend">{legend}{kinds}<li><i class="mq-swatch mq-limit"></i>'
        f"{text_html(words['bar_cap'].format(cap=cap))}</li></ul></figure>"
    )


def _parts(lines: list[Line]) -> list[_Part]:
    """What is sure first, then what is only possible."""
    parts: list[_Part] = []
    at = _ZERO
    stretches = [(line, line.rate[0], True) for line in lines]
    stretches += [(line, line.rate[1] - line.rate[0], False) for line in lines]
    for line, width, sure in stretches:
        if width > 0:
            parts.append(_Part(line.id, at, width, sure))
            at += width
    return parts


def _rectangle(part: _Part, reach: Decimal, language: Language) -> str:
    width = f"{part.width / reach * 100:.3f}"
    look = "" if part.sure else " mq-open"
    return (
        f'<rect class="mq-p-{part.premium}{look}" x="{_place(part.start, part.width, reach, language)}%" y="{BAR[0]}" '
        f'width="{width}%" height="{BAR[1]}"/>'
    )


def _place(start: Decimal, width: Decimal, reach: Decimal, language: Language) -> str:
    """Where a stretch begins from the left; in Arabic the bar grows from the right."""
    left = start if direction(language) == "ltr" else reach - start - width
    return f"{left / reach * 100:.3f}"
