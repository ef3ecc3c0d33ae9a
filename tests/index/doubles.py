"""An offline encoder that keeps similarity, and small passages in five languages."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus import Confidence, EncoderError, Kind, Language, Passage
from corpus.glossary import Glossary, Term
from index import SearchIndex, build_index, open_index
from index.lexical import tokenise

DIMENSION = 256
GLOSSARY = Glossary(
    (
        Term(
            id="cap", kind="term", ar=("سقف", "السقف"), fr=("plafond",), en=("cap", "ceiling"), zh=("上限",),
            es=("tope",),
        ),
        Term(
            id="common-premium", kind="term", ar=("المنح المشتركة",), fr=("prime commune",), en=("common premium",),
            zh=("共同补贴",), es=("prima común",),
        ),
    )
)  # fmt: skip
TEXTS = {
    "cap": {
        "en": ("What is the cap?", "The cap of the premiums is 30% of the investment."),
        "fr": ("Quel est le plafond ?", "Le plafond des primes est de 30 % de l'investissement."),
        "es": ("¿Cuál es el tope?", "El tope de las primas es el 30 % de la inversión."),
        "ar": ("ما هو السقف؟", "سقف المنح هو 30% من الاستثمار."),
        "zh": ("上限是多少？", "补贴上限为投资额的30%。"),
    },
    "jobs": {
        "en": ("Which workers count?", "Permanent workers count. Seasonal workers do not."),
        "fr": ("Quels emplois comptent ?", "Les emplois stables comptent. Les saisonniers ne comptent pas."),
        "es": ("¿Qué empleos cuentan?", "Cuentan los empleos estables. Los temporales no."),
        "ar": ("ما الوظائف المحتسبة؟", "تحتسب الوظائف القارة. لا تحتسب الموسمية."),
        "zh": ("哪些岗位计算在内？", "固定岗位计算在内。季节性岗位不算。"),
    },
}  # fmt: skip


class HashedEncoder:
    """Bags of search words hashed to 256 numbers; keeps what it was asked to embed, and can be told to fail.

    Args:
        encoder_id: as an encoder's.
        fail_after: how many texts it embeds before it raises.
    """

    def __init__(self, encoder_id: str = "hashed/1", fail_after: int | None = None) -> None:
        self.id = encoder_id
        self.passages: list[str] = []
        self.queries: list[str] = []
        self._fail_after = fail_after

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.passages.extend(texts)
        return self._encode(texts)

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.queries.extend(texts)
        return self._encode(texts)

    def _encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if self._fail_after is not None and len(self.passages) + len(self.queries) > self._fail_after:
            raise EncoderError("The model fails.")
        vectors = np.zeros((len(texts), DIMENSION), np.float32)
        for row, text in enumerate(texts):
            for token in tokenise(text) or ["∅"]:
                vectors[row, int.from_bytes(hashlib.sha256(token.encode()).digest()[:4]) % DIMENSION] += 1
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def passage(section_id: str = "charter#cap", language: str = "en", **changed: Any) -> Passage:
    """A passage; the text is that of TEXTS where there is one."""
    heading, text = TEXTS.get(section_id.partition("#")[2], TEXTS["cap"])[language]
    made = Passage(
        section_id=section_id, language=Language(language), original_language=Language.EN, title="The charter",
        heading=heading, text=text, kind=Kind.SUMMARY, publisher="Mithaq", published=date(2026, 1, 2),
        as_of=date(2026, 3, 4), url="https://example.org", source_title="Official Bulletin",
        confidence=Confidence.OFFICIAL,
    )  # fmt: skip
    return replace(made, **changed)


def passages() -> list[Passage]:
    """Two sections in five languages, and one that stands in English only."""
    parallel = [passage(f"charter#{anchor}", language) for anchor, texts in TEXTS.items() for language in texts]
    text = "Olive oil comes from Kelaa. Fishing lives in Safi."
    return [*parallel, passage("region#olives", heading="Where do olives grow?", text=text)]


def basis_passages() -> list[Passage]:
    """Five sections in five languages: enough for a language basis."""
    return [
        replace(passage(f"charter#{anchor}{i}", language), text=f"{texts[language][1]} {i}")
        for i in range(3)
        for anchor, texts in TEXTS.items()
        for language in texts
    ][:25]


def built(home: Path, given_passages: list[Passage] | None = None, encoder: HashedEncoder | None = None) -> SearchIndex:
    encoder = encoder or HashedEncoder()
    build_index(given_passages or passages(), encoder, home)
    return open_index(home, encoder, GLOSSARY)
