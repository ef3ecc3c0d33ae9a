"""A server with a staff desk of doubles, run as a program by the browser tests: `served_desk.py PORT FOLDER`."""

from __future__ import annotations

import importlib.util
import sys
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import served

from bot.answer import Answer, AnswerStatus, Citation, Claim
from bot.messages import load_texts
from corpus import Confidence, CorpusError, Finding, Kind, Language, Severity
from corpus.loading import parse_document

DOUBLES_FILE = served.TESTS / "bot" / "web" / "staff" / "conftest.py"
ARABIC = """---
title: زيارة وفد من 12 مقاولة صينية إلى غرفة مراكش-آسفي
kind: press-release
publisher: غرفة التجارة والصناعة والخدمات مراكش-آسفي
published: 2026-11-20
as_of: 2026-11-20
lang: ar
original_lang: ar
topics: [delegation, china]
confidence: press
sources:
  - title: بلاغ الغرفة
    url: https://www.ccisrms.ma/ar/2026
---

## من زار الغرفة؟ {#who}

زار وفد من 12 مقاولة صينية غرفة مراكش-آسفي يوم 20 نونبر 2026. وبلغت الاستثمارات المعلنة 450 مليون درهم، أي 15% من المجموع.

- الطاقة الشمسية: 200 مليون درهم
- السياحة: 250 مليون درهم
"""


def load_doubles() -> Any:
    """The doubles of the desk's unit tests."""
    spec = importlib.util.spec_from_file_location("desk_doubles", DOUBLES_FILE)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["desk_doubles"] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


DOUBLES = load_doubles()


class ScriptedPreviews:
    """Shows the draft's own sections, and one of everything else."""

    def __init__(self, documents: Path) -> None:
        self._documents = documents

    def preview(self, draft: Any) -> Any:
        try:
            sections = parse_document(draft.text, self._documents / draft.path, self._documents).sections
        except CorpusError:
            sections = ()
        shown = [
            SimpleNamespace(
                anchor=one.anchor, heading=one.heading, text=one.body, words=len(one.body.split()), passages=1,
                citation_text=one.body.split("\n", maxsplit=1)[0],
            )
            for one in sections
        ]  # fmt: skip
        here = "Le plafond est de 25 %."
        conflict = SimpleNamespace(
            section_id="plan#cap", title="Plafond", heading="Quel est le plafond ?", figures_here=("25 %",),
            figures_there=("30 %",), sentence_here=here, sentence_there="Le plafond est de 30 %.", replaces=False,
        )  # fmt: skip
        return SimpleNamespace(
            sections=shown, conflicts=(conflict,), now_answered=("Combien d'entreprises sont venues ?", "كم عدد المقاولات؟"),
            findings=(
                Finding(draft.path, 1, "`publisher` is missing.", "Add it."),
                Finding(draft.path, 20, "#who has 210 words.", "Cut it.", Severity.WARNING),
                Finding("press/other/fr.md", 3, "The document has no text.", "Write it."),
            ),
            duplicates=(SimpleNamespace(section_id="plan#cap", title="Plafond", similarity=0.91, excerpt=here),),
            replacements=(
                SimpleNamespace(slug="plan", title="Plafond", sections=("cap",), whole=True, parameters=("premiums.cap_rate",)),
            ),
        )  # fmt: skip

    def try_question(self, draft: Any, question: str, language: Language) -> Any:
        day = datetime(2026, 11, 20, tzinfo=UTC).date()
        cited = Citation(
            1, "visit#who", "Visite", "Qui est venu ?", Kind.PRESS_RELEASE, "CCIS", day, day, "https://example.org", "S",
            Language.FR, Confidence.PRESS, ("Douze.",), "Douze.",
        )  # fmt: skip
        said = Claim("Une délégation de 12 entreprises est venue.", (1,), language=Language.FR)
        refusal = Claim(load_texts()[language].status[AnswerStatus.NOT_IN_CORPUS])
        return SimpleNamespace(
            today=Answer(AnswerStatus.NOT_IN_CORPUS, (refusal,), language),
            with_draft=Answer(AnswerStatus.ANSWERED, (said,), language, (cited,)),
        )


def build_desk(folder: Path) -> Any:
    """A desk with a few documents, drafts of every sort and things that wait."""
    for language in ("fr", "ar"):
        title = "زيارة وفد" if language == "ar" else "Visite d'une délégation"
        DOUBLES.write_document(folder, f"press/visit/{language}.md", title=title, lang=language)
    sources = "\n  - title: Une source\n    url: https://example.org/a"
    DOUBLES.write_document(
        folder, "charter/plan/fr.md", title="Plan", kind="summary", valid_to="2025-01-01", sources=sources
    )
    DOUBLES.write_document(folder, "charter/broken/fr.md", confidence="perhaps")
    groups = [
        SimpleNamespace(id="1", title="Combien coûte un terrain à Safi ?", count=14),
        SimpleNamespace(id="2", title="هل يستفيد مغاربة العالم من المنح؟", count=3),
    ]
    job = SimpleNamespace(id="1", state="done", who="amina", changed=datetime(2026, 11, 28, 15, tzinfo=UTC))
    desk = DOUBLES.build_desk(
        folder, previews=ScriptedPreviews(folder / "documents"), listening=DOUBLES.Listened(groups),
        publisher=DOUBLES.Published([job]),
    )  # fmt: skip
    desk.drafts.begin("press/2026-11-20-ziara/ar.md", ARABIC, "amina")
    desk.drafts.begin_from_document("charter/plan/fr.md", "omar", remove=True)
    desk.drafts.begin(
        "press/wrong/fr.md", "---\ntitle: À corriger\nlang: fr\npublished: ''\n---\n\n## Vide {#a}\n", "omar"
    )
    desk.drafts.begin("press/unreadable/fr.md", "---\ntitle: [\n---\n\nTexte.\n", "omar")
    return desk


if __name__ == "__main__":
    served.serve_desk(int(sys.argv[1]), build_desk(Path(sys.argv[2])))
