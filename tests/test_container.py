"""The image and its neighbours say what the program is: no engine runs here, so what can be checked without one is."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import yaml

from bot.cli import build_parser
from bot.settings import setting_names

ROOT = Path(__file__).parents[1]
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))


def last_stage() -> str:
    return DOCKERFILE.rpartition("\nFROM ")[2]


def test_the_image_runs_a_supported_python_as_nobody_in_particular() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    versions = set(re.findall(r"FROM python:(3\.\d+)-slim", DOCKERFILE))
    assert versions == {"3.11"}
    assert project["requires-python"].startswith(">=3.11")
    user = re.search(r"^USER (\w+)$", last_stage(), re.MULTILINE)
    assert user
    assert user[1] != "root"


def test_the_image_holds_every_room_and_keeps_the_pins() -> None:
    copied = " ".join(re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, re.MULTILINE)).split()
    assert {"pyproject.toml", "constraints.txt", "app.py", "corpus", "index", "bot"} <= set(copied)
    assert all((ROOT / name).exists() for name in copied if name != "./")
    assert "PIP_CONSTRAINT=/source/constraints.txt" in DOCKERFILE
    ignored = (ROOT / ".dockerignore").read_text("utf-8").split()
    assert not set(ignored) & set(copied)


def test_the_image_starts_and_checks_what_the_program_has() -> None:
    assert 'CMD ["mithaq", "serve"]' in last_stage()
    assert build_parser().parse_args(["serve"])
    assert "127.0.0.1:7860/readyz" in last_stage()
    assert set(re.findall(r"MITHAQ_\w+(?==)", DOCKERFILE)) <= set(setting_names())


def test_the_service_can_write_only_its_own_folder() -> None:
    service = COMPOSE["services"]["mithaq"]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["volumes"] == ["mithaq:/var/lib/mithaq"]
    assert "ports" not in service  # only the proxy is reached from outside
    assert set(service["environment"]) <= set(setting_names())
    assert COMPOSE["networks"]["inside"]["internal"] is True
