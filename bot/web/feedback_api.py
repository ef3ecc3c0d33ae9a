"""`POST /api/feedback`: what a program's user says of an answer goes where the thumbs of the page go."""

from __future__ import annotations

import logging
from typing import Annotated

from fastapi import FastAPI
from pydantic import BaseModel, ConfigDict, Field, StrictBool
from starlette.responses import Response

from bot.web.ports import RecordsFeedback
from bot.web.problems import problem_docs, problem_response
from bot.web.recent import RecentAnswers

UNKNOWN_ANSWER = (
    "There is no recent answer with this id. Send the `id` of a reply of `POST /api/ask`, soon after it was given."
)

logger = logging.getLogger(__name__)


class Opinion(BaseModel):
    """What somebody says of an answer; a later opinion on the same answer replaces it."""

    model_config = ConfigDict(extra="forbid")

    answer_id: Annotated[str, Field(max_length=64)] = Field(
        description="The `id` of a reply.", examples=["0c1f6d0c0e8f4b5a9a3f0e6f2b7d4c11"]
    )
    helpful: StrictBool | None = Field(description="`true` or `false`; `null` takes an earlier opinion back.")


def add_feedback_api(app: FastAPI, journal: RecordsFeedback, recent: RecentAnswers) -> None:
    """Adds the route."""

    @app.post(
        "/api/feedback", status_code=204, response_class=Response, tags=["ask"], responses=problem_docs(400, 404, 413),
    )  # fmt: skip
    def give_feedback(opinion: Opinion) -> Response:
        """Notes an opinion on an answer: the answer's status, language and sections, never the question or the asker."""
        outcome = recent.find(opinion.answer_id)
        if outcome is None:
            return problem_response(404, UNKNOWN_ANSWER)
        try:
            journal.record_feedback(
                opinion.answer_id, opinion.helpful, outcome.status, outcome.language, list(outcome.sections)
            )
        except Exception:
            logger.exception("An opinion on an answer could not be written down.")
            return problem_response(500, "The opinion could not be written down. Please try again later.")
        return Response(status_code=204)
