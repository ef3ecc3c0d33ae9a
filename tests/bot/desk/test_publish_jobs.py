"""Jobs and their changed answers come back from the database as they went in."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.database import Database
from bot.desk.publish_jobs import FINAL, ChangedAnswer, JobState, PublishJobs
from corpus import PublishingError

CHANGE = ChangedAnswer("Quel plafond ?", "fr", "golden", "30 %", "31 %", True, None, ("a#b",), ())


@pytest.fixture
def jobs(tmp_path: Path) -> PublishJobs:
    return PublishJobs(Database(f"sqlite:///{tmp_path / 'mithaq.db'}"))


def test_a_job_comes_back_as_it_was_noted(jobs: PublishJobs) -> None:
    job = jobs.add({"b": 3, "a": 1}, "karim", must_agree=True)
    assert jobs.get(job.id) == job == jobs.unfinished()
    assert (job.drafts, job.must_agree, job.created.tzinfo is not None) == (("b", "a"), True, True)
    noted = jobs.change(
        job.id, JobState.WAITING, scores={"right": (0.9, 0.8)}, floors={"right": 0.89}, documents=("a",)
    )
    assert jobs.get(job.id) == noted
    assert (noted.below, noted.documents, noted.state) == (("right",), ("a",), JobState.WAITING)
    jobs.cancel(job.id, "amina")
    assert jobs.get(job.id).cancelled_by == "amina"


@pytest.mark.parametrize("state", FINAL)
def test_a_final_one_makes_room_for_the_next(jobs: PublishJobs, state: JobState) -> None:
    first = jobs.add({}, "karim", must_agree=False)
    with pytest.raises(PublishingError, match="not finished"):
        jobs.add({}, "karim", must_agree=False)
    assert jobs.change(first.id, state).is_final
    second = jobs.add({}, "karim", must_agree=False)
    assert [job.id for job in jobs.newest()] == [second.id, first.id]
    assert [job.id for job in jobs.newest(1)] == [second.id]
    assert jobs.unfinished() == second


def test_changed_answers_are_replaced_and_come_in_their_order(jobs: PublishJobs) -> None:
    other = ChangedAnswer("و؟", "ar", "desk", "", "x", None, False, (), ("c#d", "a#b"))
    jobs.keep_changes("job", [CHANGE])
    jobs.keep_changes("job", [other, CHANGE])
    assert jobs.changes("job") == [other, CHANGE]
    assert jobs.changes("none") == []
