"""Draws how much the evidence rule answers against how often it is then wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import matplotlib as mpl
from matplotlib import pyplot as plt

from corpus import Language

COLOURS = {"ar": "#0b6e4f", "fr": "#1f4fa3", "en": "#b3261e", "zh": "#c77700", "es": "#6a3d9a"}
NAMES = {"ar": "Arabic", "fr": "French", "en": "English", "zh": "Chinese", "es": "Spanish"}


def draw_curves(
    curves: Mapping[Language, Sequence[tuple[float, float, float]]], thresholds: Mapping[str, float], path: Path
) -> None:
    """A line per language through (threshold, share answered, share of these wrong), with a dot at its threshold, as a PNG."""
    mpl.use("Agg")
    figure, axes = plt.subplots(figsize=(7, 4.2), dpi=110)
    for language, points in curves.items():
        axes.plot(
            [p[1] for p in points], [p[2] for p in points], color=COLOURS[language], label=NAMES[language], lw=1.6
        )
        chosen = min(points, key=lambda p: abs(p[0] - thresholds[language]))
        axes.plot([chosen[1]], [chosen[2]], "o", color=COLOURS[language], ms=7)
    axes.set_xlabel("share of all tune questions that are answered")
    axes.set_ylabel("share of these answers that are wrong")
    axes.set_xlim(0, 1)
    axes.set_ylim(bottom=0)
    axes.grid(alpha=0.25)
    axes.legend(frameon=False)
    axes.set_title("The evidence rule, cross-validated on the tune questions; dots: thresholds in use", fontsize=10)
    figure.tight_layout()
    figure.savefig(path, metadata={"Software": None})
    plt.close(figure)
