"""Joining both searches: how much of the question a passage covers, and one score from meaning and words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from index.lexical import LexicalIndex, form_tokens, tokenise

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from corpus.glossary import Term

LEXICAL_WEIGHT = 0.8
LEXICAL_FLOOR = 0.15
SYNONYM_WEIGHT = 0.8


@dataclass(frozen=True)
class Wording:
    """A question's words: each token once with its weight, and for each glossary term the tokens it stands for in the question
    and the token sequences of its other forms.
    """

    tokens: tuple[str, ...]
    terms: tuple[tuple[frozenset[str], tuple[tuple[str, ...], ...]], ...]


def read_wording(question: str, terms: Iterable[Term]) -> Wording:
    """The search words of a question with the synonyms that the glossary gives."""
    tokens = tuple(dict.fromkeys(tokenise(question)))
    found = []
    for term in terms:
        forms = tuple(dict.fromkeys(form for form in (form_tokens(f) for f in term.forms) if form))
        own = frozenset(token for form in forms if set(form) <= set(tokens) for token in form)
        if own:
            found.append((own, forms))
    return Wording(tokens, tuple(found))


def coverage(wording: Wording, index: LexicalIndex) -> NDArray[np.float32]:
    """The share of the question that each passage covers, shape (passages,), 0 to 1.

    Each word counts by its idf; a word that the corpus does not know has the highest. BM25 without its constant stays below the
    idf of a word, so the quotient is a share. A passage that holds another form of a glossary term, in whatever language, covers
    that term's words to 0.8 of how well it matches the form.
    """
    total = sum(index.idf(token) for token in wording.tokens)
    if total <= 0:
        return np.zeros(index.size, np.float32)
    in_terms = {token for own, _ in wording.terms for token in own}
    covered = index.scores([token for token in wording.tokens if token not in in_terms])
    counted: set[str] = set()
    for own, forms in wording.terms:
        new = own - counted
        counted |= own
        mass = sum(index.idf(token) for token in new)
        if mass > 0:
            covered = covered + mass * _best_form(sorted(new), forms, index)
    return np.asarray(np.minimum(covered / total, 1.0), dtype=np.float32)


def _best_form(own: Sequence[str], forms: Iterable[Sequence[str]], index: LexicalIndex) -> NDArray[np.float32]:
    best = index.scores(own) / max(sum(index.idf(token) for token in own), 1e-9)
    for form in forms:
        if all(index.knows(token) for token in form):
            mass = sum(index.idf(token) for token in form)
            best = np.maximum(best, SYNONYM_WEIGHT * index.scores(form) / max(mass, 1e-9))
    return np.asarray(best, dtype=np.float32)


def join_cosines(passages: NDArray[np.float32], statements: NDArray[np.float32]) -> NDArray[np.float32]:
    """The mean of a passage's cosine and its nearest statement's: the subject and the fact (RETRIEVAL, section 6)."""
    return np.asarray((passages + statements) / 2, dtype=np.float32)


def join_versions(best: NDArray[np.float32], means: NDArray[np.float32]) -> NDArray[np.float32]:
    """The mean of a section's best version and of the mean over its versions: five translations are five views of one text."""
    return np.asarray((best + means) / 2, dtype=np.float32)


def fuse(cosines: NDArray[np.float32], coverages: NDArray[np.float32]) -> NDArray[np.float32]:
    """One score: the cosine without language bias, plus 0.8 of the coverage above 0.15 (RETRIEVAL, decision 4)."""
    return np.asarray(cosines + LEXICAL_WEIGHT * np.maximum(0.0, coverages - LEXICAL_FLOOR), dtype=np.float32)
