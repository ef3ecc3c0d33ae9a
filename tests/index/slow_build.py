"""Builds a second index and says where it is, waiting there to be killed: python slow_build.py HOME PLACE."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from index import building, snapshot
from tests.index.doubles import HashedEncoder, passages

STATIC = {
    "while writing": (building, "write_manifest"),  # all files but the manifest are written
    "before rename": (snapshot, "_flush"),  # the manifest is written as well
    "before switch": (building.SnapshotStore, "switch"),
    "before replace": (snapshot, "write_durably"),  # within the switch, before the small file is replaced
    "before tidying": (building.SnapshotStore, "keep_newest"),
}
PLACES = ("while embedding", *STATIC)


def wait(*_: Any, **__: Any) -> None:
    print("here", flush=True)
    time.sleep(600)


class SlowEncoder(HashedEncoder):
    """Waits in the second batch."""

    def encode_passages(self, texts: Any) -> Any:
        if self.passages:
            wait()
        return super().encode_passages(texts)


def main(home: Path, place: str) -> None:
    encoder: HashedEncoder = HashedEncoder()
    if place == "while embedding":
        encoder = SlowEncoder()
    else:
        owner, name = STATIC[place]
        stop: Callable[..., None] = wait
        setattr(owner, name, stop)
    changed = [replace(each, text=f"{each.text} It was changed {i}.") for i, each in enumerate(passages())]
    building.build_index(changed, encoder, home)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
