"""Fits the evidence rule on the `tune` questions and writes `bot/evidence.json`; run by `make calibrate`, never on `test`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from bot.evidence import CALIBRATION_FILE, QuestionReading, read_signals
from bot.routing import Route, route
from corpus import Language
from corpus.glossary import load_glossary
from corpus.text import clean_question
from index import open_encoder, open_index

sys.path.insert(0, str(Path(__file__).parent))
from questions import load_questions

TUNE = ("tune", "tune_answered", "tune_refused")
NEAR_MISS_WEIGHT = 0.35
REFUSAL_WEIGHT = 1.5


def main(home: Path) -> None:
    """Fit, print the curve, write."""
    index = open_index(home, open_encoder(), load_glossary())
    rows, labels, weights, groups, kinds, languages = [], [], [], [], [], []

    def add(signals, label, weight, group, kind, language) -> None:  # noqa: ANN001
        rows.append(signals.values())
        labels.append(label)
        weights.append(weight)
        groups.append(group)
        kinds.append(kind)
        languages.append(language)

    for number, golden in enumerate(load_questions(*TUNE)):
        question = clean_question(golden.question)
        if route(question) is not Route.SEARCH:
            continue
        reading = QuestionReading(question, golden.language, index)
        hits = index.search(question, golden.language, most=40)
        if golden.expect == "answered":
            first = hits[0].section_id in golden.sections
            add(read_signals(reading, hits, 0, index), first, 1.0, number, "answered", golden.language)
            rest = [hit for hit in hits if hit.section_id not in golden.sections]
            add(read_signals(reading, rest, 0, index), False, NEAR_MISS_WEIGHT, number, "near miss", golden.language)
        elif golden.expect == "refused":
            add(read_signals(reading, hits, 0, index), False, REFUSAL_WEIGHT, number, "refused", golden.language)
    x, y, w = np.array(rows), np.array(labels), np.array(weights)
    model = LogisticRegression(C=2.0, max_iter=5000)
    probabilities = cross_val_predict(
        model, x, y, cv=GroupKFold(10), groups=groups, method="predict_proba", params={"sample_weight": w}
    )[:, 1]
    model.fit(x, y, sample_weight=w)
    kinds_, languages_ = np.array(kinds), np.array(languages)
    thresholds = {}
    print("language threshold answered refused-through   (cross-validated on tune)")
    for language in Language:
        own = languages_ == language
        right, refused = probabilities[own & (kinds_ == "answered") & y], probabilities[own & (kinds_ == "refused")]
        threshold = choose_threshold(right, refused)
        thresholds[language.value] = round(float(threshold), 3)
        print(f"{language:8} {threshold:9.2f} {np.mean(right >= threshold):8.3f} {np.mean(refused >= threshold):8.3f}")
    fitted = {
        "fitted_on": list(TUNE),
        "features": ["cosine", "coverage", "gap", "unknown", "terms", "same", "same*coverage"],
        "weights": [round(float(value), 4) for value in model.coef_[0]],
        "intercept": round(float(model.intercept_[0]), 4),
        "thresholds": thresholds,
        "near": round(min(thresholds.values()) / 2, 3),
    }
    CALIBRATION_FILE.write_text(json.dumps(fitted, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(fitted))


def choose_threshold(right, refused) -> float:  # noqa: ANN001
    """Where wrongly refused and wrongly answered together weigh least, drawn towards the middle of equal candidates."""
    candidates = np.arange(0.1, 0.8, 0.01)
    loss = np.array([np.mean(right < c) + np.mean(refused >= c) for c in candidates])
    return float(np.median(candidates[loss <= loss.min() + 1e-9]))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("var"))
