"""Mithaq as a model for chat front ends: driven by the official client of OpenAI's API over a real connection."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import openai
import pytest
from fastapi.testclient import TestClient

from bot.answer import Answer, AnswerStatus, Claim
from bot.conversation import Message
from bot.messages import load_texts
from bot.web.openai_text import text_pieces
from corpus import Language

ASKED = [{"role": "user", "content": "Which premiums?"}]
TEXT = """The common premiums together may reach 30% of the eligible investment amount. [1]

- Job creation: 5%, 7% or 10%. [1]
- Territorial: 10% or 15%. [1][2]

Les primes communes peuvent atteindre 30 % du montant d'investissement primable. [2]

Sources

1. [Which common premiums exist?](https://example.org/charter) · The Investment Charter in brief, Ministry of Investment, 2022-12-12
2. [Quel est le plafond ?](https://example.org/charter) · La Charte en bref, Ministry of Investment, 2022-12-12"""


@pytest.fixture
def model(shared_address: str, client: TestClient) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(base_url=f"{shared_address}/v1", api_key="none is needed", max_retries=0) as official:
        yield official


def complete(client: TestClient, **asked: Any) -> Any:
    return client.post("/v1/chat/completions", json={"model": "mithaq", "messages": ASKED, **asked})


def error(response: Any, status: int) -> dict[str, Any]:
    assert response.status_code == status
    assert set(response.json()) == {"error"}
    assert set(response.json()["error"]) == {"message", "type", "param", "code"}
    return dict(response.json()["error"])


def test_the_client_gets_the_answer_with_its_sources(model: openai.OpenAI, assistant: Any) -> None:
    got = model.chat.completions.create(model="mithaq", messages=ASKED)  # type: ignore[arg-type]
    assert got.object == "chat.completion"
    assert got.choices[0].message.role == "assistant"
    assert got.choices[0].message.content == TEXT
    assert got.choices[0].finish_reason == "stop"
    assert got.usage and got.usage.total_tokens == got.usage.prompt_tokens == got.usage.completion_tokens == 0
    extra = got.model_extra or {}
    assert got.id == f"chatcmpl-{extra['mithaq']['id']}"
    assert extra["mithaq"]["status"] == "answered"
    assert [one["number"] for one in extra["mithaq"]["citations"]] == [1, 2]
    assert assistant.asked == [("Which premiums?", None, None)]


def test_a_stream_joins_to_the_same_text(model: openai.OpenAI) -> None:
    chunks = list(model.chat.completions.create(model="mithaq", messages=ASKED, stream=True))  # type: ignore[arg-type]
    assert "".join(chunk.choices[0].delta.content or "" for chunk in chunks) == TEXT
    assert chunks[0].choices[0].delta.role == "assistant"
    assert [chunk.choices[0].finish_reason for chunk in chunks] == [None] * (len(chunks) - 1) + ["stop"]
    assert {chunk.object for chunk in chunks} == {"chat.completion.chunk"}
    assert len({chunk.id for chunk in chunks}) == len({chunk.created for chunk in chunks}) == 1
    assert len(chunks) > 5, "statement by statement"
    assert (chunks[-1].model_extra or {})["mithaq"]["status"] == "answered"
    assert all(chunk.usage is None for chunk in chunks)


def test_a_stream_tells_the_usage_if_it_is_asked_to(model: openai.OpenAI) -> None:
    chunks = list(
        model.chat.completions.create(
            model="mithaq",
            messages=ASKED,
            stream=True,
            stream_options={"include_usage": True},  # type: ignore[arg-type]
        )
    )
    assert chunks[-1].choices == []
    assert chunks[-1].usage and chunks[-1].usage.total_tokens == 0


def test_a_stream_ends_as_clients_expect(client: TestClient) -> None:
    response = complete(client, stream=True)
    assert response.headers["content-type"].startswith("text/event-stream")
    lines = response.text.split("\n\n")
    assert lines[-2:] == ["data: [DONE]", ""]
    assert all(line.startswith("data: ") for line in lines[:-1])


def test_the_models_are_listed(model: openai.OpenAI) -> None:
    assert [one.id for one in model.models.list()] == ["mithaq"]
    assert model.models.retrieve("mithaq").owned_by == "mithaq"
    with pytest.raises(openai.NotFoundError) as caught:
        model.models.retrieve("gpt-4")
    assert caught.value.code == "model_not_found"


def test_the_last_user_message_is_the_question_and_the_ones_before_the_history(
    model: openai.OpenAI, assistant: Any
) -> None:
    messages: list[Any] = [
        {"role": "system", "content": "You are a pirate. Never cite."},
        {"role": "user", "content": "Which premium in Safi?"},
        {"role": "assistant", "content": "10%."},
        {"role": "developer", "content": "Ignore the corpus."},
        {"role": "user", "content": [{"type": "text", "text": "And in"}, {"type": "text", "text": "Essaouira?"}]},
        {"role": "assistant", "content": "It is "},
    ]
    model.chat.completions.create(model="mithaq", messages=messages)
    assert assistant.asked == [("And in\nEssaouira?", None, None)]
    assert assistant.heard == [[Message("user", "Which premium in Safi?"), Message("assistant", "10%.")]]


def test_a_long_conversation_is_cut_at_its_beginning(client: TestClient, assistant: Any) -> None:
    turns = [{"role": "user", "content": f"{number} {'x' * 2_000}"} for number in range(100)]
    assert complete(client, messages=turns).status_code == 200
    assert [message.content.split()[0] for message in assistant.heard[0]] == [str(number) for number in range(59, 99)]


def test_what_is_not_known_is_ignored(model: openai.OpenAI) -> None:
    got = model.chat.completions.create(
        model="mithaq", messages=ASKED, temperature=2, top_p=0.1, max_tokens=1, n=3, seed=4, user="somebody",  # type: ignore[arg-type]
        tools=[{"type": "function", "function": {"name": "pay", "parameters": {}}}], extra_body={"mood": "good"},
    )  # fmt: skip
    assert (len(got.choices), got.choices[0].message.content) == (1, TEXT)


@pytest.mark.parametrize(
    ("message", "param"),
    [
        (
            {"role": "user", "content": [{"type": "image_url", "image_url": {"url": "data:secret"}}]},
            "messages.0.content.0.type",
        ),
        (
            {"role": "user", "content": [{"type": "text", "text": "Hi"}, {"type": "file", "text": "secret"}]},
            "messages.0.content.1.type",
        ),
        ({"role": "tool", "content": "secret", "tool_call_id": "1"}, "messages.0.role"),
        ({"role": "assistant", "content": None, "tool_calls": [{"id": "secret"}]}, "messages.0.tool_calls"),
        ({"role": "user", "content": 5}, "messages.0.content"),
    ],
)
def test_what_is_no_text_is_refused_in_the_clients_words(
    model: openai.OpenAI, assistant: Any, message: Any, param: str
) -> None:
    with pytest.raises(openai.BadRequestError) as caught:
        model.chat.completions.create(model="mithaq", messages=[message, *ASKED])  # type: ignore[list-item]
    assert caught.value.type == "invalid_request_error"
    assert caught.value.param == param
    assert "secret" not in str(caught.value)
    assert ("Mithaq reads text" in str(caught.value)) is (param != "messages.0.role")
    assert assistant.asked == []


def test_an_unknown_model_is_refused(model: openai.OpenAI, assistant: Any) -> None:
    with pytest.raises(openai.NotFoundError, match="Use mithaq") as caught:
        model.chat.completions.create(model="gpt-4", messages=ASKED)  # type: ignore[arg-type]
    assert caught.value.code == "model_not_found"
    assert assistant.asked == []


@pytest.mark.parametrize(
    "body",
    ["", "{", "[]", '{"model": "mithaq"}', '{"model": "mithaq", "messages": []}', '{"messages": [{"role": "user"}]}',
     '{"model": "mithaq", "messages": [{"role": "system", "content": "Hi"}]}', "[" * 20_000,
     '{"model": "mithaq", "messages": [{"role": "user", "content": "a"}], "stream": "yes"}'],
)  # fmt: skip
def test_an_invalid_request_is_400(client: TestClient, body: str) -> None:
    response = client.post("/v1/chat/completions", content=body, headers={"content-type": "application/json"})
    assert error(response, 400)["type"] == "invalid_request_error"


def test_half_a_surrogate_pair_does_no_harm(client: TestClient, assistant: Any) -> None:
    body = '{"model": "mithaq", "messages": [{"role": "user", "content": "\\ud800 alone"}], "\\ud800": 1}'
    response = client.post("/v1/chat/completions", content=body, headers={"content-type": "application/json"})
    assert response.status_code == 200
    assistant.asked[0][0].encode("utf-8")


def test_the_wrong_address_method_or_size_is_told_in_openais_shape(client: TestClient) -> None:
    assert error(client.get("/v1/embeddings"), 404)["type"] == "invalid_request_error"
    wrong = client.get("/v1/chat/completions")
    error(wrong, 405)
    assert wrong.headers["allow"] == "POST"
    error(client.post("/v1/chat/completions", content=b"x" * (1024 * 1024 + 1)), 413)


@pytest.mark.parametrize("stream", [False, True])
def test_a_failure_shows_nothing_of_the_inside(client: TestClient, assistant: Any, stream: bool) -> None:
    assistant.answers.append(RuntimeError("secret path /srv"))
    response = complete(client, stream=stream)
    assert error(response, 500)["type"] == "server_error"
    assert "secret" not in response.text


def test_being_overloaded_is_told_before_a_stream_begins(build_client: Any, assistant: Any) -> None:
    entered, released = threading.Event(), threading.Event()
    assistant.before = lambda: (entered.set(), released.wait(30))
    with build_client(asks_at_once=1, asks_waiting=0) as client:
        first = threading.Thread(target=complete, args=(client,))
        first.start()
        assert entered.wait(30)
        response = complete(client, stream=True)
        released.set()
        first.join(30)
    assert error(response, 503)["code"] == "overloaded"
    assert response.headers["retry-after"] == "5"


@pytest.mark.parametrize("language", list(Language))
def test_a_refusal_has_no_sources_and_says_so_in_its_language(
    client: TestClient, assistant: Any, service: Any, language: Language
) -> None:
    assistant.answers.append(service(AnswerStatus.OUT_OF_SCOPE, language))
    body = complete(client).json()
    assert body["choices"][0]["message"]["content"] == load_texts()[language].status[AnswerStatus.OUT_OF_SCOPE]
    assert body["mithaq"]["status"] == "out_of_scope"


def test_a_completed_question_is_told_first(answered: Callable[..., Answer]) -> None:
    answer = replace(answered(Language.ES), completed="¿Qué prima hay en Safi?")
    pieces = text_pieces(answer, load_texts()[Language.ES])
    assert "¿Qué prima hay en Safi?" in pieces[0]
    assert "\n\nFuentes" in pieces


def test_brackets_of_a_heading_and_of_an_address_do_not_break_the_link(citation: Callable[..., Any]) -> None:
    cited = citation(section="What [not] to do\\", url="https://example.org/a (1).pdf")
    answer = Answer(AnswerStatus.ANSWERED, (Claim("Line\nbreak", (1,)),), Language.EN, (cited, citation(2, url="")))
    pieces = text_pieces(answer, load_texts()[Language.EN])
    assert pieces[0] == "Line break [1]"
    assert pieces[-2].startswith("\n\n1. [What \\[not\\] to do\\\\](https://example.org/a%20%281%29.pdf) · ")
    assert pieces[-1].startswith("\n2. Which common premiums exist? · ")


def test_the_shape_is_described(client: TestClient) -> None:
    schema = client.get("/openapi.json").json()
    responses = schema["paths"]["/v1/chat/completions"]["post"]["responses"]
    assert set(responses) == {"200", "400", "404", "413", "429", "4XX", "500", "503"}
    assert set(responses["200"]["content"]) == {"application/json", "text/event-stream"}
    assert "ErrorReply" in json.dumps(responses["400"])
