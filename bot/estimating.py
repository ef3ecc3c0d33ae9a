"""A project described in the chat: estimated, and said with its sources."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from bot.answer import Answer, AnswerStatus, Claim, Reason
from bot.composing import Draft, cite
from bot.conversation import Message
from bot.estimate import Exchange, Fact
from bot.estimate_amounts import Amounts, stated_figures
from bot.estimate_places import describe_places
from bot.grounding import check_grounding
from bot.incentives import Project, estimate
from bot.plan import Heard, Plan, PlanReader
from bot.project import DIRHAM, MONEY
from bot.project_reading import ReadProject
from bot.replies import ReplyReader
from bot.short_answers import Unsaid
from bot.statements import Statement
from corpus import Language, ProjectError
from corpus.figures import read_figures
from corpus.parameters import Parameters, load_parameters
from corpus.text import split_statements

if TYPE_CHECKING:
    from bot.messages import Texts
    from corpus import Passage
    from corpus.glossary import Glossary
    from corpus.rules import Rules
    from index import SearchIndex

logger = logging.getLogger(__name__)

MOST_CITED = 2
MOST_PLACES = 3


@dataclass(frozen=True)
class Described:
    """A project as the asker described it, and what it comes to in dirhams.

    Attributes:
        projects: its fields in dirhams, once for each place that was named.
        exchange: the indicative rate used; none where everything was said in dirhams.
    """

    projects: tuple[Project, ...]
    exchange: Exchange | None = None


class Estimator:
    """Tells the messages that describe a project, and answers them; a pure reading of the conversation, nothing is kept.

    Args:
        glossary: the names of places.
        parameters: the dated figures of the law; the packaged ones by default.
        today: says which day's rules hold.
    """

    def __init__(
        self, glossary: Glossary, parameters: Parameters | None = None, today: Callable[[], date] = date.today
    ) -> None:
        self._glossary = glossary
        self._parameters = parameters or load_parameters()
        self._today = today

    def read(self, question: str, language: Language, history: Sequence[Message]) -> Heard:
        """Whether a message is about a plan, and what that is."""
        rules = self._parameters.on(self._today())
        replies = ReplyReader(
            rules, lambda known, left_open: asked_for(known, rules, left_open), lambda known: sums_of(known, rules)
        )
        reader = PlanReader(self._glossary, rules.rates, replies)
        return reader.read(question, language, history)

    def answer(self, plan: Plan, language: Language, texts: Texts, index: SearchIndex) -> Answer | None:
        """The estimate of a project, or what must be asked first; none where the documents hold none of its sources."""
        read = plan.project
        rules = self._parameters.on(self._today())
        try:
            described = in_dirhams(read, rules)
            made = tuple(estimate(project, rules) for project in described.projects)
        except ProjectError as error:
            return _ask_back(
                read, texts, language, [texts.asked_back.absurd.format(words=_words_of(read, error.field))]
            )
        if read.questions:
            asked = [_question(texts, one.code, one.words) for one in read.questions]
            return _ask_back(read, texts, language, asked)
        if plan.unsaid:
            lead = {Unsaid.UNKNOWN: texts.asked_back.left_open, Unsaid.LIMIT: texts.asked_back.one_figure}[plan.unsaid]
            return _ask_on(lead, made[0].next_question(plan.left_open), language)
        statements = describe_places(
            described.projects, made, language, exchange=described.exchange, left_open=plan.left_open
        )
        figures = figures_of(
            described.projects, made, described.exchange, [value.value for value in read.fields.values()]
        )
        draft = compose_estimate(statements, figures, language, index)
        if not draft.citations:
            return None
        if problems := check_grounding(draft):
            logger.error("An estimate is not grounded and was not shown: %s", "; ".join(problems))
            return Answer(AnswerStatus.ERROR, (Claim(texts.status[AnswerStatus.ERROR], language=language),), language)
        return Answer(
            AnswerStatus.ANSWERED, draft.claims, language, draft.citations, projects=described.projects,
            as_of=min(citation.as_of for citation in draft.citations),
        )  # fmt: skip


def asked_for(read: ReadProject, rules: Rules, left_open: Sequence[Fact] = ()) -> Fact | None:
    """What the estimate of a project asks for at its end; none where nothing can be estimated or nothing else is open.

    Args:
        read: the project.
        rules: the figures of the law.
        left_open: what the asker does not know.
    """
    try:
        made = estimate(in_dirhams(read, rules).projects[0], rules)
    except ProjectError:
        return None
    return made.next_question(left_open)


def sums_of(read: ReadProject, rules: Rules) -> frozenset[Decimal]:
    """The amounts in dirhams that the estimate of a project comes to: of each premium, in all, and under each scheme."""
    try:
        made = estimate(in_dirhams(read, rules).projects[0], rules)
    except ProjectError:
        return frozenset()
    told = (made, *made.alternatives)
    ranges = [one for each in told for one in (each.if_eligible_amount, each.total_amount)]
    ranges += [line.amount for each in told for line in each.lines]
    return frozenset(value for one in ranges if one is not None for value in one)


def in_dirhams(read: ReadProject, rules: Rules) -> Described:
    """The project with its money in dirhams, by the indicative rate where another currency was named.

    Raises:
        ProjectError: a value that no project can have.
    """
    values: dict[str, Any] = {name: value.value for name, value in read.fields.items()}
    currency = str(values.pop("currency", DIRHAM))
    exchange = None
    if currency != DIRHAM and currency in rules.rates:
        rate = rules.rates[currency]
        exchange = Exchange(currency, rate.value, rate.period.start)
        for name in MONEY:
            if name in values:
                values[name] = Decimal(values[name]) * rate.value
    known = {field.name for field in fields(Project)}
    values = {name: value for name, value in values.items() if name in known}
    places = [place for place in (values.pop("place", None), *read.places) if place in rules.territories]
    named = tuple(dict.fromkeys(places))[:MOST_PLACES]
    return Described(tuple(Project(**values, place=place) for place in named) or (Project(**values),), exchange)


def _question(texts: Texts, code: str, words: str) -> str:
    return str(getattr(texts.asked_back, code.partition(":")[0]).format(words=words))


def _words_of(read: ReadProject, name: str) -> str:
    return read.fields[name].words if name in read.fields else name


def _ask_back(read: ReadProject, texts: Texts, language: Language, asked: Sequence[str]) -> Answer:
    """The questions that must be answered before anything is estimated."""
    claims = [Claim(texts.asked_back.lead, language=language)]
    claims += [Claim(text, language=language, listed=len(asked) > 1) for text in dict.fromkeys(asked)]
    return Answer(AnswerStatus.NEEDS_DETAIL, tuple(claims), language, reason=Reason.UNCLEAR)


def _ask_on(lead: str, fact: Fact | None, language: Language) -> Answer:
    """What the estimate asks for next, after a reply that gave it nothing to reckon with."""
    asked = [Claim(Amounts(language).question(fact), language=language)] if fact else []
    claims = (Claim(lead, language=language), *asked)
    return Answer(AnswerStatus.NEEDS_DETAIL, claims, language, reason=Reason.UNCLEAR)


def compose_estimate(
    statements: Sequence[Statement], figures: frozenset[str], language: Language, index: SearchIndex
) -> Draft:
    """The statements as claims; each cites the passages of the sections that it rests on, two at most."""
    quotes: dict[str, list[str]] = {}
    passages: dict[str, Passage] = {}
    claims = []
    for one in statements:
        numbers = []
        for passage in _passages(one.sections, language, index):
            passages.setdefault(passage.section_id, passage)
            own = quotes.setdefault(passage.section_id, [])
            numbers.append(list(quotes).index(passage.section_id) + 1)
            if (quote := _nearest_statement(passage, one.text, language)) not in own:
                own.append(quote)
        claims.append(Claim(one.text, tuple(numbers), language, one.listed, figures))
    citations = (cite(number, passages[name], own) for number, (name, own) in enumerate(quotes.items(), start=1))
    return Draft(tuple(claims), tuple(citations))


def _passages(sections: Sequence[str], language: Language, index: SearchIndex) -> list[Passage]:
    """The passages to cite for sections, in the asker's language where there is one; sections that the index lacks are left out."""
    versions = [own for section in sections if (own := index.sections.versions.get(section))]
    return [own.get(language) or next(iter(own.values())) for own in versions[:MOST_CITED]]


def _nearest_statement(passage: Passage, text: str, language: Language) -> str:
    """The statement of the passage that shares most figures with the text; its lead where none does."""
    wanted = set(read_figures(text, language))
    statements = [line.text for line in split_statements(passage.text)]
    return max(statements, key=lambda line: len(wanted & set(read_figures(line, passage.language))))


def figures_of(*values: object) -> frozenset[str]:
    """Every number in values and in the values they are made of, in the ways that an estimate may write it."""
    found: set[str] = set()
    for value in values:
        found |= _figures_of(value)
    return frozenset(found)


def _figures_of(value: object) -> set[str]:
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        return set(stated_figures(Decimal(value)))
    if isinstance(value, date):
        return {str(value.year), str(value.month), str(value.day)}
    parts: Iterable[object] = ()
    if isinstance(value, Mapping):
        parts = value.values()
    elif isinstance(value, Sequence) and not isinstance(value, str):
        parts = value
    elif is_dataclass(value):
        parts = (getattr(value, part.name) for part in fields(value))
    return {figure for part in parts for figure in _figures_of(part)}
