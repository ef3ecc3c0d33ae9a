"""Saves a draft again and again and says after each time what was saved; to be killed."""

from __future__ import annotations

import sys
from pathlib import Path

from bot.database import Database
from bot.desk.audit import Audit
from bot.desk.drafts import Drafts


def main(url: str, documents: Path) -> None:
    database = Database(url)
    drafts = Drafts(database, documents, Audit(database))
    draft = drafts.begin("press/killed/en.md", "0", "amina")
    while True:
        draft = drafts.save(draft.id, f"{draft.revision} {'x' * 20_000}", draft.revision, "amina")
        print(draft.id, draft.revision, flush=True)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
