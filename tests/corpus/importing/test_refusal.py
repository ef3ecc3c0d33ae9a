"""Why a file is refused, in the words of whoever keeps the corpus."""

from __future__ import annotations

import re

import pytest

from corpus.document import Language
from corpus.importing.refusal import Refusal, _words, explain_doubt, explain_refusal, refused
from corpus.importing.values import Doubt

DETAILS = {"size": "30 MB", "limit": "20 MB", "name": "a.pdf", "found": "docx"}
SPOKEN = (Language.FR, Language.AR, Language.EN)


@pytest.mark.parametrize("reason", Refusal)
@pytest.mark.parametrize("language", SPOKEN)
def test_every_reason_has_its_words_and_its_repair(reason: Refusal, language: Language) -> None:
    what, repair = explain_refusal(refused(reason, page=3, **DETAILS), language)
    assert "3" in what
    assert "{" not in what + repair
    assert len(repair) > 10


@pytest.mark.parametrize("doubt", Doubt)
def test_every_doubt_has_its_words(doubt: Doubt) -> None:
    assert len({explain_doubt(doubt, 0, language) for language in SPOKEN}) == 3
    assert explain_doubt(doubt, 2, Language.EN).startswith("Page 2: ")
    assert explain_doubt(doubt, 0, Language.ZH) == explain_doubt(doubt, 0, Language.EN)


def test_the_words_and_the_reasons_are_the_same_list() -> None:
    assert set(_words()["refusals"]) == set(Refusal)
    assert set(_words()["doubts"]) == set(Doubt)
    for kind in ("refusals", "doubts", "formats"):
        assert all(set(words) == set(SPOKEN) for words in _words()[kind].values())


def test_the_blanks_are_the_same_in_every_language() -> None:
    for words in _words()["refusals"].values():
        assert len({tuple(sorted(re.findall(r"{\w+}", " ".join(words[language])))) for language in SPOKEN}) == 1


def test_the_error_itself_speaks_english_and_names_its_page() -> None:
    error = refused(Refusal.MISNAMED, name="a.pdf", found="docx")
    assert str(error).startswith("The file is named “a.pdf” but its content is something else: a Word document (DOCX).")
    assert str(refused(Refusal.SCAN, page=4)).startswith("Page 4: There are only pictures")
    assert error.details == {"name": "a.pdf", "found": "docx"}


def test_a_format_without_a_name_of_its_own_is_named_as_it_is() -> None:
    assert "xyz" in explain_refusal(refused(Refusal.UNSUPPORTED, found="xyz"), Language.AR)[0]
