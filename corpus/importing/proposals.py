"""What a text tells about itself: language, title, day, publisher, topics, places, sectors. Proposals, for a person to check."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath
from typing import TYPE_CHECKING

from corpus.document import Language
from corpus.importing.dates import find_days
from corpus.text import ARABIC, HAN, fold, words

if TYPE_CHECKING:
    from corpus.glossary import Glossary, Term

_HEAD, _TAIL, _READ = 1_500, 700, 60_000
_MOST_TOPICS = 8
_LONGEST_LINE = 110
_LONGEST_DATELINE, _MOST_WORDS = 60, 8
_KANA = re.compile("[\u3041-\u30ff]")
# Offices that publish; of the other institutions only those that stand on a line of their own count as the publisher.
_OFFICES = frozenset({"cri", "ccis", "amdie", "ministry-investment", "regional-council", "cgem", "office-des-changes"})
# Words of one language alone, folded; the languages of the corpus that share a script.
_FRENCH = (
    "le la les des du une est et dans pour par sur au aux avec qui que ce cette sont ont son ses leur ou a ete plus"
)
_ENGLISH = "the of and to in is for on with by that this are was were has have will its from at as be which their or an"
_SPANISH = "el los las una y en del para por con que se su sus es son al como ha han mas esta este entre lo fue sobre o"
_STOP_WORDS = {
    language: text.split()
    for language, text in ((Language.FR, _FRENCH), (Language.EN, _ENGLISH), (Language.ES, _SPANISH))
}


@dataclass(frozen=True)
class Subjects:
    """Ids of the glossary, the most frequent first."""

    topics: tuple[str, ...]
    provinces: tuple[str, ...]
    sectors: tuple[str, ...]


def language_of(text: str) -> tuple[Language, bool]:
    """The language of a text, and whether that is sure."""
    sample = text[:_READ]
    arabic, han = len(ARABIC.findall(sample)), len(HAN.findall(sample))
    latin = len(re.findall(r"[A-Za-zÀ-ɏ]", sample))
    if 2 * han > max(arabic, latin / 2) and han:
        kana = len(_KANA.findall(sample))  # what is Japanese is at least not sure to be Chinese
        return Language.ZH, han > 20 > 400 * kana / (han + kana)
    if arabic > latin / 2:
        return Language.AR, arabic > 20
    counted = Counter(words(sample))
    scores = sorted(((sum(counted[word] for word in stops), name) for name, stops in _STOP_WORDS.items()), reverse=True)
    (best, name), (second, _) = scores[:2]
    return name, best >= 3 and best > 1.3 * second


def title_of(text: str, name: str) -> str:
    """The first line if it can be a title, else the first words, else the name of the file."""
    first = next((line.strip() for line in text.splitlines() if line.strip()), "")
    if not first:
        return PurePath(name).stem.replace("_", " ").strip()
    if len(first) <= 150:
        return first.rstrip(" .") if first.count(". ") == 0 else first
    cut = first[:90]
    return f"{cut[: cut.rfind(' ')] if ' ' in cut else cut}…"


def is_dateline(line: str) -> bool:
    """Whether a line says where and when a text was published, and nothing else: “Marrakech, le 12 novembre 2026”."""
    return (
        "\n" not in line
        and len(line) <= _LONGEST_DATELINE
        and len(words(line)) <= _MOST_WORDS
        and bool(find_days(line))
    )


def day_of(text: str, name: str, today: date) -> date | None:
    """The day of publication: of the file's name, of the text's head (a dateline), of its end (“Fait à …, le …”), else none.

    Days of laws and days to come are not taken; in the head the first day counts, at the end the last.
    """
    days = [named.day for named in find_days(PurePath(name).stem.replace("_", "-"))]
    head = [named.day for named in find_days(text[:_HEAD]) if not named.of_law]
    tail = [named.day for named in find_days(text[_HEAD:][-_TAIL:]) if not named.of_law]
    return next((day for day in (*days, *head, *tail[::-1]) if day <= today), None)


def publisher_of(text: str, glossary: Glossary, language: Language) -> str:
    """The office that published the text, as its head or its end names it on a line of its own; else the first office named.

    Empty where the text names none.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for line in [*lines[:6], *lines[-4:][::-1]]:
        if len(line) <= _LONGEST_LINE:
            for place in glossary.locate(unicodedata.normalize("NFKC", line)):
                if place.term.kind == "institution" and place.end - place.start >= 0.4 * len(line):
                    return line.strip(" -–—|:،,.")
    head = f" {' '.join(words(text[:_HEAD]))} " if language is not Language.ZH else fold(text[:_HEAD])
    offices = {term: _first_named(head, term, language) for term in glossary.terms if term.id in _OFFICES}
    named = [term for term, position in offices.items() if position >= 0]
    return min(named, key=lambda term: offices[term]).official(language) if named else ""


def _first_named(head: str, term: Term, language: Language) -> int:
    """Where the head first names the office in full, with its abbreviation or behind an attached preposition; -1: nowhere."""
    forms = [
        form for form in getattr(term, language.value) if len(words(form)) > 1 or form.isupper() or HAN.search(form)
    ]
    places = [head.find(fold(form) if HAN.search(form) else f"{' '.join(words(form))} ") for form in forms]
    return min((place for place in places if place >= 0), default=-1)


def subjects_of(title: str, text: str, glossary: Glossary) -> Subjects:
    """Topics named in the title or more than once, provinces and sectors that are named at all."""
    counted: Counter[str] = Counter()
    kinds: dict[str, str] = {}
    for part, weight in ((title, 3), (text[:_READ], 1)):
        for place in glossary.locate(unicodedata.normalize("NFKC", part)):
            term = place.term
            subject = term.province if term.kind == "place" and term.scope == "region" and term.province else term.id
            kinds[subject] = "province" if subject == term.province else term.kind
            counted[subject] += weight
    ranked = [subject for subject, _ in counted.most_common()]
    topics = [subject for subject in ranked if kinds[subject] in {"term", "institution"} and counted[subject] > 1]
    return Subjects(
        tuple(topics[:_MOST_TOPICS]),
        tuple(subject for subject in ranked if kinds[subject] == "province"),
        tuple(subject for subject in ranked if kinds[subject] == "sector" and counted[subject] > 1)[:_MOST_TOPICS],
    )


def same_line(first: str, second: str) -> bool:
    """Whether two lines have the same words."""
    return fold(first).split() == fold(second).split()
