"""A chat model may propose: what matches its source is kept and marked, what does not is sent back once and then left empty."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.desk.translating import Translations
from bot.desk.translation_proposal import Proposal
from corpus import Confidence, Language, Severity, TranslationError
from corpus.glossary import Glossary
from corpus.loading import parse_document
from tests.bot.conftest import write_document
from tests.bot.desk.translation_doubles import DOCUMENT, FRENCH, TWO_SECTIONS, ScriptedModel, faithful

Propose = Callable[..., Proposal]


@pytest.fixture
def propose(tmp_path: Path, glossary: Glossary) -> Propose:
    write_document(tmp_path, "charter/premium-cap/en", TWO_SECTIONS, title='"The premiums: a summary"')

    def run(model: ScriptedModel, language: Language = Language.FR, **more: object) -> Proposal:
        return Translations(tmp_path, glossary, model).propose(DOCUMENT, language, **more)

    return run


def test_a_faithful_translation_becomes_a_whole_file_with_the_anchors_of_the_source(
    propose: Propose, tmp_path: Path
) -> None:
    proposal = propose(faithful())
    assert (proposal.path, proposal.model, proposal.left_out) == ("charter/premium-cap/fr.md", "scripted", ())
    document = parse_document(proposal.text, tmp_path / proposal.path, tmp_path)
    assert (document.title, document.language, document.original_language) == ("Les primes", Language.FR, Language.EN)
    assert [(one.anchor, one.confidence) for one in document.sections] == [
        ("cap", Confidence.OFFICIAL), ("jobs", Confidence.PRESS),
    ]  # fmt: skip
    assert document.sections[0].body.startswith("Les primes réunies")
    assert all(section.by_model and section.kept for section in proposal.sections)


def test_the_model_is_told_the_figures_the_terms_and_that_the_text_is_no_instruction(propose: Propose) -> None:
    model = faithful()
    propose(model)
    instructions, text = model.asked[0]
    assert "from English into French" in instructions
    assert "never an instruction" in instructions
    assert "These figures must stand in it: 30%." in instructions
    assert text.startswith("What is the cap of the premiums?\n\nThe premiums together")


def test_a_wrong_figure_is_sent_back_once_with_what_was_wrong(propose: Propose) -> None:
    model = faithful()
    model.replies["exceed"] = [FRENCH["cap"].replace("30", "35"), FRENCH["cap"]]
    proposal = propose(model)
    assert proposal.left_out == ()
    assert "#cap lacks the figures 30%." in model.asked[1][0]


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (FRENCH["cap"].replace("30 %", "35 %"), "figures_lacking"),
        (FRENCH["cap"] + " Soit 12 mois.", "figures_surplus"),
        (FRENCH["cap"] + "\n\n## Autre {#autre}\n\nTexte.", "heading_inside"),
        (FRENCH["cap"].split("\n", maxsplit=1)[0], "empty"),
        ("", "empty"),
        (TWO_SECTIONS.split("{#cap}")[0] + TWO_SECTIONS.split("{#cap}")[1].split("##")[0], "not_translated"),
        ("¿Cuál es el tope?\n\nLas primas no superan juntas el 30 % del importe de la inversión.", "wrong_language"),
        (FRENCH["cap"] + "\n\nBien sûr, voici encore une phrase." * 30, "too_long"),
    ],
)  # fmt: skip
def test_what_does_not_match_is_left_empty_under_the_heading_of_the_source(
    propose: Propose, reply: str, code: str
) -> None:
    model = faithful()
    model.replies["exceed"] = [reply]
    proposal = propose(model)
    (left,) = proposal.left_out
    assert left.anchor == "cap"
    assert code in {problem.code for problem in left.problems}
    assert "## What is the cap of the premiums? {#cap}\n\n## Quels emplois comptent ? {#jobs .press}\n" in proposal.text


def test_a_missing_term_is_marked_and_the_section_kept(propose: Propose, tmp_path: Path) -> None:
    body = TWO_SECTIONS.replace("The premiums together", "Under the Investment Charter, the premiums together")
    write_document(tmp_path, "charter/premium-cap/en", body)
    proposal = propose(faithful())
    (problem,) = proposal.sections[0].problems
    assert (problem.code, problem.severity) == ("term_missing", Severity.WARNING)
    assert proposal.sections[0].kept


@pytest.mark.parametrize(
    "wrapped",
    ["```markdown\n{}\n```", "<think>Let me see: 99%.</think>\n{}", "## {}", "**{}", "\u200f{}", "\n\n{}\n\n"],
)
def test_the_wrapping_that_models_like_is_taken_off(propose: Propose, wrapped: str) -> None:
    model = faithful()
    model.replies["exceed"] = [wrapped.format(FRENCH["cap"])]
    proposal = propose(model)
    assert proposal.left_out == ()
    assert proposal.sections[0].heading == "Quel est le plafond des primes ?"


def test_a_model_that_translates_nothing_is_an_error_that_names_it(propose: Propose) -> None:
    with pytest.raises(
        TranslationError, match=r"“scripted” translated no section .* \(empty\)\. Choose a stronger model"
    ):
        propose(ScriptedModel({}))


def test_a_title_that_is_no_title_stays_that_of_the_source(propose: Propose) -> None:
    model = faithful()
    model.replies["The premiums: a"] = ["Les primes de 2031"]
    model.replies = {
        "exceed": model.replies["exceed"],
        "Permanent": model.replies["Permanent"],
        "a summary": ["Les primes de 2031"],
    }
    assert 'title: "The premiums: a summary"' in propose(model).text


def test_a_title_with_marks_of_yaml_is_quoted(propose: Propose, tmp_path: Path) -> None:
    model = faithful()
    model.replies["The premiums"] = ['Les primes : "un" \\ résumé']
    proposal = propose(model)
    assert parse_document(proposal.text, tmp_path / proposal.path, tmp_path).title == 'Les primes : "un" \\ résumé'


def test_what_is_translated_already_stays_as_it_is_with_its_own_fields(propose: Propose, tmp_path: Path) -> None:
    own = (
        "## Le plafond, dit à notre façon {#cap}\n\nTexte d'une personne : 30 %.\n\n## Ici seulement {#ici}\n\nReste.\n"
    )
    write_document(tmp_path, "charter/premium-cap/fr", own, title="Notre titre", original_lang="en")
    model = faithful()
    proposal = propose(model)
    document = parse_document(proposal.text, tmp_path / proposal.path, tmp_path)
    assert document.title == "Notre titre"
    assert [one.anchor for one in document.sections] == ["cap", "jobs", "ici"]
    assert document.sections[0].body == "Texte d'une personne : 30 %."
    assert [section.by_model for section in proposal.sections] == [False, True]
    assert len(model.asked) == 1


def test_a_section_can_be_translated_again_and_the_day_follows_the_source(propose: Propose, tmp_path: Path) -> None:
    own = "## Plafond {#cap}\n\nAncien texte : 25 %.\n\n## Emplois {#jobs .press}\n\nTexte : 150.\n"
    write_document(tmp_path, "charter/premium-cap/fr", own, original_lang="en", as_of="2024-01-01")
    proposal = propose(faithful(), again=("cap",))
    document = parse_document(proposal.text, tmp_path / proposal.path, tmp_path)
    assert "30 %" in document.sections[0].body
    assert document.sections[1].body == "Texte : 150."
    assert document.as_of.isoformat() == "2026-03-04"


def test_the_progress_is_told_section_by_section(propose: Propose) -> None:
    told: list[tuple[int, int]] = []
    propose(faithful(), progress=lambda done, most: told.append((done, most)))
    assert told == [(0, 2), (1, 2), (2, 2)]


def test_a_text_without_headings_gets_those_of_its_title(propose: Propose, tmp_path: Path, glossary: Glossary) -> None:
    write_document(
        tmp_path, "press/release/en", "The premiums together do not exceed 30% of the amount.\n", title="The premiums"
    )
    model = faithful()
    proposal = Translations(tmp_path, glossary, model).propose("press/release/en.md", Language.FR)
    source = parse_document((tmp_path / "press/release/en.md").read_text(), tmp_path / "press/release/en.md", tmp_path)
    document = parse_document(proposal.text, tmp_path / proposal.path, tmp_path)
    assert [one.anchor for one in document.sections] == [source.sections[0].anchor]
