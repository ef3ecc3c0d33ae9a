"""How a passage is found: embeddings, word search, snapshots on disk and the search over them.

FAISS, BM25 and the encoder load when they are first used, so that the command line and most tests do not wait for them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from index.snapshot import Manifest, SnapshotStore, read_manifest

if TYPE_CHECKING:
    from index.building import BuildReport, build_index
    from index.encoder import BUNDLED, Encoder, open_encoder
    from index.hit import SearchHit
    from index.in_memory import assemble_index
    from index.language_words import LanguageWords
    from index.opening import LiveIndex, open_index, read_passages
    from index.search import SearchIndex

_LAZY = {
    "BuildReport": "index.building",
    "build_index": "index.building",
    "BUNDLED": "index.encoder",
    "Encoder": "index.encoder",
    "assemble_index": "index.in_memory",
    "open_encoder": "index.encoder",
    "LanguageWords": "index.language_words",
    "LiveIndex": "index.opening",
    "SearchHit": "index.hit",
    "SearchIndex": "index.search",
    "open_index": "index.opening",
    "read_passages": "index.opening",
}

__all__ = [
    "BUNDLED",
    "BuildReport",
    "Encoder",
    "LanguageWords",
    "LiveIndex",
    "Manifest",
    "SearchHit",
    "SearchIndex",
    "SnapshotStore",
    "assemble_index",
    "build_index",
    "open_encoder",
    "open_index",
    "read_manifest",
    "read_passages",
]


def __getattr__(name: str) -> Any:
    if name in _LAZY:
        import importlib

        return getattr(importlib.import_module(_LAZY[name]), name)
    raise AttributeError(f"module 'index' has no attribute {name!r}")
