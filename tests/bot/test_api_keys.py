"""Keys are shown once, kept as hashes, and their file counts at once."""

from __future__ import annotations

import json
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.api_keys import KEYS_FILE, ApiKey, ApiKeys
from corpus import CharterError


@pytest.fixture
def keys(tmp_path: Path) -> ApiKeys:
    return ApiKeys(tmp_path / "home")


def test_a_key_is_known_by_its_owner_and_nothing_else_is(keys: ApiKeys) -> None:
    first, second = keys.add("site"), keys.add("mobile.app-2")
    assert (keys.owner(first), keys.owner(second)) == ("site", "mobile.app-2")
    for wrong in ("", "site", first[:-1], first + "x", first.upper(), first.removeprefix("mithaq_"), "\ud800"):
        assert keys.owner(wrong) is None
    today = datetime.now(UTC).date()
    assert keys.all() == [ApiKey("site", today), ApiKey("mobile.app-2", today)]


def test_keys_are_long_and_never_alike(keys: ApiKeys) -> None:
    made = {keys.add(f"key-{number}") for number in range(20)}
    assert len(made) == 20
    assert all(len(key.removeprefix("mithaq_")) == 43 for key in made), "256 bits in base 64"


def test_the_file_holds_no_key_and_only_its_owner_may_read_it(keys: ApiKeys, tmp_path: Path) -> None:
    key = keys.add("site")
    path = tmp_path / "home" / KEYS_FILE
    assert key.removeprefix("mithaq_") not in path.read_text(encoding="utf-8")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [entry.name for entry in path.parent.iterdir()] == [KEYS_FILE]


def test_the_hash_of_a_key_is_no_key(keys: ApiKeys, tmp_path: Path) -> None:
    keys.add("site")
    kept = json.loads((tmp_path / "home" / KEYS_FILE).read_text(encoding="utf-8"))["keys"][0]
    assert keys.owner(kept["sha256"]) is None


def test_a_running_server_follows_what_another_process_changes(keys: ApiKeys, tmp_path: Path) -> None:
    server = ApiKeys(tmp_path / "home")
    assert server.owner("x") is None
    first, second = keys.add("first"), keys.add("second")
    assert (server.owner(first), server.owner(second)) == ("first", "second")
    keys.remove("first")
    assert (server.owner(first), server.owner(second)) == (None, "second")


def test_without_a_file_there_are_no_keys(keys: ApiKeys) -> None:
    assert keys.all() == []
    assert keys.owner("anything") is None


def test_keys_made_at_the_same_time_are_all_kept(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda number: ApiKeys(tmp_path).add(f"key-{number}"), range(40)))
    assert {ApiKeys(tmp_path).owner(key) for key in made} == {f"key-{number}" for number in range(40)}


@pytest.mark.parametrize("name", ["", " ", "a b", "-x", "ü", "x" * 65, "../x", "a\n"])
def test_a_name_that_is_none_is_refused(keys: ApiKeys, name: str) -> None:
    with pytest.raises(CharterError, match="no name for a key"):
        keys.add(name)
    assert keys.all() == []


def test_a_name_is_given_once_and_can_be_given_again_after_it_was_removed(keys: ApiKeys) -> None:
    first = keys.add("site")
    with pytest.raises(CharterError, match="mithaq key remove site"):
        keys.add("site")
    keys.remove("site")
    assert keys.add("site") != first
    assert keys.owner(first) is None


def test_removing_an_unknown_key_says_which_there_are(keys: ApiKeys) -> None:
    with pytest.raises(CharterError, match="Known are: none"):
        keys.remove("site")
    keys.add("site")
    with pytest.raises(CharterError, match=r"no key app\. Known are: site"):
        keys.remove("app")


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b'{"keys": [{"name": "x"}]}', b"\xff\xfe", b'{"keys": [], "more": 1}',
     b'{"keys": [{"name": "x", "sha256": "short", "made": "2026-01-01"}]}'],
)  # fmt: skip
def test_a_damaged_file_lets_nobody_in_and_is_not_overwritten(keys: ApiKeys, tmp_path: Path, content: bytes) -> None:
    keys.add("site")
    path = tmp_path / "home" / KEYS_FILE
    path.write_bytes(content)
    for use in (lambda: keys.owner("x"), keys.all, lambda: keys.add("other"), lambda: keys.remove("site")):
        with pytest.raises(CharterError, match=f"{KEYS_FILE} cannot be read as keys .* mithaq key add NAME"):
            use()
    assert path.read_bytes() == content
