from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.web.staff.rendering import TEMPLATES_FOLDER
from bot.web.staff.words import LANGUAGES, load_wordings
from corpus import CharterError, Language

CODE = TEMPLATES_FOLDER.parent
# Names that are put together from a code: everything below them is used.
BUILT = (
    "frame.nav.", "frame.language_names.", "frame.stopped.", "frame.roles.", "documents.states.", "documents.kinds.",
    "documents.confidence.", "documents.collections.", "drafts.fields.", "drafts.closed.", "drafts.what.", "drafts.wrong.",
    "preview.statuses.", "home.states.", "findings.",
)  # fmt: skip
OWN_GROUPS = ("frame", "home", "documents", "add", "drafts", "preview", "findings")


def write(folder: Path, **texts: str) -> Path:
    for language in LANGUAGES:
        file = folder / "group" / f"{language}.yaml"
        file.parent.mkdir(exist_ok=True)
        file.write_text(texts.get(language.value, texts["all"]), encoding="utf-8")
    return folder


def test_every_text_that_is_asked_for_exists_and_every_text_is_asked_for() -> None:
    known = set(load_wordings()[Language.FR].texts)
    sources = [*TEMPLATES_FOLDER.rglob("*.html"), *CODE.rglob("*.py")]
    said = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    named = set(re.findall(r"[\"']((?:" + "|".join(OWN_GROUPS) + r")\.[a-z_]+(?:\.[a-z_]+)*)[\"']", said))
    assert sorted(name for name in named - known if f"{name}." not in BUILT) == []
    unused = {name for name in known - named if name.partition(".")[0] in OWN_GROUPS and not name.startswith(BUILT)}
    assert sorted(unused) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_empty_but_hints(language: Language) -> None:
    texts = load_wordings()[language].texts
    assert [name for name, text in texts.items() if not text and not name.endswith(".hint")] == []


def test_arabic_texts_are_arabic_with_european_digits() -> None:
    for name, text in load_wordings()[Language.AR].texts.items():
        whole = text if isinstance(text, str) else " ".join(text.values())
        assert not re.search(r"[\u0660-\u0669\u06f0-\u06f9]", whole), name
        assert not whole or re.search(r"[\u0600-\u06ff]|^–$|^\W*\{\w+\}", whole), name


@pytest.mark.parametrize(
    ("language", "count", "said"),
    [
        (Language.AR, 1, "وثيقة واحدة"), (Language.AR, 2, "وثيقتان"), (Language.AR, 3, "3 وثائق"), (Language.AR, 11, "11 وثيقة"),
        (Language.AR, 100, "100 وثيقة"), (Language.FR, 1, "1 document"), (Language.FR, 2, "2 documents"),
        (Language.EN, 0, "0 documents"),
    ],
)  # fmt: skip
def test_numbers_take_the_form_of_their_language(language: Language, count: int, said: str) -> None:
    assert load_wordings()[language].number("documents.found", count) == said


def test_values_keep_their_own_direction_and_are_never_format_strings() -> None:
    words = load_wordings()[Language.AR]
    assert words.text("frame.signed_in_as", name="{0.__class__}") == "الحساب: \u2068{0.__class__}\u2069"


@pytest.mark.parametrize(
    ("texts", "complaint"),
    [
        ({"all": "a: x", "ar": "b: x"}, "is missing"),
        ({"all": "a: 'x {name}'", "ar": "a: x"}, "different values"),
        ({"all": "a: {one: x, other: y}"}, "lacks few, many, two"),
        ({"all": "a: [x]"}, "is no text"),
        ({"all": "yes: x"}, "reads as True"),
        ({"all": "a: {"}, "cannot be used"),
        ({"all": "- x"}, "holds no texts"),
    ],
)
def test_words_that_do_not_fit_are_refused(tmp_path: Path, texts: dict[str, str], complaint: str) -> None:
    with pytest.raises(CharterError, match=complaint):
        load_wordings(write(tmp_path, **texts))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    (write(tmp_path, all="a: x") / "group" / "ar.yaml").unlink()
    with pytest.raises(CharterError, match=r"group/ar\.yaml cannot be used"):
        load_wordings(tmp_path)


def test_a_text_that_does_not_exist_or_is_asked_for_wrongly_is_an_error() -> None:
    words = load_wordings()[Language.FR]
    wrong: list[Callable[[], str]] = [
        lambda: words.text("frame.none"), lambda: words.text("documents.found"), lambda: words.number("frame.menu", 1),
    ]  # fmt: skip
    for ask in wrong:
        with pytest.raises(CharterError):
            ask()
