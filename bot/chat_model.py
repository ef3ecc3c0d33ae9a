"""A chat model by any name that LangChain knows, for proposals that people look at; nothing that visitors see comes from it."""

from __future__ import annotations

import queue
import re
import threading
from typing import TYPE_CHECKING, Any, Protocol

from corpus import ChatModelError

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from bot.settings import ChatModelSettings

_PACKAGE = re.compile(r"langchain[-_][a-z][a-z0-9_-]*")
_PROVIDER = re.compile(r"[a-z][a-z0-9_-]*")


class ChatModel(Protocol):
    """Something that replies to a text."""

    name: str

    def reply(self, instructions: str, text: str) -> str:
        """What it says; may be empty."""
        ...


class LangChainChatModel:
    """A LangChain chat model that answers in time or not at all.

    Args:
        model: the chat model.
        name: how people know it.
        timeout: seconds that a reply may take.
    """

    def __init__(self, model: BaseChatModel, name: str, timeout: float) -> None:
        self.name = name
        self._model = model
        self._timeout = timeout

    def reply(self, instructions: str, text: str) -> str:
        """What the model says to a text under instructions.

        Raises:
            ChatModelError: it fails or takes too long; names no text and no key.
        """
        from langchain_core.messages import HumanMessage, SystemMessage

        messages = [SystemMessage(instructions), HumanMessage(text)]
        said: queue.Queue[Any] = queue.Queue()

        def ask() -> None:
            try:
                said.put(self._model.invoke(messages))
            except Exception as error:  # every provider has its own
                said.put(error)

        # A thread of its own: not every provider keeps a timeout, and a pool would wait for it when the server stops.
        threading.Thread(target=ask, name="chat-model", daemon=True).start()
        try:
            message = said.get(timeout=self._timeout)
        except queue.Empty as error:
            raise ChatModelError(
                f"The chat model “{self.name}” did not answer within {self._timeout:g} seconds. Try again later, or raise "
                "MITHAQ_CHAT_MODEL__TIMEOUT."
            ) from error
        if isinstance(message, Exception):
            raise ChatModelError(
                f"The chat model “{self.name}” does not answer ({type(message).__name__}). Check that it is running and can be "
                "reached (MITHAQ_CHAT_MODEL__BASE_URL), its name (MITHAQ_CHAT_MODEL__NAME), its key (MITHAQ_CHAT_MODEL__API_KEY)."
            ) from message
        return str(message.text)


def open_chat_model(settings: ChatModelSettings) -> LangChainChatModel | None:
    """The model that the settings name; `None` where they name none. Nothing is sent yet.

    Raises:
        ChatModelError: the name cannot be understood, its package is not installed, or it refuses its settings.
    """
    if not settings.name:
        return None
    try:
        from langchain.chat_models import init_chat_model
    except ImportError as error:
        raise ChatModelError("LangChain is not installed. Run: make install") from error
    given: dict[str, Any] = {"timeout": settings.timeout}
    if key := settings.api_key.get_secret_value():
        given["api_key"] = key
    if settings.base_url:
        given["base_url"] = settings.base_url
    try:
        model = init_chat_model(settings.name, **given)
    except (ImportError, AttributeError) as error:  # the second where a package of the same family stands in its place
        raise ChatModelError(
            f"The chat model “{settings.name}” needs {_package(settings.name, str(error))}, which is not installed. Run: "
            f".venv/bin/pip install {_package(settings.name, str(error))}"
        ) from error
    except (
        Exception
    ) as error:  # a name that nobody knows is a ValueError; a missing key is an error of the provider's own
        raise ChatModelError(
            f"The chat model “{settings.name}” cannot be opened ({type(error).__name__}). Write MITHAQ_CHAT_MODEL__NAME as "
            "provider:model, for example ollama:llama3.2 or openai:gpt-5-mini, and give it what it needs with "
            "MITHAQ_CHAT_MODEL__API_KEY and MITHAQ_CHAT_MODEL__BASE_URL."
        ) from error
    return LangChainChatModel(model, settings.name, settings.timeout)


def _package(name: str, told: str) -> str:
    """The package to install: the one that the error names, else the one that is called like the provider."""
    if named := _PACKAGE.search(told):
        package = named.group().replace("_", "-")
        if package not in ("langchain-community", "langchain-core"):
            return package
    provider = _PROVIDER.match(name.partition(":")[0].replace("_", "-"))
    return f"langchain-{provider.group() if provider else 'community'}"
