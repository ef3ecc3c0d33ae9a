"""The texts of every language are complete, hold the same places to fill, and an incomplete file says what it lacks."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
import yaml

from bot import messages
from bot.answer import AnswerStatus
from bot.messages import TEXTS_FOLDER, load_texts
from corpus import CharterError, Language


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the text files that is read instead of them."""
    copy = Path(shutil.copytree(TEXTS_FOLDER, tmp_path / "texts"))
    monkeypatch.setattr(messages, "TEXTS_FOLDER", copy)
    load_texts.cache_clear()
    yield copy
    load_texts.cache_clear()


def change(path: Path, *keys: str) -> None:
    """Remove the line at `keys`."""
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    holder = raw
    for key in keys[:-1]:
        holder = holder[key]
    del holder[keys[-1]]
    path.write_text(yaml.safe_dump(raw, allow_unicode=True), encoding="utf-8")


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("language", [*Language])
def test_every_language_has_exactly_the_statuses_and_no_empty_text(language: Language) -> None:
    raw = yaml.safe_load((TEXTS_FOLDER / f"{language}.yaml").read_text(encoding="utf-8"))
    assert set(raw["status"]) == {status.value for status in AnswerStatus}
    flat = [text for part in raw.values() if isinstance(part, dict) for text in part.values()]
    assert all(text.strip() for text in flat)


@pytest.mark.parametrize("language", [*Language])
def test_every_language_leaves_the_same_places_to_fill(language: Language) -> None:
    english, own = load_texts()[Language.EN], load_texts()[language]
    for status in AnswerStatus:
        assert places(own.status[status]) == places(english.status[status]), status
    for reason, text in english.refusals.items():
        assert places(own.refusals[reason]) == places(text), reason
    for part in ("service", "compose"):
        for name, text in getattr(english, part):
            assert places(getattr(getattr(own, part), name)) == places(text), name
    for name, text in english.ui.items():
        assert places(own.ui[name]) == places(text), name


def test_the_texts_are_read_once_and_cannot_be_changed() -> None:
    assert load_texts() is load_texts()
    with pytest.raises(TypeError):
        load_texts()[Language.EN] = load_texts()[Language.FR]  # type: ignore[index]


def test_a_missing_status_is_named_with_its_file(folder: Path) -> None:
    change(folder / "es.yaml", "status", "overloaded")
    with pytest.raises(CharterError, match=r"texts/es\.yaml lacks overloaded\. Add these lines\."):
        load_texts()


def test_a_word_of_the_page_that_one_language_lacks_is_named(folder: Path) -> None:
    change(folder / "zh.yaml", "ui", "send")
    with pytest.raises(CharterError, match=r"zh\.yaml lacks send"):
        load_texts()


def test_a_missing_text_of_a_fixed_part_is_named(folder: Path) -> None:
    change(folder / "ar.yaml", "refusals", "advice")
    with pytest.raises(CharterError, match=r"ar\.yaml lacks advice"):
        load_texts()


def test_an_unknown_status_is_refused(folder: Path) -> None:
    text = (folder / "fr.yaml").read_text(encoding="utf-8")
    (folder / "fr.yaml").write_text(text.replace("  too_long:", "  too_longg:"), encoding="utf-8")
    with pytest.raises(CharterError, match=r"fr\.yaml cannot be used"):
        load_texts()


@pytest.mark.parametrize("content", [None, "status: [", "just words"])
def test_a_file_that_is_gone_or_broken_says_how_to_repair_it(folder: Path, content: str | None) -> None:
    if content is None:
        (folder / "en.yaml").unlink()
    else:
        (folder / "en.yaml").write_text(content, encoding="utf-8")
    with pytest.raises(CharterError, match=r"(?s)en\.yaml cannot be used: .*Restore the file from the repository"):
        load_texts()
