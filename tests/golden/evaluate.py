"""Asks the golden questions and prints how many answers are right: `python tests/golden/evaluate.py [tune|test] …`."""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path

from bot.assistant import Assistant

sys.path.insert(0, str(Path(__file__).parent))
from questions import GoldenQuestion, judge_answer, load_questions

REFUSALS = ("refused", "corrected")


def evaluate(assistant: Assistant, questions: list[GoldenQuestion]) -> list[tuple[GoldenQuestion, str]]:
    """Each question with why its answer is wrong (empty: right)."""
    return [(golden, judge_answer(golden, assistant.ask(golden.question))) for golden in questions]


def table(results: list[tuple[GoldenQuestion, str]]) -> str:
    """Shares of right answers per language: questions to answer, to refuse or correct, and all."""
    counts: dict[str, dict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    for golden, problem in results:
        kind = "refuse" if golden.expect in REFUSALS else "answer" if golden.expect == "answered" else "talk"
        for language in (golden.language.value, "all"):
            counts[language][kind].append(not problem)
            counts[language]["total"].append(not problem)
    lines = ["language   answered      refused       talk        total"]
    for language, kinds in counts.items():
        cells = [f"{sum(kinds[k]):3}/{len(kinds[k]):<3} {100 * sum(kinds[k]) / max(len(kinds[k]), 1):5.1f}%"
                 for k in ("answer", "refuse", "talk", "total")]  # fmt: skip
        lines.append(f"{language:8} " + "  ".join(cells))
    return "\n".join(lines)


def main(names: list[str]) -> None:
    from bot.settings import load_settings
    from corpus.glossary import load_glossary
    from index import open_encoder, open_index

    settings = load_settings()
    index = open_index(settings.home, open_encoder(settings.index.encoder), load_glossary())
    assistant = Assistant(lambda: index, index.glossary)
    for name in names:
        results = evaluate(assistant, load_questions(name))
        print(f"\n{name}: {len(results)} questions\n{table(results)}")
        if name != "test":
            for golden, problem in results:
                if problem:
                    print(f"  {golden.id}: {problem}: {golden.question}")


if __name__ == "__main__":
    main(sys.argv[1:] or ["tune", "test"])
