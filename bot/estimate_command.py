"""`mithaq estimate FILE`: the estimate of a project that a YAML or JSON file describes."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from bot.project import Project, read_project
from bot.settings import Settings
from corpus import CharterError, Language
from corpus.parameters import load_parameters
from corpus.yaml_text import load_yaml


def add_estimate_command(command: argparse.ArgumentParser, day: Callable[[str], date]) -> None:
    """The arguments of the command; `day` reads a day."""
    command.add_argument("file", type=Path, help="a project in YAML or JSON, such as {amount: 80000000, jobs: 120}")
    command.add_argument("--as-of", type=day, metavar="YYYY-MM-DD", help="apply the rules of this day (today)")
    command.add_argument("--language", choices=[*Language], type=Language, default=Language.EN, help="of the text (en)")
    command.add_argument("--json", action="store_true", help="print the estimate as the API gives it")


def run_estimate(options: argparse.Namespace, _: Settings, __: object) -> int:
    """Print the estimate."""
    project = load_project(options.file)
    asked = options.as_of or date.today()
    if options.json:
        from bot.web.estimate_api import estimate_reply  # fastapi takes a second

        print(estimate_reply(project, asked, options.language).model_dump_json(indent=2))
        return 0
    from bot.estimate_text import describe
    from bot.incentives import estimate

    for one in describe(project, estimate(project, load_parameters().on(asked)), options.language):
        print(f"- {one.text}" if one.listed else one.text)
    return 0


def load_project(path: Path) -> Project:
    """The project that the file describes.

    Raises:
        CharterError: the file cannot be read or describes none; names what to change.
    """
    try:
        content: Any = load_yaml(path.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, yaml.YAMLError, ValueError) as error:
        raise CharterError(f"{path} is no YAML or JSON in UTF-8: {' '.join(str(error).split())[:200]}") from error
    if not isinstance(content, Mapping) or not all(isinstance(key, str) for key in content):
        raise CharterError(f"{path} describes no project. Write fields with values, such as amount: 80000000.")
    return read_project(content)
