"""The staff's commands; the only place that prints."""

from __future__ import annotations

import argparse
import errno
import socket
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from bot.settings import Settings, load_settings, setting_names
from corpus import CharterError, Confidence, Kind, Language, Severity
from corpus.adding import NewDocument, add_document
from corpus.checking import check_corpus
from corpus.glossary import load_glossary
from corpus.loading import PACKAGED_DOCUMENTS, load_corpus
from corpus.splitting import split_into_passages

if TYPE_CHECKING:
    from bot.assistant import Assistant
    from index import BuildReport

Serve = Callable[[Settings], None]
SHIPPED_VECTORS = PACKAGED_DOCUMENTS.parent / "vectors" / "packaged.npz"


def run_command(arguments: Sequence[str], serve: Serve) -> int:
    """Run one command and return its exit code: 0 done, 1 something to repair, 2 a wrong call."""
    options = build_parser().parse_args(arguments)
    try:
        settings = load_settings()
        code: int = options.run(options, settings, serve)
    except CharterError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except OSError as error:
        place = f" {error.filename}" if error.filename else ""
        repair = "Make room on the disk." if error.errno == errno.ENOSPC else "Check the path and its rights."
        print(f"The file system refused{place}: {error.strerror}. {repair}", file=sys.stderr)
        return 1
    return code


def build_parser() -> argparse.ArgumentParser:
    """The command line of `mithaq`."""
    parser = argparse.ArgumentParser(
        prog="mithaq", description="Cited answers about Morocco's Investment Charter and the Marrakech-Safi region."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    ask = _add(commands, "ask", run_ask, "answer a question")
    ask.add_argument("question")
    ask.add_argument("--language", choices=[*Language], type=Language, help="answer in this language")
    ask.add_argument("--json", action="store_true", help="print the answer as the API gives it")
    search = _add(commands, "search", run_search, "show the sections found for a question")
    search.add_argument("question")
    search.add_argument("--language", choices=[*Language], type=Language, help="show sections in this language")
    search.add_argument("--most", type=int, default=5, metavar="N", help="how many sections (5)")
    search.add_argument("--explain", action="store_true", help="both ranks, raw scores and why a section is kept")
    server = _add(commands, "serve", run_serve, "build the index if needed and serve the chat")
    server.add_argument("--port", type=int, help="port to listen on (MITHAQ_SERVER__PORT)")
    _add_corpus(commands)
    _add_index(commands)
    _add(commands, "settings", run_settings, "print every setting with its value")
    _add(commands, "doctor", run_doctor, "check that everything is in place")
    return parser


def _add(commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, run: object, text: str) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
    command.set_defaults(run=run)
    return command


def _add_corpus(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    corpus = commands.add_parser("corpus", help="the documents: check, add").add_subparsers(required=True, metavar="ACTION")
    _add(corpus, "check", run_corpus_check, "list everything to repair in the documents")
    add = _add(corpus, "add", run_corpus_add, "add a plain text or Markdown file as a document")
    add.add_argument("file", type=Path)
    add.add_argument("--kind", required=True, choices=[*Kind], type=Kind)
    add.add_argument("--publisher", required=True, help="who published it")
    add.add_argument("--published", required=True, type=_day, metavar="YYYY-MM-DD")
    add.add_argument("--lang", required=True, choices=[*Language], type=Language)
    add.add_argument("--title", default="", help="the first line or words of the text if left out")
    add.add_argument("--slug", default="", help="name of its folder; from date and file name if left out")
    add.add_argument("--url", default="", help="where it was published")
    add.add_argument("--confidence", choices=[*Confidence], type=Confidence, help="press for a press release")


def _add_index(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    index = commands.add_parser("index", help="the index: build, status, rollback").add_subparsers(required=True, metavar="ACTION")
    build = _add(index, "build", run_index_build, "build the index; does nothing if no document changed")
    build.add_argument("--fresh", action="store_true", help="embed everything again and trust no cache")
    _add(index, "status", run_index_status, "show the current index and the ones kept")
    _add(index, "rollback", run_index_rollback, "go back to the index before the current one")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text} is not a day; write it as 2023-11-15") from error


def run_ask(options: argparse.Namespace, settings: Settings, _: Serve) -> int:
    answer = _assistant(settings).ask(options.question, options.language)
    if options.json:
        from bot.web.api import reply

        print(reply(answer).model_dump_json(indent=2))
        return 0
    print(answer.text)
    for citation in answer.citations:
        print(f"\n[{citation.number}] {citation.section}\n    {citation.title}, {citation.publisher}, {citation.published}\n    {citation.url}")
    print(f"\n({answer.status}{f', as of {answer.as_of}' if answer.as_of else ''})")
    return 0


def run_search(options: argparse.Namespace, settings: Settings, _: Serve) -> int:
    from bot.evidence import QuestionReading, judge, load_calibration
    from bot.language import LanguageDetector
    from corpus.text import clean_question

    glossary = load_glossary()
    question = clean_question(options.question)
    language = options.language or LanguageDetector(glossary).detect(question).language
    if not question:
        raise CharterError("There is no question to search for. Write one between quotes.")
    index = _index(settings)
    hits = index.search(question, language)
    judged = judge(QuestionReading(question, language, index), hits, language, index, load_calibration())
    for evidence in judged[: max(options.most, 1)]:
        hit = evidence.hit
        print(f"{hit.score:6.3f}  {hit.passage.id}  {hit.passage.heading or hit.passage.title}")
        if options.explain:
            signals = evidence.signals
            print(f"        vector rank {hit.vector_rank}, cosine {hit.cosine:.3f}; lexical rank {hit.lexical_rank}, "
                  f"coverage {hit.coverage:.3f}; found in {hit.found.language}")  # fmt: skip
            print(f"        gap {signals.gap:.3f}, unknown {signals.unknown:.2f}, terms {signals.terms:.2f}; "
                  f"{'kept' if evidence.kept else 'not kept'}: {evidence.reason}")  # fmt: skip
    return 0


def run_serve(options: argparse.Namespace, settings: Settings, serve: Serve) -> int:
    if options.port is not None:
        settings = settings.model_copy(update={"server": type(settings.server)(**(settings.server.model_dump() | {"port": options.port}))})
    host, port = settings.server.host, settings.server.port
    _require_free_port(host, port)
    _print_build(_build(settings, fresh=False))
    print(f"Mithaq answers at http://{host}:{port}  (stop with Ctrl+C)", flush=True)
    serve(settings)
    return 0


def run_corpus_check(_: argparse.Namespace, settings: Settings, __: Serve) -> int:
    findings = check_corpus(settings.corpus.documents)
    for finding in findings:
        print(finding)
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    print(f"{errors} errors, {len(findings) - errors} warnings")
    return 1 if errors else 0


def run_corpus_add(options: argparse.Namespace, settings: Settings, _: Serve) -> int:
    new = NewDocument(
        kind=options.kind,
        publisher=options.publisher,
        published=options.published,
        language=options.lang,
        title=options.title,
        slug=options.slug,
        url=options.url,
        confidence=options.confidence,
    )
    document = add_document(options.file, new, settings.corpus.documents)
    print(f"Added {document.path} with {len(document.sections)} passages.\nNow run: mithaq index build")
    return 0


def run_index_build(options: argparse.Namespace, settings: Settings, _: Serve) -> int:
    _print_build(_build(settings, fresh=options.fresh))
    return 0


def run_index_status(_: argparse.Namespace, settings: Settings, __: Serve) -> int:
    from index import SnapshotStore, read_manifest

    store = SnapshotStore(settings.home)
    current = store.require_current()
    for snapshot_id in store.ids():
        manifest = read_manifest(store.path(snapshot_id), verify=snapshot_id == current)
        mark = "current" if snapshot_id == current else "kept   "
        print(f"{mark}  {snapshot_id}  {manifest.created}  {manifest.passages} passages  {manifest.encoder}")
    return 0


def run_index_rollback(_: argparse.Namespace, settings: Settings, __: Serve) -> int:
    from index import SnapshotStore

    print(f"The index {SnapshotStore(settings.home).rollback()} is current now. A running server uses it from the next question on.")
    return 0


def run_settings(_: argparse.Namespace, settings: Settings, __: Serve) -> int:
    for name in setting_names():
        value: object = settings
        for part in name.removeprefix("MITHAQ_").lower().split("__"):
            value = getattr(value, part)
        print(f"{name}={value}")
    return 0


def run_doctor(_: argparse.Namespace, settings: Settings, __: Serve) -> int:
    from bot.journal import Journal
    from index import open_encoder

    checks: list[tuple[str, Callable[[], object]]] = [
        ("documents", lambda: f"{len(load_corpus(settings.corpus.documents).documents)} files"),
        ("glossary", lambda: f"{len(load_glossary().terms)} terms"),
        ("encoder", lambda: f"{open_encoder(settings.index.encoder).encode_queries(['test']).shape[1]} dimensions"),
        ("index", lambda: _index(settings).snapshot_id),
        ("journal", lambda: f"{len(Journal(settings.journal_url).feedback())} opinions"),
    ]
    failed = False
    for name, check in checks:
        try:
            print(f"ok      {name}: {check()}")
        except CharterError as error:
            failed = True
            print(f"REPAIR  {name}: {error}")
    return 1 if failed else 0


def _build(settings: Settings, *, fresh: bool) -> BuildReport:
    from tqdm import tqdm

    from index import build_index, open_encoder

    documents = load_corpus(settings.corpus.documents).documents
    passages = split_into_passages(documents, date.today())  # noqa: DTZ011  (validity is a matter of the local day)
    with tqdm(desc="Embedding", unit=" texts", disable=None, leave=False) as bar:

        def show(done: int, total: int) -> None:
            bar.total, bar.n = total, done
            bar.refresh()

        return build_index(
            passages,
            open_encoder(settings.index.encoder),
            settings.home,
            shipped=SHIPPED_VECTORS,
            fresh=fresh,
            keep=settings.index.keep,
            progress=show,
        )


def _print_build(report: BuildReport) -> None:
    state = "built" if report.new else "unchanged"
    print(f"Index {report.snapshot_id} {state}: {report.passages} passages, {report.embedded} texts embedded.")


def _index(settings: Settings):  # type: ignore[no-untyped-def]  # noqa: ANN202
    from index import open_encoder, open_index

    return open_index(settings.home, open_encoder(settings.index.encoder), load_glossary())


def _assistant(settings: Settings) -> Assistant:
    from bot.assistant import Assistant

    index = _index(settings)
    return Assistant(lambda: index, index.glossary)


def _require_free_port(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            reason = "is taken by another program" if error.errno == errno.EADDRINUSE else f"cannot be used ({error.strerror})"
            raise CharterError(f"Port {port} on {host} {reason}. Choose another one: make run PORT=8123") from error
