"""From which probability on a question is answered: thresholds per language, and the curve of all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.signals import Signals
from corpus import Language

AROUND = 5


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

    A language's own questions are few, so those of all languages count twice as much as its own; and a single question must not
    move it far, so each candidate stands for those around it too.
    """
    candidates = np.arange(0.02, 0.9, 0.01)
    loss = [
        sum(np.mean(right < c) + weight * np.mean(refused >= c) for right, refused in (own, everyone, everyone))
        for c in candidates
    ]
    smooth = np.convolve(loss, np.ones(2 * AROUND + 1) / (2 * AROUND + 1), mode="valid")
    return float(candidates[AROUND + int(smooth.argmin())])


def curve(samples: Sequence[Sample], probabilities: np.ndarray, language: Language) -> list[tuple[float, float, float]]:
    """For thresholds from 0 to 1: the threshold, the share of questions answered, and the share of those answered wrongly.

    Over the best hits of all tune questions in the whole corpus; an answer is wrong from a wrong section or where none was due.
    """
    own = [
        (p, s.label)
        for p, s in zip(probabilities, samples, strict=True)
        if s.language is language and not s.foreign and s.kind in ("answered", "refused")
    ]
    points = []
    for threshold in np.arange(0.02, 0.99, 0.01):
        answered = [label for p, label in own if p >= threshold]
        wrong = 1 - sum(answered) / len(answered) if answered else 0.0
        points.append((float(threshold), len(answered) / len(own), wrong))
    return points
