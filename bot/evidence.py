"""Deciding whether what was found is enough to answer from."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from bot.counting_on import last_session, read_ordinals
from bot.signals import SESSIONS, read_signals
from corpus import Language
from corpus.figures import read_figures
from corpus.glossary import SCOPES_ELSEWHERE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.signals import QuestionReading, Signals
    from corpus import Passage
    from corpus.glossary import Term
    from index import SearchHit, SearchIndex

OUTSIDE_MARGIN = 0.05
CALIBRATION_FILE = Path(__file__).parent / "evidence.json"
SURELY_ASKED = 0.8
NAMED_MARGIN = 0.05
TREATIES = frozenset({"tax-treaty", "investment-treaty", "free-trade-agreement"})
RARE = 1
FAR = 3.0  # in logarithms of odds


@dataclass(frozen=True)
class Rule:
    """A linear rule: one weight for each of the values, and the constant of the logit."""

    weights: tuple[float, ...]
    intercept: float

    def probability(self, values: Sequence[float]) -> float:
        """0 to 1; ValueError if there are not as many weights as values."""
        logit = self.intercept + sum(w * value for w, value in zip(self.weights, values, strict=True))
        return 1 / (1 + math.exp(-max(-60.0, min(60.0, logit))))


@dataclass(frozen=True)
class Calibration:
    """Linear rules fitted on labelled questions (`make calibrate`): which section comes first, and whether it is enough.

    Attributes:
        ranking: one weight for each signal that differs between the sections found for a question.
        exampled: whether a section with example questions is enough.
        plain: whether one without them is, a newly imported document say.
        thresholds: the lowest probability to answer from, in each language.
        unsure: the lowest to answer from with a word of caution.
        near: the lowest probability at which a refusal names the section as near.
        onward: whether a question goes on from the one before it.
    """

    ranking: tuple[float, ...]
    exampled: Rule
    plain: Rule
    thresholds: dict[Language, float]
    unsure: dict[Language, float]
    near: float
    onward: Rule

    def probability(self, signals: Signals) -> float:
        """How likely the passage answers the question, 0 to 1."""
        return (self.exampled if signals.exampled else self.plain).probability(signals.values())

    def rank(self, signals: Signals) -> float:
        """How well a section suits the question, only for comparing sections found for the same one: the logarithm of its odds."""
        return sum(w * value for w, value in zip(self.ranking, signals.ranking(), strict=True))


@dataclass(frozen=True)
class Evidence:
    """A hit that was judged.

    Attributes:
        rank: how well it suits the question beside the others, as the logarithm of its odds.
        probability: that it answers the question, from the calibration.
        kept: whether it may be answered from, and `reason` why or why not.
        sure: whether that needs no word of caution.
        fits: whether it holds the names that the question is about.
    """

    hit: SearchHit
    signals: Signals
    rank: float
    probability: float
    kept: bool
    reason: str
    sure: bool = True
    fits: bool = True


@cache
def load_calibration(path: Path = CALIBRATION_FILE) -> Calibration:
    """The calibration shipped with the project; `make calibrate` writes it."""
    raw = json.loads(path.read_text(encoding="utf-8"))
    thresholds, unsure = (
        {Language(name): float(value) for name, value in raw[key].items()} for key in ("thresholds", "unsure")
    )
    exampled, plain, onward = (
        Rule(tuple(raw[key]["weights"].values()), float(raw[key]["intercept"]))
        for key in ("exampled", "plain", "onward")
    )
    return Calibration(tuple(raw["ranking"].values()), exampled, plain, thresholds, unsure, float(raw["near"]), onward)


def judge(
    reading: QuestionReading,
    hits: Sequence[SearchHit],
    language: Language,
    index: SearchIndex,
    calibration: Calibration,
) -> list[Evidence]:
    """Every hit with its probability and whether it may be answered from, the most suitable first."""
    judged = []
    lowest = calibration.unsure[language]
    for place, hit in enumerate(hits):
        signals = read_signals(reading, hits, place, index)
        probability = calibration.probability(signals)
        missing = missing_names(reading, hit.section_id, index)
        other = is_of_another_session(reading, hit.section_id, index)
        enough, plainly = probability >= lowest, is_plainly_asked(signals)
        stands = "reaches" if enough else "is plainly asked, below" if plainly else "is below"
        reason = f"probability {probability:.2f} {stands} {lowest:.2f}"
        if missing and (enough or plainly):
            reason = f"does not name {', '.join(term.id for term in missing)}"
        if other:
            reason = "is about another session"
        fits, sure = not missing and not other, probability >= calibration.thresholds[language]
        kept = (enough or plainly) and fits
        judged.append(Evidence(hit, signals, calibration.rank(signals), probability, kept, reason, sure, fits))
    judged.sort(key=lambda evidence: -evidence.rank)
    if judged and _asks_of_elsewhere(judged[0], reading, index):
        return [
            _no_matter(item, judged[0]) if item.kept and judged[0].rank - item.rank > FAR else item for item in judged
        ]
    return judged


def _asks_of_elsewhere(best: Evidence, reading: QuestionReading, index: SearchIndex) -> bool:
    """Whether the most suitable section would answer, were it not for a place outside the region that it does not name."""
    missing = [] if best.kept or best.fits else missing_names(reading, best.hit.section_id, index)
    return any(term.kind == "place" and term.scope in SCOPES_ELSEWHERE for term in missing)


def _no_matter(item: Evidence, best: Evidence) -> Evidence:
    return replace(item, kept=False, reason=f"names the place, but is far less suitable than {best.hit.section_id}")


def is_plainly_asked(signals: Signals) -> bool:
    """Whether few words ask plainly for the section, too few for the fitted rule: answered with a word of caution at least.

    Almost the same question is known for the section, or the section's headings hold every word and term of it; and it is nearer to
    that than to any question that no document answers.
    """
    if signals.asked >= SURELY_ASKED:
        return signals.asked > signals.outside
    return signals.heading == 1 and signals.lacking == 0 and signals.asked > signals.outside + NAMED_MARGIN


def missing_names(reading: QuestionReading, section: str, index: SearchIndex) -> list[Term]:
    """What the question names and the section does not, so that it must not be answered from.

    A place outside the region must stand in the section. One of the region must only if the section's heading names another one:
    what holds in the whole region or country holds there too; of two that are compared both must. A country need not stand in what
    is said of the treaties that are asked about. An official term or an institution that at most one section holds is what the
    question is about.
    """
    held = index.sections.terms[section]
    missing = [term for term in reading.terms if term.id not in held and term.id not in reading.askers]
    local = [term for term in reading.places if term.id in reading.local_places]
    about = index.sections.heading_terms[section] & reading.local_places
    named = sum(term.id in held for term in local)
    elsewhere = bool(about) and named < (2 if len(about) > 1 and len(local) > 1 else 1)
    treaties = index.sections.heading_terms[section] & {term.id for term in reading.terms} & TREATIES
    return [
        term
        for term in missing
        if (term.kind == "place" and term.scope not in ("country", "region") and not treaties)
        or (term.id in reading.local_places and elsewhere)
        or (term.kind in ("term", "institution") and index.sections.holders[term.id] <= RARE)
    ]


def is_of_another_session(reading: QuestionReading, section: str, index: SearchIndex) -> bool:
    """Whether the question names only sessions of the national commission of which none is known, and the section another one."""
    if not reading.sessions or min(reading.sessions) <= last_session():
        return False
    if not index.sections.heading_terms[section] & SESSIONS:
        return False
    versions = index.sections.versions[section].values()
    own = {place for one in versions for place in read_ordinals(f"{one.heading} {one.text}")}
    return bool(own & set(range(1, last_session() + 1))) and not own & reading.sessions


def resembles_outside(reading: QuestionReading, judged: Sequence[Evidence]) -> bool:
    """Whether the question is clearly nearer to one that no document answers than to any that the sections found are asked."""
    return bool(reading.outside_kind) and reading.outside[1] >= nearest_asked(judged) + OUTSIDE_MARGIN


def nearest_asked(judged: Sequence[Evidence]) -> float:
    """The cosine of the question and the nearest of those that people ask for the sections found; -1 if none was found."""
    return max((evidence.signals.asked for evidence in judged), default=-1.0)


def missing_figures(reading: QuestionReading, passages: Sequence[Passage]) -> list[str]:
    """The percentages and years of the question that none of the passages states."""
    stated = {figure for passage in passages for figure in read_figures(passage.search_text, passage.language)}
    return [figure for figure in reading.checked_figures if figure not in stated]
