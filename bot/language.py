"""In which language a question is asked, and in which it is answered."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from corpus import Language
from corpus.darija import darija_words
from corpus.text import ARABIC, HAN, fold, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.glossary import Glossary
    from index import LanguageWords

_OTHER_SCRIPT = re.compile(
    "[\u0370-\u058f\u0590-\u05ff\u0900-\u0dff\u0e00-\u0eff\u10a0-\u10ff\u1200-\u137f\u3040-\u30ff\uac00-\ud7af]"
)
_LATIN = re.compile("[a-zA-ZÀ-ɏ]")
_FUNCTION_WORDS: dict[str, frozenset[str]] = {
    language: frozenset(fold(text).split())
    for language, text in {
        "fr": "a le la les des du de et est sont dont dans pour avec sur une un qui que quels quelles quelle quel combien comment où "
        "pourquoi ce cette ces au aux il elle je j nous vous on mon ma mes notre votre leur son sa ses peut puis faut y ai ont a-t-il "
        "est-ce quoi par pas plus sans si ou mais ne n se sont sera être avoir fait bonjour merci salut",
        "en": "a the of and is are in for with on an what which who when where how many much why does do can this that to my i we "
        "you it there any by from at be will would get no not or if but has have was were their our your me they than only still did about tell give "
        "hello hi thanks thank",
        "es": "a el los las del y es son en para con sobre una un qué que cuál cuáles quién cuándo dónde cómo cuánto cuántos por "
        "puede mi yo hay al se la de si no me te lo le nos su sus o ni ya más pero sin este esta eso hasta desde tiene hoy hola gracias "
        "buenos buenas",
        "de": "der die das und ist sind in für mit auf ein eine was welche wer wann wo wie viel warum kann ich wir sie zu den im "
        "gibt es nicht von",
        "it": "il lo gli dei della delle e è sono per con su una un che cosa quale quali chi quando dove come quanto perché può "
        "ci nel nella di",
        "pt": "o os as do da dos das e é são em para com sobre uma um que qual quais quem quando onde como quanto por pode há no na "
        "não ao",
        "nl": "de het een en is zijn in voor met op wat welke wie wanneer waar hoe veel waarom kan ik wij van er niet te",
    }.items()
}
SURE = 0.6
LEAST_ARABIC = 1 / 3
SURE_ALONE = 0.5
SURE_AGAINST_THE_PAGE = 0.8
_OURS = frozenset(language.value for language in Language)
_LATIN_LANGUAGES = (Language.FR, Language.EN, Language.ES)
_LETTERS = {"fr": re.compile("[àâçêëîïôœùû]", re.IGNORECASE), "es": re.compile("[ñ¿¡]", re.IGNORECASE)}
_DIGIT_AS_LETTER = re.compile(
    "(?<![a-z0-9])(?:[379](?!th|nd|rd|st|eme|ème)[a-z]{2,}|[a-z]+[379][a-z]+|[a-z]{3,}[379])(?![a-z0-9])"
)  # ch7al, 9bel, bsse7


@dataclass(frozen=True)
class Detected:
    """The language to answer in.

    Attributes:
        other: the question is in none of the five, which the answer then says.
        latin_darija: it is Darija in Latin letters.
    """

    language: Language
    other: bool = False
    latin_darija: bool = False

    def answered_in(self, wanted: Language | None) -> Detected:
        """The same, answered in the language that is wanted, if one is."""
        return replace(self, language=wanted, other=False) if wanted else self


class LanguageDetector:
    """Tells the language of short questions; the glossary's words help where a question is only keywords."""

    def __init__(self, glossary: Glossary) -> None:
        self._glossary = glossary
        self._vocabulary: dict[str, set[str]] = {}
        for term in glossary.terms:
            for language in (Language.FR, Language.EN, Language.ES):
                for form in getattr(term, language.value):
                    for word in words(form):
                        self._vocabulary.setdefault(word, set()).add(language.value)

    def detect(
        self, question: str, page_language: Language | None = None, known: LanguageWords | None = None
    ) -> Detected:
        """The language of a question: by its script, the words that people ask with, its function words, the glossary's words, then a
        statistical detector.

        Args:
            question: a cleaned question.
            page_language: the language of the page; it decides where the question does not.
            known: the words that people ask with in each language.
        """
        fallback = page_language or Language.EN
        if ARABIC.search(question) and self._is_arabic(question):
            return Detected(Language.AR)
        if _OTHER_SCRIPT.search(question):
            return Detected(Language.EN, other=True)
        if HAN.search(question):
            return Detected(Language.ZH)
        if not _LATIN.search(question):
            return Detected(fallback)
        return self._detect_latin(words(question), question, page_language, known)

    def detect_after(
        self, question: str, earlier: Sequence[str], page_language: Language | None, known: LanguageWords | None = None
    ) -> Detected:
        """The language of a question after `earlier` ones: where it does not tell, that of the last of them, else that of the page."""
        last = earlier[-1] if earlier else ""
        so_far = self.detect(last, page_language, known).language if last else page_language
        return self.detect(question, so_far, known)

    def _is_arabic(self, question: str) -> bool:
        """Whether a question with Arabic letters is in Arabic: a third of its letters are, with or without official names, which
        people write in either script; not if all of them are such a name in a sentence of other words.
        """
        bare = self._without_names(question, "term", "institution", "place", "sector")
        shares = (_arabic_share(text) for text in (question, bare))
        other = not ARABIC.search(bare) and any(
            words_of.intersection(words(bare)) for words_of in _FUNCTION_WORDS.values()
        )
        return max(shares) >= LEAST_ARABIC and not other

    def _without_names(self, question: str, *kinds: str) -> str:
        """The question without what the glossary names, which people write in any language: "Al Haouz" is no Spanish."""
        named = [one for one in self._glossary.locate(question) if one.term.kind in kinds]
        for one in sorted(named, key=lambda one: -one.start):
            question = f"{question[: one.start]} {question[one.end :]}"
        return question.strip()

    def _detect_latin(
        self, sequence: list[str], question: str, page_language: Language | None, known: LanguageWords | None
    ) -> Detected:
        fallback = page_language or Language.EN
        darija = len(darija_words().sure_latin.keys() & set(sequence)) + len(_DIGIT_AS_LETTER.findall(question.lower()))
        spoken = words(self._without_names(question, "place"))
        plain = set(spoken)
        european = max(len(plain & _FUNCTION_WORDS[name.value]) for name in _LATIN_LANGUAGES)
        if darija and darija >= european:
            return Detected(fallback if fallback in (Language.FR, Language.AR) else Language.AR, latin_darija=True)
        votes = Counter[str]()
        for name, function_words in _FUNCTION_WORDS.items():
            votes[name] = 2 * len(plain & function_words)
        for name, letters in _LETTERS.items():
            votes[name] += 2 * bool(letters.search(question))
        likely = known.likely(spoken) if known else []
        if len(likely) == 1 and votes[likely[0].value] == max(votes.values()):
            return Detected(likely[0])
        for word in sequence:
            languages = self._vocabulary.get(word, set())
            if len(languages) < len(_LATIN_LANGUAGES):
                votes.update(languages)
        most = max(votes.values())
        best = [name for name, count in votes.items() if count == most]
        if most and len(best) == 1:
            return _detected(best[0])
        shares = dict(_detector().rank(question))
        guessed = max(shares, key=shares.__getitem__)
        if guessed in best and guessed not in _OURS and (shares[guessed] > SURE or most) and len(sequence) > 3:
            return Detected(Language.EN, other=True)
        ours = [name for name in _OURS.intersection(shares) if name in best]
        nearest = max(ours, key=shares.__getitem__, default="")
        share = shares[nearest] / sum(shares[name] for name in _OURS.intersection(shares)) if nearest else 0.0
        if share > (SURE_AGAINST_THE_PAGE if page_language else SURE_ALONE):
            return Detected(Language(nearest))
        return Detected(Language(nearest) if most and ours and fallback.value not in ours else fallback)


def _arabic_share(text: str) -> float:
    arabic, latin = len(ARABIC.findall(text)), len(_LATIN.findall(text))
    return arabic / max(arabic + latin, 1)


def _detected(name: str) -> Detected:
    return Detected(Language(name)) if name in _OURS else Detected(Language.EN, other=True)


@cache
def _detector() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    detector = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    detector.set_languages(list(_FUNCTION_WORDS))
    return detector
