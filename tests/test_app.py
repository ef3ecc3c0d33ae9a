"""The parts put together: from the settings to a page and an API that answer."""

from __future__ import annotations

import asyncio
import hashlib
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

import app
from bot.api_keys import ApiKeys
from bot.database import Database
from bot.settings import ApiSettings, CorpusSettings, Settings
from corpus import Confidence, Kind, Language, Passage, SnapshotMissingError
from corpus.loading import load_corpus
from corpus.splitting import split_into_passages
from index import SnapshotStore, build_index
from index.lexical import tokenise

CAP = "The premiums together may not exceed 30% of the eligible investment amount."

DOCUMENT = f"""---
title: The cap
kind: summary
publisher: Mithaq
published: 2026-01-02
as_of: 2026-03-04
lang: en
original_lang: en
confidence: official
sources: [{{title: "Official Bulletin", url: "https://example.org/bo"}}]
---

## What is the cap? {{#cap}}

{CAP}
"""


class WordEncoder:
    """Hashed bags of words; ready once it was loaded, as the real one."""

    id = "words/1"

    def __init__(self) -> None:
        self.loaded = 0

    @property
    def ready(self) -> bool:
        return self.loaded > 0

    def load(self) -> None:
        self.loaded += 1

    def encode_passages(self, texts: Sequence[str]) -> Any:
        vectors = np.full((len(texts), 256), 1e-6, np.float32)
        for row, text in enumerate(texts):
            for token in tokenise(text):
                vectors[row, hashlib.sha256(token.encode()).digest()[0]] += 1
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    encode_queries = encode_passages


def passage(anchor: str, heading: str, text: str) -> Passage:
    return Passage(
        section_id=f"cap#{anchor}", language=Language.EN, original_language=Language.EN, title="Premiums", heading=heading,
        text=text, kind=Kind.SUMMARY, publisher="Mithaq", published=date(2026, 1, 2), as_of=date(2026, 3, 4),
        url="https://example.org", source_title="BO", confidence=Confidence.OFFICIAL,
    )  # fmt: skip


@pytest.fixture
def encoder(monkeypatch: pytest.MonkeyPatch) -> WordEncoder:
    encoder = WordEncoder()
    monkeypatch.setattr("index.encoder.open_encoder", lambda *_: encoder)
    return encoder


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    opened: list[Database] = []

    class KeptDatabase(Database):
        def __init__(self, url: str) -> None:
            super().__init__(url)
            opened.append(self)

    monkeypatch.setattr("bot.database.Database", KeptDatabase)
    yield Settings(home=tmp_path)
    for database in opened:
        database.close()


def build(settings: Settings) -> FastAPI:
    async def inside() -> FastAPI:
        return app.build_application(settings)

    # Inside a running loop: Gradio makes loops of its own, and leaks them, where there is none. In a thread, because the browser
    # tests before leave their loop running in this one.
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(lambda: asyncio.run(inside())).result()


def wait_until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)


def wait_until_ready(client: TestClient) -> dict[str, str]:
    end = time.monotonic() + 60
    while (reply := client.get("/readyz")).status_code != 200 and time.monotonic() < end:
        time.sleep(0.05)
    return reply.json()


def test_the_whole_application_answers_from_the_index_on_disk(settings: Settings, encoder: WordEncoder) -> None:
    passages = [
        passage("cap", "What is the cap on the premiums?", CAP),
        passage("jobs", "Jobs?", "Permanent jobs count."),
    ]
    built = build_index(passages, encoder, settings.home)
    client = TestClient(build(settings))
    reply = client.post("/api/ask", json={"question": "What is the cap on the premiums?"}).json()
    assert (reply["status"], reply["answer"]) == ("answered", f"{CAP} [1]")
    assert client.get("/healthz").status_code == 200
    assert wait_until_ready(client) == {"status": "ready", "snapshot": built.snapshot_id}
    assert "Mithaq" in client.get("/").text
    assert encoder.loaded == 1, "the model is loaded beside the first page"


def test_an_index_that_is_switched_answers_the_next_question(settings: Settings, encoder: WordEncoder) -> None:
    first = build_index([passage("cap", "What is the cap on the premiums?", CAP)], encoder, settings.home)
    client = TestClient(build(settings))
    second = build_index(
        [passage("cap", "What is the cap on the premiums?", CAP.replace("30%", "35%"))], encoder, settings.home
    )
    # Whoever asks while another thread opens the new index is answered from the one before.
    wait_until(lambda: wait_until_ready(client)["snapshot"] == second.snapshot_id)
    assert "35%" in client.post("/api/ask", json={"question": "What is the cap on the premiums?"}).json()["answer"]
    SnapshotStore(settings.home).switch(first.snapshot_id)
    wait_until(lambda: wait_until_ready(client)["snapshot"] == first.snapshot_id)
    assert "30%" in client.post("/api/ask", json={"question": "What is the cap on the premiums?"}).json()["answer"]


def test_programs_read_the_documents_with_a_key_where_one_is_required(settings: Settings, encoder: WordEncoder) -> None:
    folder = settings.home / "documents"
    (folder / "charter/cap").mkdir(parents=True)
    (folder / "charter/cap/en.md").write_text(DOCUMENT, encoding="utf-8")
    build_index(split_into_passages(load_corpus(folder).documents, date(2026, 11, 1)), encoder, settings.home)
    key = ApiKeys(settings.home).add("site")
    closed = settings.model_copy(
        update={"corpus": CorpusSettings(documents=folder), "api": ApiSettings(keys_required=True)}
    )
    client = TestClient(build(closed))
    assert client.get("/api/documents").status_code == 401
    shown = client.get("/api/documents/cap", headers={"authorization": f"Bearer {key}"}).json()
    assert (shown["collection"], shown["sections"][0]["text"]) == ("charter", CAP)


def test_without_an_index_nothing_is_served(settings: Settings, encoder: WordEncoder) -> None:
    with pytest.raises(SnapshotMissingError, match="mithaq index build"):
        app.build_application(settings)


def test_serve_listens_where_the_settings_say(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    import uvicorn

    from bot.web.slow_clients import server_limits

    called: list[tuple[object, dict[str, object]]] = []
    monkeypatch.setattr(app, "build_application", lambda given: ("application of", given.home))
    monkeypatch.setattr(uvicorn, "run", lambda application, **options: called.append((application, options)))
    monkeypatch.setattr("bot.logs.configure_logging", lambda form, questions: called.append((form, questions)))
    app.serve(settings)
    assert called.pop(0) == ("plain", False)
    assert called == [
        (
            ("application of", settings.home),
            {
                "host": "127.0.0.1",
                "port": 7860,
                "log_level": "warning",
                "log_config": None,
                "access_log": False,
                "server_header": False,
                "proxy_headers": False,
                **server_limits(),
            },
        )
    ]


@pytest.mark.parametrize("code", [0, 1])
def test_the_command_ends_with_the_exit_code_of_what_it_ran(code: int, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[tuple[list[str], object]] = []

    def run_command(arguments: list[str], serve: object) -> int:
        heard.append((arguments, serve))
        return code

    monkeypatch.setattr(app, "run_command", run_command)
    monkeypatch.setattr(sys, "argv", ["mithaq", "index", "status"])
    with pytest.raises(SystemExit, match=str(code)):
        app.main()
    assert heard == [(["index", "status"], app.serve)]
