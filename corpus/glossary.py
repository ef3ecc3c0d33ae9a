"""Official terms, their synonyms and the names of places, in five languages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corpus.countries import country_names
from corpus.document import Language
from corpus.errors import GlossaryError
from corpus.text import ARABIC, HAN, WRITTEN_WORD, fold, words
from corpus.yaml_text import load_yaml

PACKAGED_GLOSSARY = Path(__file__).parent / "glossary.yaml"
REMEMBERED = 64  # texts
_Form = Annotated[str, Field(pattern=r"[^\W_]")]
_Forms = Annotated[tuple[_Form, ...], Field(min_length=1)]
SCOPES_ELSEWHERE = frozenset({"elsewhere", "abroad", "partner"})
_ARABIC_PREFIXES = ("ال", "و", "ب", "ل", "ف", "ك", "وال", "بال", "لل", "فال", "كال", "ول", "وب")


class Term(BaseModel):
    """One thing with its names: in each language the official form first, then synonyms and abbreviations.

    Terms of one `family` (the premiums, the schemes, the company forms …) exclude each other in a question, so that "and the
    gender premium?" takes the place of the premium that was asked about before.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    kind: Literal["term", "institution", "place", "sector"]
    scope: Literal["region", "elsewhere", "abroad", "partner", "country"] | None = None
    province: str | None = None
    family: str | None = None
    ar: _Forms
    fr: _Forms
    en: _Forms
    zh: _Forms
    es: _Forms

    @property
    def forms(self) -> tuple[str, ...]:
        return (*self.ar, *self.fr, *self.en, *self.zh, *self.es)

    def official(self, language: Language) -> str:
        """The official form in a language."""
        return str(getattr(self, language.value)[0])


@dataclass(frozen=True)
class Occurrence:
    """A form of a term in a text, from the character `start` up to but not including `end`."""

    term: Term
    start: int
    end: int


@dataclass(frozen=True)
class Glossary:
    """The terms, and where their forms stand in a text."""

    terms: tuple[Term, ...]

    @cached_property
    def _by_first_word(self) -> dict[str, list[tuple[tuple[str, ...], Term]]]:
        """The rest of each form by its first word, longest first."""
        forms: dict[str, dict[tuple[tuple[str, ...], str], Term]] = {}
        for term in self.terms:
            for form in term.forms:
                if not HAN.search(form):
                    first, *rest = words(form)
                    forms.setdefault(first, {})[tuple(rest), term.id] = term
        return {
            first: sorted(
                ((rest, term) for (rest, _), term in found.items()), key=lambda pair: (-len(pair[0]), pair[1].id)
            )
            for first, found in forms.items()
        }

    @cached_property
    def _han_forms(self) -> list[tuple[str, Term]]:
        forms = {(fold(form), term) for term in self.terms for form in term.forms if HAN.search(form)}
        return sorted(forms, key=lambda pair: (-len(pair[0]), pair[0], pair[1].id))

    @cached_property
    def local_places(self) -> frozenset[str]:
        """The ids of the region's provinces and towns, without the region itself."""
        return frozenset(term.id for term in self.terms if term.scope == "region" and term.province)

    def find(self, text: str) -> list[Term]:
        """The terms whose forms occur in the text, in their order, each once; the longest form wins at each place.

        Arabic forms are found behind an attached article, conjunction or preposition as well.
        """
        return list({occurrence.term.id: occurrence.term for occurrence in self.locate(text)}.values())

    def locate(self, text: str) -> list[Occurrence]:
        """Every place where a form of a term stands in the text, in order; `start` and `end` count its characters.

        The text should be in compatibility form (NFKC), so that its characters are those that are compared.
        """
        return list(self._located(text))

    @cached_property
    def _located(self) -> Callable[[str], list[Occurrence]]:
        """A question is looked through a dozen times on its way to an answer."""
        return lru_cache(maxsize=REMEMBERED)(self._locate)

    def _locate(self, text: str) -> list[Occurrence]:
        found: list[Occurrence] = []
        places = [match.span() for match in WRITTEN_WORD.finditer(text)]
        sequence = [_fold_word(text[start:end]) for start, end in places]
        position = 0
        while position < len(sequence):
            size, terms = self._match(sequence, position)
            end = position + max(size, 1)
            found.extend(Occurrence(term, places[position][0], places[end - 1][1]) for term in terms)
            position = end
        found.extend(self._locate_han(text))
        return sorted(found, key=lambda occurrence: (occurrence.start, -occurrence.end, occurrence.term.id))

    def _match(self, sequence: list[str], position: int) -> tuple[int, list[Term]]:
        for first in _variants(sequence[position]):
            size, found = 0, list[Term]()
            given = not first.startswith("ال") or "ال" in sequence[position][:4] or sequence[position].startswith("لل")
            for rest, term in self._by_first_word.get(first, ()):
                if len(rest) < size:
                    break
                if term.scope in ("elsewhere", "abroad") and not given:
                    continue  # داخلة, "included", is not الداخلة, Dakhla
                if tuple(sequence[position + 1 : position + 1 + len(rest)]) == rest:
                    size = len(rest)
                    found.append(term)
            if found:
                return size + 1, found
        return 0, []

    def _locate_han(self, text: str) -> list[Occurrence]:
        if not HAN.search(text):
            return []
        folded = "".join(fold(c)[:1] or " " for c in text)
        found = []
        for form, term in self._han_forms:
            start = folded.find(form)
            while start >= 0:
                end = start + len(form)
                found.append(Occurrence(term, start, end))
                folded = folded[:start] + " " * len(form) + folded[end:]
                start = folded.find(form)
        return found


def load_glossary(path: Path = PACKAGED_GLOSSARY) -> Glossary:
    """The glossary of the project, and the countries of the world beside it.

    Raises:
        GlossaryError: the file is missing or a term is not complete; says which one.
    """
    try:
        raw = load_yaml(path.read_text(encoding="utf-8"))
        terms = tuple(Term.model_validate(term) for term in raw["terms"])
    except (OSError, UnicodeDecodeError, yaml.YAMLError, KeyError, TypeError, ValidationError) as error:
        raise GlossaryError(f"{path.name} cannot be used: {error} Correct that term in the file.") from error
    ids = [term.id for term in terms]
    if twice := {term_id for term_id in ids if ids.count(term_id) > 1}:
        raise GlossaryError(f"{path.name}: these ids stand twice: {', '.join(sorted(twice))}. Rename one of each.")
    return Glossary((*terms, *_countries(terms)))


def _countries(known: tuple[Term, ...]) -> list[Term]:
    """A place term for each country that no known term names."""
    taken = {fold(form) for term in known for form in term.forms}
    return [
        Term(
            id=f"country-{code.lower()}",
            kind="place",
            scope="abroad",
            **{own.value: (name,) for own, name in names.items()},
        )
        for code, names in country_names().items()
        if not any(fold(name) in taken for name in names.values())
    ]


_fold_word = lru_cache(maxsize=100_000)(fold)


@lru_cache(maxsize=100_000)
def _variants(word: str) -> list[str]:
    """The word, and for an Arabic one the word with and without what may be attached in front of it."""
    if not ARABIC.search(word):
        return [word]
    variants = [word, "ال" + word]
    for prefix in _ARABIC_PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) >= 3:
            bare = word[len(prefix) :]
            variants.extend((bare, "ال" + bare))
    return list(dict.fromkeys(variants))
