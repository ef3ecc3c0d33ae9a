"""In which language a question is asked, and in which it is answered."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from corpus import Language
from corpus.text import ARABIC, HAN, fold, words

if TYPE_CHECKING:
    from corpus.glossary import Glossary

_OTHER_SCRIPT = re.compile(
    "[\u0370-\u058f\u0590-\u05ff\u0900-\u0dff\u0e00-\u0eff\u10a0-\u10ff\u1200-\u137f\u3040-\u30ff\uac00-\ud7af]"
)
_LATIN = re.compile("[a-zA-ZÀ-ɏ]")
_FUNCTION_WORDS: dict[str, frozenset[str]] = {
    language: frozenset(fold(text).split())
    for language, text in {
        "fr": "le la les des du de et est sont dans pour avec sur une un qui que quels quelles quelle quel combien comment où "
        "pourquoi ce cette ces au aux il elle je nous vous mon ma mes peut puis faut y a-t-il est-ce quoi par pas bonjour merci salut",
        "en": "the of and is are in for with on an what which who when where how many much why does do can this that to my i we "
        "you it there any by from at be will would get hello hi thanks thank",
        "es": "el los las del y es son en para con sobre una un qué que cuál cuáles quién cuándo dónde cómo cuánto cuántos por "
        "puede mi yo hay al se la de si tiene hola gracias buenos buenas",
        "de": "der die das und ist sind in für mit auf ein eine was welche wer wann wo wie viel warum kann ich wir sie zu den im "
        "gibt es nicht von",
        "it": "il lo gli dei della delle e è sono per con su una un che cosa quale quali chi quando dove come quanto perché può "
        "ci nel nella di",
        "pt": "o os as do da dos das e é são em para com sobre uma um que qual quais quem quando onde como quanto por pode há no na "
        "não ao",
        "nl": "de het een en is zijn in voor met op wat welke wie wanneer waar hoe veel waarom kan ik wij van er niet te",
    }.items()
}
_OURS = frozenset(language.value for language in Language)
_LATIN_LANGUAGES = (Language.FR, Language.EN, Language.ES)
_LETTERS = {"fr": re.compile("[àâçêëîïôœùû]", re.IGNORECASE), "es": re.compile("[ñ¿¡]", re.IGNORECASE)}
_DARIJA = frozenset(
    [
        "chno",
        "chnou",
        "chnahiya",
        "ash",
        "ach",
        "chhal",
        "ch7al",
        "bch7al",
        "kifach",
        "kifash",
        "wach",
        "wash",
        "bghit",
        "bghina",
        "dyal",
        "dial",
        "dyali",
        "dyalna",
        "fin",
        "feen",
        "3la",
        "ala",
        "m3a",
        "had",
        "hadi",
        "kayn",
        "kayna",
        "kaynin",
        "ghadi",
        "3andi",
        "3endi",
        "3ndi",
        "mashrou3",
        "machrou3",
        "istitmar",
        "istithmar",
        "da3m",
        "lmaghrib",
        "maghrib",
        "chkoun",
        "imta",
        "3lach",
        "3afak",
        "salam",
        "wakha",
        "nqder",
        "n9der",
        "nakhod",
        "khdma",
        "flous",
        "drahm",
        "melyoun",
        "mlyoun",
        "jiha",
        "lgharb",
    ]
)


@dataclass(frozen=True)
class Detected:
    """The language to answer in; `other` if the question is in none of the five, which the answer then says."""

    language: Language
    other: bool = False


class LanguageDetector:
    """Tells the language of short questions; the glossary's words help where a question is only keywords."""

    def __init__(self, glossary: Glossary) -> None:
        self._vocabulary: dict[str, set[str]] = {}
        for term in glossary.terms:
            for language in (Language.FR, Language.EN, Language.ES):
                for form in getattr(term, language.value):
                    for word in words(form):
                        self._vocabulary.setdefault(word, set()).add(language.value)

    def detect(self, question: str, page_language: Language | None = None) -> Detected:
        """The language of a question: by its script, its function words, the glossary's words, then a statistical detector.

        Args:
            question: a cleaned question.
            page_language: the language of the page; it decides where the question does not.
        """
        fallback = page_language or Language.EN
        if ARABIC.search(question) and len(ARABIC.findall(question)) >= len(_LATIN.findall(question)) / 2:
            return Detected(Language.AR)
        if _OTHER_SCRIPT.search(question):
            return Detected(Language.EN, other=True)
        if HAN.search(question):
            return Detected(Language.ZH)
        if not _LATIN.search(question):
            return Detected(fallback)
        return self._detect_latin(words(question), question, fallback)

    def _detect_latin(self, sequence: list[str], question: str, fallback: Language) -> Detected:
        darija = len(_DARIJA.intersection(sequence))
        french = sum(word in _FUNCTION_WORDS["fr"] for word in sequence)
        if (darija >= 2 and darija >= french) or (darija and len(sequence) <= 3):
            return Detected(fallback if fallback in (Language.FR, Language.AR) else Language.AR)
        votes = Counter[str]()
        for name, function_words in _FUNCTION_WORDS.items():
            votes[name] = 2 * sum(word in function_words for word in sequence)
        for name, letters in _LETTERS.items():
            votes[name] += 2 * bool(letters.search(question))
        for word in sequence:
            languages = self._vocabulary.get(word, set())
            if len(languages) < len(_LATIN_LANGUAGES):
                votes.update(languages)
        most = max(votes.values())
        best = [name for name, count in votes.items() if count == most]
        if most and len(best) == 1:
            return _detected(best[0])
        guessed, probability = _detector().classify(question)
        if guessed in best and (probability > 0.6 or most):
            return _detected(str(guessed)) if guessed in _OURS or len(sequence) > 3 else Detected(fallback)
        ours = [name for name in best if name in _OURS]
        return _detected(ours[0]) if most and ours and fallback.value not in ours else Detected(fallback)


def _detected(name: str) -> Detected:
    return Detected(Language(name)) if name in _OURS else Detected(Language.EN, other=True)


@cache
def _detector() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    detector = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    detector.set_languages(list(_FUNCTION_WORDS))
    return detector
