"""The chat page: Gradio components and what every event does (the only place that knows Gradio)."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

import gradio as gr

from bot.answer import Answer, AnswerStatus, Claim
from bot.conversation import Message
from bot.logs import REQUEST_ID
from bot.messages import Texts
from bot.web.answer_html import TROUBLE_STATUSES, Turn, turn_html
from bot.web.embed import FRAME_PATH
from bot.web.fair_use import FairUse
from bot.web.fair_use_door import limited_answer
from bot.web.gate import AskGate, OverloadedError, PausedError
from bot.web.page_html import caution_html, conversation_html, header_html, page_language, welcome_html
from bot.web.pause_page import paused_turn_html
from bot.web.ports import AnswersQuestions, RecordsFeedback
from bot.web.request_log import NAME
from bot.web.sessions import MOST_SESSIONS
from bot.web.text_html import glued
from bot.web.visitors import NOBODY, VISITOR
from corpus import Language

KEPT_TURNS = 40
KEPT_LETTERS = 2_000  # of a question; more is answered with `too_long` and must not fill the memory
PIECES = 5
SECONDS_BETWEEN_PIECES = 0.06
SUGGESTED = 6

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Asker:
    """Who asks, by a hash, in which request, and whether from a chat that another site shows."""

    visitor: bytes = NOBODY
    request_id: str = ""
    embedded: bool = False


NO_ASKER = Asker()


@dataclass(frozen=True)
class _Parts:
    """The components of the page that events change."""

    header: Any
    start: Any
    welcome: Any
    chips: list[Any]
    past: Any
    current: Any
    question: Any
    send: Any
    caution: Any
    clear: Any
    turns: Any
    language: Any

    @property
    def asking(self) -> list[Any]:
        return [self.start, self.past, self.current, self.turns, self.question, self.clear]

    @property
    def worded(self) -> list[Any]:
        return [
            self.language, self.header, self.welcome, *self.chips, self.past, self.current, self.question,
            self.send, self.caution, self.clear,
        ]  # fmt: skip


class ChatPage:
    """The handlers of one page; the state of a conversation lives in its session, never here."""

    def __init__(
        self,
        assistant: AnswersQuestions,
        texts: Mapping[Language, Texts],
        journal: RecordsFeedback,
        gate: AskGate | None = None,
        fair_use: FairUse | None = None,
    ) -> None:
        self._assistant = assistant
        self._texts = texts
        self._journal = journal
        self._gate = gate or AskGate(assistant)
        self._fair_use = fair_use or FairUse()

    async def answer(
        self, question: str, turns: list[Turn], language: str, asker: Asker = NO_ASKER
    ) -> AsyncIterator[tuple[Any, ...]]:
        """The page after the question was sent, then with a growing answer, then with its sources."""
        page, past, same = Language(language), conversation_html(turns, self._texts, Language(language)), gr.skip()
        question = (question or "").strip()
        if not question:
            yield (same,) * 6
            return
        turn = Turn(question[:KEPT_LETTERS])
        if limited := self._fair_use.take(asker.visitor, len(turns)):
            turn = replace(turn, answer=limited_answer(limited, self._texts, page))
            yield (
                gr.update(visible=False),
                past,
                turn_html(turn, self._texts, page),
                same,
                question,
                gr.update(visible=True),
            )
            return
        hidden, shown = gr.update(visible=False), gr.update(visible=True)
        yield hidden, past, turn_html(turn, self._texts, page), turns, "", shown
        try:
            turn = replace(turn, answer=(answer := await self._ask(question, turns, page, asker)))
        except PausedError:
            yield same, same, paused_turn_html(question, page), same, question, same
            return
        step = max(1, -(-len(answer.claims) // PIECES))
        for count in range(step, len(answer.claims), step):
            yield same, same, turn_html(turn, self._texts, page, count), same, same, same
            await asyncio.sleep(SECONDS_BETWEEN_PIECES)
        kept = [*turns, turn][-KEPT_TURNS:]
        back = question if answer.status in TROUBLE_STATUSES else same
        yield same, same, turn_html(turn, self._texts, page), kept, back, same

    async def _ask(self, question: str, turns: list[Turn], page: Language, asker: Asker) -> Answer:
        """The assistant's answer; being overloaded or failing is an answer too, in the page's language."""
        named = REQUEST_ID.set(asker.request_id)  # Gradio's queue works outside of the request
        try:
            return await self._gate.ask(question, page_language=page, history=_history(turns), embedded=asker.embedded)
        except PausedError:
            raise
        except OverloadedError:
            status = AnswerStatus.OVERLOADED
        except Exception:
            logger.exception("The assistant failed on a question.")
            status = AnswerStatus.ERROR
        finally:
            REQUEST_ID.reset(named)
        return Answer(status=status, claims=(Claim(self._texts[page].status[status]),), language=page)

    def rate(self, rating: str, turns: list[Turn]) -> list[Turn]:
        """The turns with the opinion on one answer (`<answer id>:1`, `:0`, or `:` to take it back), written down."""
        answer_id, _, value = (rating or "").partition(":")
        helpful = {"1": True, "0": False}.get(value)
        rated: list[Turn] = []
        for turn in turns:
            if turn.answer is None or turn.answer.id != answer_id:
                rated.append(turn)
                continue
            rated.append(replace(turn, helpful=helpful))
            self._note(turn.answer, helpful)
        return rated

    def _note(self, answer: Answer, helpful: bool | None) -> None:
        """Into the journal; a journal that cannot be written must not disturb the conversation."""
        sections = sorted({citation.section_id for citation in answer.citations})
        try:
            self._journal.record_feedback(answer.id, helpful, str(answer.status), str(answer.language), sections)
        except Exception:
            logger.exception("An opinion on an answer could not be written down.")

    def words(self, page: Language, turns: list[Turn]) -> tuple[Any, ...]:
        """Updates for `_Parts.worded`: every word of the page in its language, the conversation included."""
        ui = self._texts[page].ui
        suggested = self._suggested(page)
        chips = [
            gr.update(value=suggested[index] if index < len(suggested) else "", visible=index < len(suggested))
            for index in range(SUGGESTED)
        ]
        return (
            str(page),
            header_html(self._texts, page),
            welcome_html(self._texts, page),
            *chips,
            conversation_html(turns[:-1], self._texts, page),
            turn_html(turns[-1], self._texts, page) if turns else "",
            gr.update(placeholder=ui["placeholder"], label=ui["question_label"], rtl=page is Language.AR),
            gr.update(value=ui["send"]),
            caution_html(self._texts, page),
            gr.update(value=ui["clear"]),
        )

    def _suggested(self, page: Language) -> list[str]:
        """Questions to start with; none while the assistant cannot say, so that the page opens all the same."""
        try:
            return [glued(question) for question in self._assistant.suggestions(page)][:SUGGESTED]
        except Exception:
            logger.exception("The assistant has no suggestions.")
            return []

    def build(self) -> Any:  # gradio has no types we check against
        """The Gradio page with all its events; none is offered as an API."""
        with gr.Blocks(title="Mithaq ميثاق", analytics_enabled=False, fill_width=True) as blocks:
            parts = self._lay_out()
            self._connect(blocks, parts)
        # Nobody waits in Gradio's queue, which is silent and answers a bare 503 when it is full: the gate says `overloaded`.
        blocks.queue(default_concurrency_limit=None, max_size=256)
        blocks.state_session_capacity = MOST_SESSIONS
        return blocks

    def _lay_out(self) -> _Parts:
        first = Language.FR
        ui = self._texts[first].ui

        def html(value: str, name: str) -> Any:
            # gr.HTML evaluates its template as a script, which the page's policy forbids; Markdown passes HTML through.
            return gr.Markdown(
                value, sanitize_html=False, latex_delimiters=[], container=False, elem_id=name, elem_classes="mq-html"
            )

        header = html(header_html(self._texts, first, opened=False), "mq-header")
        with gr.Column(elem_id="mq-main"):
            with gr.Column(elem_id="mq-start") as start:
                welcome = html(welcome_html(self._texts, first), "mq-welcome")
                with gr.Row(elem_id="mq-chips"):
                    chips = [gr.Button("", elem_classes="mq-chip", size="sm") for _ in range(SUGGESTED)]
            past, current = html("", "mq-past"), html("", "mq-current")
        with gr.Column(elem_id="mq-composer"):
            with gr.Row(elem_id="mq-ask"):
                question = gr.Textbox(
                    label=ui["question_label"], placeholder=ui["placeholder"], lines=1, max_lines=6,
                    elem_id="mq-question", container=False, scale=1,
                )  # fmt: skip
                send = gr.Button(ui["send"], elem_id="mq-send", variant="primary", scale=0)
            with gr.Row(elem_id="mq-foot"):
                caution = html(caution_html(self._texts, first), "mq-caution")
                clear = gr.Button(ui["clear"], elem_id="mq-clear", size="sm", visible=False)
        turns, language = gr.State([]), gr.State(str(first))
        return _Parts(
            header, start, welcome, chips, past, current, question, send, caution, clear, turns, language
        )  # fmt: skip

    def _connect(self, blocks: Any, parts: _Parts) -> None:
        # All through the queue: `queue=False` would need the call endpoints that security.py keeps shut.
        quiet = {"show_progress": "hidden", "api_visibility": "private"}

        def open_page(request: gr.Request) -> tuple[Any, ...]:
            asked = request.query_params.get("lang")
            return self.words(page_language(asked, request.headers.get("accept-language")), [])

        def switch(language: str, turns: list[Turn]) -> tuple[Any, ...]:
            return self.words(page_language(language, None), turns)

        def forget() -> tuple[Any, ...]:
            return gr.update(visible=True), "", "", [], "", gr.update(visible=False)

        # The page's script writes into these two: the language chosen in the header and the thumbs of an answer.
        # Gradio sends `input` on key presses only, so `change` it is.
        chosen = gr.Textbox(visible="hidden", elem_id="mq-chosen-language", container=False, show_label=False)
        rating = gr.Textbox(visible="hidden", elem_id="mq-rating", container=False, show_label=False)
        blocks.load(open_page, None, parts.worded, **quiet)
        chosen.change(switch, [chosen, parts.turns], parts.worded, **quiet)
        rating.change(self.rate, [rating, parts.turns], parts.turns, trigger_mode="multiple", **quiet)

        async def ask(
            question: str, turns: list[Turn], language: str, request: gr.Request
        ) -> AsyncIterator[tuple[Any, ...]]:
            scope = request.request.scope if request.request else {}
            shown_at = urlsplit(request.headers.get("referer", "")).path if request.request else ""
            asker = Asker(scope.get(VISITOR, NOBODY), scope.get(NAME, ""), embedded=shown_at == FRAME_PATH)
            async for shown in self.answer(question, turns, language, asker):
                yield shown

        asked = [parts.question.submit, parts.send.click]
        gr.on(asked, ask, [parts.question, parts.turns, parts.language], parts.asking, **quiet)
        for chip in parts.chips:
            chip.click(ask, [chip, parts.turns, parts.language], parts.asking, **quiet)
        parts.clear.click(forget, None, parts.asking, **quiet)


def _history(turns: list[Turn]) -> list[Message]:
    """The conversation so far, as the assistant reads it."""
    said = [(turn.question, turn.answer.text if turn.answer else "") for turn in turns]
    return [message for asked, told in said for message in (Message("user", asked), Message("assistant", told))]


def build_chat(
    assistant: AnswersQuestions,
    texts: Mapping[Language, Texts],
    journal: RecordsFeedback,
    gate: AskGate | None = None,
    fair_use: FairUse | None = None,
) -> Any:
    """The chat as a Gradio page, ready to be mounted; `gate` and `fair_use` are shared with the API."""
    return ChatPage(assistant, texts, journal, gate, fair_use).build()
