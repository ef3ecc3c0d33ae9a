"""A desk of small doubles: two accounts, sessions in a dictionary, and whatever else a test puts in."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from bot.database import Base, Database
from bot.desk.desk import Desk
from bot.desk.drafts import Drafts
from bot.web.security import BodyLimit, SecurityHeaders
from bot.web.staff import StaffDoor, StaffHeaders, add_staff
from corpus import Language
from corpus.errors import LockedOutError, WrongPasswordError

PASSWORD = "correct horse battery"
ORIGIN = {"origin": "http://testserver", "sec-fetch-site": "same-origin"}


@dataclass
class TwoAccounts:
    """`amina` publishes, `omar` edits."""

    roles: dict[str, str] = field(default_factory=lambda: {"amina": "publisher", "omar": "editor"})

    def exist(self) -> bool:
        return bool(self.roles)


@dataclass
class Sessions:
    """Sessions in a dictionary; five wrong passwords lock for a quarter of an hour."""

    accounts: TwoAccounts
    open: dict[str, Any] = field(default_factory=dict)
    wrong: int = 0
    visitors: list[str] = field(default_factory=list)

    def sign_in(self, name: str, password: str, *, visitor: str) -> str:
        self.visitors.append(visitor)
        if self.wrong >= 5:
            raise LockedOutError(datetime(2026, 11, 29, 10, 15, tzinfo=UTC))
        if password != PASSWORD or name not in self.accounts.roles:
            self.wrong += 1
            raise WrongPasswordError("wrong")
        token = secrets.token_urlsafe(32)
        account = SimpleNamespace(name=name, role=self.accounts.roles[name], language="")
        self.open[token] = SimpleNamespace(
            account=account, csrf=secrets.token_hex(16), expires=datetime.now(UTC) + timedelta(hours=8)
        )
        return token

    def find(self, token: str) -> Any:
        return self.open.get(token)

    def sign_out(self, token: str) -> None:
        self.open.pop(token, None)


@dataclass
class Log:
    """The log as a list, the last entry first."""

    entries_: list[Any] = field(default_factory=list)

    def record(
        self, who: str, action: str, subject: str, *, before: str = "", after: str = "", reason: str = ""
    ) -> int:
        entry = SimpleNamespace(
            id=len(self.entries_), when=datetime(2026, 11, 28, 9, 30, tzinfo=UTC), who=who, action=action, subject=subject,
            before=before, after=after, reason=reason,
        )  # fmt: skip
        self.entries_.insert(0, entry)
        return entry.id

    def entries(self, *, subject: str = "", who: str = "", most: int = 100, before_id: int | None = None) -> list[Any]:
        return [one for one in self.entries_ if subject in {"", one.subject} and who in {"", one.who}][:most]


@dataclass
class Listened:
    """Groups of questions that were put in."""

    found: list[Any] = field(default_factory=list)

    def groups(self, since_days: int = 30, kind: str = "unanswered") -> list[Any]:
        return self.found

    def over_time(self, since_days: int = 30) -> tuple[Any, ...]:
        return ()


@dataclass
class Published:
    """Publishings that were put in."""

    done: list[Any] = field(default_factory=list)

    def jobs(self) -> list[Any]:
        return self.done


@dataclass
class Looked:
    """Previews as they were put in; keeps what was tried."""

    shown: Any = None
    tried: list[tuple[str, str]] = field(default_factory=list)
    answers: Any = None

    def preview(self, draft: Any) -> Any:
        return self.shown or SimpleNamespace(
            sections=(), findings=(), duplicates=(), conflicts=(), replacements=(), now_answered=()
        )

    def try_question(self, draft: Any, question: str, language: Language) -> Any:
        self.tried.append((question, str(language)))
        return self.answers


@dataclass
class Reader:
    """Reads a file as its own text, or raises what was put in."""

    fails: Exception | None = None
    doubts: tuple[tuple[str, int], ...] = ()
    read: list[tuple[str, int]] = field(default_factory=list)

    def __call__(self, content: bytes, name: str) -> Any:
        self.read.append((name, len(content)))
        if self.fails:
            raise self.fails
        text = content.decode("utf-8", "replace")
        return SimpleNamespace(
            markdown=text, title=text.strip().splitlines()[0][:90].lstrip("# "), published=date(2026, 11, 20),
            publisher="CCIS", language=Language.FR, topics=("charter",), provinces=(), sectors=(), pages=1,
            warnings=tuple(doubt for doubt, _ in self.doubts), doubts=self.doubts, format="text",
        )  # fmt: skip


class Staff:
    """A browser at the desk: it sends what browsers send with a form, the token of the page included."""

    def __init__(self, client: TestClient, desk: Desk) -> None:
        self.client, self.desk = client, desk

    def sign_in(self, name: str = "amina", password: str = PASSWORD, **more: Any) -> Any:
        sent = {"name": name, "password": password, **more}
        return self.client.post("/staff/sign-in", data=sent, headers=ORIGIN, follow_redirects=False)

    def get(self, path: str, **more: Any) -> Any:
        return self.client.get(f"/staff{path}", **{"follow_redirects": False, **more})

    def post(self, path: str, data: dict[str, Any] | None = None, **more: Any) -> Any:
        sent = {"csrf": self.csrf, **(data or {})}
        return self.client.post(f"/staff{path}", data=sent, **{"headers": ORIGIN, "follow_redirects": False, **more})

    @property
    def csrf(self) -> str:
        found = re.search(r'name="csrf" value="([^"]+)"', self.get("").text)
        return found.group(1) if found else ""


def build_desk(folder: Path, **services: Any) -> Desk:
    """A desk over a folder, with real drafts; these services replace the doubles."""
    accounts = services.pop("accounts", None) or TwoAccounts()
    documents, log = folder / "documents", services.pop("audit", None) or Log()
    documents.mkdir(exist_ok=True)
    database = Database(f"sqlite:///{folder}/desk.db")
    Base.metadata.create_all(database._engine)
    known: dict[str, Any] = {
        "accounts": accounts, "sign_in": Sessions(accounts), "documents": documents, "audit": log, "read_file": Reader(),
        "drafts": Drafts(database, documents, log), "previews": Looked(),
        "publisher": Published(), "listening": Listened(), **services,
    }  # fmt: skip
    return Desk(**{one.name: known.get(one.name) for one in fields(Desk)})


def write_document(folder: Path, path: str = "press/visit/fr.md", **fields: Any) -> Path:
    """A document on the disk, with these fields changed and `body` as its text."""
    file = folder / "documents" / path
    body = fields.pop("body", "## Qui est venu ? {#who}\n\nUne délégation de 12 entreprises est venue le 20 novembre.")
    values = {
        "title": "Visite d'une délégation", "kind": "press-release", "publisher": "CCIS", "published": "2026-11-20",
        "as_of": "2026-11-20", "lang": file.stem, "original_lang": "fr", "topics": "[charter]", "confidence": "press", **fields,
    }  # fmt: skip
    file.parent.mkdir(parents=True, exist_ok=True)
    front = "\n".join(f"{name}: {value}" for name, value in values.items())
    file.write_text(f"---\n{front}\n---\n\n{body}\n", encoding="utf-8")
    return file


def serve_desk(desk: Desk | None) -> FastAPI:
    """An application that has the desk alone."""
    app = FastAPI()
    add_staff(app, desk)
    app.add_middleware(BodyLimit)
    app.add_middleware(StaffDoor, desk=desk)
    app.add_middleware(SecurityHeaders)
    app.add_middleware(StaffHeaders)
    return app


@pytest.fixture
def visit_desk(tmp_path: Path) -> Iterator[Callable[..., Staff]]:
    """A browser at a desk with these services; not signed in."""
    opened: list[Desk] = []

    def visit(*, address: str = "http://testserver", **services: Any) -> Staff:
        desk = build_desk(tmp_path, **services)
        opened.append(desk)
        return Staff(TestClient(serve_desk(desk), base_url=address, raise_server_exceptions=False), desk)

    yield visit
    for desk in opened:
        desk.drafts._database.close()


@pytest.fixture
def staff(visit_desk: Callable[..., Staff]) -> Staff:
    """Somebody who publishes, signed in."""
    browser = visit_desk()
    assert browser.sign_in().status_code == 303
    return browser


@pytest.fixture
def add_document(tmp_path: Path) -> Callable[..., Path]:
    """Writes a document into the desk's folder."""

    def add(path: str = "press/visit/fr.md", **fields: Any) -> Path:
        return write_document(tmp_path, path, **fields)

    return add
