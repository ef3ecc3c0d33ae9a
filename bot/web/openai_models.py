"""Chat completions as OpenAI's API describes them, as far as Mithaq reads and writes them."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool

from bot.web.replies import Reply, without_surrogates

MODEL = "mithaq"
CREATED = 1_767_225_600  # 2026-01-01: a model has to have a birthday
_Text = Annotated[str, BeforeValidator(without_surrogates)]
_ASKS = {"contains": {"type": "object", "properties": {"role": {"const": "user"}}, "required": ["role"]}}


class _Sent(BaseModel):
    """What clients send beside what we read is accepted and ignored."""

    model_config = ConfigDict(extra="ignore")


class TextPart(_Sent):
    """A part of a message; only text is read."""

    type: Literal["text"]
    text: _Text


class ChatMessage(_Sent):
    """One message of the conversation."""

    role: Literal["system", "developer", "user", "assistant"] = Field(
        description="`system` and `developer` messages are ignored: Mithaq takes no instructions."
    )
    content: _Text | list[TextPart] | None = Field(None, description="Text, or parts of text.")
    tool_calls: Annotated[list[Any], Field(max_length=0)] | None = Field(None, description="There are no tools.")

    @property
    def text(self) -> str:
        """What the message says."""
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content)
        return self.content or ""


class StreamOptions(_Sent):
    """How a stream ends."""

    include_usage: StrictBool | None = Field(None, description="Whether a last chunk tells the usage.")


class ChatRequest(_Sent):
    """A conversation whose last user message is the question; every parameter that is not named here is ignored."""

    model: Annotated[_Text, Field(examples=[MODEL])] = Field(description="Always `mithaq`.")
    messages: Annotated[list[ChatMessage], Field(min_length=1, json_schema_extra=_ASKS)] = Field(
        description="Oldest first; at least one of the user.",
        examples=[[{"role": "user", "content": "Which premiums can an investment project receive?"}]],
    )
    stream: StrictBool | None = Field(None, description="Send the answer in chunks.")
    stream_options: StreamOptions | None = None


class Usage(BaseModel):
    """Always zeros: no language model is at work, so there are no tokens to count."""

    prompt_tokens: Literal[0] = 0
    completion_tokens: Literal[0] = 0
    total_tokens: Literal[0] = 0


class ReplyMessage(BaseModel):
    """The answer."""

    role: Literal["assistant"] = "assistant"
    content: str = Field(description="The statements with their numbers, then the sources as a list with links.")
    refusal: None = None


class Choice(BaseModel):
    """The only answer there is."""

    index: Literal[0] = 0
    message: ReplyMessage
    logprobs: None = None
    finish_reason: Literal["stop"] = "stop"


class Completion(BaseModel):
    """An answer as a chat completion."""

    id: str
    object: Literal["chat.completion"] = "chat.completion"
    created: int = Field(description="Seconds since 1970.")
    model: Literal["mithaq"] = "mithaq"
    choices: list[Choice]
    usage: Usage = Usage()
    mithaq: Reply = Field(description="The same answer as `POST /api/ask` gives it.")


class Delta(BaseModel):
    """What a chunk adds to the answer."""

    role: Literal["assistant"] | None = None
    content: str | None = None


class ChunkChoice(BaseModel):
    """What a chunk adds to the only answer there is."""

    index: Literal[0] = 0
    delta: Delta
    logprobs: None = None
    finish_reason: Literal["stop"] | None = None


class Model(BaseModel):
    """The only model there is."""

    id: Literal["mithaq"] = "mithaq"
    object: Literal["model"] = "model"
    created: int = CREATED
    owned_by: Literal["mithaq"] = "mithaq"


class Models(BaseModel):
    """All models."""

    object: Literal["list"] = "list"
    data: list[Model] = [Model()]
