"""Puts the parts together and serves: settings → index → assistant → web."""

from __future__ import annotations

import gc
import os
import sys
import threading
from typing import TYPE_CHECKING

from bot.cli import run_command
from bot.settings import Settings

if TYPE_CHECKING:
    from fastapi import FastAPI


def build_application(settings: Settings) -> FastAPI:
    """The whole web application on the current index; what the first questions need is loaded beside the first page.

    Raises:
        CharterError: the index, the glossary, a text file or the database cannot be used.
    """
    from bot.api_keys import ApiKeys
    from bot.assistant import Assistant
    from bot.chat_model import open_chat_model
    from bot.database import Database
    from bot.desk.desk import open_desk
    from bot.desk.listening import Listening, follow
    from bot.desk.open_previews import open_previews
    from bot.desk.question_vectors import QuestionVectors
    from bot.desk.translating import Translations
    from bot.documents import IndexedDocuments
    from bot.journal import Journal
    from bot.messages import load_texts
    from bot.pause import PauseFile
    from bot.section_search import SectionSearch
    from bot.web.api import build_app
    from bot.web.fair_use import Limits
    from bot.web.recorder import QuestionRecorder
    from corpus.glossary import load_glossary
    from index import LiveIndex, open_encoder

    encoder = open_encoder(settings.index.encoder)
    glossary = load_glossary()
    index = LiveIndex(settings.home, encoder, glossary)
    assistant = Assistant(index.get, glossary, most_characters=settings.limits.question_length)
    prepared = threading.Event()

    def prepare() -> None:
        encoder.load()
        assistant.prepare()
        gc.collect()
        gc.freeze()  # what is loaded stays: looking it all through for garbage would hold every question up, 0.3 s each time
        prepared.set()

    database = Database(settings.journal_url)
    journal = Journal(database, settings.journal.days)
    listening = Listening(journal, index.get, QuestionVectors(settings.home, encoder))
    app = build_app(
        assistant,
        journal=journal,
        texts=load_texts(),
        snapshot=lambda: index.get().snapshot_id if prepared.is_set() else None,
        sections=SectionSearch(index.get, glossary),
        documents=IndexedDocuments(settings.corpus.documents, index.get),
        keys=ApiKeys(settings.home) if settings.api.keys_required else None,
        asks_at_once=settings.server.asks_at_once,
        asks_waiting=settings.server.asks_waiting,
        mcp_hosts=settings.server.mcp_host_names,
        embed_sites=settings.embed.origins,
        is_paused=PauseFile(settings.home).is_paused,
        hosts=settings.server.host_names,
        limits=Limits(**settings.limits.model_dump(exclude={"question_length"})),
        trusted_proxies=settings.server.proxies,
        cors_origins=settings.api.origins,
        metrics_allowed=settings.metrics.networks,
        log_questions=settings.log.questions,
        listeners=[QuestionRecorder(journal, lambda: index.get().snapshot_id).note],
        desk=open_desk(
            database,
            journal,
            settings.home,
            settings.corpus.documents,
            previews=lambda drafts: open_previews(
                drafts, settings.corpus.documents, settings.home, encoder, glossary, index.get, assistant, journal
            ),
            listening=listening,
            translations=Translations(settings.corpus.documents, glossary, open_chat_model(settings.chat_model)),
        ),
    )
    threading.Thread(target=prepare, name="prepare", daemon=True).start()
    follow(listening, prepared)
    return app


def serve(settings: Settings) -> None:
    """Serve until stopped."""
    import uvicorn

    from bot.logs import configure_logging
    from bot.web.slow_clients import server_limits

    configure_logging(settings.log.format, questions=settings.log.questions)
    uvicorn.run(
        build_application(settings),
        host=settings.server.host,
        port=settings.server.port,
        log_level="warning",
        log_config=None,
        access_log=False,  # bot/web/request_log.py writes it, without what was asked
        server_header=False,
        proxy_headers=False,  # bot/web/visitors.py reads them, from trusted proxies only
        **server_limits(),
    )


def main() -> None:
    """The command `mithaq`."""
    # Read when numpy and FAISS load: questions run side by side, so their sums must not take all cores each (twice as slow).
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    sys.exit(run_command(sys.argv[1:], serve=serve))


if __name__ == "__main__":
    main()
