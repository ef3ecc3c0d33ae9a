"""The golden questions, in which form every question is asked before something is published, and when an answer is right."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from bot.answer import CITED_STATUSES, Answer, AnswerStatus, Reason
from bot.conversation import Message
from corpus import CharterError, Language
from corpus.coverage import Coverage, load_coverage
from corpus.figures import read_figures
from corpus.yaml_text import load_yaml

if TYPE_CHECKING:
    from bot.assistant import Assistant

CHECKOUT = Path(__file__).parents[2] / "tests" / "golden"
REFUSALS = ("refused", "corrected")


class Origin(StrEnum):
    """Who wrote a question down: the project, or the desk that publishes."""

    GOLDEN = "golden"
    DESK = "desk"


@dataclass(frozen=True)
class GoldenQuestion:
    """A question with what a right answer is.

    Attributes:
        before: what the same person asked before it, oldest first.
        expect: answered, refused, corrected (it rests on something false), greeting or help.
        sections: those that hold the answer; citing one of them is right.
        every: for a question after several things, groups of sections of which each must be cited once.
        figures: what a right answer must say, in the canonical form of `corpus.figures`.
        parallel: names the set of the same question in five languages; empty where it stands alone.
        why: for one to refuse: off_topic, absent, guarantee, private, other_region, other_country, advice, injection, gibberish or
            abuse.
        origin: whether it is one of the desk's own; these are asked on a page of their language.
    """

    id: str
    language: Language
    question: str
    expect: str
    topic: str
    form: str
    before: tuple[str, ...]
    sections: frozenset[str]
    every: tuple[frozenset[str], ...]
    figures: frozenset[str]
    parallel: str
    why: str
    origin: Origin = Origin.GOLDEN


def load_questions(path: Path) -> list[GoldenQuestion]:
    """The questions of a file, or of every file with questions below a folder, in order.

    Questions that name facts are right with any section that `corpus/facts.yaml` lists for one of them.

    Raises:
        CharterError: there is no such file or folder, or one of the questions cannot be read.
    """
    files = sorted(path.rglob("*.yaml")) if path.is_dir() else [path]
    questions: list[GoldenQuestion] = []
    for file in files:
        try:
            raw = load_yaml(file.read_text(encoding="utf-8"))
            listed = raw.get("questions", ()) if isinstance(raw, dict) else ()
            questions.extend(_read(one, load_coverage()) for one in listed)
        except (OSError, yaml.YAMLError, LookupError, TypeError, AttributeError, ValueError) as error:
            raise CharterError(
                f"The golden questions of {file} cannot be read ({type(error).__name__}: {error}). Correct the file, or name "
                "another folder with MITHAQ_DESK__QUESTIONS."
            ) from error
    return questions


def select_sample(questions: Sequence[GoldenQuestion], most: int) -> list[GoldenQuestion]:
    """At most `most` of the questions in their order, always the same ones; all of them if `most` is 0."""
    if not most or most >= len(questions):
        return list(questions)
    by_hash = sorted(questions, key=lambda one: hashlib.sha256(one.id.encode()).digest())
    chosen = {one.id for one in by_hash[:most]}
    return [one for one in questions if one.id in chosen]


def ask_golden(assistant: Assistant, golden: GoldenQuestion) -> Answer:
    """The answer to a question asked after those before it, in one conversation."""
    history: list[Message] = []
    page = golden.language if golden.origin is Origin.DESK else None
    for earlier in golden.before:
        history += [Message("user", earlier), Message("assistant", assistant.ask(earlier, history=history).text)]
    return assistant.ask(golden.question, page_language=page, history=history)


def _read(raw: dict[str, Any], coverage: Coverage) -> GoldenQuestion:
    every = tuple(frozenset(coverage.sections(group)) for group in raw.get("every") or ())
    sections = frozenset(raw.get("sections") or ()) | frozenset(coverage.sections(raw.get("facts") or ()))
    return GoldenQuestion(
        id=raw["id"],
        language=Language(raw["language"]),
        question=raw["question"],
        expect=raw["expect"],
        topic=raw.get("topic", "charter"),
        form=raw.get("form", "plain"),
        before=tuple(raw.get("before") or ()),
        sections=sections.union(*every),
        every=every,
        figures=frozenset(str(figure) for figure in raw.get("figures") or ()),
        parallel=str(raw.get("parallel") or ""),
        why=raw.get("why") or "",
    )


def says_yes(answer: Answer) -> bool:
    """Whether the answer is given as one: in full, or as perhaps not what was asked."""
    return answer.status is AnswerStatus.ANSWERED or answer.reason is Reason.UNSURE


def judge_answer(golden: GoldenQuestion, answer: Answer) -> str:
    """Why the answer is wrong, or an empty string if it is right.

    Answered: a section that holds the answer is cited (of every group, where several things are asked) and every essential
    figure is said; with a word of caution is right too. Refused: neither `answered` nor answered with a word of caution; where
    something is said after all, it begins by naming what was not found. Corrected: refused, or the section that tells what is true
    is cited.
    """
    if answer.language is not golden.language:
        return f"answered in {answer.language}"
    cited = {citation.section_id for citation in answer.citations}
    shown = ", ".join(sorted(cited))
    match golden.expect:
        case "answered":
            return _judge_answered(golden, answer, cited)
        case "refused":
            return f"answered from {shown}" if says_yes(answer) else ""
        case "corrected":
            right = not says_yes(answer) or cited & golden.sections
            return "" if right else f"answered from {shown}"
        case _:
            return "" if answer.status is AnswerStatus.GREETING else f"status {answer.status}"


def _judge_answered(golden: GoldenQuestion, answer: Answer, cited: set[str]) -> str:
    shown = ", ".join(sorted(cited))
    if answer.status not in CITED_STATUSES:
        return f"refused ({answer.status}, {answer.reason})"
    if not cited & golden.sections or not all(cited & group for group in golden.every):
        return f"cited {shown}"
    said = {f for claim in answer.claims for f in read_figures(claim.text, claim.language or golden.language)}
    missing = golden.figures - said
    return f"does not say {', '.join(sorted(missing))} ({shown})" if missing else ""
