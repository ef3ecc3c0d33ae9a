"""The command line of `mithaq`: what can be called, and how errors reach a person."""

from __future__ import annotations

import argparse
import errno
import sys
from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path

from bot import commands as run
from bot.estimate_command import add_estimate_command, run_estimate
from bot.journal_command import add_journal_commands
from bot.key_command import add_key_commands
from bot.pause_command import add_pause_command, run_pause
from bot.publish_command import add_publish_command, run_publish
from bot.settings import load_settings
from bot.staff_command import add_staff_commands
from corpus import CharterError, Confidence, Kind, Language

Parsers = argparse._SubParsersAction


def run_command(arguments: Sequence[str], serve: run.Serve) -> int:
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
    ask = _add(commands, "ask", run.ask, "answer a question")
    ask.add_argument("question")
    ask.add_argument("--language", choices=[*Language], type=Language, help="answer in this language")
    ask.add_argument("--json", action="store_true", help="print the answer as the API gives it")
    search = _add(commands, "search", run.search, "show the sections found for a question")
    search.add_argument("question")
    search.add_argument("--language", choices=[*Language], type=Language, help="show sections in this language")
    search.add_argument("--most", type=int, default=5, metavar="N", help="how many sections (5)")
    search.add_argument("--explain", action="store_true", help="both ranks, raw scores and why a section is kept")
    add_estimate_command(_add(commands, "estimate", run_estimate, "estimate the premiums of a project"), _day)
    server = _add(commands, "serve", run.serve, "build the index if needed and serve the chat")
    server.add_argument("--port", type=_port, help="port to listen on (MITHAQ_SERVER__PORT)")
    _add_corpus(commands)
    _add_index(commands)
    add_publish_command(_add(commands, "publish", run_publish, "publish the documents, after asking what it changes"))
    add_pause_command(_add(commands, "pause", run_pause, "pause the button on other sites, or the whole chat"))
    keys = commands.add_parser("key", help="the keys of programs: add, list, remove")
    add_key_commands(partial(_add, keys.add_subparsers(required=True, metavar="ACTION")))
    staff = commands.add_parser("staff", help="the accounts of the staff desk: add, list, role, password, remove")
    add_staff_commands(partial(_add, staff.add_subparsers(required=True, metavar="ACTION")))
    journal = commands.add_parser("journal", help="the questions that are kept: export, erase, forget")
    add_journal_commands(partial(_add, journal.add_subparsers(required=True, metavar="ACTION")))
    _add(commands, "settings", run.settings, "print every setting with its value")
    _add(commands, "doctor", run.doctor, "check that everything is in place")
    return parser


def _add(
    commands: Parsers[argparse.ArgumentParser], name: str, command_run: run.Command, text: str
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
    command.set_defaults(run=command_run)
    return command


def _add_corpus(commands: Parsers[argparse.ArgumentParser]) -> None:
    corpus = commands.add_parser("corpus", help="the documents: check, coverage, add").add_subparsers(
        required=True, metavar="ACTION"
    )
    _add(corpus, "check", run.corpus_check, "list everything to repair in the documents")
    _add(corpus, "coverage", run.corpus_coverage, "show which known facts the documents state, and which not and why")
    add = _add(corpus, "add", run.corpus_add, "add a file as a document: plain text, Markdown, DOCX, HTML or PDF")
    add.add_argument("file", type=Path)
    add.add_argument("--kind", required=True, choices=[*Kind], type=Kind)
    add.add_argument("--publisher", required=True, help="who published it")
    add.add_argument("--published", required=True, type=_day, metavar="YYYY-MM-DD")
    add.add_argument("--lang", required=True, choices=[*Language], type=Language)
    add.add_argument("--title", default="", help="the first line or words of the text if left out")
    add.add_argument("--slug", default="", help="name of its folder; from date and file name if left out")
    add.add_argument("--url", default="", help="where it was published")
    add.add_argument("--confidence", choices=[*Confidence], type=Confidence, help="press for a press release")


def _add_index(commands: Parsers[argparse.ArgumentParser]) -> None:
    index = commands.add_parser("index", help="the index: build, status, rollback").add_subparsers(
        required=True, metavar="ACTION"
    )
    build = _add(index, "build", run.index_build, "build the index; does nothing if no document changed")
    build.add_argument("--fresh", action="store_true", help="embed everything again and trust no cache")
    _add(index, "status", run.index_status, "show the current index and the ones kept")
    _add(index, "rollback", run.index_rollback, "go back to the index before the current one")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text} is not a day; write it as 2023-11-15") from error


def _port(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text} is not a port; choose one from 1 to 65535")
    return int(text)
