"""Fits the evidence rule on the `tune` questions and writes `bot/evidence.json`; run by `make calibrate`, never on `test`.

Each question is searched twice: in the whole corpus, and in the documents of one other language alone, as if they existed only
there; so the rule learns what a document in a foreign language looks like.
"""

from __future__ import annotations

import json
import sys
import tempfile
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from bot.commands import SHIPPED_VECTORS
from bot.evidence import CALIBRATION_FILE, QuestionReading, Signals, read_signals
from bot.routing import Route, route
from corpus import Language
from corpus.glossary import load_glossary
from corpus.loading import load_corpus
from corpus.splitting import split_into_passages
from corpus.text import clean_question
from index import SearchIndex, build_index, open_encoder, open_index

sys.path.insert(0, str(Path(__file__).parent))
from questions import GoldenQuestion, load_questions

TUNE = ("tune", "tune_answered", "tune_refused")
NEAR_MISS_WEIGHT = 0.15
FOREIGN_WEIGHT = 0.5


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
    """Fit, print what it answers and lets through, write."""
    samples = collect()
    x = np.array([sample.signals.values() for sample in samples])
    y = np.array([sample.label for sample in samples])
    weights = np.array([sample.weight for sample in samples])
    model = LogisticRegression(C=2.0, max_iter=5000)
    probabilities = cross_val_predict(
        model, x, y, cv=GroupKFold(10), groups=[sample.group for sample in samples], method="predict_proba",
        params={"sample_weight": weights},
    )[:, 1]  # fmt: skip
    model.fit(x, y, sample_weight=weights)
    thresholds = find_thresholds(samples, probabilities)
    fitted = {
        "fitted_on": list(TUNE),
        "features": [*(field.name for field in fields(Signals)), "same*coverage"],
        "weights": [round(float(value), 4) for value in model.coef_[0]],
        "intercept": round(float(model.intercept_[0]), 4),
        "thresholds": thresholds,
        "near": round(min(thresholds.values()) / 2, 3),
    }
    CALIBRATION_FILE.write_text(json.dumps(fitted, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(fitted))


def collect() -> list[Sample]:
    """The samples of all questions, in the whole corpus and in one foreign language."""
    passages = split_into_passages(load_corpus().documents, date.today())
    encoder, glossary = open_encoder(), load_glossary()
    samples: list[Sample] = []
    with tempfile.TemporaryDirectory() as folder:

        def index_of(name: str, chosen: list[Any]) -> SearchIndex:
            build_index(chosen, encoder, Path(folder) / name, shipped=SHIPPED_VECTORS)
            return open_index(Path(folder) / name, encoder, glossary)

        whole = index_of("all", passages)
        single = {
            language: index_of(language.value, [passage for passage in passages if passage.language is language])
            for language in Language
        }
        languages = list(Language)
        for number, golden in enumerate(load_questions(*TUNE)):
            if route(clean_question(golden.question)) is not Route.SEARCH or golden.expect == "corrected":
                continue
            samples.extend(sample_question(golden, number, whole, foreign=False))
            step = 1 + number % (len(languages) - 1)
            other = languages[(languages.index(golden.language) + step) % len(languages)]
            samples.extend(sample_question(golden, number, single[other], foreign=True))
    return samples


def sample_question(golden: GoldenQuestion, group: int, index: SearchIndex, *, foreign: bool) -> list[Sample]:
    """The best hit of a question, and for one to be answered the best hit that does not answer it."""
    question = clean_question(golden.question)
    reading = QuestionReading(question, golden.language, index)
    hits = index.search(question, golden.language, most=40)
    weight = FOREIGN_WEIGHT if foreign else 1.0
    kind = "answered" if golden.expect == "answered" else "refused"
    right = kind == "answered" and hits[0].section_id in golden.sections
    signals = read_signals(reading, hits, 0, index)
    samples = [Sample(signals, right, weight, group, kind, golden.language, foreign)]
    if kind == "answered":
        rest = [hit for hit in hits if hit.section_id not in golden.sections]
        signals = read_signals(reading, rest, 0, index)
        samples.append(Sample(signals, False, weight * NEAR_MISS_WEIGHT, group, "near miss", golden.language, foreign))
    return samples


def find_thresholds(samples: list[Sample], probabilities: Any) -> dict[str, float]:
    """Per language the probability from which to answer; prints what it answers and lets through, cross-validated."""

    def select(kind: str, language: Language | None, foreign: bool) -> Any:
        return np.array([
            p for p, s in zip(probabilities, samples, strict=True)
            if s.kind == kind and s.foreign == foreign and language in (None, s.language) and (s.label or kind == "refused")
        ])  # fmt: skip

    everyone = (select("answered", None, foreign=False), select("refused", None, foreign=False))
    thresholds = {}
    print("language threshold | answered  let through | in a foreign language: answered  let through")
    for language in Language:
        own = (select("answered", language, foreign=False), select("refused", language, foreign=False))
        threshold = choose_threshold(own, everyone)
        thresholds[language.value] = round(threshold, 3)
        shares = [np.mean(values >= threshold) for values in own]
        abroad = [np.mean(select(kind, language, foreign=True) >= threshold) for kind in ("answered", "refused")]
        print(
            f"{language:8} {threshold:9.2f} | {shares[0]:8.3f}  {shares[1]:11.3f} | {abroad[0]:31.3f}  {abroad[1]:11.3f}"
        )
    return thresholds


def choose_threshold(own: tuple[Any, Any], everyone: tuple[Any, Any]) -> float:
    """Where the shares wrongly refused and wrongly answered are smallest together.

    A language's own questions are few, so those of all languages count as much as its own.
    """
    candidates = np.arange(0.1, 0.8, 0.01)
    loss = np.array(
        [sum(np.mean(right < c) + np.mean(refused >= c) for right, refused in (own, everyone)) for c in candidates]
    )
    return float(np.median(candidates[loss <= loss.min() + 1e-9]))


if __name__ == "__main__":
    main()
