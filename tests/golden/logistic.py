"""The logistic regression behind the rules of `bot/evidence.json`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_predict

from bot.evidence import Rule


def fit_logistic(
    x: NDArray[np.float64], y: NDArray[np.bool_], weights: NDArray[np.float64], strength: float, **folds: Any
) -> tuple[Rule, NDArray[np.float64]]:
    """A rule over the raw features, and the cross-validated probability of each sample.

    Args:
        x: of shape (samples, features); fitted in units of the spread of each.
        y: of shape (samples,): what the rule is to tell.
        weights: of shape (samples,): how much each sample counts.
        strength: the inverse of the regularisation (`C` of scikit-learn).
        folds: `cv`, and `groups` if it needs them.
    """
    middle, spread = x.mean(axis=0), x.std(axis=0) + 1e-9
    model, scaled, weighted = (
        LogisticRegression(C=strength, max_iter=5_000),
        (x - middle) / spread,
        {"sample_weight": weights},
    )
    probabilities = cross_val_predict(model, scaled, y, method="predict_proba", params=weighted, **folds)[:, 1]
    model.fit(scaled, y, **weighted)
    raw = model.coef_[0] / spread
    return Rule(tuple(map(float, raw)), float(model.intercept_[0] - raw @ middle)), probabilities


def as_written(names: Sequence[str], rule: Rule) -> dict[str, Any]:
    """A rule as `evidence.json` holds it; ValueError if there are not as many names as weights."""
    weights = {name: round(weight, 4) for name, weight in zip(names, rule.weights, strict=True)}
    return {"weights": weights, "intercept": round(rule.intercept, 4)}
