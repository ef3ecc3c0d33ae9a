"""Settings come from the environment, misspelt ones are errors, and secrets are never shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.settings import Settings, load_settings, setting_names
from corpus import SettingsError
from corpus.loading import PACKAGED_DOCUMENTS

SECRET = "postgresql://mithaq:open-sesame@db.example.org/mithaq"


def test_without_any_variable_the_defaults_hold() -> None:
    settings = load_settings()
    assert settings == Settings()
    assert (settings.home, settings.corpus.documents) == (Path("var"), PACKAGED_DOCUMENTS)
    assert (settings.index.encoder, settings.server.host) == ("bundled", "127.0.0.1")
    assert settings.journal_url == "sqlite:///var/mithaq.db"


def test_every_variable_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    values = {
        "MITHAQ_HOME": "/srv/mithaq",
        "MITHAQ_CORPUS__DOCUMENTS": "/srv/documents",
        "MITHAQ_INDEX__ENCODER": "some/model",
        "MITHAQ_INDEX__KEEP": "9",
        "MITHAQ_SERVER__HOST": "0.0.0.0",  # noqa: S104
        "MITHAQ_SERVER__PORT": "8080",
        "MITHAQ_SERVER__ASKS_AT_ONCE": "2",
        "MITHAQ_SERVER__ASKS_WAITING": "0",
        "MITHAQ_SERVER__MCP_HOSTS": "mithaq.example, localhost",
        "MITHAQ_JOURNAL__URL": SECRET,
    }
    assert list(values) == list(setting_names()), "every setting stands in this test"
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    settings = load_settings()
    assert settings.home == Path("/srv/mithaq")
    assert settings.corpus.documents == Path("/srv/documents")
    assert (settings.index.encoder, settings.index.keep) == ("some/model", 9)
    assert (settings.server.port, settings.server.asks_at_once, settings.server.asks_waiting) == (8080, 2, 0)
    assert settings.server.mcp_host_names == ("mithaq.example", "localhost")
    assert settings.journal_url == SECRET


def test_one_variable_of_a_section_leaves_the_others_at_their_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("mithaq_server__port", "8123")
    assert load_settings().server.port == 8123
    assert load_settings().server.host == "127.0.0.1"


@pytest.mark.parametrize(
    "name",
    ["MITHAQ_HOOME", "MITHAQ_SERVR__PORT", "MITHAQ_SERVER__PROT", "MITHAQ_SERVER", "MITHAQ_SERVER_PORT", "mithaq_x"],
)
def test_a_misspelt_variable_is_an_error_that_names_it_and_the_known_ones(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, "1")
    with pytest.raises(SettingsError, match=rf"Unknown setting {name}\. Known are: MITHAQ_HOME, .*MITHAQ_SERVER__PORT"):
        load_settings()


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("MITHAQ_SERVER__PORT", ["0", "65536", "-1", "http", ""]),
        ("MITHAQ_SERVER__ASKS_AT_ONCE", ["0", "65"]),
        ("MITHAQ_SERVER__ASKS_WAITING", ["-1", "10001"]),
        ("MITHAQ_INDEX__KEEP", ["0", "101", "many"]),
        ("MITHAQ_INDEX__ENCODER", [""]),
    ],
)
def test_a_value_out_of_its_bounds_is_an_error_that_names_the_variable(
    monkeypatch: pytest.MonkeyPatch, name: str, wrong: list[str]
) -> None:
    for value in wrong:
        monkeypatch.setenv(name, value)
        with pytest.raises(SettingsError, match=rf"^{name}: .* Correct the value, or unset the variable\.$"):
            load_settings()


@pytest.mark.parametrize(
    ("name", "bounds"), [("MITHAQ_SERVER__PORT", ["1", "65535"]), ("MITHAQ_INDEX__KEEP", ["1", "100"])]
)
def test_both_bounds_are_allowed(monkeypatch: pytest.MonkeyPatch, name: str, bounds: list[str]) -> None:
    for value in bounds:
        monkeypatch.setenv(name, value)
        load_settings()


def test_the_database_password_is_never_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MITHAQ_JOURNAL__URL", SECRET)
    settings = load_settings()
    shown = f"{settings} {settings!r} {settings.journal} {settings.model_dump()} {settings.model_dump_json()}"
    assert "open-sesame" not in shown


def test_settings_cannot_be_changed_once_they_are_read() -> None:
    with pytest.raises(ValidationError):
        load_settings().home = Path("/elsewhere")  # type: ignore[misc]


def test_every_setting_says_what_it_is_for() -> None:
    assert all(description for _, description in setting_names().values())
