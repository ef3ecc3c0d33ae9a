"""A chat model by name: what is missing is named with what to install, replies come in time or not at all, keys never show."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from langchain_core.language_models.fake_chat_models import GenericFakeChatModel
from langchain_core.messages import AIMessage

from bot.chat_model import LangChainChatModel, open_chat_model
from bot.settings import ChatModelSettings
from corpus import ChatModelError

KEY = "sk-open-sesame"


def fake(*replies: Any) -> GenericFakeChatModel:
    return GenericFakeChatModel(messages=iter(replies))


def settings(name: str = "ollama:small", **more: Any) -> ChatModelSettings:
    return ChatModelSettings(name=name, **more)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """LangChain opens a fake; what it was given stands in the returned mapping."""
    given: dict[str, Any] = {}

    def init(model: str, **kwargs: Any) -> GenericFakeChatModel:
        given.update(kwargs, model=model)
        return fake(AIMessage("bonjour"))

    monkeypatch.setattr("langchain.chat_models.init_chat_model", init)
    return given


def fails(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def init(*_: Any, **__: Any) -> None:
        raise error

    monkeypatch.setattr("langchain.chat_models.init_chat_model", init)


def test_without_a_name_there_is_no_model() -> None:
    assert open_chat_model(ChatModelSettings()) is None


def test_a_model_is_opened_by_its_name_with_what_the_settings_give(opened: dict[str, Any]) -> None:
    model = open_chat_model(settings(api_key=KEY, base_url="http://127.0.0.1:11434", timeout=7))
    assert model is not None
    assert model.name == "ollama:small"
    assert opened == {"model": "ollama:small", "api_key": KEY, "base_url": "http://127.0.0.1:11434", "timeout": 7}
    assert model.reply("translate", "hello") == "bonjour"


def test_what_is_not_set_is_not_passed_on(opened: dict[str, Any]) -> None:
    open_chat_model(settings())
    assert set(opened) == {"model", "timeout"}


@pytest.mark.parametrize(
    ("name", "error", "package"),
    [
        (
            "openai:m",
            ImportError("requires the langchain-openai package. `pip install langchain-openai`"),
            "langchain-openai",
        ),
        ("ollama:m", ImportError("No module named 'langchain_ollama'"), "langchain-ollama"),
        ("ollama:m", AttributeError("module 'langchain_community' has no attribute"), "langchain-ollama"),
        ("google_genai:m", ImportError("no such thing"), "langchain-google-genai"),
    ],
)
def test_a_missing_package_is_named_with_the_command_that_installs_it(
    monkeypatch: pytest.MonkeyPatch, name: str, error: Exception, package: str
) -> None:
    fails(monkeypatch, error)
    with pytest.raises(
        ChatModelError, match=rf"needs {package}, which is not installed\. Run: .*pip install {package}$"
    ):
        open_chat_model(settings(name))


def test_the_real_langchain_names_the_package_of_a_provider_that_is_not_installed() -> None:
    with pytest.raises(ChatModelError, match=r"needs langchain-mistralai, which is not installed"):
        open_chat_model(settings("mistralai:any"))


@pytest.mark.parametrize("name", ["nonsense", "no-such-provider:m"])
def test_a_name_that_nobody_knows_is_an_error_that_shows_how_to_write_one(name: str) -> None:
    with pytest.raises(ChatModelError, match=rf"“{name}” cannot be opened \(ValueError\)\. Write .* as provider:model"):
        open_chat_model(settings(name))


def test_a_provider_that_refuses_its_settings_is_not_quoted(monkeypatch: pytest.MonkeyPatch) -> None:
    fails(monkeypatch, RuntimeError(f"bad key {KEY}"))
    with pytest.raises(ChatModelError, match="MITHAQ_CHAT_MODEL__API_KEY") as caught:
        open_chat_model(settings(api_key=KEY))
    assert KEY not in str(caught.value)


def test_the_key_shows_nowhere() -> None:
    assert KEY not in f"{settings(api_key=KEY)!r} {settings(api_key=KEY).model_dump_json()}"


def test_text_in_parts_is_one_text() -> None:
    parts = [{"type": "text", "text": "bon"}, {"type": "text", "text": "jour"}]
    assert LangChainChatModel(fake(AIMessage(parts)), "m", 5).reply("i", "t") == "bonjour"


def test_a_model_that_fails_is_an_error_without_its_words() -> None:
    with pytest.raises(ChatModelError, match=r"“m” does not answer \(\w+\)\. Check that it is running") as caught:
        LangChainChatModel(fake(), "m", 5).reply("i", "the secret text")
    assert "secret" not in str(caught.value)


def test_a_model_that_hangs_is_given_up() -> None:
    release = threading.Event()

    def hang() -> Iterator[AIMessage]:
        release.wait(30)
        yield AIMessage("too late")

    with pytest.raises(ChatModelError, match=r"did not answer within 0\.05 seconds"):
        LangChainChatModel(GenericFakeChatModel(messages=hang()), "m", 0.05).reply("i", "t")
    release.set()
