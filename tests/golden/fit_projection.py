"""Fits the shipped projection and prototypes on how people ask for each section; run by `make vectors`.

On the texts and their example questions only, never on a golden question.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from corpus import Passage
from corpus.text import split_statements
from index.assembling import mean_by_section
from index.cache import PASSAGE, QUERY, RoleText
from index.projection import Projection

SEED = 20261128
FITS = 5
EPOCHS = 8
BATCH = 512
PEAK_RATE = 1.5e-3
DECAY = 1e-2
TEMPERATURE = 0.05
DROPOUT = 0.1
NOISE = 0.3
PASSAGE_WEIGHT = 0.2
STATEMENT_WEIGHT = 0.15

Vectors = NDArray[np.float32]


def fit_projection(
    passages: Sequence[Passage], vectors: Mapping[RoleText, Vectors], basis: Projection
) -> tuple[Projection, dict[str, NDArray[np.float16]]]:
    """The projection that tells the sections apart, and each section's prototype in it.

    A matrix and one prototype for each section are fitted together so that each example question, passage and statement lies
    nearest to its own section's prototype: a softmax over cosines (Wang et al. 2017, "NormFace"; prototypes after Snell et al.
    2017, "Prototypical Networks for Few-shot Learning"). Dropout and noise keep it from learning single questions; the
    mean of several fits from the same start takes out what chance put into each (Wortsman et al. 2022, "Model soups").

    Args:
        passages: the packaged documents.
        vectors: the raw vector of each of their texts.
        basis: what takes the language out.
    """
    own = basis.passages(np.stack([vectors[PASSAGE, passage.search_text] for passage in passages]))
    asked = basis.queries(np.stack([vectors[QUERY, question] for passage in passages for question in passage.asked]))
    said = [vectors[PASSAGE, line.text] for passage in passages for line in split_statements(passage.text)]
    first = mean_by_section(passages, own, asked)
    number = {section: i for i, section in enumerate(first)}
    labels = [number[passage.section_id] for passage in passages for _ in passage.asked]
    labels += [number[passage.section_id] for passage in passages]
    labels += [number[passage.section_id] for passage in passages for _ in split_statements(passage.text)]
    weights = [1.0] * len(asked) + [PASSAGE_WEIGHT] * len(own) + [STATEMENT_WEIGHT] * len(said)
    texts = np.concatenate([asked, own, basis.passages(np.stack(said))])
    fits = [_fit(texts, np.array(labels), weights, np.stack(list(first.values())), SEED + fit) for fit in range(FITS)]
    matrix, prototypes = (np.mean(values, axis=0) for values in zip(*fits, strict=True))
    prototypes /= np.linalg.norm(prototypes, axis=1, keepdims=True)
    named = dict(zip(number, prototypes.astype(np.float16), strict=True))
    return basis.followed_by(matrix), named


def _fit(
    x: Vectors, labels: NDArray[np.int64], weights: list[float], first: Vectors, seed: int
) -> tuple[Vectors, Vectors]:
    torch.manual_seed(seed)
    inputs, targets, importance = torch.tensor(x), torch.tensor(labels), torch.tensor(weights)
    change = torch.zeros(x.shape[1], x.shape[1], requires_grad=True)
    prototypes = torch.tensor(first, requires_grad=True)
    optimiser = torch.optim.AdamW(
        [{"params": [change], "weight_decay": DECAY}, {"params": [prototypes], "weight_decay": 0.0}], lr=PEAK_RATE
    )
    steps = EPOCHS * -(-len(x) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, PEAK_RATE, total_steps=steps)
    for _ in range(EPOCHS):
        for rows in torch.randperm(len(x)).split(BATCH):
            noisy = functional.dropout(inputs[rows], DROPOUT)
            noisy = noisy + NOISE * torch.randn_like(noisy) / x.shape[1] ** 0.5
            cosines = functional.normalize(noisy + noisy @ change, dim=1) @ functional.normalize(prototypes, dim=1).T
            losses = functional.cross_entropy(cosines / TEMPERATURE, targets[rows], reduction="none")
            optimiser.zero_grad()
            (losses * importance[rows]).mean().backward()
            optimiser.step()
            schedule.step()
    matrix = np.eye(x.shape[1], dtype=np.float32) + change.detach().numpy()
    return matrix, functional.normalize(prototypes, dim=1).detach().numpy()
