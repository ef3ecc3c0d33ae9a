"""Questions and answers as HTML: every outside text is escaped here, and each text carries its own direction."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from html import escape

from bot.answer import Answer, AnswerStatus, Citation, Claim
from bot.messages import Texts
from bot.web.estimate_form import form_address
from bot.web.passage_html import passage_html
from bot.web.text_html import clean, direction, ended_html, link_html, text_html
from corpus import Language

PLAIN_STATUSES = frozenset({AnswerStatus.ANSWERED, AnswerStatus.GREETING})
TROUBLE_STATUSES = frozenset({AnswerStatus.TOO_LONG, AnswerStatus.OVERLOADED, AnswerStatus.LIMITED, AnswerStatus.ERROR})
SHOWN_QUESTION_LENGTH = 600
MOST_CARDS = 6  # more sources, such as those of an estimate, are folded up until they are asked for


@dataclass(frozen=True)
class Turn:
    """One question with its answer (none while it is being looked for) and the asker's opinion of it."""

    question: str
    answer: Answer | None = None
    helpful: bool | None = None


def turn_html(turn: Turn, texts: Mapping[Language, Texts], page: Language, shown: int | None = None) -> str:
    """One question and its answer; `shown` claims of it while it is being written, all when None."""
    ui = texts[page].ui
    question = clean(turn.question)
    if len(question) > SHOWN_QUESTION_LENGTH:
        question = question[:SHOWN_QUESTION_LENGTH].rstrip() + "…"
    lines = "<br>".join(text_html(line) for line in question.splitlines() if line.strip())
    asked = f'<div class="mq-question"><h2 class="mq-sr">{escape(ui["you"])}</h2><p dir="auto">{lines}</p></div>'
    if turn.answer is None:
        dots = "<i></i>" * 3
        waiting = f'<p class="mq-working" dir="{direction(page)}">{dots}<span>{escape(ui["working"])}</span></p>'
        answered = f'<div class="mq-answer mq-answer--working">{waiting}</div>'
    else:
        answered = _answer_html(turn.answer, turn.helpful, texts, page, shown)
    return _one_line(f'<div class="mq-turn" dir="{direction(page)}" lang="{page}">{asked}{answered}</div>')


def _answer_html(
    answer: Answer, helpful: bool | None, texts: Mapping[Language, Texts], page: Language, shown: int | None
) -> str:
    ui, done = texts[page].ui, shown is None
    kind = "plain" if answer.status in PLAIN_STATUSES else "partly"
    if answer.status in TROUBLE_STATUSES:
        kind = "trouble"
    elif kind != "plain" and answer.status is not AnswerStatus.PARTLY_ANSWERED:
        kind = "refusal"
    badge = "" if kind == "plain" else f'<p class="mq-badge">{escape(ui[f"badge_{answer.status}"])}</p>'
    body = _understood_html(answer, texts) + _claims_html(answer, answer.claims[:shown], texts, ui)
    after = ""
    if done:
        after = _form_link_html(answer, page, ui) + _sources_html(answer, texts, page) + _foot_html(answer, helpful, ui)
    return (
        f'<div class="mq-answer mq-answer--{kind}" data-answer="{escape(answer.id)}" data-done="{int(done)}">'
        f'<h2 class="mq-sr">{escape(ui["mithaq"])}</h2>{badge}'
        f'<div class="mq-text" lang="{answer.language}" dir="{direction(answer.language)}">{body}</div>{after}</div>'
    )


def _understood_html(answer: Answer, texts: Mapping[Language, Texts]) -> str:
    """How a follow-up was understood, so that the asker can see and correct it."""
    if not answer.completed:
        return ""
    understood = texts[answer.language].compose.understood.format(question=clean(answer.completed))
    return f'<p class="mq-understood">{text_html(understood)}</p>'


def _claims_html(
    answer: Answer, claims: tuple[Claim, ...], texts: Mapping[Language, Texts], ui: Mapping[str, str]
) -> str:
    parts: list[str] = []
    in_list = False
    for claim in claims:
        language = claim.language or answer.language
        own = f' lang="{language}" dir="{direction(language)}"' if language is not answer.language else ""
        marks = "".join(_mark_html(answer, number, ui) for number in claim.citations)
        text = ended_html(claim.text, f'<span class="mq-marks">{marks}</span>' if marks else "")
        if claim.listed != in_list:
            parts.append("<ul>" if claim.listed else "</ul>")
            in_list = claim.listed
        parts.append(f"<li{own}>{text}</li>" if claim.listed else f"<p{own}>{text}</p>")
    return "".join(parts) + ("</ul>" if in_list else "")


def _mark_html(answer: Answer, number: int, ui: Mapping[str, str]) -> str:
    section = next(citation.section for citation in answer.citations if citation.number == number)
    label = escape(clean(ui["show_source"].format(number=number, title=section)))
    return (
        f'<button type="button" class="mq-cite" data-source="{_source_id(answer, number)}" aria-expanded="false" '
        f'aria-controls="{_source_id(answer, number)}" aria-label="{label}" title="{label}">{number}</button>'
    )


def _form_link_html(answer: Answer, page: Language, ui: Mapping[str, str]) -> str:
    """The way from an estimate to the form with the same project, to change it and to compare its places."""
    if not answer.projects:
        return ""
    words = f'{escape(ui["open_form"])}<span class="mq-sr"> ({escape(ui["new_tab"])})</span>'
    return f'<p class="mq-toform">{link_html(form_address(answer.projects, page), words, "mq-open")}</p>'


def _sources_html(answer: Answer, texts: Mapping[Language, Texts], page: Language) -> str:
    if not answer.citations:
        return ""
    ui = texts[page].ui
    cards = "".join(_source_html(answer, citation, texts, page) for citation in answer.citations)
    as_of = f'<p class="mq-asof">{_dated(ui["as_of"], answer.as_of)}</p>' if answer.as_of else ""
    title = f"<h3>{escape(ui['sources'])}</h3>"
    if (count := len(answer.citations)) > MOST_CARDS:
        title = f"<h3>{escape(ui['sources'])} ({count})</h3>"
        cards = f'<details class="mq-more" id="{_source_id(answer, 0)}"><summary>{title}</summary>{cards}</details>'
        title = ""
    return f'<div class="mq-sources">{title}{cards}{as_of}</div>'


def _source_html(answer: Answer, citation: Citation, texts: Mapping[Language, Texts], page: Language) -> str:
    ui, own = texts[page].ui, f'lang="{citation.language}" dir="{direction(citation.language)}"'
    confidence = str(citation.confidence).replace("-", "_")
    language = ""
    if citation.language is not answer.language:
        name = texts[page].languages[citation.language]
        language = f"<li>{escape(ui['passage_language'].format(language=name))}</li>"
    passage = passage_html(clean(citation.passage_text), tuple(clean(quote) for quote in citation.quotes))
    return (
        f'<details class="mq-source" id="{_source_id(answer, citation.number)}"><summary>'
        f'<span class="mq-number">{citation.number}</span><span class="mq-heading">'
        f"<b {own}>{text_html(citation.section)}</b>"
        f'<small dir="auto">{text_html(citation.title)}</small></span></summary>'
        f'<div class="mq-passage" {own}>{passage}</div>'
        f'<ul class="mq-facts"><li class="mq-confidence mq-confidence--{confidence}">'
        f"{escape(ui[f'confidence_{confidence}'])}</li><li><bdi>{text_html(citation.publisher)}</bdi></li>"
        f"<li>{_dated(ui['published'], citation.published)}</li>{language}</ul>"
        f"{_sourcelink_html(citation, ui)}</details>"
    )


def _sourcelink_html(citation: Citation, ui: Mapping[str, str]) -> str:
    """The way to the source, only over http(s): any other address is left out."""
    if not re.match(r"https?://[^\s]", citation.url):
        return ""
    name = text_html(citation.source_title or citation.publisher)
    words = f'{escape(ui["open_source"])}<span class="mq-sr"> ({escape(ui["new_tab"])})</span>'
    return f'<p class="mq-origin">{link_html(citation.url, words, "mq-open")}<bdi>{name}</bdi></p>'


def _foot_html(answer: Answer, helpful: bool | None, ui: Mapping[str, str]) -> str:
    sources = "\n".join(
        f"[{citation.number}] {citation.title}: {citation.section}. {citation.publisher}, {citation.published}. "
        f"{citation.url}"
        for citation in answer.citations
    )
    copied = escape(clean(f"{answer.text}\n\n{sources}".strip())).replace("\n", "&#10;")
    thumbs = "".join(
        f'<button type="button" class="mq-tool mq-thumb mq-thumb--{name}" data-helpful="{value}" '
        f'aria-pressed="{str(helpful is (value == "1")).lower()}" aria-label="{escape(ui[label])}" '
        f'title="{escape(ui[label])}"></button>'
        for name, value, label in (("up", "1", "helpful"), ("down", "0", "not_helpful"))
    )
    return (
        f'<div class="mq-foot"><button type="button" class="mq-tool mq-copy" data-copy="{copied}">'
        f"<span>{escape(ui['copy'])}</span></button>{thumbs}"
        f'<span class="mq-thanks">{escape(ui["feedback_thanks"])}</span></div>'
    )


def _source_id(answer: Answer, number: int) -> str:
    return f"source-{escape(answer.id)}-{number}"


def _dated(sentence: str, day: date) -> str:
    """The sentence with its date as `<time>`; the page's script writes the month's name in the page's language."""
    return escape(sentence).replace("{date}", f'<time datetime="{day.isoformat()}"><bdi>{day.isoformat()}</bdi></time>')


def _one_line(html: str) -> str:
    """Without line breaks: the Markdown component then takes the whole as one block of HTML, untouched."""
    return html.replace("\r", " ").replace("\n", " ")
