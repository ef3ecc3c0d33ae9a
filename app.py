"""Puts the parts together and serves: settings → index → assistant → web."""

from __future__ import annotations

import sys
import threading
from typing import TYPE_CHECKING

from bot.cli import run_command
from bot.settings import Settings

if TYPE_CHECKING:
    from fastapi import FastAPI


def build_application(settings: Settings) -> FastAPI:
    """The whole web application on the current index; the embedding model loads beside the first page.

    Raises:
        CharterError: the index, the glossary, a text file or the database cannot be used.
    """
    from bot.assistant import Assistant
    from bot.journal import Journal
    from bot.messages import load_texts
    from bot.section_search import SectionSearch
    from bot.web.api import build_app
    from corpus.glossary import load_glossary
    from index import LiveIndex, open_encoder

    encoder = open_encoder(settings.index.encoder)
    glossary = load_glossary()
    index = LiveIndex(settings.home, encoder, glossary)
    assistant = Assistant(index.get, glossary)
    app = build_app(
        assistant,
        journal=Journal(settings.journal_url),
        texts=load_texts(),
        snapshot=lambda: index.get().snapshot_id if encoder.ready else None,
        sections=SectionSearch(index.get, glossary),
        asks_at_once=settings.server.asks_at_once,
        asks_waiting=settings.server.asks_waiting,
        mcp_hosts=settings.server.mcp_host_names,
    )
    threading.Thread(target=encoder.load, name="load-encoder", daemon=True).start()
    return app


def serve(settings: Settings) -> None:
    """Serve until stopped."""
    import uvicorn

    uvicorn.run(
        build_application(settings),
        host=settings.server.host,
        port=settings.server.port,
        log_level="warning",
        server_header=False,
    )


def main() -> None:
    """The command `mithaq`."""
    sys.exit(run_command(sys.argv[1:], serve=serve))


if __name__ == "__main__":
    main()
