"""What plain tools make of the same documents and questions: LangChain as its tutorials use it, and BM25 alone."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import bm25s
import numpy as np
from langchain_community.vectorstores import FAISS
from langchain_community.vectorstores.utils import DistanceStrategy
from langchain_core.documents import Document as Chunk
from langchain_core.embeddings import Embeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter

from corpus.document import Document
from index.cache import PASSAGE, EmbeddingCache, load_shipped
from index.lexical import tokenise

if TYPE_CHECKING:
    from corpus import Passage
    from index.encoder import Encoder

BASELINE_VECTORS = Path(__file__).with_name("baseline.npz")
TOP = 4
CHUNK_CHARACTERS = 1000
CHUNK_OVERLAP = 100
Found = list[tuple[str, str]]
Baseline = Callable[[str], Found]


class _Embeddings(Embeddings):
    """Our encoder as LangChain wants it."""

    def __init__(self, encoder: Encoder, cache: Path) -> None:
        self._encoder = encoder
        self._cache = cache

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        known = load_shipped(BASELINE_VECTORS, self._encoder.id)
        vectors, _ = EmbeddingCache(self._cache, self._encoder, known).embed([(PASSAGE, text) for text in texts])
        return [vectors[PASSAGE, text].tolist() for text in texts]

    def embed_query(self, text: str) -> list[float]:
        return np.asarray(self._encoder.encode_queries([text]))[0].tolist()  # type: ignore[no-any-return]


def split_documents(documents: list[Document]) -> list[Chunk]:
    """Each document's text cut by RecursiveCharacterTextSplitter; a chunk counts for every section that begins or goes on in it."""
    splitter = RecursiveCharacterTextSplitter(
        chunk_size=CHUNK_CHARACTERS, chunk_overlap=CHUNK_OVERLAP, add_start_index=True
    )
    chunks: list[Chunk] = []
    for document in documents:
        body, starts = "", []
        for section in document.sections:
            starts.append(len(body))
            body += f"{section.heading}\n\n{section.body}\n\n"
        for chunk in splitter.create_documents([body]):
            begin = chunk.metadata["start_index"]
            first = bisect_right(starts, begin) - 1
            last = bisect_right(starts, begin + len(chunk.page_content) - 1) - 1
            names = [f"{document.slug}#{section.anchor}" for section in document.sections[first : last + 1]]
            chunks.append(Chunk(chunk.page_content, metadata={"sections": names}))
    return chunks


def plain_langchain(documents: list[Document], encoder: Encoder, cache: Path) -> Baseline:
    """The same encoder, FAISS by cosine, the best four chunks; `cache` keeps what is embedded."""
    chunks = split_documents(documents)
    store = FAISS.from_documents(
        chunks, _Embeddings(encoder, cache), distance_strategy=DistanceStrategy.MAX_INNER_PRODUCT
    )

    def find(question: str) -> Found:
        hits = store.similarity_search(question, k=TOP)
        return [(section, hit.page_content) for hit in hits for section in hit.metadata["sections"]]

    return find


def bm25_alone(passages: list[Passage]) -> Baseline:
    """BM25 (bm25s) over the passages of all languages with our tokeniser; no glossary, no vectors."""
    index = bm25s.BM25(method="lucene", k1=1.2, b=0.75)
    index.index([tokenise(passage.search_text) or ["∅"] for passage in passages], show_progress=False)

    def find(question: str) -> Found:
        known = [token for token in tokenise(question) if token in index.vocab_dict]
        if not known:
            return []
        scores = np.asarray(index.get_scores(known))
        best = [passages[row] for row in np.argsort(-scores, kind="stable")[:TOP] if scores[row] > 0]
        return [(passage.section_id, passage.text) for passage in best]

    return find
