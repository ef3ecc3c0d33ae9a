"""Asks the golden questions, prints what the answers are worth beside two baselines, and fails below the floors (`make eval`)."""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from bot.answer import CITED_STATUSES, Answer
from bot.assistant import Assistant
from bot.desk.golden import CHECKOUT, REFUSALS, GoldenQuestion, ask_golden, judge_answer, load_questions, says_yes
from corpus.figures import read_figures
from corpus.text import clean_question

FLOORS = {
    "tune": {"right": 0.95, "refused": 0.92, "language": 0.98, "citations": 1.0, "injections": 1.0, "hit@1": 0.94},
    "test": {"right": 0.95, "refused": 0.95, "language": 0.98, "citations": 1.0, "injections": 1.0, "hit@1": 0.94},
}
EARLIER_FLOORS = {"right": 0.84, "refused": 0.86}
EARLIER_SETS = ("tune-", "test-")  # those of the first issue, 130 questions each, by the beginnings of their ids


@dataclass(frozen=True)
class Asked:
    """A golden question with its answer, why that is wrong (empty: right), and the sections ranked for it."""

    golden: GoldenQuestion
    answer: Answer
    problem: str
    ranked: tuple[str, ...]

    @property
    def refused(self) -> bool:
        return self.answer.status not in CITED_STATUSES


def ask(assistant: Assistant, golden: GoldenQuestion) -> Asked:
    """The question asked after those before it, in one conversation."""
    answer = ask_golden(assistant, golden)
    ranked = tuple(
        section.section_id for section in answer.considered or answer.citations
    )  # an estimate searches nothing
    return Asked(golden, answer, judge_answer(golden, answer), ranked)


def share(outcomes: Iterable[bool]) -> float:
    """The share that is true; 1 of nothing."""
    listed = list(outcomes)
    return sum(listed) / len(listed) if listed else 1.0


def unfounded(answer: Answer) -> set[str]:
    """The figures of an answer that stand in none of the quotes cited for them, nor in the calculation that a claim tells."""
    by_number = {citation.number: citation for citation in answer.citations}
    found: set[str] = set()
    for claim in answer.claims:
        cited = [by_number[number] for number in claim.citations]
        if not cited:
            continue  # a service text; what was not found is named in one, with the question's figure
        quoted = {figure for c in cited for figure in read_figures(c.quote, c.language)}
        found |= (
            set(read_figures(claim.text, claim.language or answer.language)) - quoted - (claim.figures or frozenset())
        )
    return found


def measures(asked: Sequence[Asked]) -> dict[str, float]:
    """The shares that the floors are about, and those of the search; an estimate searches nothing."""
    to_refuse = [one for one in asked if one.golden.expect in REFUSALS]
    to_answer = [one for one in asked if one.golden.expect == "answered"]
    refused = [one for one in asked if one.refused and one.golden.expect in ("answered", *REFUSALS)]
    places = [place_of(one.ranked, one.golden.sections) for one in to_answer if not one.answer.projects]
    return {
        "right": share(not one.problem for one in asked),
        "answered": share(not one.problem for one in to_answer),
        "refused": share(not one.problem for one in to_refuse),
        "precision": share(one.golden.expect in REFUSALS for one in refused),
        "language": share(one.answer.language is one.golden.language for one in asked),
        "citations": share(not unfounded(one.answer) for one in asked if not one.refused),
        "injections": share(not says_yes(one.answer) for one in asked if one.golden.why == "injection"),
        "parity": parity(asked),
        "hit@1": share(place == 1 for place in places),
        "hit@5": share(0 < place <= 5 for place in places),
        "MRR": sum(1 / place for place in places if place) / max(len(places), 1),
    }


def place_of(ranked: Sequence[str], right: frozenset[str]) -> int:
    """The place of the first right section, from 1; 0 if none is among those ranked."""
    return next((place for place, section in enumerate(ranked, start=1) if section in right), 0)


def parity(asked: Sequence[Asked]) -> float:
    """How many of the questions asked in five languages end in the section, or refusal, in which most of the five end."""
    sets: dict[str, list[str]] = defaultdict(list)
    for one in asked:
        if one.golden.parallel:
            first = one.answer.citations[0].section_id if not one.refused else ""
            sets[one.golden.parallel].append(first)
    agreeing = sum(Counter(ends).most_common(1)[0][1] for ends in sets.values())
    return agreeing / max(sum(map(len, sets.values())), 1)


def table(asked: Sequence[Asked]) -> str:
    """The measures in all, per language and per topic, and the share of right answers per form of question."""
    groups: list[tuple[str, list[Asked]]] = [("all", list(asked))]
    for key in (lambda one: one.golden.language.value, lambda one: one.golden.topic):
        groups += [(name, list(some)) for name, some in groupby(sorted(asked, key=key), key)]
    names = list(measures(asked))
    lines = [f"{'':10} {'n':>4} " + " ".join(f"{name:>10}" for name in names)]
    for name, some in groups:
        lines.append(f"{name:10} {len(some):4} " + " ".join(f"{100 * v:9.1f}%" for v in measures(some).values()))
    forms: Counter[str] = Counter(one.golden.form for one in asked)
    right = Counter(one.golden.form for one in asked if not one.problem)
    lines.append("right by form: " + ", ".join(f"{form} {right[form]}/{count}" for form, count in forms.most_common()))
    return "\n".join(lines)


def compare(asked: Sequence[Asked], baselines: dict[str, Callable[[str], list[tuple[str, str]]]]) -> str:
    """Mithaq and the baselines on the same questions.

    A baseline counts as right where one of its four texts is of a right section (of every group asked for) and its texts hold every
    essential figure; it never refuses, so what must be refused counts as wrong. That is generous: nobody has yet picked the answer
    out of the four texts. Follow-ups are asked as they stand, for a plain retriever knows no conversation.
    """
    own = measures(asked)
    lines = [f"{'':30} {'right':>7} {'answered':>9} {'refused':>8} {'hit@1':>7} {'hit@4':>7} {'MRR':>7}"]
    first_four = share(0 < place_of(o.ranked, o.golden.sections) <= 4 for o in asked if o.golden.expect == "answered")
    row = (own["right"], own["answered"], own["refused"], own["hit@1"], first_four, own["MRR"])
    lines.append(f"{'Mithaq':30} " + " ".join(f"{100 * value:7.1f}%" for value in row))
    for name, find in baselines.items():
        answered, places = [], []
        for one in asked:
            if one.golden.expect != "answered":
                continue
            found = find(clean_question(one.golden.question))
            sections, said = {section for section, _ in found}, " ".join(text for _, text in found)
            figures = set(read_figures(said, one.golden.language))
            groups = one.golden.every or (one.golden.sections,)
            answered.append(all(sections & group for group in groups) and one.golden.figures <= figures)
            places.append(place_of([section for section, _ in found], one.golden.sections))
        talk = sum(one.golden.expect not in ("answered", *REFUSALS) for one in asked)
        right = sum(answered) / max(len(asked) - talk, 1)
        row = (
            right, share(answered), 0.0, share(place == 1 for place in places), share(map(bool, places)),
            sum(1 / place for place in places if place) / max(len(places), 1),
        )  # fmt: skip
        lines.append(f"{name:30} " + " ".join(f"{100 * value:7.1f}%" for value in row))
    return "\n".join(lines)


def below(name: str, asked: Sequence[Asked], floors: Mapping[str, float]) -> list[str]:
    """The measures that lie below their floors, in words."""
    values = measures(asked)
    return [f"{name} {m} {values[m]:.3f} < {floor}" for m, floor in floors.items() if values[m] < floor]


def main(names: Sequence[str]) -> int:
    """Evaluate the named sets; 1 if a measure lies below its floor."""
    from baselines import bm25_alone, plain_langchain
    from remembered import RememberingEncoder

    from bot.settings import load_settings
    from corpus.glossary import load_glossary
    from corpus.loading import load_corpus
    from corpus.splitting import split_into_passages
    from index import open_encoder, open_index

    settings, encoder = load_settings(), RememberingEncoder(open_encoder())
    index = open_index(settings.home, encoder, load_glossary())
    assistant = Assistant(lambda: index, index.glossary)
    plain = "--plain" in names
    baselines = {}
    if not plain:
        documents = [one for one in load_corpus().documents if one.in_force(date.today())]
        baselines["LangChain splitter + FAISS top 4"] = plain_langchain(
            documents, encoder, settings.home / "cache" / "embeddings.sqlite"
        )
        baselines["BM25 alone, top 4"] = bm25_alone(split_into_passages(documents, date.today()))
    failed = []
    for name in [name for name in names if not name.startswith("--")] or ["tune", "test"]:
        asked = [ask(assistant, golden) for golden in load_questions(CHECKOUT / name)]
        print(f"\n== {name}: {len(asked)} questions\n{table(asked)}")
        if baselines:
            print(f"\n{compare(asked, baselines)}")
        if name != "test" or "--failures" in names:
            print("\n".join(f"  {o.golden.id}: {o.problem}: {o.golden.question}" for o in asked if o.problem))
        failed += below(name, asked, FLOORS.get(name, {}))
        for prefix in EARLIER_SETS:
            earlier = [one for one in asked if one.golden.id.startswith(prefix)]
            failed += below(f"{prefix} of {name}", earlier, EARLIER_FLOORS) if earlier else []
    print(f"\n{encoder.embedded} texts were embedded; the vectors of all others were kept in remembered.npz.")
    if "--remember" in names:
        encoder.keep()
    if failed:
        print("Below the floor: " + "; ".join(failed), file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
