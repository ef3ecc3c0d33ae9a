"""Publishing one new document without questions, and publishing where nothing changed; rows of `make bench`."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from pathlib import Path


def bench_desk(environment: dict[str, str], folder: Path) -> None:
    """The time of the job, from the click until the new index answers; the process that works on it starts within."""
    from bench import run, seconds, show

    empty = folder / "no-questions"
    empty.mkdir()
    environment = environment | {"MITHAQ_DESK__QUESTIONS": str(empty)}
    run(environment, "publish")
    run(environment, "publish")
    show("publish at the desk, nothing changed", f"{job_seconds(environment):.1f} s", "< 2 s")
    text = folder / "note.txt"
    lines = (f"Fair number {n} of Safi was visited by {n * 41} people in June 2025." for n in range(12))
    text.write_text("\n".join(lines), encoding="utf-8")
    run(environment, "corpus", "add", str(text), "--kind", "press-release", "--publisher", "Bench",
        "--published", "2025-06-02", "--lang", "en")  # fmt: skip
    whole = seconds(lambda: run(environment, "publish"))
    show("publish one new document at the desk, no questions", f"{job_seconds(environment):.1f} s", "< 3 s")
    show("the same as a command", f"{whole:.1f} s")


def job_seconds(environment: dict[str, str]) -> float:
    """From the start of the last publishing to its end."""
    with sqlite3.connect(Path(environment["MITHAQ_HOME"]) / "mithaq.db") as connection:
        row = connection.execute("SELECT created, changed FROM publish_jobs ORDER BY created DESC LIMIT 1").fetchone()
    started, ended = (datetime.fromisoformat(time) for time in row)
    return (ended - started).total_seconds()
