"""Fits the evidence rules on the `tune` questions and writes `bot/evidence.json` and its curve; run by `make calibrate`.

Never on `test`. Each question is searched twice: in the whole corpus, and in the documents of one other language alone,
without what people ask for them and without what was fitted on that, as if newly imported; so the rules learn what such a
document looks like.
"""

from __future__ import annotations

import itertools
import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from sklearn.model_selection import GroupKFold

sys.path.insert(0, str(Path(__file__).parent))
from curve import draw_curves
from logistic import as_written, fit_logistic
from thresholds import Sample, curve, find_thresholds

from bot.assistant import spell_out
from bot.commands import SHIPPED_VECTORS
from bot.conversation import FEW_WORDS, Message, read_in_context
from bot.desk.golden import CHECKOUT, REFUSALS, GoldenQuestion, load_questions
from bot.evidence import CALIBRATION_FILE, Rule
from bot.language import LanguageDetector
from bot.routing import Route, route
from bot.signals import RANKING, QuestionReading, Signals, read_signals
from corpus import Confidence, Language
from corpus.glossary import load_glossary
from corpus.loading import load_corpus
from corpus.outside import OutsideKind, OutsideQuestion, load_outside
from corpus.splitting import split_into_passages
from corpus.text import clean_question
from index import SearchHit, SearchIndex, build_index, open_encoder, open_index
from index.cache import load_shipped, save_shipped
from index.discriminant import fit_discriminant
from index.lexical import tokenise
from index.word_odds import fit_word_odds

SET = "tune"
FOLDS = 5
DEPTH = 10
NEAR_MISS_WEIGHT = 0.05
FOREIGN_WEIGHT = 0.5
RIDGE = 0.02
OUTSIDE_WEIGHT = 0.1
HELD_BACK = 0.2
REFUSAL_WEIGHT = 0.8
UNSURE_WEIGHT = 0.5
CURVE_FILE = CALIBRATION_FILE.with_name("evidence.png")


@dataclass(frozen=True)
class Searched:
    """A question with the sections found for it, their signals, and which of them answer it."""

    golden: GoldenQuestion
    hits: tuple[SearchHit, ...]
    signals: tuple[Signals, ...]
    right: tuple[bool, ...]
    foreign: bool
    group: int


def main() -> None:
    """Fit the rules, print what they answer and let through, write them and draw the curve."""
    searched = collect()
    ranking = fit_ranking(searched)
    print_ranking(searched, ranking)
    samples = [sample for one in searched for sample in sample_question(one, ranking)]
    exampled, probabilities = fit_rule([sample for sample in samples if not sample.foreign])
    plain, likely = fit_rule(samples)
    own = iter(probabilities)
    probabilities = np.array([p if sample.foreign else next(own) for sample, p in zip(samples, likely, strict=True)])
    thresholds = find_thresholds(samples, probabilities, REFUSAL_WEIGHT)
    unsure = find_thresholds(samples, probabilities, UNSURE_WEIGHT)
    unsure = {language: min(value, thresholds[language]) for language, value in unsure.items()}
    names = list(samples[0].signals.named())
    fitted = {
        "fitted_on": SET,
        "ranking": {name: round(float(weight), 4) for name, weight in zip(names[:RANKING], ranking, strict=True)},
        "exampled": as_written(names, exampled),
        "plain": as_written(names, plain),
        "thresholds": thresholds,
        "unsure": unsure,
        "near": round(min(unsure.values()) / 2, 3),
        "onward": json.loads(CALIBRATION_FILE.read_text(encoding="utf-8"))["onward"],  # see onward.py
    }
    CALIBRATION_FILE.write_text(json.dumps(fitted, indent=1) + "\n", encoding="utf-8")
    draw_curves({language: curve(samples, probabilities, language) for language in Language}, thresholds, CURVE_FILE)
    print(json.dumps(fitted))


def fit_rule(samples: Sequence[Sample]) -> tuple[Rule, np.ndarray]:
    """A logistic regression over the signals, each in units of its spread, and the cross-validated probability of each sample."""
    x = np.array([sample.signals.values() for sample in samples])
    y = np.array([sample.label for sample in samples])
    weights = np.array([sample.weight for sample in samples])
    return fit_logistic(x, y, weights, HELD_BACK, cv=GroupKFold(10), groups=[sample.group for sample in samples])


def collect() -> list[Searched]:
    """The tune questions that are searched for, in the whole corpus and in one foreign language."""
    passages = split_into_passages(load_corpus().documents, date.today())
    encoder, glossary = open_encoder(), load_glossary()
    found: list[Searched] = []
    shipped = load_shipped(SHIPPED_VECTORS, encoder.id)
    with tempfile.TemporaryDirectory() as folder:
        imported = Path(folder) / "imported.npz"
        save_shipped(imported, encoder.id, replace(shipped, prototypes={}, forms={}))

        def index_of(name: str, chosen: list[Any], shipped: Path) -> SearchIndex:
            build_index(chosen, encoder, Path(folder) / name, outside=load_outside(), shipped=shipped)
            return open_index(Path(folder) / name, encoder, glossary)

        whole = index_of("all", passages, SHIPPED_VECTORS)
        single = {
            language: index_of(
                language.value, [replace(p, asked=()) for p in passages if p.language is language], imported
            )
            for language in Language
        }
        for index in single.values():
            index.word_space = whole.word_space  # as in an index of which the imported documents are a small part
        languages = list(Language)
        for number, golden in enumerate(load_questions(CHECKOUT / SET)):
            question = clean_question(golden.question)
            if route(question) is not Route.SEARCH or golden.expect == "corrected" or golden.form == "several":
                continue
            if golden.expect == "answered" and not golden.sections:
                continue
            found.append(search_question(golden, number, whole, whole, foreign=False))
            step = 1 + number % (len(languages) - 1)
            other = languages[(languages.index(golden.language) + step) % len(languages)]
            found.append(search_question(golden, number, single[other], whole, foreign=True))
        refused = [one for one in load_outside() if one.kind is not OutsideKind.PREMISE]
        otherwise = seen_otherwise(refused, whole)
        found += [
            search_outside(one, *otherwise[one.text], len(found) + place, whole)
            for place, one in enumerate(refused)
            if route(one.text) is Route.SEARCH
        ]
    return found


def seen_otherwise(questions: Sequence[OutsideQuestion], index: SearchIndex) -> dict[str, tuple[float, float]]:
    """How answerable each question from outside looks, and the odds of its words, while it and a fifth of them are not known."""
    vectors = np.stack([index._embed(question.text) for question in questions])
    words = [tokenise(question.text) for question in questions]
    asked = index.vectors.asked.vectors.floats()
    seen: dict[str, tuple[float, float]] = {}
    for fold in range(FOLDS):
        others = np.arange(len(questions)) % FOLDS != fold
        line = fit_discriminant(asked, vectors[others])
        odds = fit_word_odds(index.lexical.frequencies, itertools.compress(words, others))
        for row in np.flatnonzero(~others):
            seen[questions[row].text] = line.value(vectors[row]), odds.value(words[row])
    return seen


def search_outside(
    question: OutsideQuestion, answerable: float, odds: float, group: int, index: SearchIndex
) -> Searched:
    """What is found for a question from outside that is to be refused, as if it were not known itself."""
    golden = GoldenQuestion(
        id=question.text, language=question.language, question=question.text, expect="refused", topic="", form="outside",
        before=(), sections=frozenset(), every=(), figures=frozenset(), parallel="", why=question.kind,
    )  # fmt: skip
    reading = QuestionReading(question.text, question.language, index)
    reading.outside = index.nearest_outside(question.text, other=True)
    reading.answerable, reading.odds = answerable, odds
    hits = tuple(index.search(question.text, question.language, most=DEPTH))
    signals = tuple(read_signals(reading, hits, place, index) for place in range(len(hits)))
    return Searched(golden, hits, signals, (False,) * len(hits), foreign=False, group=group)


def search_question(
    golden: GoldenQuestion, group: int, index: SearchIndex, whole: SearchIndex, *, foreign: bool
) -> Searched:
    """What is found for a question; one of few words, that goes on from those before it, as completed from them. How people ask is
    known of the whole corpus.
    """
    history = [Message("user", earlier) for earlier in golden.before]
    detector = LanguageDetector(index.glossary)

    def spell(text: str) -> str:
        return spell_out(text, detector.detect(text), index)

    asked = read_in_context(spell(clean_question(golden.question)), history, index.glossary, spell)
    question = (
        asked.completed if asked.counts or (asked.leans and not asked.new and asked.own <= FEW_WORDS) else asked.alone
    )
    reading = QuestionReading(question, golden.language, index)
    reading.answerable, reading.odds = whole.answerable(question), whole.word_odds.value(reading.tokens)
    hits = tuple(index.search(question, golden.language, most=DEPTH))
    signals = tuple(read_signals(reading, hits, place, index) for place in range(len(hits)))
    right = tuple(hit.section_id in golden.sections for hit in hits)
    return Searched(golden, hits, signals, right, foreign, group)


def fit_ranking(searched: Sequence[Searched]) -> np.ndarray:
    """Weights under which the right sections of a question take the largest share (conditional logit, McFadden 1974)."""
    cases = [
        (
            np.array([signals.ranking() for signals in one.signals]),
            np.array(one.right),
            FOREIGN_WEIGHT if one.foreign else 1,
        )
        for one in searched
        if one.golden.expect == "answered" and any(one.right) and not all(one.right)
    ]

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        value, slope = RIDGE * float(weights @ weights), 2 * RIDGE * weights
        for x, right, importance in cases:
            z = x @ weights
            p = np.exp(z - z.max())
            p /= p.sum()
            inside = p * right
            share = inside.sum()
            value -= importance * float(np.log(share))
            slope -= importance * (x.T @ (inside / share - p))
        return value, slope

    start = np.zeros(RANKING)
    return np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B").x)


def print_ranking(searched: Sequence[Searched], ranking: np.ndarray) -> None:
    """How often a right section comes first, by the search's score and by the fitted weights, cross-validated."""
    for foreign in (False, True):
        own = [one for one in searched if one.foreign == foreign and one.golden.expect == "answered"]
        folds = [[one for one in searched if one.group % 5 != fold] for fold in range(5)]
        by_fold = [fit_ranking(fold) for fold in folds]
        first = np.mean([one.right[0] for one in own])
        fitted = np.mean([one.right[best(one, by_fold[one.group % 5])] for one in own])
        inside = np.mean([one.right[best(one, ranking)] for one in own])
        reach = np.mean([any(one.right) for one in own])
        name = "in a foreign language" if foreign else "in the whole corpus"
        print(
            f"right first {name}: {first:.3f} by score, {fitted:.3f} fitted (cross-validated), {inside:.3f} in sample;"
        )
        print(f"  among {DEPTH}: {reach:.3f}")


def best(one: Searched, ranking: np.ndarray) -> int:
    """The place of the most suitable hit."""
    return int(np.argmax([np.dot(signals.ranking(), ranking) for signals in one.signals]))


def sample_question(one: Searched, ranking: np.ndarray) -> list[Sample]:
    """The best hit of a question, and for one to be answered the best hit that does not answer it.

    Where the best is a section that tells what was looked for and not found, a question to refuse teaches nothing: it is refused.
    """
    order = sorted(range(len(one.hits)), key=lambda i: -float(np.dot(one.signals[i].ranking(), ranking)))
    weight = FOREIGN_WEIGHT if one.foreign else 1.0
    if one.golden.form == "outside":
        return [
            Sample(one.signals[order[0]], False, OUTSIDE_WEIGHT, one.group, "outside", one.golden.language, one.foreign)
        ]
    kind = "answered" if one.golden.expect == "answered" else "refused"
    if one.golden.expect in REFUSALS and one.hits[order[0]].passage.confidence is Confidence.UNKNOWN:
        return []

    def sample(place: int, kind: str, weight: float) -> Sample:
        return Sample(one.signals[place], one.right[place], weight, one.group, kind, one.golden.language, one.foreign)

    samples = [sample(order[0], kind, weight)]
    wrong = [place for place in order if not one.right[place]]
    if kind == "answered" and wrong:
        samples.append(sample(wrong[0], "near miss", weight * NEAR_MISS_WEIGHT))
    return samples


if __name__ == "__main__":
    main()
