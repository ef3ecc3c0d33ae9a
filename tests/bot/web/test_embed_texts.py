"""The words of the button and of a pause."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.web import embed_texts
from bot.web.embed_texts import load_embed_texts
from corpus import CharterError, Language

FIRST = next(iter(Language))


def test_every_language_has_every_word_and_none_is_borrowed() -> None:
    texts = load_embed_texts()
    assert list(texts) == list(Language)
    for name in embed_texts.EmbedTexts.model_fields:
        said = [getattr(text, name) for text in texts.values()]
        assert all(said)
        assert len(set(said)) == len(said)
    for text in texts.values():
        assert "www.cri-invest.ma" in text.paused_text


@pytest.mark.parametrize("content", ["button: Ask\n", "button: [", None])
def test_a_damaged_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str | None) -> None:
    if content is not None:
        (tmp_path / f"{FIRST}.yaml").write_text(content, encoding="utf-8")
    monkeypatch.setattr(embed_texts, "EMBED_TEXTS_FOLDER", tmp_path)
    load_embed_texts.cache_clear()
    try:
        with pytest.raises(CharterError, match=rf"{FIRST}\.yaml cannot be used"):
            load_embed_texts()
    finally:
        load_embed_texts.cache_clear()
