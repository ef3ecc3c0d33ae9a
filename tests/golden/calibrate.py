"""Fits the evidence rules on the `tune` questions and writes `bot/evidence.json` and its curve; run by `make calibrate`.

Never on `test`. Each question is searched twice: in the whole corpus, and in the documents of one other language alone without the
questions that people ask for them, as if they were newly imported; so the rules learn what such a document looks like.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

sys.path.insert(0, str(Path(__file__).parent))
from curve import draw_curves
from questions import REFUSALS, GoldenQuestion, load_questions

from bot.commands import SHIPPED_VECTORS
from bot.conversation import Message, wordings
from bot.evidence import CALIBRATION_FILE, RANKING, QuestionReading, Signals, read_signals
from bot.routing import Route, route
from corpus import Confidence, Language
from corpus.glossary import load_glossary
from corpus.loading import load_corpus
from corpus.splitting import split_into_passages
from corpus.text import clean_question
from index import SearchHit, SearchIndex, build_index, open_encoder, open_index

SET = "tune"
DEPTH = 10
NEAR_MISS_WEIGHT = 0.15
FOREIGN_WEIGHT = 0.5
RIDGE = 0.02
REFUSAL_WEIGHT = 1.0
UNSURE_WEIGHT = 0.6
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


@dataclass(frozen=True)
class Sample:
    """One labelled hit: `kind` is answered, near miss (the next best section) or refused."""

    signals: Signals
    label: bool
    weight: float
    group: int
    kind: str
    language: Language
    foreign: bool


def main() -> None:
    """Fit both rules, print what they answer and let through, write them and draw the curve."""
    searched = collect()
    ranking = fit_ranking(searched)
    print_ranking(searched, ranking)
    samples = [sample for one in searched for sample in sample_question(one, ranking)]
    x = np.array([sample.signals.values() for sample in samples])
    y = np.array([sample.label for sample in samples])
    weights = np.array([sample.weight for sample in samples])
    model = LogisticRegression(C=2.0, max_iter=5000)
    probabilities = cross_val_predict(
        model, x, y, cv=GroupKFold(10), groups=[sample.group for sample in samples], method="predict_proba",
        params={"sample_weight": weights},
    )[:, 1]  # fmt: skip
    model.fit(x, y, sample_weight=weights)
    thresholds = find_thresholds(samples, probabilities, REFUSAL_WEIGHT)
    unsure = find_thresholds(samples, probabilities, UNSURE_WEIGHT)
    unsure = {language: min(value, thresholds[language]) for language, value in unsure.items()}
    names = [field.name for field in fields(Signals)]
    fitted = {
        "fitted_on": SET,
        "ranking": {name: round(float(value), 4) for name, value in zip(names[:RANKING], ranking, strict=True)},
        "weights": {
            name: round(float(value), 4) for name, value in zip([*names, "same*coverage"], model.coef_[0], strict=True)
        },
        "intercept": round(float(model.intercept_[0]), 4),
        "thresholds": thresholds,
        "unsure": unsure,
        "near": round(min(unsure.values()) / 2, 3),
    }
    CALIBRATION_FILE.write_text(json.dumps(fitted, indent=1) + "\n", encoding="utf-8")
    draw_curves({language: curve(samples, probabilities, language) for language in Language}, thresholds, CURVE_FILE)
    print(json.dumps(fitted))


def collect() -> list[Searched]:
    """The tune questions that are searched for, in the whole corpus and in one foreign language."""
    passages = split_into_passages(load_corpus().documents, date.today())
    encoder, glossary = open_encoder(), load_glossary()
    found: list[Searched] = []
    with tempfile.TemporaryDirectory() as folder:

        def index_of(name: str, chosen: list[Any]) -> SearchIndex:
            build_index(chosen, encoder, Path(folder) / name, shipped=SHIPPED_VECTORS)
            return open_index(Path(folder) / name, encoder, glossary)

        whole = index_of("all", passages)
        single = {
            language: index_of(language.value, [replace(p, asked=()) for p in passages if p.language is language])
            for language in Language
        }
        languages = list(Language)
        for number, golden in enumerate(load_questions(SET)):
            question = clean_question(golden.question)
            if route(question) is not Route.SEARCH or golden.expect == "corrected" or golden.form == "several":
                continue
            if golden.expect == "answered" and not golden.sections:
                continue
            found.append(search_question(golden, number, whole, foreign=False))
            step = 1 + number % (len(languages) - 1)
            other = languages[(languages.index(golden.language) + step) % len(languages)]
            found.append(search_question(golden, number, single[other], foreign=True))
    return found


def search_question(golden: GoldenQuestion, group: int, index: SearchIndex, *, foreign: bool) -> Searched:
    """What is found for a question as it is understood in its conversation."""
    history = [Message("user", earlier) for earlier in golden.before]
    spelled = index.spelling.correct(clean_question(golden.question))
    question = wordings(spelled, history, index.glossary)[0]
    reading = QuestionReading(question, golden.language, index)
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


def select(
    samples: Sequence[Sample], probabilities: np.ndarray, kind: str, language: Language | None, *, foreign: bool
) -> np.ndarray:
    """The cross-validated probabilities of the right best hits (`answered`) or of what must be refused."""
    return np.array([
        p for p, s in zip(probabilities, samples, strict=True)
        if s.kind == kind and s.foreign == foreign and language in (None, s.language) and (s.label or kind == "refused")
    ])  # fmt: skip


def find_thresholds(samples: Sequence[Sample], probabilities: np.ndarray, weight: float) -> dict[str, float]:
    """Per language the probability from which to answer; prints what it answers and lets through, cross-validated."""
    everyone = tuple(select(samples, probabilities, kind, None, foreign=False) for kind in ("answered", "refused"))
    thresholds = {}
    print("language threshold | answered  let through | in a foreign language: answered  let through")
    for language in Language:
        own = tuple(select(samples, probabilities, kind, language, foreign=False) for kind in ("answered", "refused"))
        threshold = choose_threshold(own, everyone, weight)
        thresholds[language.value] = round(threshold, 3)
        shares = [np.mean(values >= threshold) for values in own]
        abroad = [
            np.mean(select(samples, probabilities, kind, language, foreign=True) >= threshold)
            for kind in ("answered", "refused")
        ]
        print(
            f"{language:8} {threshold:9.2f} | {shares[0]:8.3f}  {shares[1]:11.3f} | {abroad[0]:31.3f}  {abroad[1]:11.3f}"
        )
    return thresholds


def choose_threshold(own: tuple[np.ndarray, ...], everyone: tuple[np.ndarray, ...], weight: float) -> float:
    """Where the shares wrongly refused and, with `weight`, wrongly answered are smallest together.

    A language's own questions are few, so those of all languages count as much as its own.
    """
    candidates = np.arange(0.1, 0.8, 0.01)
    loss = np.array(
        [
            sum(np.mean(right < c) + weight * np.mean(refused >= c) for right, refused in (own, everyone))
            for c in candidates
        ]
    )
    return float(np.median(candidates[loss <= loss.min() + 1e-9]))


def curve(samples: Sequence[Sample], probabilities: np.ndarray, language: Language) -> list[tuple[float, float, float]]:
    """For thresholds from 0 to 1: the threshold, the share of questions answered, and the share of those answered wrongly.

    Over the best hits of all tune questions in the whole corpus; an answer is wrong from a wrong section or where none was due.
    """
    own = [
        (p, s.label)
        for p, s in zip(probabilities, samples, strict=True)
        if s.language is language and not s.foreign and s.kind != "near miss"
    ]
    points = []
    for threshold in np.arange(0.02, 0.99, 0.01):
        answered = [label for p, label in own if p >= threshold]
        wrong = 1 - sum(answered) / len(answered) if answered else 0.0
        points.append((float(threshold), len(answered) / len(own), wrong))
    return points


if __name__ == "__main__":
    main()
