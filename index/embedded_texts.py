"""Which texts of an index have vectors, and the basis of their languages."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from typing import TYPE_CHECKING

from corpus import Language, Passage
from corpus.text import split_statements
from index.cache import PASSAGE, QUERY, RoleText
from index.projection import FEWEST_PARALLEL_SECTIONS, Projection, fit_debias

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from corpus.outside import OutsideQuestion

BASIS_SECTIONS = 80


def texts_to_embed(passages: Sequence[Passage], outside: Sequence[OutsideQuestion] = ()) -> list[RoleText]:
    """Every text that an index of these passages needs a vector of, each once, in a stable order: the passages, their statements,
    how people ask for them, what they ask that none answers, and as questions the headings that the language basis is made of.
    """
    texts = [(PASSAGE, passage.search_text) for passage in passages]
    texts += [(PASSAGE, statement.text) for passage in passages for statement in split_statements(passage.text)]
    texts += [(QUERY, passage.heading) for passage in _parallel(passages)]
    texts += [(QUERY, question) for passage in passages for question in passage.asked]
    texts += [(QUERY, question.text) for question in outside]
    return list(dict.fromkeys(texts))


def fit_language_basis(
    passages: Sequence[Passage], vectors: Mapping[RoleText, NDArray[np.float32]]
) -> Projection | None:
    """The basis from the sections that stand in all five languages, their headings taken as questions; None if they are few."""
    if not _has_own_basis(passages):
        return None
    parallel = _parallel(passages)
    by_language = {language: [p for p in parallel if p.language is language] for language in Language}
    return fit_debias(
        {language: [vectors[PASSAGE, p.search_text] for p in group] for language, group in by_language.items()},
        {language: [vectors[QUERY, p.heading] for p in group] for language, group in by_language.items()},
    )


def _has_own_basis(passages: Sequence[Passage]) -> bool:
    return len(_parallel(passages)) >= FEWEST_PARALLEL_SECTIONS * len(Language)


def _parallel(passages: Sequence[Passage]) -> list[Passage]:
    """The passages with a heading whose section stands in every language, from `BASIS_SECTIONS` sections at most.

    Which ones follows from a hash of their names, so a new document seldom changes them, nor with them every vector.
    """
    languages: dict[str, set[Language]] = defaultdict(set)
    for passage in passages:
        if passage.heading:
            languages[passage.section_id].add(passage.language)
    whole = [section for section, own in languages.items() if len(own) == len(Language)]
    chosen = set(sorted(whole, key=lambda name: hashlib.sha256(name.encode()).digest())[:BASIS_SECTIONS])
    return [passage for passage in passages if passage.section_id in chosen]
