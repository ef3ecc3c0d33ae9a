"""What somebody plans, as it becomes known over a conversation, and which messages ask what it comes to."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.answer import Answer, AnswerStatus, Reason
from bot.asker import is_origin
from bot.conversation import ENOUGH_WORDS, MANY_WORDS, MOST_TURNS, Message, count_own_words, has_subject
from bot.phrasing import asks
from bot.project import SHARES
from bot.project_joining import join
from bot.project_reading import FIGURE, SIZES, ReadProject, read_project_text
from bot.replies import ReplyReader
from bot.short_answers import Unsaid
from bot.wording import load_wording
from corpus.glossary import SCOPES_ELSEWHERE
from corpus.text import clean_question

if TYPE_CHECKING:
    from bot.estimate import Fact
    from corpus import Language
    from corpus.glossary import Glossary
    from corpus.rules import Figure

MOST_CHARACTERS = 1_000
MOST_OF_A_STORY = 18  # of somebody who tells what they plan and asks what there is
MOST_WORDS = 12  # beside what it names, of a message that is about a plan alone
A_BARE_PROJECT = frozenset({"amount", "place"})
SITES = frozenset({"place", "sector"})
IN_GENERAL = frozenset(
    {"premium", "support-schemes", "investment", "project", "investor", "foreign-investor", "olive", "energy"}
)
_LEAD = r"[\s,،，;؛:：]*(?:\b(?:and|et|y|with|avec|con|of|de|invest)\b|投资|和|\bو)?\s*"  # what leads to a figure
_QUESTION_MARK = re.compile(r"[?？؟]")


@dataclass(frozen=True)
class Plan:
    """A plan that a message asks about.

    `searched_first`: whether the message is searched for first: perhaps it asks what the law says. `goes_on`: whether the size of
    the project was known before. `brief`: whether the message hardly says more than what is planned. `left_open`: what the asker
    does not know yet. `unsaid`: why the message, a reply to the estimate, gives it nothing to reckon with.
    """

    project: ReadProject
    searched_first: bool = False
    goes_on: bool = False
    brief: bool = False
    left_open: tuple[Fact, ...] = ()
    unsaid: Unsaid | None = None

    def says_more_than(self, answer: Answer) -> bool:
        """Whether its estimate, or what must be asked for it, is more than what a search gave."""
        if answer.status is AnswerStatus.NOT_IN_CORPUS and answer.reason is Reason.NOT_FOUND:
            return True
        return self.brief and not self.project.questions and answer.reason in (Reason.OFF_TOPIC, Reason.UNSURE)


@dataclass(frozen=True)
class Heard:
    """A conversation as it was read.

    Attributes:
        plan: the plan that the last message describes, corrects, completes or asks about; none if it is another question.
        history: the messages before it that a search may go on from: those about a plan without their figures, which are no
            rule's, and none that only replies to an estimate.
    """

    plan: Plan | None
    history: tuple[Message, ...]


@dataclass(frozen=True)
class _Known:
    """What is known of a plan, whether the last message was about what it comes to, and what it left unsaid; `rest`: what a search
    may go on from.
    """

    project: ReadProject | None = None
    asked: bool = False
    searched_first: bool = False
    left_open: tuple[Fact, ...] = ()
    unsaid: Unsaid | None = None
    rest: str = ""


class PlanReader:
    """Reads the plan out of a conversation; a pure reading, nothing is kept.

    Args:
        glossary: the names of places and terms.
        rates: dirhams for one unit of another currency.
        replies: reads what is said after an estimate.
    """

    def __init__(self, glossary: Glossary, rates: Mapping[str, Figure], replies: ReplyReader) -> None:
        self._glossary = glossary
        self._rates = rates
        self._replies = replies

    def read(self, question: str, language: Language, history: Sequence[Message]) -> Heard:
        """Tell whether a message is about a plan, and what that is.

        What somebody said of a plan before is kept until something else is said of it: who asked for help for a hotel in Safi and
        then names an amount, means that hotel. "And in Safi?" or "no, 200 jobs" after an estimate is about that project; a question
        with a subject of its own is not.
        """
        known, before = _Known(), []
        for turn in history[-2 * MOST_TURNS :]:
            if turn.role == "user":
                known = self._hear(turn.content[:MOST_CHARACTERS], language, known)
                before.append(Message("user", known.rest))
        goes_on = known.project is not None and known.project.is_sized
        known = self._hear(question, language, known)
        plan = None
        if known.project is not None and known.asked:
            brief = self._is_brief(question)
            plan = Plan(known.project, known.searched_first, goes_on, brief, known.left_open, known.unsaid)
        return Heard(plan, tuple(before))

    def _hear(self, text: str, language: Language, known: _Known) -> _Known:
        """What is known once a message was said, and whether it asks what the plan comes to."""
        cleaned = clean_question(text)
        if not cleaned:
            return replace(known, asked=False, unsaid=None, rest="")
        said = _without_several_places(read_project_text(cleaned, language, self._glossary))
        if known.project:
            said = replace(said, questions=tuple(one for one in said.questions if one.field not in SHARES))
            said = self._replies.without_sums(said, cleaned, known.project)
            if replied := self._replied(said, cleaned, language, known, known.project):
                return replied
        heard = self._understand(said, cleaned, known)
        rest = cleaned
        if heard.asked and not heard.searched_first:
            rest = _without_figures(cleaned, said)
            named = said.fields.keys() & SITES or said.places
            rest = rest if named or count_own_words(rest, self._glossary) else ""
        another = said.fields.keys() >= SIZES
        return replace(heard, left_open=() if another else known.left_open, rest=rest)

    def _replied(
        self, said: ReadProject, text: str, language: Language, known: _Known, project: ReadProject
    ) -> _Known | None:
        """What is known after a reply to the estimate of a project; none if the message is no reply."""
        left = known.left_open
        if known.asked and (unsaid := self._replies.read_unsaid(said, text, language, project, left)):
            why, fact = unsaid
            others = tuple(one for one in left if one is not fact)
            left = (*others, fact) if why is Unsaid.UNKNOWN else others
            return _Known(project, asked=True, left_open=left, unsaid=why)
        replied = self._replies.read(said, text, language, project, left if known.asked else None)
        return replace(self._understand(replied, text, known), left_open=left) if replied else None

    def _understand(self, said: ReadProject, cleaned: str, known: _Known) -> _Known:
        """What is known with what a message says of a project."""
        rule = said.fields.keys() & SIZES == {"jobs"} and asks(cleaned) and self._names_something_else(cleaned)
        if (said.is_project and not rule) or self._is_bare(said, cleaned):
            project = join(known.project, replace(said, is_project=True), self._rates)
            return _Known(project, True, bool(project.questions) and self._asks_by_itself(cleaned))
        if self._is_about(said, cleaned, known):
            project = join(known.project, replace(said, asks_rule=False), self._rates)
            first = bool(project.questions) and self._asks_by_itself(cleaned)
            compared = known.project is not None and len(said.places) > 1
            at_once = project.is_sized or compared or self._asks_in_general(said, cleaned)
            return _Known(project, True, first or not at_once)
        if said.plans and not said.questions and SITES & said.fields.keys() and not said.is_sized:
            project = join(known.project, replace(said, asks_rule=False), self._rates)
            whole = said.own and said.fields.keys() >= SITES and not asks(cleaned) and self._says_little(cleaned)
            return _Known(project, whole or (known.asked and not self._asks_by_itself(cleaned)), False)
        return _Known(known.project)

    def _is_about(self, said: ReadProject, text: str, known: _Known) -> bool:
        """Whether a message that describes no project by itself is about what the plan comes to."""
        asked = asks(text) or _QUESTION_MARK.search(text) is not None
        if said.hearsay or (asked and self._names_something_else(text)):
            return False
        sized, sizes = said.is_sized, bool(said.fields.keys() & SIZES)
        named = bool(said.fields.keys() & SITES or said.places)
        if said.aid and named and not said.questions and (not sized or (said.plans and self._is_brief(text))):
            return True  # "what grants are there for a hotel in Safi?"
        if known.project is None:
            return False
        plainly_said = bool(said.fields) and not (said.asks_rule or _QUESTION_MARK.search(text))
        if not known.project.is_sized:
            return (sizes and (plainly_said or said.aid or known.asked)) or (
                known.asked and self._only_places(said, text)
            )
        return plainly_said or (not said.bounded and self._goes_on(said, text, asked=known.asked))

    def _asks_in_general(self, said: ReadProject, text: str) -> bool:
        """Whether somebody asks what there is for their own plan, and nothing more exact: "We want to open a hotel, what help?"."""
        found = self._glossary.locate(text)
        named = {one.term.id for one in found if one.term.kind in ("term", "institution")}
        places = [one for one in found if one.term.kind == "place" and one.term.scope in SCOPES_ELSEWHERE]
        elsewhere = any(not is_origin(text, one.start) for one in places)
        return (
            said.own
            and said.aid_in_general
            and "sector" in said.fields
            and named <= IN_GENERAL
            and not elsewhere
            and count_own_words(text, self._glossary) <= MOST_OF_A_STORY
        )

    def _goes_on(self, said: ReadProject, text: str, *, asked: bool) -> bool:
        """Whether a question goes on from a project whose size is known; `asked`: the message before it was about that."""
        few = count_own_words(text, self._glossary) <= ENOUGH_WORDS
        says_something = bool(said.fields or said.unit or said.places or said.questions)
        if asked and (said.fields.keys() & SIZES or (few and len(said.places) > 1)):
            return True  # "and if I only hire 30?", "Safi or Benguerir, is there a difference?"
        if asked and said.own and not said.asks_rule and said.fields.keys() - SITES - FIGURE:
            return True  # "Own funds we put 30 percent. If we shift to Benguerir?"
        if asked and says_something and not self._asks_by_itself(text):
            return True  # "and in Safi?"
        again = said.fields.keys() & SITES and said.fields.keys() <= SITES
        return said.total and (
            few or bool(asked and again)
        )  # "what is the total then?", "El Kelaa, I said. So how much?"

    def _only_places(self, said: ReadProject, text: str) -> bool:
        """Whether a message says nothing but another place or sector: "and in Essaouira?"."""
        named = bool(said.places or said.fields) and said.fields.keys() <= SITES
        return named and not said.questions and not count_own_words(text, self._glossary)

    def _is_brief(self, text: str) -> bool:
        return count_own_words(clean_question(text), self._glossary) <= MOST_WORDS

    def _says_little(self, text: str) -> bool:
        """Whether a message hardly says more than its names: "I want to open a hotel in Safi."."""
        return count_own_words(text, self._glossary) <= MANY_WORDS and not self._names_something_else(text)

    def _names_something_else(self, text: str) -> bool:
        """Whether a message names a term that is no part of what a project comes to, such as a tax or an office."""
        plain = set(load_wording()["plan_terms"])
        return any(term.kind in ("term", "institution") and term.id not in plain for term in self._glossary.find(text))

    def _asks_by_itself(self, text: str) -> bool:
        """Whether a message is a question with a subject of its own."""
        return asks(text) and has_subject(text, self._glossary)

    def _is_bare(self, said: ReadProject, text: str) -> bool:
        """Nothing but an amount and a place, with no question and no term of the law: "60 million dirhams in Benguerir"."""
        terms = any(term.kind in ("term", "institution") for term in self._glossary.find(text))
        return said.fields.keys() >= A_BARE_PROJECT and not (said.asks_rule or asks(text) or terms)


def _without_figures(text: str, said: ReadProject) -> str:
    """A message without the words of the amounts, jobs and shares of its project."""
    for name, value in said.fields.items():
        if name not in SITES and not isinstance(value.value, bool):
            for words in filter(None, value.words.split(" / ")):
                text = re.sub(rf"{_LEAD}{re.escape(words)}", "", text)
    return clean_question(text)


def _without_several_places(read: ReadProject) -> ReadProject:
    """Where several places are named, none is asked back: the estimate compares them."""
    return replace(read, questions=tuple(one for one in read.questions if one.code != "contradiction:place"))
