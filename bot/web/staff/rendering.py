"""Templates to HTML: everything is escaped, and a name that does not exist is an error."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from babel.dates import format_date, format_datetime
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from bot.web.page import EARLY_SCRIPT, static_address
from bot.web.page_html import LANGUAGE_NAMES, STAR
from bot.web.passage_html import passage_html
from bot.web.staff.dates import MOROCCO
from bot.web.staff.finding_words import finding_text
from bot.web.staff.words import LANGUAGES, LOCALES
from bot.web.text_html import direction, text_html
from corpus import Finding, Language

if TYPE_CHECKING:
    from bot.web.staff.visit import Visit

TEMPLATES_FOLDER = Path(__file__).parent / "templates"
# The pages in the order of the navigation: name of the text, address.
NAVIGATION = (
    ("home", "/staff"),
    ("documents", "/staff/documents"),
    ("add", "/staff/add"),
    ("drafts", "/staff/drafts"),
    ("publish", "/staff/publish"),
    ("listening", "/staff/listening"),
    ("questions", "/staff/questions"),
    ("translating", "/staff/translating"),
    ("history", "/staff/history"),
    ("log", "/staff/log"),
)


_MOMENTS = {Language.FR: "d MMMM y, HH:mm", Language.AR: "d MMMM y، HH:mm", Language.EN: "d MMMM y, HH:mm"}


class Templates:
    """The templates of the desk."""

    def __init__(self, folder: Path = TEMPLATES_FOLDER) -> None:
        self._environment = _environment(folder)

    def render(self, template: str, visit: Visit, **context: Any) -> str:
        """The whole document."""
        query = [(name, value) for name, value in visit.request.query_params.multi_items() if name != "lang"]
        return self._environment.get_template(template).render(
            visit=visit, words=visit.words, lang=visit.language, here=visit.request.url.path,
            switch={one: f"?{urlencode([('lang', one.value), *query])}" for one in LANGUAGES},
            csrf=visit.signed_in.csrf if visit.signed_in else "", **context,
        )  # fmt: skip


@cache
def _environment(folder: Path) -> Environment:
    """One for all, because each compiles the templates anew."""
    environment = Environment(
        loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )  # fmt: skip
    environment.globals.update(
        asset=static_address, star=Markup(STAR), early_script=Markup(EARLY_SCRIPT), navigation=NAVIGATION,  # noqa: S704
        language_names=LANGUAGE_NAMES, languages=LANGUAGES, direction=direction, t=_t, n=_n, zip=zip,
        text_choices=_text_choices, language_choices=_language_choices, collection_choices=_collection_choices,
        finding_text=_finding_text,
    )  # fmt: skip
    environment.filters.update(collection=_collection, day=_day, moment=_moment, passage=_passage, said=_said)
    return environment


@pass_context
def _t(context: Context, name: str, /, **values: object) -> str:
    return str(context["words"].text(name, **values))


@pass_context
def _n(context: Context, name: str, count: int, /, **values: object) -> str:
    return str(context["words"].number(name, count, **values))


@pass_context
def _text_choices(context: Context, group: str, codes: Iterable[str]) -> list[tuple[str, str]]:
    """Codes with their words, for a choice."""
    return [(str(code), context["words"].text(f"{group}.{code}")) for code in codes]


@pass_context
def _language_choices(context: Context, languages: Iterable[Language]) -> list[tuple[str, str]]:
    return _text_choices(context, "frame.language_names", languages)


@pass_context
def _collection(context: Context, name: str) -> str:
    """The name of a collection for people; its folder's name where nobody has given it one."""
    words = context["words"]
    return str(words.text(f"documents.collections.{name}")) if f"documents.collections.{name}" in words else name


@pass_context
def _collection_choices(context: Context, names: Iterable[str]) -> list[tuple[str, str]]:
    return [(name, _collection(context, name)) for name in names]


@pass_context
def _finding_text(context: Context, finding: Finding) -> str:
    """A finding of the check in the language of the page."""
    return finding_text(finding, context["words"])


@pass_context
def _day(context: Context, day: date | datetime | None) -> str:
    """“29 novembre 2026”; a dash for none."""
    if day is None:
        return "–"
    return str(format_date(_here(day) if isinstance(day, datetime) else day, "long", locale=LOCALES[context["lang"]]))


@pass_context
def _moment(context: Context, moment: datetime | None) -> str:
    """Day and time as clocks in Morocco show them; a dash for none."""
    if moment is None:
        return "–"
    return str(format_datetime(_here(moment), _MOMENTS[context["lang"]], locale=LOCALES[context["lang"]]))


def _here(moment: datetime) -> datetime:
    return moment.astimezone(MOROCCO)


def _passage(text: str, quotes: tuple[str, ...] = ()) -> Markup:
    """A document's text as the chat shows it when it is cited."""
    return Markup(passage_html(text, quotes))  # noqa: S704 - it escapes every word


def _said(text: str) -> Markup:
    """Outside text on one line, figures and Latin names kept in order among Arabic."""
    return Markup(text_html(text))  # noqa: S704 - it escapes every word


def known_language(code: str) -> Language | None:
    """The language with this code, if it is one of ours."""
    return next((language for language in Language if language.value == code), None)
