"""What the tests of the index share: one small index on disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from index import build_index
from tests.index.doubles import HashedEncoder, passages


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the small passages; not to be written to."""
    home = tmp_path_factory.mktemp("home")
    build_index(passages(), HashedEncoder(), home)
    return home
