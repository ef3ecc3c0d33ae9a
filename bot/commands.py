"""What each command of `mithaq` does; with `bot/cli.py` the only place that prints."""

from __future__ import annotations

import argparse
import contextlib
import errno
import socket
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from bot.api_keys import ApiKeys
from bot.settings import Settings, setting_names
from corpus import CharterError, Severity
from corpus.adding import NewDocument, add_document
from corpus.checking import check_corpus
from corpus.coverage import load_coverage
from corpus.glossary import load_glossary
from corpus.loading import PACKAGED_VECTORS, load_corpus
from corpus.outside import load_outside
from corpus.splitting import split_into_passages

if TYPE_CHECKING:
    from bot.assistant import Assistant
    from index import BuildReport, SearchIndex

Serve = Callable[[Settings], None]
Command = Callable[[argparse.Namespace, Settings, Serve], int]
SHIPPED_VECTORS = PACKAGED_VECTORS
FEWEST_RANKED = 10  # the evidence rule looks at the tenth hit


def ask(options: argparse.Namespace, settings: Settings, _: Serve) -> int:
    answer = _assistant(settings).ask(options.question, options.language)
    if options.json:
        from bot.web.replies import reply

        print(reply(answer).model_dump_json(indent=2))
        return 0
    print(answer.text)
    for citation in answer.citations:
        print(f"\n[{citation.number}] {citation.section}")
        print(f"    {citation.title}, {citation.publisher}, {citation.published}\n    {citation.url}")
    print(f"\n({answer.status}{f', as of {answer.as_of}' if answer.as_of else ''})")
    return 0


def search(options: argparse.Namespace, settings: Settings, _: Serve) -> int:
    from bot.evidence import judge, load_calibration
    from bot.language import LanguageDetector
    from bot.signals import QuestionReading
    from corpus.text import clean_question

    glossary = load_glossary()
    question = clean_question(options.question)
    language = options.language or LanguageDetector(glossary).detect(question).language
    if not question:
        raise CharterError("There is no question to search for. Write one between quotes.")
    index = _index(settings)
    hits = index.search(question, language, most=max(options.most, FEWEST_RANKED))
    judged = judge(QuestionReading(question, language, index), hits, language, index, load_calibration())
    for evidence in judged[: max(options.most, 1)]:
        hit = evidence.hit
        print(f"{evidence.rank:6.2f}  {hit.passage.id}  {hit.passage.heading or hit.passage.title}")
        if options.explain:
            signals = evidence.signals
            print(f"        score {hit.score:.3f}; vector rank {hit.vector_rank}, cosine {hit.cosine:.3f}; lexical rank "
                  f"{hit.lexical_rank}, coverage {hit.coverage:.3f}; found in {hit.found.language}")  # fmt: skip
            print(f"        gap {signals.gap:.3f}, unknown {signals.unknown:.2f}, terms {signals.terms:.2f}; "
                  f"{'kept' if evidence.kept else 'not kept'}: {evidence.reason}")  # fmt: skip
    return 0


def serve(options: argparse.Namespace, settings: Settings, run: Serve) -> int:
    if options.port is not None:
        server = type(settings.server).model_validate(settings.server.model_dump() | {"port": options.port})
        settings = settings.model_copy(update={"server": server})
    host, port = settings.server.host, settings.server.port
    _require_free_port(host, port)
    _print_build(_build(settings, fresh=False))
    print(f"Mithaq answers at http://{host}:{port}  (stop with Ctrl+C)", flush=True)
    run(settings)
    return 0


def corpus_check(_: argparse.Namespace, settings: Settings, __: Serve) -> int:
    findings = check_corpus(settings.corpus.documents)
    for finding in findings:
        print(finding)
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    print(f"{errors} errors, {len(findings) - errors} warnings")
    return 1 if errors else 0


def corpus_coverage(_: argparse.Namespace, settings: Settings, __: Serve) -> int:
    coverage = load_coverage()
    findings = coverage.check(load_corpus(settings.corpus.documents).documents)
    for finding in findings:
        print(finding)
    print(coverage.table())
    return 1 if findings else 0


def corpus_add(options: argparse.Namespace, settings: Settings, _: Serve) -> int:
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


def index_build(options: argparse.Namespace, settings: Settings, _: Serve) -> int:
    _print_build(_build(settings, fresh=options.fresh))
    return 0


def index_status(_: argparse.Namespace, settings: Settings, __: Serve) -> int:
    from index import SnapshotStore, read_manifest

    store = SnapshotStore(settings.home)
    current = store.require_current()
    for snapshot_id in store.ids():
        manifest = read_manifest(store.path(snapshot_id), verify=snapshot_id == current)
        mark = "current" if snapshot_id == current else "kept   "
        print(f"{mark}  {snapshot_id}  {manifest.created}  {manifest.passages} passages  {manifest.encoder}")
    return 0


def index_rollback(_: argparse.Namespace, settings: Settings, __: Serve) -> int:
    from index import SnapshotStore

    snapshot_id = SnapshotStore(settings.home).rollback()
    print(f"The index {snapshot_id} is current now. A running server uses it from the next question on.")
    return 0


def settings(_: argparse.Namespace, settings: Settings, __: Serve) -> int:
    for name in setting_names():
        value: object = settings
        for part in name.removeprefix("MITHAQ_").lower().split("__"):
            value = getattr(value, part)
        print(f"{name}={value}")
    return 0


def doctor(_: argparse.Namespace, settings: Settings, __: Serve) -> int:
    from index import open_encoder

    checks: list[tuple[str, Callable[[], object]]] = [
        ("documents", lambda: f"{len(load_corpus(settings.corpus.documents).documents)} files"),
        ("glossary", lambda: f"{len(load_glossary().terms)} terms"),
        ("encoder", lambda: f"{open_encoder(settings.index.encoder).encode_queries(['test']).shape[1]} dimensions"),
        ("index", lambda: _index(settings).snapshot_id),
        ("journal", lambda: _count_opinions(settings)),
        ("keys", lambda: _count_keys(settings)),
    ]
    failed = False
    for name, check in checks:
        try:
            print(f"ok      {name}: {check()}")
        except CharterError as error:
            failed = True
            print(f"REPAIR  {name}: {error}")
    return 1 if failed else 0


def _count_opinions(settings: Settings) -> str:
    from bot.database import Database
    from bot.journal import Journal

    with contextlib.closing(Database(settings.journal_url)) as database:
        journal = Journal(database)
        return f"{len(journal.questions())} questions, {len(journal.feedback())} opinions"


def _count_keys(settings: Settings) -> str:
    count = len(ApiKeys(settings.home).all())
    if settings.api.keys_required and not count:
        raise CharterError("Keys are required and there is none, so no program gets in. Run: mithaq key add NAME")
    return f"{count}, {'required' if settings.api.keys_required else 'not required'}"


def _build(settings: Settings, *, fresh: bool) -> BuildReport:
    from tqdm import tqdm

    from bot.desk.switching import Switching
    from index import build_index, open_encoder

    Switching(settings.home, settings.index.keep).complete_interrupted()
    documents = load_corpus(settings.corpus.documents).documents
    passages = split_into_passages(documents, date.today())
    with tqdm(desc="Embedding", unit=" texts", disable=None, leave=False) as bar:

        def show(done: int, total: int) -> None:
            bar.total, bar.n = total, done
            bar.refresh()

        return build_index(
            passages,
            open_encoder(settings.index.encoder),
            settings.home,
            outside=load_outside(),
            shipped=SHIPPED_VECTORS,
            fresh=fresh,
            keep=settings.index.keep,
            progress=show,
        )


def _print_build(report: BuildReport) -> None:
    state = "built" if report.new else "unchanged"
    print(f"Index {report.snapshot_id} {state}: {report.passages} passages, {report.embedded} texts embedded.")


def _index(settings: Settings) -> SearchIndex:
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
            reason = (
                "is taken by another program"
                if error.errno == errno.EADDRINUSE
                else f"cannot be used ({error.strerror})"
            )
            raise CharterError(f"Port {port} on {host} {reason}. Choose another one: make run PORT=8123") from error
