"""Fits the rule that tells whether a question goes on from those before it, on the follow-ups of `tune`; part of `make calibrate`.

Beside them stand changes of subject: questions that were asked alone, each after two of others, every second one behind a word that
goes on ("And …"). Each is answered twice, as it stands and completed. Where only one answer is right, that wording was meant; where
both are, the one that cites less beside the point. `python tests/golden/onward.py` fits it for the evidence rules as they are and
writes it to them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from logistic import as_written, fit_logistic
from remembered import RememberingEncoder
from sklearn.model_selection import StratifiedKFold

from bot.answer import Answer
from bot.assistant import Assistant
from bot.conversation import Message
from bot.desk.golden import CHECKOUT, GoldenQuestion, judge_answer, load_questions
from bot.evidence import CALIBRATION_FILE, Calibration, Rule, load_calibration
from bot.gathering import EVEN
from bot.going_on import FEATURES
from bot.settings import load_settings
from corpus import Language
from corpus.glossary import load_glossary
from index import open_encoder, open_index

SET = "tune"
CONSTANT = 60.0
REGULARISATION = 0.1
BOTH_RIGHT = 0.5
FOLDS = 10
CHANGES = 600  # of subject
OPENINGS = {Language.EN: "And ", Language.FR: "Et ", Language.ES: "Y ", Language.AR: "و", Language.ZH: "那"}


@dataclass(frozen=True)
class Deciding(Rule):
    """A rule that says the same of every question and keeps what it was asked."""

    asked: list[Sequence[float]] = field(default_factory=list)

    def probability(self, values: Sequence[float]) -> float:
        self.asked.append(values)
        return super().probability(values)


@dataclass(frozen=True)
class Outcome:
    """How a follow-up is answered as it stands and completed: whether right, and what share of the citations is to the point."""

    features: tuple[float, ...]
    right: tuple[bool, bool]
    precise: tuple[float, float]

    @property
    def weight(self) -> float:
        """How much it matters which wording is taken."""
        if self.right[0] != self.right[1]:
            return 1.0
        return BOTH_RIGHT * abs(self.precise[1] - self.precise[0]) if self.right[0] else 0.0

    @property
    def goes_on(self) -> bool:
        return self.right[1] if self.right[0] != self.right[1] else self.precise[1] > self.precise[0]


def fit_onward(calibration: Calibration) -> dict[str, Any]:
    """The weights by name and the constant, as `evidence.json` holds them; prints what the rule brings, cross-validated."""
    outcomes = [one for one in observe(calibration) if one.weight]
    x, y = np.array([one.features for one in outcomes]), np.array([one.goes_on for one in outcomes])
    weights = np.array([one.weight for one in outcomes])
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=0)
    rule, probabilities = fit_logistic(x, y, weights, REGULARISATION, cv=folds)
    decisive = [(one.right, int(p > EVEN)) for one, p in zip(outcomes, probabilities, strict=True) if one.weight == 1]
    print(
        f"{len(decisive)} follow-ups are right in one wording only: {sum(right[taken] for right, taken in decisive)} by the rule "
        f"(cross-validated), {sum(right[0] for right, _ in decisive)} alone, {sum(right[1] for right, _ in decisive)} completed"
    )
    return as_written(FEATURES, rule)


def observe(calibration: Calibration) -> list[Outcome]:
    """The follow-ups that may go on, answered in either wording with the index that was built last."""
    settings, encoder = load_settings(), RememberingEncoder(open_encoder())
    index = open_index(settings.home, encoder, load_glossary())
    alone, completed = (Deciding((0.0,) * len(FEATURES), constant) for constant in (-CONSTANT, CONSTANT))
    either = [
        Assistant(lambda: index, index.glossary, replace(calibration, onward=rule)) for rule in (alone, completed)
    ]
    outcomes = []
    asked = load_questions(CHECKOUT / SET)
    for golden in (*(one for one in asked if one.before), *changes_of_subject(asked)):
        alone.asked.clear()
        history = [Message("user", earlier) for earlier in golden.before]
        first, second = (assistant.ask(golden.question, history=history) for assistant in either)
        if alone.asked:  # else it is an estimate, refused on sight or a year alone
            right = (not judge_answer(golden, first), not judge_answer(golden, second))
            outcomes.append(Outcome(tuple(alone.asked[-1]), right, (_precise(golden, first), _precise(golden, second))))
    return outcomes


def changes_of_subject(asked: Sequence[GoldenQuestion]) -> list[GoldenQuestion]:
    """Questions that stand alone, each as if asked after two others in its language, the same ones in every run."""
    chance = np.random.default_rng(0)
    single = [one for one in asked if not one.before and one.expect in ("answered", "refused")]
    changes = []
    for place, number in enumerate(chance.choice(len(single), CHANGES, replace=False)):
        one = single[number]
        others = [other.question for other in single if other.language is one.language and other is not one]
        opening = OPENINGS[one.language] if place % 2 else ""
        question = opening + (one.question[:1].lower() + one.question[1:] if opening else one.question)
        before = tuple(others[other] for other in chance.choice(len(others), 2, replace=False))
        changes.append(replace(one, question=question, before=before))
    return changes


def _precise(golden: GoldenQuestion, answer: Answer) -> float:
    cited = [citation.section_id in golden.sections for citation in answer.citations]
    return sum(cited) / max(len(cited), 1)


if __name__ == "__main__":
    held = json.loads(CALIBRATION_FILE.read_text(encoding="utf-8"))
    held["onward"] = fit_onward(load_calibration())
    CALIBRATION_FILE.write_text(json.dumps(held, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(held["onward"]))
