"""A publishing that is killed at any step leaves the old or the new state, and ends as if it had not been killed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
STEP = 9  # `python -m tests.bot.desk.killed_publish FOLDER` kills at every one


def test_killed_anywhere_it_loses_no_draft_tears_nothing_and_is_completed_when_it_is_resumed(tmp_path: Path) -> None:
    """Old or new index, whole documents, drafts: see `look` and `look_at_the_end` there."""
    command = [sys.executable, "-m", "tests.bot.desk.killed_publish", str(tmp_path), str(STEP)]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300, check=False)  # noqa: S603
    assert ran.returncode == 0, f"{ran.stdout}\n{ran.stderr}"
    *kills, last = ran.stdout.splitlines()
    assert {line.split()[1] for line in kills} >= {"building", "asking", "switching"}
    assert last == f"killed {len(kills)}"
    assert len(kills) >= 8
