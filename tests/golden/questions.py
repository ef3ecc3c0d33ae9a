"""The golden questions and when an answer to one is right."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.answer import CITED_STATUSES, Answer, AnswerStatus, Reason
from corpus import Language
from corpus.coverage import Coverage, load_coverage
from corpus.figures import read_figures
from corpus.yaml_text import load_yaml

FOLDER = Path(__file__).parent
REFUSALS = ("refused", "corrected")


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


def load_questions(*names: str) -> list[GoldenQuestion]:
    """The questions of the files in `tests/golden/<name>/`, or of one file `<name>/<file>`, in order.

    Questions that name facts are right with any section that `corpus/facts.yaml` lists for one of them.
    """
    coverage = load_coverage()
    questions = []
    for name in names:
        path = FOLDER / name
        for file in sorted(path.glob("*.yaml")) if path.is_dir() else [path.with_suffix(".yaml")]:
            raw = load_yaml(file.read_text(encoding="utf-8"))["questions"]
            questions.extend(_read(one, coverage) for one in raw)
    return questions


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
            if answer.status not in CITED_STATUSES:
                return f"refused ({answer.status}, {answer.reason})"
            if not cited & golden.sections or not all(cited & group for group in golden.every):
                return f"cited {shown}"
            said = {f for claim in answer.claims for f in read_figures(claim.text, claim.language or golden.language)}
            missing = golden.figures - said
            return f"does not say {', '.join(sorted(missing))} ({shown})" if missing else ""
        case "refused":
            return f"answered from {shown}" if says_yes(answer) else ""
        case "corrected":
            right = not says_yes(answer) or cited & golden.sections
            return "" if right else f"answered from {shown}"
        case _:
            return "" if answer.status is AnswerStatus.GREETING else f"status {answer.status}"
