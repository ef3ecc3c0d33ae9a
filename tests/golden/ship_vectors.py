"""Embeds the packaged documents and writes the vectors that are shipped with them; run by `make vectors`."""

from __future__ import annotations

from datetime import date

import numpy as np
from tqdm import tqdm

from bot.commands import SHIPPED_VECTORS
from bot.settings import load_settings
from corpus.loading import load_corpus
from corpus.splitting import split_into_passages
from index import open_encoder
from index.building import fit_language_basis, texts_to_embed
from index.cache import EmbeddingCache, Shipped, load_shipped, save_shipped, vector_key


def main() -> None:
    encoder = open_encoder()
    passages = split_into_passages(load_corpus().documents, date.today())
    cache = load_settings().home / "cache" / "embeddings.sqlite"
    with tqdm(desc="Embedding", unit=" texts") as bar:

        def show(done: int, total: int) -> None:
            bar.total, bar.n = total, done
            bar.refresh()

        known = load_shipped(SHIPPED_VECTORS, encoder.id)
        vectors, _ = EmbeddingCache(cache, encoder, known).embed(texts_to_embed(passages), show)
    by_key = {vector_key(*text, encoder.id): vector.astype(np.float16) for text, vector in vectors.items()}
    save_shipped(SHIPPED_VECTORS, encoder.id, Shipped(by_key, fit_language_basis(passages, vectors)))
    print(f"{len(by_key)} vectors, {SHIPPED_VECTORS.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
