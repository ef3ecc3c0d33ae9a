"""What all parts of one estimate page share: its words, how it writes numbers, and the sources counted through."""

from __future__ import annotations

from html import escape

from bot.estimate import Range
from bot.estimate_numbers import number, percent, span
from bot.estimate_words import load_estimate_words
from bot.project import DIRHAM
from bot.web.form_texts import FormTexts
from bot.web.text_html import link_html, text_html
from corpus import Language
from corpus.rules import Basis, Rules


class EstimateView:
    """One page in its language under the rules of a day; `sources` grow in the order in which they are marked."""

    def __init__(self, texts: FormTexts, language: Language, rules: Rules, currency: str = DIRHAM) -> None:
        self.texts, self.language, self.rules, self.currency = texts, language, rules, currency
        self.words = texts.result.words
        self.said = load_estimate_words()[language]
        self.sources: dict[tuple[str, str], list[str]] = {}

    def rate(self, values: Range) -> str:
        return span(values, lambda value: percent(value, self.language), self.said.span)

    def amount(self, values: Range) -> str:
        """In dirhams."""
        return self.words["unit"].format(amount=self.whole(values))

    def whole(self, values: Range) -> str:
        """Without a unit, rounded to whole ones."""
        return span(values, lambda value: number(value, self.language, 0), self.said.span)

    def firmness(self, basis: Basis) -> str:
        """How firmly a rule stands."""
        told = text_html(self.texts.result.firmness[basis.confidence])
        return f'<span class="mq-firm mq-firm-{basis.confidence}">{told}</span>'

    def marks(self, basis: Basis) -> str:
        """Numbered links to the list of sources."""
        numbers: dict[int, None] = {}
        for source in basis.sources:
            articles = self.sources.setdefault((source.title, source.url), [])
            if source.article and source.article not in articles:
                articles.append(source.article)
            numbers[list(self.sources).index((source.title, source.url)) + 1] = None
        label = escape(self.words["source"])
        links = "".join(f'<a href="#mq-source-{one}" aria-label="{label} {one}">{one}</a>' for one in numbers)
        return f' <span class="mq-refs">{links}</span>' if links else ""

    def source_list(self) -> str:
        """The sources by their numbers; on paper with their addresses."""
        rows = []
        for position, ((title, url), articles) in enumerate(self.sources.items(), 1):
            link = link_html(url, text_html(title), "mq-link") if url else text_html(title)
            told = "".join(f", {text_html(article)}" for article in articles)
            rows.append(f'<li id="mq-source-{position}" lang="en" dir="ltr">{link}{told}</li>')
        if not rows:
            return ""
        return (
            f'<section class="mq-sources"><h3>{text_html(self.words["sources"])}</h3><ol>{"".join(rows)}</ol></section>'
        )
