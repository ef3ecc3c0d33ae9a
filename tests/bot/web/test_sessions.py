"""What is over is forgotten, in the memory too."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

from bot.web.sessions import AFTER_CLOSING, AT_MOST, MOST_SESSIONS, add_forgetting, forget_sessions

NOW = datetime(2026, 11, 29, 12)
MINUTE = timedelta(minutes=1)


def holder(**last_used: tuple[bool, timedelta]) -> Any:
    """Sessions by name: whether the page is closed, and how long ago it was used."""
    return SimpleNamespace(
        session_data={name: SimpleNamespace(is_closed=closed) for name, (closed, _) in last_used.items()},
        time_last_used={name: NOW - ago for name, (_, ago) in last_used.items()},
    )


def test_a_closed_page_is_forgotten_after_an_hour_and_an_open_one_after_a_day() -> None:
    sessions = holder(
        closed=(True, AFTER_CLOSING),
        just_closed=(True, AFTER_CLOSING - MINUTE),
        open_for_long=(False, AT_MOST),
        open=(False, AT_MOST - MINUTE),
    )
    sessions.time_last_used["without a session"] = NOW - AFTER_CLOSING
    forget_sessions(sessions, NOW)
    assert set(sessions.session_data) == set(sessions.time_last_used) == {"just_closed", "open"}


def test_nothing_of_a_conversation_is_left(build_client: Any, monkeypatch: Any) -> None:
    found: list[Any] = []
    monkeypatch.setattr(
        "bot.web.api.add_forgetting", lambda app, sessions: (found.append(sessions), add_forgetting(app, sessions))
    )
    client = build_client()
    with client:
        asked = {"fn_index": 3, "data": ["My secret plan", None, None], "session_hash": "first"}
        client.post("/gradio_api/queue/join", content=json.dumps(asked), headers={"content-type": "application/json"})
        client.get("/gradio_api/queue/data", params={"session_hash": "first"})
        (sessions,) = found
        assert sessions.capacity == MOST_SESSIONS
        assert "secret" in str(vars(sessions.session_data["first"]))
        forget_sessions(sessions, datetime.now() + AT_MOST)
        assert "first" not in sessions.session_data
