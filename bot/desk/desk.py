"""The services of the staff desk in one value, so that pages are handed one thing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bot.database import Database
from bot.desk.accounts import Accounts
from bot.desk.audit import Audit
from bot.desk.drafts import Drafts
from bot.desk.history import History
from bot.desk.listening import Listening
from bot.desk.preview import Previews
from bot.desk.publishing import Publisher
from bot.desk.questions import DeskQuestions
from bot.desk.sign_in import SignIn
from bot.desk.translating import Translations
from bot.journal import Journal
from corpus.importing import Imported, import_file


@dataclass(frozen=True)
class Desk:
    """What the pages of the desk call; built once by `open_desk`.

    Attributes:
        documents: the folder of documents.
        read_file: the text of a file (its bytes and its name) and what is proposed about it.
    """

    documents: Path
    read_file: Callable[[bytes, str], Imported]
    accounts: Accounts
    sign_in: SignIn
    audit: Audit
    drafts: Drafts
    previews: Previews
    publisher: Publisher
    questions: DeskQuestions
    history: History
    listening: Listening
    translations: Translations
    journal: Journal


def open_desk(
    database: Database,
    journal: Journal,
    home: Path,
    documents: Path,
    *,
    previews: Callable[[Drafts], Previews],
    listening: Listening,
    translations: Translations,
) -> Desk:
    """The desk on a database; what needs the index or a chat model is handed in.

    Args:
        database: where accounts, drafts, publishings and the log are kept.
        journal: the questions of visitors.
        home: the folder of the index.
        documents: the folder of documents.
        previews: makes the previews of drafts.
        listening: groups the questions of visitors.
        translations: compares the languages of documents.
    """
    audit = Audit(database)
    drafts = Drafts(database, documents, audit)
    return Desk(
        documents=documents, read_file=import_file, accounts=Accounts(database), sign_in=SignIn(database), audit=audit,
        drafts=drafts, previews=previews(drafts), publisher=Publisher(database, home, drafts, audit),
        questions=DeskQuestions(database, audit), history=History(database, home, documents, audit, drafts),
        listening=listening, translations=translations, journal=journal,
    )  # fmt: skip
