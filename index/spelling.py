"""What people type in haste: shorthand spelled out, letters without their marks, slips put right by the words of the corpus."""

from __future__ import annotations

import gzip
import itertools
import json
import math
import re
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import spellchecker
from rapidfuzz.distance import OSA

from corpus.document import Language
from corpus.text import ARABIC, HAN, WRITTEN_WORD, fold
from corpus.yaml_text import load_yaml
from index.lexical import tokenise
from index.stop_words import STOP_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

SHORTEST = 4
SHORT = 6
LONG = 9
OFTEN = 8
NO_SLIP = 2
DICTIONARIES = ("ar", "en", "es", "fr")
SHORTHAND_FILE = Path(__file__).parent / "shorthand.yaml"
USUAL = 0.8
# Everyday forms that the Spanish list lacks: it holds hardly any of the verbs that change their stem.
_SPANISH = (
    "tienes tienen tenga tengas tengan tengamos tenemos puedes puedo pueden puede podemos pueda puedan quieres quiero quieren "
    "quiere queremos quiera sabes sabe saben sabemos parece parecen haga hagan hagas hagamos hacemos hacen haces ponen pones "
    "pongo ponga suba suban subo sube bajan bajo baja dices dicen diga digo digan olvida olvide creo crees creen pido pides "
    "piden pida pidan necesito necesitas necesita necesitan necesitamos piensa pienso piensas piensan vengo vienes vienen "
    "venga salgo sale salen salga llego llega lleva lleve llevan llevo dejen dejan dejo deja cubra cubre cubren abro abre "
    "abren cierra cierran cuenta cuentan cuentas vuelve vuelven vuelvo entra entran entro paga pagan pagas pago pague paguen "
    "gana ganan ganas gano gane debo debes deben deba hablo hablas hablan vivo vives viven vivimos escribo escribes escribe "
    "leo lees leen miran mira miro opina opino opinan finde voces botas rimas damos demos"
)
# How regular Spanish verbs end; the list holds hardly more than their infinitives.
_SPANISH_FUTURE = ("a", "an", "e", "emos", "ia", "ian", "iamos")
_SPANISH_ENDINGS = {
    "ar": frozenset(
        ("amos", "emos", "aron", "aba", "aban", "abamos", "ando", *(f"ar{end}" for end in _SPANISH_FUTURE))
    ),
    "er": frozenset(
        ("emos", "imos", "amos", "ieron", "ian", "iamos", "iendo", *(f"er{end}" for end in _SPANISH_FUTURE))
    ),
    "ir": frozenset(("imos", "amos", "ieron", "ian", "iamos", "iendo", *(f"ir{end}" for end in _SPANISH_FUTURE))),
}

# What is written for the same sound in French, English and Spanish, and in Arabic as it is spoken.
_SOUNDS = [
    (re.compile(letters), one)
    for letters, one in (
        ("ph", "f"), ("ll", "y"), ("c(?=[eiy])|z", "s"), ("qu(?=[ei])|[cq]", "k"), ("g(?=[ei])", "j"), ("v", "b"),
        ("(?<![kspt])h", ""), (r"([a-z])\1+", r"\1"), ("ظ", "ض"), ("ذ", "د"), ("ث", "ت"),
    )
]  # fmt: skip
_ARTICLE = re.compile("(?P<before>[وفبد]?)ل(?P<noun>(?![لي])[\u0621-\u064a]{3,})")
_BEFORE_ARTICLE = {"": "", "و": "و", "ف": "في ", "ب": "ب", "د": ""}
_ELIDED = re.compile("(qu|[cdjlmnst])(?=[aeiouyh])")


class WordList:
    """Which words there are: their hashes in order, a tenth of the memory that a set of the words takes."""

    def __init__(self, words: Iterable[str]) -> None:
        self._hashes = np.unique(np.fromiter(map(hash, words), np.int64))

    def __contains__(self, word: str) -> bool:
        place = int(np.searchsorted(self._hashes, hash(word)))
        return place < len(self._hashes) and int(self._hashes[place]) == hash(word)


@cache
def word_list(language: str) -> WordList:
    """The folded words of one of `DICTIONARIES` (the word lists of pyspellchecker), from four letters on."""
    return WordList(_listed_words(language))


def _listed_words(language: str) -> Iterator[str]:
    if language == "es":
        yield from _SPANISH.split()
    path = Path(spellchecker.__file__).parent / "resources" / f"{language}.json.gz"
    with gzip.open(path, "rt", encoding="utf-8") as file:
        long = (raw for raw in json.load(file) if len(raw) >= SHORTEST)
        yield from (raw.lower() if raw.isascii() else fold(raw) for raw in long)


def is_real(word: str, language: Language | None = None) -> bool:
    """Whether a folded word exists: what does is no slip. Who writes French mixes it with English, but hardly with Spanish."""
    return any(_is_listed(word, name) for name in DICTIONARIES if (language, name) != (Language.FR, "es"))


def _is_listed(word: str, name: str) -> bool:
    """Whether a folded word stands in a list; of Spanish ones many stand there in the singular alone."""
    listed = word_list(name)
    if word in listed or name != "es":
        return word in listed
    plural = word.endswith("s") and (word[:-1] in listed or word.removesuffix("es") in listed)
    return plural or any(infinitive in listed for infinitive in _spanish_infinitives(word))


def _spanish_infinitives(word: str) -> list[str]:
    """The infinitives of which a folded word may be a regular form: "contratariamos" of "contratar"."""
    infinitives = []
    for end in range(3, len(word)):
        stem, ending = word[:end], word[end:]
        infinitives += [f"{stem}{infinitive}" for infinitive, endings in _SPANISH_ENDINGS.items() if ending in endings]
    return infinitives


def _is_foreign(word: str, language: Language | None) -> bool:
    """Whether a folded word in Latin letters exists in other languages only: no slip of a question is put right by it."""
    own = language.value if language else ""
    return own in DICTIONARIES and own != "ar" and is_real(word) and not _is_listed(word, own)


@cache
def load_shorthand() -> Mapping[str, str]:
    """What the forms of `shorthand.yaml` stand for, all languages joined, by the folded form."""
    by_language: dict[str, dict[str, str]] = load_yaml(SHORTHAND_FILE.read_text(encoding="utf-8"))
    return {fold(short): whole for forms in by_language.values() for short, whole in forms.items()}


class Spelling:
    """The words of the corpus and the glossary, to compare a question's with.

    Args:
        texts: of the corpus.
        names: the forms of the glossary's terms; a slip in a short word becomes one of these however rare it is.
        examples: what people ask; it holds slips, so a word that stands nowhere else counts only if it stands there more often.
    """

    def __init__(self, texts: Iterable[str], names: Iterable[str] = (), examples: Iterable[str] = ()) -> None:
        named = tuple(names)
        written = _count_words((*texts, *named))
        for word, forms in _count_words(examples).items():
            if word in written or (forms.total() >= NO_SLIP and (is_real(word) or forms.total() >= OFTEN)):
                written[word].update(forms)
        counts = {word: forms.total() for word, forms in written.items()}
        self._usual = {word: most for word, forms in written.items() if (most := _usual(word, forms))}
        self._tokens = {token for word in counts for token in tokenise(word)}
        self._names = {fold(word) for name in named for word in WRITTEN_WORD.findall(name)}
        self._written = frozenset(counts)
        self._often = {word for word, count in counts.items() if len(word) >= SHORTEST and count >= OFTEN}
        self._by_first: dict[str, list[tuple[str, int]]] = {}
        self._by_sound: dict[str, list[tuple[str, int]]] = {}
        for word, count in counts.items():
            if len(word) >= (SHORT if word in STOP_WORDS else SHORTEST) and word.isalpha():
                self._by_first.setdefault(word[0], []).append((word, count))
                self._by_sound.setdefault(sound(word), []).append((word, count))

    def correct(self, text: str, language: Language | None = None, *, darija: bool = False) -> str:
        """The text with its shorthand spelled out and its slips put right.

        Where the text was written in Darija, an article without its first letter ("لقانون", "فلميناء") is made whole.

        A word that the corpus writes with other marks ("societe", "جهه") is written as there. Other words that exist, are very
        short, Chinese or hold digits stay as they are. Of another one, two words are made where it was written of two, or the one
        of the corpus that sounds like it ("alludas", "الظريبة"). Of a slip, one letter may be wrong, missing, too much or exchanged
        with its neighbour (optimal string alignment), two in a word of nine letters or more; the first letter must be right. A
        word of less than six letters becomes only what the corpus says often or the glossary names, and with a capital only the
        latter; one in capitals is an abbreviation.
        """
        parts, end = [], 0
        for match in WRITTEN_WORD.finditer(text):
            word = match.group()
            whole = self._as_spoken(fold(word)) if darija else None
            parts += [text[end : match.start()], whole or self._correct_word(word, language)]
            end = match.end()
        return " ".join("".join((*parts, text[end:])).split())

    def is_readable(self, text: str) -> bool:
        """Whether at least half of the words exist somewhere: in a dictionary, in the corpus, or as Chinese characters."""
        spoken = [fold(word) for word in WRITTEN_WORD.findall(text)]
        real = [
            word for word in spoken
            if HAN.search(word) or word in STOP_WORDS or is_real(word) or self._tokens.intersection(tokenise(word))
        ]  # fmt: skip
        return 2 * len(real) >= len(spoken)

    def _take_apart(self, word: str) -> str | None:
        """The two words that a folded one is made of: French without its apostrophe ("laquaculture"), Arabic ف before a name."""
        elided = _ELIDED.match(word)
        if elided and (rest := self._heard(word[elided.end() :])):
            return f"{elided.group()}'{self._usual.get(rest, rest)}"
        rest = word.removeprefix("ف")
        named = rest != word and len(rest) >= SHORTEST and rest in self._names
        return f"في {self._usual.get(rest, rest)}" if named else None

    def _as_spoken(self, word: str) -> str | None:
        """A folded word of Darija as it is written: its article whole, ف apart, ة at its end that is written as it sounds."""
        if word in self._often:
            return None
        if article := _ARTICLE.fullmatch(word):
            whole = f"ال{article['noun']}"
            own = article["noun"].startswith("ا")  # "لازم" is no slip of "الازم"
            known = whole if whole in self._written else None if own else self._nearest(whole, 1, OFTEN)
            if known:
                return f"{_BEFORE_ARTICLE[article['before']]}{self._usual.get(known, known)}"
        for before, rest in (("في ", word.removeprefix("ف")), ("", word)):
            heard = f"{rest[:-1]}ه" if rest.endswith("ت") else rest
            for known in (rest, heard):
                if known != word and known in self._often:
                    return f"{before if rest != word else ''}{self._usual.get(known, known)}"
        return None

    def _heard(self, word: str) -> str | None:
        """A word that the corpus often says, or the one of these that sounds like it."""
        if word in self._often:
            return word
        alike = [(-count, known) for known, count in self._by_sound.get(sound(word), ()) if known in self._often]
        return min(alike)[1] if alike and len(word) >= SHORT else None

    def _correct_word(self, written: str, language: Language | None) -> str:
        word = fold(written)
        if written == written.lower() and (whole := load_shorthand().get(word)) is not None:
            return whole
        if usual := self._usual.get(word):
            return written if fold(usual) == word and _has_marks(written) else usual
        of_article = bool(ARABIC.search(word))  # an Arabic word often carries one
        short, most = len(word) < SHORT + of_article, 2 if len(word) >= LONG else 1
        if len(word) < SHORTEST + of_article or not word.isalpha() or HAN.search(word) or word in STOP_WORDS:
            return written
        if written[0].isupper() and _has_marks(written) and not written.isupper() and len(word) < LONG:
            return written  # "Almería": a name, written with care
        tokens = tokenise(word)
        if not tokens or self._tokens.issuperset(tokens) or is_real(word, language) or (short and written.isupper()):
            return written
        often = math.inf if short and written[0].isupper() else OFTEN if short else 1
        return self._take_apart(word) or self._nearest(word, most, often, language) or written

    def _nearest(self, word: str, most: int, often: float, language: Language | None = None) -> str | None:
        """The word that sounds like a folded one, else one at most so many letters away; named, or said at least so often."""
        alike = [
            (OSA.distance(word, known), -count, known)
            for known, count in self._by_sound.get(sound(word), ())
            if known in self._names or (count >= often and not _is_foreign(known, language))
        ]
        near = alike or [
            (distance, -count, known)
            for known, count in self._by_first.get(word[0], ())
            if abs(len(known) - len(word)) <= most
            and (distance := OSA.distance(word, known, score_cutoff=most)) <= most
            and (known in self._names or (count >= often and not _is_foreign(known, language)))
        ]
        return self._usual.get(found := min(near)[2], found) if near else None


def sound(word: str) -> str:
    """How a folded word sounds, roughly: two that people who write by ear take for each other have the same."""
    for letters, one in _SOUNDS:
        word = letters.sub(one, word)
    return word


def _count_words(texts: Iterable[str]) -> dict[str, Counter[str]]:
    """How often each folded word is written in which way; Chinese ones apart."""
    counts = Counter(itertools.chain.from_iterable(WRITTEN_WORD.findall(text.lower()) for text in texts))
    written: dict[str, Counter[str]] = defaultdict(Counter)
    for word, count in counts.items():
        if not HAN.search(word):
            written[fold(word)][word] = count
    return written


def _usual(word: str, forms: Counter[str]) -> str:
    """How a word is written nearly always, where that has marks that folding takes away."""
    most, count = forms.most_common(1)[0]
    return most if most != word and count >= USUAL * forms.total() else ""


def _has_marks(written: str) -> bool:
    """Whether the word is written with marks or letters that folding takes away."""
    return fold(written) != written.lower()
