"""Questions and answers as HTML."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from html import unescape
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.answer import Answer, AnswerStatus, Claim
from bot.messages import load_texts
from bot.project import Project
from bot.web.answer_html import MOST_CARDS, Turn, turn_html
from corpus import Language

TEXTS = load_texts()
ATTACK = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'& `x` $y$\n\n# title"


def html_of(answer: Answer | None, page: Language = Language.EN, question: str = "Q?", **more: Any) -> str:
    return turn_html(Turn(question, answer, more.pop("helpful", None)), TEXTS, page, **more)


class Parsed(HTMLParser):
    """The tags and the names of attributes that a browser would see."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)


def test_nothing_from_outside_becomes_a_tag(citation: Any) -> None:
    hostile = citation(
        title=ATTACK, section=ATTACK, publisher=ATTACK, source_title=ATTACK, passage_text=ATTACK, quotes=(ATTACK,)
    )
    answer = Answer(AnswerStatus.ANSWERED, (Claim(ATTACK, (1,)),), Language.EN, (hostile,), id='"><script>')
    html = html_of(answer, question=ATTACK)
    parsed = Parsed(html)
    assert parsed.tags.isdisjoint({"script", "img", "iframe", "svg", "style"})
    assert not any(name.startswith("on") for name in parsed.attributes)
    assert "\n" not in html


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "", "ftp://x", "https://"]
)
def test_only_http_addresses_become_links(citation: Any, url: str) -> None:
    answer = Answer(AnswerStatus.ANSWERED, (Claim("x", (1,)),), Language.EN, (citation(url=url),))
    assert "mq-open" not in html_of(answer)


def test_a_source_opens_in_a_new_tab_without_its_opener(answered: Any) -> None:
    link = re.search(r'<a class="mq-open"[^>]*>', html_of(answered()))
    assert link
    assert 'rel="noopener noreferrer"' in link[0]
    assert 'target="_blank"' in link[0]


def test_every_mark_leads_to_a_passage_with_its_sentence_marked(answered: Any) -> None:
    html = html_of(answered())
    targets = set(re.findall(r'data-source="([^"]+)"', html))
    assert targets == set(re.findall(r'<details class="mq-source" id="([^"]+)"', html))
    assert len(targets) == 2
    assert html.count("<mark>") == 2


def test_a_passage_and_a_claim_in_another_language_say_so(answered: Any) -> None:
    html = html_of(answered(Language.AR), page=Language.AR)
    assert '<div class="mq-text" lang="ar" dir="rtl">' in html
    assert '<p lang="fr" dir="ltr">' in html
    assert '<div class="mq-passage" lang="fr" dir="ltr">' in html
    assert TEXTS[Language.AR].ui["passage_language"].format(language=TEXTS[Language.AR].languages[Language.FR]) in html


@pytest.mark.parametrize("page", list(Language))
@pytest.mark.parametrize("status", [status for status in AnswerStatus if status != AnswerStatus.ANSWERED])
def test_every_other_outcome_is_named_in_words(
    service: Any, citation: Any, status: AnswerStatus, page: Language
) -> None:
    answer = service(status, page)if status is not AnswerStatus.PARTLY_ANSWERED else Answer(
        status, (Claim("x", (1,)),), page, (citation(),))  # fmt: skip
    html = html_of(answer, page)
    assert ("mq-badge" in html) == (status is not AnswerStatus.GREETING)
    kind = {"partly_answered": "partly", "greeting": "plain"}.get(status, "refusal")
    kind = "trouble" if status in {"too_long", "overloaded", "limited", "error"} else kind
    assert f"mq-answer--{kind}" in html


def test_a_growing_answer_shows_its_sources_only_when_done(answered: Any) -> None:
    answer = answered()
    growing, done = html_of(answer, shown=2), html_of(answer)
    assert growing.count("mq-cite") == 2
    assert "mq-sources" not in growing
    assert 'data-done="0"' in growing
    assert "mq-sources" in done
    assert 'data-done="1"' in done


def test_an_opinion_shows_as_pressed(answered: Any) -> None:
    html = html_of(answered(), helpful=False)
    assert re.search(r'mq-thumb--down" data-helpful="0" aria-pressed="true"', html)
    assert re.search(r'mq-thumb--up" data-helpful="1" aria-pressed="false"', html)


def test_a_long_question_is_shown_shortened_and_surrogates_are_replaced() -> None:
    html = html_of(None, question="x" * 5_000 + "\ud800")
    assert "x" * 600 + "…" in html
    html_of(None, question="\ud800\x07").encode("utf-8")
    assert TEXTS[Language.EN].ui["working"] in html


def test_a_completed_question_is_shown_escaped(answered: Any) -> None:
    html = html_of(replace(answered(), completed="And <b>Safi</b>?"))
    assert "And &lt;b&gt;Safi&lt;/b&gt;?" in html
    assert "mq-understood" not in html_of(answered())


def test_an_estimate_leads_to_the_form_with_its_project_at_each_place(answered: Any) -> None:
    projects = tuple(Project(amount=Decimal(80_000_000), jobs=120, place=place) for place in ("safi", "essaouira"))
    html = html_of(replace(answered(), projects=projects), Language.AR)
    link = re.search(r'<p class="mq-toform"><a class="mq-open" href="([^"]+)"', html)
    assert link
    query = parse_qs(urlsplit(unescape(link[1])).query)
    assert (query["lang"], query["amount"], query["place"]) == (["ar"], ["80000000"], ["safi", "essaouira"])
    assert "mq-toform" not in html_of(answered())


def test_many_sources_are_folded_up_under_their_count(answered: Any) -> None:
    first = answered().citations[0]
    many = replace(answered(), citations=tuple(replace(first, number=number) for number in range(1, MOST_CARDS + 2)))
    few = replace(many, citations=many.citations[:MOST_CARDS])
    assert f"<h3>Sources ({MOST_CARDS + 1})</h3></summary>" in html_of(many)
    assert "mq-more" not in html_of(few)
    assert html_of(many).count('<details class="mq-source"') == MOST_CARDS + 1
