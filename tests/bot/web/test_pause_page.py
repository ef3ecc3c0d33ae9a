"""What people and programs get during a pause."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.messages import load_texts
from bot.pause import Pause
from bot.web.chat_page import NO_ASKER, Asker, ChatPage
from bot.web.embed_texts import load_embed_texts
from bot.web.gate import AskGate
from corpus import Language

WORDS = load_embed_texts()


def paused(what: Pause) -> bool:
    return what in Pause


@pytest.mark.parametrize("path", ["/", "/estimate"])
@pytest.mark.parametrize("language", list(Language))
def test_people_get_a_friendly_page_in_their_language(build_client: Any, path: str, language: Language) -> None:
    response = build_client(is_paused=paused).get(path, params={"lang": language})
    assert (response.status_code, response.headers["retry-after"]) == (503, "300")
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["content-language"] == language
    assert f'lang="{language}"' in response.text
    assert "www.cri-invest.ma" in response.text
    assert "gradio" not in response.text
    assert "frame-ancestors 'self'" in response.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("path", "body"),
    [("/api/ask", {"question": "Which premiums?"}), ("/api/estimate", {"amount": 80000000}), ("/mcp", {})],
)
def test_programs_get_a_problem(build_client: Any, assistant: Any, path: str, body: dict[str, Any]) -> None:
    client = build_client(is_paused=paused)
    response = client.post(path, json=body, headers={"accept-language": "zh"})
    assert response.status_code == 503
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["retry-after"] == "300"
    assert response.json()["code"] == "paused"
    assert response.json()["detail"] == WORDS[Language.ZH].paused_text
    assert assistant.asked == []


def test_the_language_of_the_question_comes_first(build_client: Any) -> None:
    body = {"question": "¿Qué primas?", "language": "es"}
    response = build_client(is_paused=paused).post("/api/ask", json=body, headers={"accept-language": "zh"})
    assert response.json()["detail"] == WORDS[Language.ES].paused_text


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/docs", "/openapi.json", "/mithaq/page.css"])
def test_machines_see_that_the_server_lives(build_client: Any, path: str) -> None:
    assert build_client(is_paused=paused).get(path).status_code == 200


def test_a_pause_of_the_widget_leaves_everything_else(build_client: Any) -> None:
    client = build_client(is_paused=lambda what: what is Pause.WIDGET)
    assert client.get("/").status_code == client.get("/estimate").status_code == 200
    assert client.post("/api/ask", json={"question": "Which premiums?"}).status_code == 200


def test_a_pause_and_its_end_work_at_once(build_client: Any) -> None:
    now = [False]
    client = build_client(is_paused=lambda what: now[0] and what is Pause.CHAT)
    seen = []
    for now[0] in (False, True, False):
        seen.append(client.post("/api/ask", json={"question": "Which premiums?"}).status_code)
    assert seen == [200, 503, 200]


def collected(page: ChatPage, question: str, asker: Asker = NO_ASKER) -> list[tuple[Any, ...]]:
    async def collect() -> list[tuple[Any, ...]]:
        return [update async for update in page.answer(question, [], "ar", asker)]

    return asyncio.run(collect())


def test_an_open_conversation_is_told_and_keeps_the_question(assistant: Any, journal: Any) -> None:
    page = ChatPage(assistant, load_texts(), journal, AskGate(assistant, is_paused=paused))
    *_, last = collected(page, "ما المنح <b>؟")
    _, _, current, turns, question, _ = last
    assert WORDS[Language.AR].paused_title in current
    assert "<b>" not in current
    assert "\n" not in current
    assert question == "ما المنح <b>؟"
    assert assistant.asked == []
    assert isinstance(turns, dict), "the conversation stays as it is"


def test_a_pause_of_the_widget_stops_the_chats_that_other_sites_have_open_and_no_others(
    assistant: Any, journal: Any
) -> None:
    gate = AskGate(assistant, is_paused=lambda what: what is Pause.WIDGET)
    page = ChatPage(assistant, load_texts(), journal, gate)
    *_, last = collected(page, "ما المنح؟", Asker(embedded=True))
    assert WORDS[Language.AR].paused_title in last[2]
    assert assistant.asked == []
    collected(page, "ما المنح؟", Asker())
    assert len(assistant.asked) == 1
