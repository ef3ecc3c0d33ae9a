"""An index that is only tried: put together in memory, without a snapshot on the disk."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from corpus import CorpusError, Finding
from index.assembling import EarlierIndex, assemble, assemble_words
from index.building import corpus_digest
from index.cache import EMBEDDINGS, EmbeddingCache, Shipped, load_shipped
from index.search import SearchIndex

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus import Passage
    from corpus.glossary import Glossary
    from corpus.outside import OutsideQuestion
    from index.encoder import Encoder


def assemble_index(
    passages: Sequence[Passage],
    encoder: Encoder,
    home: Path,
    glossary: Glossary,
    *,
    outside: Sequence[OutsideQuestion] = (),
    shipped: Path | None = None,
    like: SearchIndex | None = None,
) -> SearchIndex:
    """The index that `build_index` would build of the passages; only texts that neither were shipped nor cached are embedded.

    Nothing but the cache of embeddings is written. What `like`, an index of nearly the same passages, has read of them already is
    taken over. Its name is `trial-` and the beginning of the passages' digest.

    Raises:
        CorpusError: there is no passage.
        EncoderError: a text cannot be embedded.
        SnapshotError: the cache cannot be used.
    """
    if not passages:
        raise CorpusError([Finding("corpus", 0, "There is no passage to index.", "Add a document.")])
    packaged = load_shipped(shipped, encoder.id) if shipped else Shipped({})
    cache = EmbeddingCache(home / EMBEDDINGS, encoder, packaged)
    earlier = EarlierIndex(like.passages, like.vectors, like.lexical) if like else None
    vectors = assemble(passages, outside, lambda texts: cache.embed(texts)[0], packaged, earlier)
    words = assemble_words(passages, earlier)
    name = f"trial-{corpus_digest(passages, outside, packaged)[:12]}"
    index = SearchIndex(tuple(passages), vectors, words, encoder, glossary, name)
    if like is not None:
        index.sections.learn_from(like.sections)
    return index
