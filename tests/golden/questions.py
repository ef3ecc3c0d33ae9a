"""The golden questions and when an answer to one is right."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.answer import Answer, AnswerStatus
from corpus import Language
from corpus.figures import read_figures

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class GoldenQuestion:
    """A question with what a right answer is: `expect` is answered, refused, corrected, greeting or help."""

    id: str
    language: Language
    question: str
    expect: str
    sections: frozenset[str]
    figures: frozenset[str]


def load_questions(*names: str) -> list[GoldenQuestion]:
    """The questions of `tests/golden/<name>.yaml`, in order."""
    return [
        GoldenQuestion(
            id=raw["id"],
            language=Language(raw["language"]),
            question=raw["question"],
            expect=raw["expect"],
            sections=frozenset(raw.get("sections") or ()),
            figures=frozenset(raw.get("figures") or ()),
        )
        for name in names
        for raw in yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))["questions"]
    ]


def judge_answer(golden: GoldenQuestion, answer: Answer) -> str:
    """Why the answer is wrong, or an empty string if it is right.

    Answered: a section that holds the answer is cited and every essential figure is said. Refused: not `answered`, and where
    something is said after all, it begins by naming what was not found. Corrected: refused, or partly answered from the right
    section, or answered from it.
    """
    if answer.language is not golden.language:
        return f"answered in {answer.language}"
    cited = {citation.section_id for citation in answer.citations}
    match golden.expect:
        case "answered":
            if answer.status is not AnswerStatus.ANSWERED and answer.status is not AnswerStatus.PARTLY_ANSWERED:
                return f"refused ({answer.status})"
            if not cited & golden.sections:
                return f"cited {', '.join(sorted(cited))}"
            said = {
                figure
                for claim in answer.claims
                for figure in read_figures(claim.text, claim.language or golden.language)
            }
            missing = golden.figures - said
            return f"does not say {', '.join(sorted(missing))}" if missing else ""
        case "refused":
            return "" if answer.status is not AnswerStatus.ANSWERED else f"answered from {', '.join(sorted(cited))}"
        case "corrected":
            right = answer.status is not AnswerStatus.ANSWERED or cited & golden.sections
            return "" if right else f"answered from {', '.join(sorted(cited))}"
        case _:
            return "" if answer.status is AnswerStatus.GREETING else f"status {answer.status}"
