"""Where a project stands and in which sector it is, from the words of a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise, zip_longest
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from bot.numerals import Text
from bot.wording import forms_of, load_wording, longest, pattern, takes_back
from corpus.text import fold

if TYPE_CHECKING:
    from corpus.glossary import Glossary

_NAMED = re.compile(
    r"(?:\b(?:[àÀ]|a|in|at|en|near|around|f|fi|dans|vers|cerca de|près de"
    r"|(?:ville|province|préfecture|commune|town|city|ciudad|provincia|douar) "
    r"(?:de |d['’]|of )))\s*(?P<name>[A-ZÉÈ][\w'’-]+(?:[ -](?:[A-Z][\w'’-]+|[bB]en|el|al|des|de))*)"
)
_NAMED_ARABIC = re.compile(
    r"(?:مدينة|إقليم|اقليم|عمالة|بلدة|قرية|دوار)\s+(?P<name>[\u0600-\u06ff]{3,}(?:\s+[\u0600-\u06ff]{3,})?)"
)
_NAMED_HAN = re.compile(
    r"(?:在|于|到)(?P<name>[\u4e00-\u9fff]{2,6}?)(?:省|市|镇|县|州|(?:投资|建|开|设|办|做|新建|成立|拟))"
)
_SALE = re.compile(r"\bSalé\b")  # folded it is the English "sale"
_SAME_AS_WRITTEN = 88

_Span = tuple[int, int, str]


@dataclass(frozen=True)
class Found:
    """An id, and the words that name it."""

    name: str
    words: str


@dataclass(frozen=True)
class Place:
    """The provinces that a sentence names as the site; else a place abroad, or a name that is not known."""

    provinces: tuple[Found, ...] = ()
    foreign: str = ""
    unknown: str = ""


def find_place(text: Text, glossary: Glossary) -> Place:
    """The site of the project as it is named; what only says where the firm comes from is left out."""
    ours, others, countries = _glossary_places(text, glossary)
    masked = _blank(text.folded, [(start, end) for start, end, _ in others])
    spans = [*ours]
    for province in load_wording()["places"]:
        spans.extend((*match.span(), province) for match in pattern("places", province).finditer(masked))
    spans = [span for span in longest(spans) if not _is_replaced(text.folded, span[0])]
    spans = [
        one for one, two in zip_longest(spans, spans[1:]) if not (two and takes_back(text.folded[one[1] : two[0]]))
    ]
    sited = [span for span in spans if not _is_origin(text.folded, span[0])]
    near = [span for span in spans if not _is_beside(text.folded, span[0])]
    found: dict[str, str] = {}
    for start, end, province in sited or near or spans:
        found.setdefault(province, text.between(start, end))
    if found:
        return Place(tuple(Found(province, words) for province, words in found.items()))
    abroad = [(*match.span(), "") for match in pattern("foreign").finditer(text.folded)]
    for start, end, _ in sorted([*abroad, *countries]):
        if _is_site(text.folded, start) and not _names_morocco(text, glossary):
            return Place(foreign=text.between(start, end))
    return _unknown(text, glossary, [(start, end) for start, end, _ in [*abroad, *countries, *others]])


def _glossary_places(text: Text, glossary: Glossary) -> tuple[list[_Span], list[_Span], list[_Span]]:
    """What the glossary knows: provinces and towns, regions and other names, and countries; as stretches of the folded text."""
    wording = load_wording()
    starts = {place: at for at, place in reversed(list(enumerate(text.origin)))}
    ours: list[_Span] = []
    others: list[_Span] = []
    countries: list[_Span] = []
    ours.extend((starts[one.start()], starts[one.end() - 1] + 1, "sale") for one in _SALE.finditer(text.written))
    for one in glossary.locate(text.written):
        start = starts.get(one.start, 0)
        end = starts.get(one.end, len(text.folded))
        province = one.term.province or wording["terms"].get(one.term.id, one.term.id)
        if one.term.kind != "place":
            continue
        if province in wording["places"]:
            ours.append((start, end, province))
        elif one.term.scope in ("abroad", "partner"):
            countries.append((start, end, one.term.id))
        elif one.term.scope != "country":
            others.append((start, end, one.term.id))
    return ours, others, countries


def _names_morocco(text: Text, glossary: Glossary) -> bool:
    return any(term.scope in ("country", "region") for term in glossary.find(text.written) if term.kind == "place")


def _is_origin(folded: str, start: int) -> bool:
    based = re.search(rf"{forms_of('based')}[^.,;،，]{{0,14}}$", folded[max(0, start - 40) : start])
    return bool(based) or _is_beside(folded, start)


def _is_beside(folded: str, start: int) -> bool:
    return bool(re.search(rf"{forms_of('besides')}\s*(?:la |el )?$", folded[max(0, start - 40) : start]))


def _is_replaced(folded: str, start: int) -> bool:
    return bool(re.search(rf"{forms_of('instead')}\s*(?:à |a |in |at |en |في )?$", folded[max(0, start - 24) : start]))


def _is_site(folded: str, start: int) -> bool:
    before = folded[max(0, start - 40) : start]
    sited = (
        re.search(rf"{forms_of('located')}\s*(?:la |le |l'|el |the )?$", before) or folded[start : start + 1] in "فب"
    )
    return bool(sited) and not _is_origin(folded, start)


def _unknown(text: Text, glossary: Glossary, known: list[tuple[int, int]]) -> Place:
    """A name that stands where a place would and that nothing knows; a misspelling of a known place is that place."""
    terms = [(one.start, one.end) for one in glossary.locate(text.written)]
    for shape in (_NAMED, _NAMED_ARABIC, _NAMED_HAN):
        for match in shape.finditer(text.written):
            name, span = match["name"], match.span("name")
            if any(start < span[1] and span[0] < end for start, end in terms):
                continue
            if pattern("not_places").search(fold(name)) or any(
                start < len(text.origin) and text.origin[start] < span[1] and span[0] < text.origin[end - 1]
                for start, end in known
            ):
                continue
            near = process.extractOne(fold(name), _latin_names(), scorer=fuzz.ratio, score_cutoff=_SAME_AS_WRITTEN)
            if near and len(name) > 4:
                return Place((Found(_latin_names_of()[near[0]], name),))
            if shape is not _NAMED or not _is_origin(text.folded, match.start("name")):
                return Place(unknown=name)
    for word in re.findall(r"[a-z]{6,}", text.folded):
        near = process.extractOne(word, _latin_names(), scorer=fuzz.ratio, score_cutoff=_SAME_AS_WRITTEN)
        if near and word[0] == near[0][0]:
            return Place((Found(_latin_names_of()[near[0]], word),))
    return Place()


@cache
def _latin_names_of() -> dict[str, str]:
    names = {}
    for province, forms in load_wording()["places"].items():
        for form in (fold(str(form)) for form in (*forms, province.replace("-", " "))):
            if re.fullmatch("[a-z ]{6,}", form):
                names[form] = province
    return names


@cache
def _latin_names() -> tuple[str, ...]:
    return tuple(_latin_names_of())


def find_sectors(text: Text) -> tuple[Found, ...]:
    """The sector that the sentence names; several if it leaves a choice ("a hotel or a call centre"), none if it says nothing.

    "Factory" and the like count only where no word says what is made.
    """
    folded = _blank(text.folded, [match.span() for match in pattern("not_sectors").finditer(text.folded)])
    spans = longest(
        (*match.span(), sector)
        for sector in load_wording()["sectors"]
        for match in pattern("sectors", sector).finditer(folded)
    )
    factory = pattern("factories").search(folded)
    if powered := find_flags(text).get("sustainability"):  # its energy is for what is built
        mixed = factory or len({sector for *_, sector in spans}) > 1
        spans = [
            one for one in spans if one[2] != "renewable-energy" or not (mixed or text.between(*one[:2]) in powered)
        ]
    if not spans:
        return (Found("industry", text.between(*factory.span())),) if factory else ()
    if "waste" in {sector for *_, sector in spans}:
        spans = [span for span in spans if span[2] != "industry"]  # a plant that recycles plastics
    first = spans[0]
    chosen = [first]
    for before, after in pairwise(spans):
        if before[2] != after[2] and re.fullmatch(
            r"\s*(?:ou|or|o|أو|او|ولا|wla|还是|或|或者)\s*(?:un |une |a |an |una |le |la )?",
            text.folded[before[1] : after[0]],
        ):
            chosen = [before, after]
            break
    if factory and len(chosen) == 1 and first[2] in ("agriculture", "trade", "real-estate"):
        return (Found("industry", text.between(*factory.span())),)
    return tuple(Found(sector, text.between(start, end)) for start, end, sector in chosen)


def find_flags(text: Text) -> dict[str, str]:
    """What is said to be so of the project (`new_company`, `sustainability`, `future_job`), with the words that say it."""
    found = {}
    for name, shapes in load_wording()["flags"].items():
        for match in re.finditer("|".join(f"(?:{_shape(shape)})" for shape in shapes), text.folded):
            before = text.folded[max(0, match.start() - 14) : match.start()]
            if not re.search(rf"{forms_of('negation')}\s*(?:une? |d'|de |a |an |una |los |the )?$", before):
                found[name] = text.between(*match.span())
                break
    if any(re.search(_shape(shape), text.folded) for shape in load_wording()["not_future_jobs"]):
        found.pop("future_job", None)
    return found


@cache
def _shape(shape: str) -> str:
    folded = fold(shape)
    return rf"(?<![a-z])(?:{folded})(?![a-z])" if re.search("[a-z]{2}", folded.replace("\\w", "")) else f"(?:{folded})"


def _blank(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text
