"""An answer as a chat front end shows it: Markdown with the sources below, in pieces that join to the whole."""

from __future__ import annotations

import re

from bot.answer import Answer, Citation
from bot.messages import Texts

_BRACKETS = re.compile(r"([\[\]\\])")


def text_pieces(answer: Answer, texts: Texts) -> list[str]:
    """The text piece by piece: how the question was understood, the statements, the sources.

    Args:
        answer: The answer.
        texts: The words of the answer's language.
    """
    blocks = [(answer.piece(claim), claim.listed) for claim in answer.claims]
    if answer.completed:
        blocks.insert(0, (texts.compose.understood.format(question=answer.completed), False))
    if answer.citations:
        blocks.append((texts.ui["sources"], False))
        blocks.extend((_source(citation, texts), True) for citation in answer.citations)
    pieces: list[str] = []
    in_list = False
    for text, listed in blocks:
        gap = "" if not pieces else "\n" if in_list and listed else "\n\n"
        pieces.append(gap + " ".join(text.split("\n")))
        in_list = listed
    return pieces


def _source(citation: Citation, texts: Texts) -> str:
    heading = _BRACKETS.sub(r"\\\1", citation.section or citation.title)
    address = citation.url.replace(" ", "%20").replace("(", "%28").replace(")", "%29")
    facts = texts.list_separator.join((citation.title, citation.publisher, citation.published.isoformat()))
    return f"{citation.number}. {f'[{heading}]({address})' if address else heading} · {facts}"
