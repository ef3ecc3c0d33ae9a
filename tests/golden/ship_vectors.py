"""Embeds the packaged documents and writes the vectors that are shipped with them; run by `make vectors`."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from tqdm import tqdm

sys.path.insert(0, str(Path(__file__).parent))
from baselines import BASELINE_VECTORS, split_documents
from fit_projection import fit_projection

from bot.commands import SHIPPED_VECTORS
from bot.settings import load_settings
from corpus.loading import load_corpus
from corpus.outside import load_outside
from corpus.splitting import split_into_passages
from index import open_encoder
from index.cache import PASSAGE, EmbeddingCache, RoleText, Shipped, load_shipped, save_shipped, vector_key
from index.embedded_texts import fit_language_basis, texts_to_embed
from index.encoder import Encoder
from index.form_odds import fit_form_odds


def main() -> None:
    encoder = open_encoder()
    documents = [document for document in load_corpus().documents if document.in_force(date.today())]
    passages = split_into_passages(documents, date.today())
    vectors = embed(texts_to_embed(passages, load_outside()), encoder, SHIPPED_VECTORS)
    basis = fit_language_basis(passages, vectors)
    if basis is None:
        sys.exit("There are too few sections in all five languages to fit the projection.")
    save(encoder, SHIPPED_VECTORS, vectors, *fit_projection(passages, vectors, basis), fit_form_odds(passages))
    chunks = [(PASSAGE, chunk.page_content) for chunk in split_documents(documents)]
    save(encoder, BASELINE_VECTORS, embed(chunks, encoder, BASELINE_VECTORS))


def embed(texts: list[RoleText], encoder: Encoder, shipped: Path) -> dict[RoleText, Any]:
    """The vectors of the texts; only those that neither the file nor the cache holds are embedded."""
    cache = load_settings().home / "cache" / "embeddings.sqlite"
    with tqdm(desc="Embedding", unit=" texts") as bar:

        def show(done: int, total: int) -> None:
            bar.total, bar.n = total, done
            bar.refresh()

        return EmbeddingCache(cache, encoder, load_shipped(shipped, encoder.id)).embed(texts, show)[0]


def save(encoder: Encoder, path: Path, vectors: dict[RoleText, Any], *fitted: Any) -> None:
    """Write the vectors, and what was fitted on the documents."""
    by_key = {vector_key(*text, encoder.id): vector.astype(np.float16) for text, vector in vectors.items()}
    save_shipped(path, encoder.id, Shipped(by_key, *fitted))
    print(f"{path.name}: {len(by_key)} vectors, {path.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
