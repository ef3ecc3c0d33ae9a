"""An audit that could not look anything up never passes for one that found nothing."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path(__file__).with_name("audit.py")
SKIPPED = {"name": "b", "skip_reason": "Dependency not found on PyPI and could not be audited: b (1.0)"}
SOUND = {"name": "a", "version": "1.0", "vulns": []}
KNOWN = {
    "name": "c",
    "version": "2.0",
    "vulns": [{"id": "PYSEC-1", "fix_versions": ["2.1"], "aliases": [], "description": ""}],
}


def verdict(*libraries: dict[str, Any], report: str | None = None, trouble: str = "") -> tuple[str, int]:
    spec = importlib.util.spec_from_file_location("audit_script", SCRIPT)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    lines, code = module.verdict(json.dumps({"dependencies": libraries}) if report is None else report, trouble)
    return "\n".join(lines), code


def test_a_known_vulnerability_fails_and_is_named_with_its_repair() -> None:
    said, code = verdict(SOUND, KNOWN, SKIPPED)
    assert code == 1
    assert "c 2.0: PYSEC-1, repaired in 2.1" in said
    assert "2 libraries looked up, 1 known" in said
    assert "1 libraries could not be looked up" in said


def test_nothing_found_passes() -> None:
    assert verdict(SOUND) == ("1 libraries looked up, 0 known vulnerabilities.", 0)


@pytest.mark.parametrize(
    ("report", "trouble"),
    [(None, ""), ("", "…\nConnectionError: no route"), ("", ""), ("[]", "odd"), ('{"dependencies": []}', "")],
)
def test_what_could_not_be_looked_up_is_called_not_run(report: str | None, trouble: str) -> None:
    said, code = verdict(SKIPPED, report=report, trouble=trouble)
    assert said.startswith("Audit not run: ")
    assert trouble.strip().splitlines()[-1:] == [] or trouble.strip().splitlines()[-1] in said
    assert code == 0


def test_a_program_that_is_missing_is_called_not_run(tmp_path: Path) -> None:
    command = [sys.executable, str(SCRIPT), str(tmp_path / "pip-audit"), "constraints.txt"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)  # noqa: S603
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Audit not run: ")
