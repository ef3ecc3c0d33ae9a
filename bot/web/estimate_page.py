"""The page `/estimate`: a form whose address describes the project, and the estimate under it; no script is needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from urllib.parse import urlencode

from fastapi import FastAPI, Request
from starlette.responses import HTMLResponse, Response

from bot.estimate_numbers import number, percent
from bot.incentives import Project, estimate
from bot.messages import Texts
from bot.web.estimate_form import PATH, RESULT, Form, form_query, read_form
from bot.web.estimate_html import Shown, result_html
from bot.web.estimate_view import EstimateView
from bot.web.form_html import form_html
from bot.web.form_texts import FormTexts, load_form_texts
from bot.web.page import head_html
from bot.web.page_html import Tab, header_html, page_language
from bot.web.text_html import direction, text_html
from corpus import Language
from corpus.parameters import load_parameters
from corpus.rules import Rules

__all__ = ["EXAMPLES", "add_estimate_page", "sentence"]

STYLE_SHEETS = ("page.css", "estimate.css")
EXAMPLES = {
    "example_hotel": (("amount", "80000000"), ("jobs", "120"), ("place", "essaouira"), ("sector", "tourism")),
    "example_factory": (
        ("amount", "200000000"), ("jobs", "350"), ("place", "safi"), ("place", "el-kelaa-des-sraghna"),
        ("sector", "other-industry"), ("local_integration", "45"),
    ),
}  # fmt: skip


def add_estimate_page(app: FastAPI, texts: Mapping[Language, Texts]) -> None:
    """Adds the page."""
    form_texts = load_form_texts()

    @app.api_route(PATH, methods=["GET", "HEAD"], include_in_schema=False)
    def show(request: Request) -> Response:
        query = request.query_params
        language = page_language(query.get("lang"), request.headers.get("accept-language"))
        form = read_form({name: query.getlist(name) for name in query}, load_parameters(), language)
        html = page_html(form, texts, form_texts[language], language)
        headers = {"Content-Language": language.value, "Vary": "Accept-Language", "Cache-Control": "no-store"}
        return HTMLResponse(html, 422 if form.errors else 200, headers)


def page_html(form: Form, texts: Mapping[Language, Texts], words: FormTexts, language: Language) -> str:
    """The whole document."""
    title, intro = words.page["title"], words.page["intro"]
    query = [(name, value) for name, values in form.written.items() for value in values if value]
    header = header_html(texts, language, tab=Tab.ESTIMATE, query=query, title=title, skip=words.page["skip"])
    aside = _result(form, words, language) if form.projects else _examples(words, language)
    has_result = " mq-with-result" if form.projects else ""
    return (
        f'<!doctype html><html lang="{language}" dir="{direction(language)}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"{head_html(title, words.page['heading'], STYLE_SHEETS)}</head>"
        # The header's rules outweigh Gradio's on the chat page by these two names.
        f'<body><div class="gradio-container"><header class="mq-html" id="mq-header">{header}</header>'
        f'<main class="mq-estimate{has_result}"><div class="mq-about"><h2>{text_html(words.page["heading"])}</h2>'
        f"<p>{text_html(intro)}</p></div>{form_html(form, words, language)}{aside}</main></div></body></html>"
    )


def _result(form: Form, words: FormTexts, language: Language) -> str:
    shown = [Shown(project, estimate(project, form.rules)) for project in form.projects]
    view = EstimateView(words, language, form.rules, form.currency)
    return result_html(shown, view, _links(form, words, language))


def _links(form: Form, words: FormTexts, language: Language) -> str:
    """To the chat, and to this estimate under the rules of its day."""
    asked = urlencode({"lang": language.value, "ask": sentence(form.projects[0], form.rules, words, language)})
    kept = f"{PATH}?{form_query(form.projects, language, form.rules.day)}{RESULT}"
    result = words.result.words
    return (
        f'<p class="mq-next"><a class="mq-button" href="/?{escape(asked)}">{text_html(result["ask"])}</a>'
        f'<a class="mq-link" href="{escape(kept)}">{text_html(result["keep"])}</a>'
        f'<small>{text_html(result["print"])}</small></p>'
    )  # fmt: skip


def _examples(words: FormTexts, language: Language) -> str:
    links = "".join(
        f'<li><a class="mq-link" href="{escape(f"{PATH}?{urlencode(query)}&lang={language}{RESULT}")}">'
        f"{text_html(words.page[name])}</a></li>"
        for name, query in EXAMPLES.items()
    )
    caution = text_html(words.result.words["caution"])
    return (
        f'<aside class="mq-examples"><h3>{text_html(words.page["examples"])}</h3><ul>{links}</ul>'
        f'<p class="mq-decides">{caution}</p></aside>'
    )  # fmt: skip


def sentence(project: Project, rules: Rules, words: FormTexts, language: Language) -> str:
    """The project as a question for the chat."""
    known: Sequence[tuple[str, str | None]] = (
        ("amount", None if project.amount is None else number(project.amount, language, 0)),
        ("sector", None if project.sector is None else rules.sectors[project.sector].names[language]),
        ("place", None if project.place is None else rules.territories[project.place].names[language]),
        ("jobs", None if project.jobs is None else number(project.jobs, language)),
        ("women", None if project.women_share is None else percent(project.women_share, language)),
    )
    parts = "".join(
        words.ask[name].format(**{"share" if name == "women" else name: value}) for name, value in known if value
    )
    return words.ask["whole"].format(parts=parts.rstrip("、")).strip()
