"""What each command of `mithaq` does, run as the staff run it, on a tiny corpus."""

from __future__ import annotations

import json
import shutil
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.cli import run_command
from bot.settings import Settings, setting_names

Run = Callable[..., tuple[int, str, str]]
CAP = "What is the cap on the premiums?"
ADD = ["--kind", "press-release", "--publisher", "CCIS", "--lang", "en", "--published", "2024-02-03"]
RELEASE = "The chamber opens a desk for saffron growers.\nThe desk helps growers of saffron with their export papers.\n"


class QueuedServer:
    """Keeps with what settings it was started."""

    def __init__(self) -> None:
        self.started: list[Settings] = []

    def __call__(self, settings: Settings) -> None:
        self.started.append(settings)


@pytest.fixture
def server() -> QueuedServer:
    return QueuedServer()


@pytest.fixture
def run(
    tmp_path: Path, corpus_folder: Path, hashed_encoder: object, server: QueuedServer,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> Run:  # fmt: skip
    """Runs one command on a tiny corpus; gives its exit code and what it printed on both outputs."""
    monkeypatch.setenv("MITHAQ_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("MITHAQ_CORPUS__DOCUMENTS", str(corpus_folder))

    def run(*arguments: str) -> tuple[int, str, str]:
        code = run_command(arguments, server)
        return code, *capsys.readouterr()

    return run


@pytest.fixture
def built(run: Run) -> Run:
    """The same with the index built."""
    assert run("index", "build")[0] == 0
    return run


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def add_text(
    run: Run, folder: Path, text: str = RELEASE, name: str = "saffron.txt", *more: str
) -> tuple[int, str, str]:
    (folder / name).write_text(text, encoding="utf-8")
    return run("corpus", "add", str(folder / name), *ADD, *more)


def test_ask_prints_the_answer_its_sources_and_its_status(built: Run) -> None:
    code, out, err = built("ask", CAP)
    assert (code, err) == (0, "")
    assert "may not exceed 30% of the eligible investment amount. [1]" in out
    assert (
        "[1] What is the cap on the premiums?\n    The premiums, Mithaq, 2026-01-02\n    https://example.org/bo" in out
    )
    assert out.endswith("(answered, as of 2026-03-04)\n")


def test_ask_refuses_with_exit_code_0_because_a_refusal_is_an_answer(built: Run) -> None:
    code, out, _ = built("ask", "Who won the football championship yesterday evening?")
    assert code == 0
    assert out.endswith("(out_of_scope)\n")


def test_ask_json_prints_what_the_api_gives_in_the_language_asked_for(built: Run) -> None:
    code, out, _ = built("ask", CAP, "--json", "--language", "fr")
    reply = json.loads(out)
    assert code == 0
    assert (reply["status"], reply["language"]) == ("answered", "fr")
    assert [citation["number"] for citation in reply["citations"]] == [1]


@pytest.mark.parametrize("arguments", [("ask", CAP), ("search", CAP), ("index", "status"), ("index", "rollback")])
def test_without_an_index_one_line_says_how_to_build_it(run: Run, arguments: tuple[str, ...]) -> None:
    assert run(*arguments) == (1, "", "There is no index yet. Run: mithaq index build\n")


def test_search_lists_the_best_sections_first(built: Run) -> None:
    code, out, _ = built("search", CAP)
    lines = out.splitlines()
    assert code == 0
    assert len(lines) == 5
    assert "premium-cap#cap@en  What is the cap on the premiums?" in lines[0]
    assert [float(line.split()[0]) for line in lines] == sorted(
        (float(line.split()[0]) for line in lines), reverse=True
    )


def test_search_shows_as_many_sections_as_asked_for_also_more_than_ten(built: Run, tmp_path: Path) -> None:
    for number in range(12):
        text = f"{'#' * 2} Premium rule {number} {{#rule-{number}}}\n\nThe premium rule {number} is known.\n"
        add_text(built, tmp_path, text, f"rule-{number}.txt")
    built("index", "build")
    assert len(built("search", "premium rule", "--most", "1")[1].splitlines()) == 1
    assert len(built("search", "premium rule", "--most", "14")[1].splitlines()) == 14


def test_search_explain_says_why_each_section_is_kept_or_not(built: Run) -> None:
    _, out, _ = built("search", CAP, "--explain", "--language", "fr", "--most", "2")
    first, ranks, verdict, *_, last = out.splitlines()
    assert "premium-cap#cap@fr" in first
    assert "vector rank 1, cosine 0." in ranks
    assert "lexical rank 1, coverage 0." in ranks
    assert ranks.endswith("found in en")
    assert "; kept: probability" in verdict
    assert "; not kept: " in last


def test_search_for_nothing_is_an_error(built: Run) -> None:
    assert built("search", " \u200b ") == (1, "", "There is no question to search for. Write one between quotes.\n")


def test_serve_builds_the_index_and_says_where_it_answers(run: Run, server: QueuedServer) -> None:
    port = free_port()
    code, out, err = run("serve", "--port", str(port))
    assert (code, err) == (0, "")
    assert " built: " in out
    assert f"Mithaq answers at http://127.0.0.1:{port}  (stop with Ctrl+C)" in out
    assert [settings.server.port for settings in server.started] == [port]
    assert server.started[0].server.host == "127.0.0.1"


def test_serve_on_a_taken_port_is_one_line_and_builds_nothing(run: Run, server: QueuedServer, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        code, out, err = run("serve", "--port", str(port))
    assert (code, out) == (1, "")
    assert err == f"Port {port} on 127.0.0.1 is taken by another program. Choose another one: make run PORT=8123\n"
    assert server.started == []
    assert not (tmp_path / "home").exists()


def test_serve_on_an_address_of_another_machine_says_so(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MITHAQ_SERVER__HOST", "192.0.2.1")
    code, _, err = run("serve")
    assert code == 1
    assert "on 192.0.2.1 cannot be used (" in err


def test_corpus_check_of_sound_documents_ends_well_and_still_lists_warnings(run: Run, corpus_folder: Path) -> None:
    shutil.rmtree(corpus_folder / "press/delegation")
    code, out, _ = run("corpus", "check")
    assert code == 0
    assert out.splitlines()[-1] == "0 errors, 3 warnings"
    assert "guides/diving/fr.md:1: warning: diving is missing in ar, en, es, zh. Repair: " in out


def test_corpus_check_lists_every_error_with_file_line_and_repair(run: Run, corpus_folder: Path) -> None:
    (corpus_folder / "charter/premium-cap/fr.md").write_text("no front matter", encoding="utf-8")
    code, out, _ = run("corpus", "check")
    assert code == 1
    assert "charter/premium-cap/fr.md:1: error: There is no front matter. Repair: " in out


def test_corpus_check_of_a_folder_that_is_not_there_says_which_setting(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MITHAQ_CORPUS__DOCUMENTS", "/nowhere/documents")
    code, out, _ = run("corpus", "check")
    assert code == 1
    assert "There is no such folder of documents." in out
    assert "MITHAQ_CORPUS__DOCUMENTS" in out


def test_corpus_add_stores_the_text_and_after_a_build_it_is_answered_from(
    built: Run, tmp_path: Path, corpus_folder: Path
) -> None:
    code, out, _ = add_text(built, tmp_path)
    stored = corpus_folder / "press/2024-02-03-saffron/en.md"
    assert code == 0
    assert out == f"Added {stored} with 1 passages.\nNow run: mithaq index build\n"
    assert RELEASE in stored.read_text(encoding="utf-8")
    assert " built: " in built("index", "build")[1]
    assert (
        "The desk helps growers of saffron" in built("ask", "Which desk helps saffron growers with export papers?")[1]
    )


@pytest.mark.parametrize(
    ("text", "complaint"),
    [("", "The file is empty."), ("%PDF-1.7", "not a plain text"), ("---\ntitle: x\n---\n", "has a front matter")],
)
def test_corpus_add_refuses_what_is_no_text_and_writes_nothing(
    run: Run, tmp_path: Path, corpus_folder: Path, text: str, complaint: str
) -> None:
    before = sorted(corpus_folder.rglob("*"))
    code, out, err = add_text(run, tmp_path, text)
    assert (code, out) == (1, "")
    assert complaint in err
    assert err.startswith("saffron.txt:0: error: ")
    assert sorted(corpus_folder.rglob("*")) == before


def test_corpus_add_of_a_file_that_is_not_there_is_one_line(run: Run) -> None:
    code, _, err = run("corpus", "add", "/nowhere/text.txt", *ADD)
    assert code == 1
    assert err.count("\n") == 1
    assert "The file cannot be read: No such file or directory." in err


def test_index_build_does_nothing_if_nothing_changed_and_all_again_when_fresh(built: Run) -> None:
    code, out, _ = built("index", "build")
    assert code == 0
    assert " unchanged: " in out
    assert out.endswith(" 0 texts embedded.\n")
    out = built("index", "build", "--fresh")[1]
    assert " built: " in out
    assert " 0 texts embedded." not in out


def test_index_build_of_broken_documents_names_each_and_leaves_the_index(built: Run, corpus_folder: Path) -> None:
    for language in ("fr", "es"):
        (corpus_folder / f"charter/premium-cap/{language}.md").write_text("broken", encoding="utf-8")
    code, _, err = built("index", "build")
    assert code == 1
    assert [line.split(":")[0] for line in err.splitlines()] == [
        "charter/premium-cap/es.md",
        "charter/premium-cap/fr.md",
    ]
    assert built("ask", CAP)[1].endswith("(answered, as of 2026-03-04)\n")


def test_index_status_and_rollback_walk_through_the_kept_snapshots(built: Run, tmp_path: Path) -> None:
    assert built("index", "rollback")[0] == 1
    add_text(built, tmp_path)
    built("index", "build")
    older, newer = built("index", "status")[1].splitlines()
    assert older.startswith("kept     ")
    assert newer.startswith("current  ")
    assert newer.endswith("hashed-words/1")
    code, out, _ = built("index", "rollback")
    assert code == 0
    assert out.startswith(f"The index {older.split()[1]} is current now.")
    assert built("index", "status")[1].splitlines()[0].startswith("current  ")
    assert "saffron" not in built("ask", "Which desk helps saffron growers with export papers?")[1]


def test_index_status_of_a_damaged_index_says_how_to_repair_it(built: Run, tmp_path: Path) -> None:
    (passages,) = (tmp_path / "home/snapshots").glob("*/passages.jsonl")
    passages.write_bytes(passages.read_bytes()[:-40])
    code, _, err = built("index", "status")
    assert code == 1
    assert "was changed or is torn. Run: mithaq index build" in err
    assert built("index", "build")[0] == 0
    assert built("ask", CAP)[0] == 0


def test_settings_prints_every_setting_and_no_secret(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MITHAQ_JOURNAL__URL", "postgresql://mithaq:open-sesame@db/mithaq")
    code, out, _ = run("settings")
    shown = dict(line.split("=", 1) for line in out.splitlines())
    assert code == 0
    assert list(shown) == list(setting_names())
    assert shown["MITHAQ_SERVER__PORT"] == "7860"
    assert "open-sesame" not in out


def test_doctor_finds_everything_in_place(built: Run) -> None:
    code, out, _ = built("doctor")
    assert code == 0
    assert [line.split()[:2] for line in out.splitlines()] == [
        ["ok", "documents:"], ["ok", "glossary:"], ["ok", "encoder:"], ["ok", "index:"], ["ok", "journal:"],
        ["ok", "keys:"],
    ]  # fmt: skip
    assert "512 dimensions" in out
    assert "0 opinions\n" in out
    assert out.endswith("0, not required\n")


def test_doctor_warns_where_a_key_is_required_and_nobody_has_one(built: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MITHAQ_API__KEYS_REQUIRED", "true")
    code, out, _ = built("doctor")
    assert code == 1
    assert out.splitlines()[-1].startswith("REPAIR  keys: ")
    assert "mithaq key add NAME" in out
    built("key", "add", "site")
    code, out, _ = built("doctor")
    assert (code, out.splitlines()[-1]) == (0, "ok      keys: 1, required")


def test_doctor_checks_on_after_a_fault_and_says_how_to_repair_each(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MITHAQ_JOURNAL__URL", "nosuchdatabase://host/db")
    code, out, _ = run("doctor")
    assert code == 1
    assert "REPAIR  index: There is no index yet. Run: mithaq index build" in out
    assert "REPAIR  journal: The database cannot be opened" in out
    assert "ok      documents: " in out
