"""Fits the threshold from which on questions are one group, on the `tune` questions, and prints what the groups are worth.

The truth: the parallel sets, the same question in five languages. All other questions of the set stand among them, as strangers do
in the journal. `python tests/golden/fit_grouping.py` prints both sets; only `tune` decides.
"""

from __future__ import annotations

import hashlib
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))
from bot.commands import SHIPPED_VECTORS  # noqa: E402
from bot.desk.golden import CHECKOUT, GoldenQuestion, load_questions  # noqa: E402
from bot.desk.grouping import THRESHOLD, group_by_meaning  # noqa: E402
from bot.desk.question_vectors import QuestionVectors  # noqa: E402
from bot.settings import Settings  # noqa: E402
from index import open_encoder  # noqa: E402
from index.cache import load_shipped  # noqa: E402
from index.encoder import BUNDLED_ID  # noqa: E402

KEPT = Path(__file__).parent / "parallel.npz"
CANDIDATES = np.arange(0.4, 0.66, 0.01)


@dataclass(frozen=True)
class GroupScore:
    """How well groups agree with the parallel sets.

    Attributes:
        precision: of two questions of parallel sets that are grouped together, how often they are of one set.
        recall: of two questions of one set, how often they are grouped together.
        purity: the share of questions in a group whose most frequent set is theirs.
        completeness: the share of questions that are in the group that holds most of their set.
        whole: how many sets lie in one group entirely.
        sets: how many there are.
    """

    precision: float
    recall: float
    purity: float
    completeness: float
    whole: int
    sets: int

    @property
    def f1(self) -> float:
        return 2 * self.precision * self.recall / max(self.precision + self.recall, 1e-9)


def score_groups(groups: Sequence[Sequence[int]], sets: Sequence[str]) -> GroupScore:
    """The score of groups of rows; `sets` names each row's parallel set, empty for a question that stands alone."""
    label = {row: number for number, rows in enumerate(groups) for row in rows}
    rows = [row for row, name in enumerate(sets) if name]
    together = right = same_set = 0
    for place, one in enumerate(rows):
        for other in rows[:place]:
            grouped, same = label[one] == label[other], sets[one] == sets[other]
            together, right, same_set = together + grouped, right + (grouped and same), same_set + same
    by_group, by_set = defaultdict(Counter), defaultdict(Counter)
    for row in rows:
        by_group[label[row]][sets[row]] += 1
        by_set[sets[row]][label[row]] += 1
    return GroupScore(
        precision=right / max(together, 1),
        recall=right / max(same_set, 1),
        purity=sum(max(own.values()) for own in by_group.values()) / len(rows),
        completeness=sum(max(own.values()) for own in by_set.values()) / len(rows),
        whole=sum(len(own) == 1 for own in by_set.values()),
        sets=len(by_set),
    )


def embed(questions: Sequence[GoldenQuestion]) -> NDArray[np.float32]:
    """The encoder's vectors of questions, kept between runs."""
    texts = [question.question for question in questions]
    vectors = QuestionVectors(Settings().home / "golden", open_encoder()).embed(texts)
    return np.stack([vectors[text] for text in texts])


def project(raw: NDArray[np.float32]) -> NDArray[np.float32]:
    """Vectors as the index compares them."""
    projection = load_shipped(SHIPPED_VECTORS, BUNDLED_ID).projection
    assert projection is not None, "the shipped vectors are another encoder's"
    return projection.queries(raw)


def parallel_sets(name: str) -> list[GoldenQuestion]:
    """The questions of a set that stand in five languages."""
    return [question for question in load_questions(CHECKOUT / name) if question.parallel]


def digest(questions: Sequence[GoldenQuestion]) -> str:
    """What changes with any of the questions."""
    return hashlib.sha256("\n".join(question.question for question in questions).encode()).hexdigest()


def load_kept() -> tuple[NDArray[np.float32], list[str]]:
    """The projected vectors of the parallel sets of `tune`, and the set of each."""
    questions = parallel_sets("tune")
    with np.load(KEPT, allow_pickle=False) as file:
        assert str(file["digest"]) == digest(questions), "run: python tests/golden/fit_grouping.py"
        return project(file["vectors"].astype(np.float32)), [question.parallel for question in questions]


def main() -> None:
    questions = load_questions(CHECKOUT / "tune")
    raw, sets = embed(questions), [question.parallel for question in questions]
    parallel = [row for row, name in enumerate(sets) if name]
    np.savez(KEPT, digest=np.array(digest(parallel_sets("tune"))), vectors=raw[parallel].astype(np.float16))
    vectors = project(raw)
    print("tune      pairs:               questions:             sets")
    print("threshold precision  recall f1 purity  completeness   whole  groups")
    scores = {}
    for threshold in CANDIDATES:
        groups = group_by_meaning(vectors, threshold=float(threshold))
        scores[round(float(threshold), 2)] = score_groups([rows.tolist() for rows in groups], sets)
        print(line(round(float(threshold), 2), scores[round(float(threshold), 2)], len(groups)))
    best = max(scores, key=lambda threshold: scores[threshold].f1)
    print(f"Best on tune: {best}; in use (bot/desk/grouping.py): {THRESHOLD}.")
    questions = load_questions(CHECKOUT / "test")
    groups, sets = group_by_meaning(project(embed(questions))), [question.parallel for question in questions]
    print("test", line(THRESHOLD, score_groups([rows.tolist() for rows in groups], sets), len(groups)))


def line(threshold: float, score: GroupScore, groups: int) -> str:
    """One line of the table."""
    return (
        f"{threshold:9.2f} {score.precision:9.3f} {score.recall:7.3f} {score.f1:.3f} {score.purity:.3f} "
        f"{score.completeness:13.3f} {score.whole:3}/{score.sets} {groups:7}"
    )


if __name__ == "__main__":
    main()
