from __future__ import annotations

from datetime import date

import pytest

from bot.desk.naming import is_short_name, new_path
from corpus import Kind, Language

DAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Une visite à l'Élysée !", "2026-11-20-une-visite-a-l-elysee"), ("زيارة", "2026-11-20-document"),
        ("../../etc", "2026-11-20-etc"), ("", "2026-11-20-document"), ("x" * 200, f"2026-11-20-{'x' * 60}"),
    ],
)  # fmt: skip
def test_a_name_is_made_of_day_and_title(title: str, slug: str) -> None:
    path = new_path(Kind.PRESS_RELEASE, title, DAY, Language.FR, lambda _: False)
    assert path == f"press/{slug}/fr.md"
    assert is_short_name(slug)


def test_a_taken_name_gets_a_number() -> None:
    taken = {"guides/2026-11-20-a/fr.md", "guides/2026-11-20-a-2/fr.md"}
    assert new_path(Kind.GUIDE, "A", DAY, Language.FR, taken.__contains__) == "guides/2026-11-20-a-3/fr.md"
    assert is_short_name(new_path(Kind.GUIDE, "A", DAY, Language.FR, lambda _: True).split("/")[1])


@pytest.mark.parametrize("name", ["", "A", "a/b", "..", "a--b", "-a", "a-", "é", "a\n", "x" * 101])
def test_what_cannot_be_a_name_is_not_taken_for_one(name: str) -> None:
    assert not is_short_name(name)
