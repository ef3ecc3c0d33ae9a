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
        "MITHAQ_SERVER__HOSTS": "mithaq.example,127.0.0.1",
        "MITHAQ_SERVER__MCP_HOSTS": "mithaq.example, localhost",
        "MITHAQ_SERVER__TRUSTED_PROXIES": "10.0.0.5, fd00::/8",
        "MITHAQ_LIMITS__QUESTION_LENGTH": "500",
        "MITHAQ_LIMITS__TURNS": "20",
        "MITHAQ_LIMITS__PER_MINUTE": "30",
        "MITHAQ_LIMITS__PER_DAY": "0",
        "MITHAQ_LIMITS__SERVICE_PER_DAY": "9000",
        "MITHAQ_EMBED__SITES": "https://www.ccisrms.ma, http://localhost:8000",
        "MITHAQ_API__KEYS_REQUIRED": "true",
        "MITHAQ_API__CORS_ORIGINS": "https://app.example.org",
        "MITHAQ_LOG__FORMAT": "json",
        "MITHAQ_LOG__QUESTIONS": "true",
        "MITHAQ_METRICS__ALLOWED": "10.0.0.7",
        "MITHAQ_JOURNAL__URL": SECRET,
        "MITHAQ_JOURNAL__QUESTIONS": "false",
        "MITHAQ_JOURNAL__RETENTION_DAYS": "30",
        "MITHAQ_DESK__QUESTIONS": "/srv/golden",
        "MITHAQ_DESK__SAMPLE": "300",
        "MITHAQ_CHAT_MODEL__NAME": "ollama:some-model",
        "MITHAQ_CHAT_MODEL__API_KEY": "open-sesame",
        "MITHAQ_CHAT_MODEL__BASE_URL": "http://127.0.0.1:11434",
        "MITHAQ_CHAT_MODEL__TIMEOUT": "90",
    }
    assert list(values) == list(setting_names()), "every setting stands in this test"
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    settings = load_settings()
    assert settings.home == Path("/srv/mithaq")
    assert settings.corpus.documents == Path("/srv/documents")
    assert (settings.index.encoder, settings.index.keep) == ("some/model", 9)
    assert (settings.server.port, settings.server.asks_at_once, settings.server.asks_waiting) == (8080, 2, 0)
    assert settings.api.keys_required is True
    assert settings.server.host_names == ("mithaq.example", "127.0.0.1")
    assert settings.server.mcp_host_names == ("mithaq.example", "localhost")
    assert [str(proxy) for proxy in settings.server.proxies] == ["10.0.0.5/32", "fd00::/8"]
    assert (settings.limits.question_length, settings.limits.turns, settings.limits.per_minute) == (500, 20, 30)
    assert (settings.limits.per_day, settings.limits.service_per_day) == (0, 9000)
    assert settings.embed.origins == ("https://www.ccisrms.ma", "http://localhost:8000")
    assert (settings.log.format, settings.log.questions) == ("json", True)
    assert [str(one) for one in settings.metrics.networks] == ["10.0.0.7/32"]
    assert settings.api.origins == ("https://app.example.org",)
    assert settings.journal_url == SECRET
    assert (settings.journal.questions, settings.journal.retention_days, settings.journal.days) == (False, 30, 0)
    assert (settings.desk.questions, settings.desk.sample) == ("/srv/golden", 300)
    chat_model = settings.chat_model
    assert (chat_model.name, chat_model.base_url, chat_model.timeout) == (
        "ollama:some-model",
        "http://127.0.0.1:11434",
        90,
    )
    assert chat_model.api_key.get_secret_value() == "open-sesame"


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
        ("MITHAQ_SERVER__TRUSTED_PROXIES", ["*", "proxy", "10.0.0.5/8", "10.0.0.0/33"]),
        ("MITHAQ_LIMITS__QUESTION_LENGTH", ["0", "10001"]),
        ("MITHAQ_LIMITS__TURNS", ["-1", "41"]),
        ("MITHAQ_LIMITS__PER_MINUTE", ["-1", "many"]),
        ("MITHAQ_INDEX__KEEP", ["0", "101", "many"]),
        ("MITHAQ_INDEX__ENCODER", [""]),
        ("MITHAQ_LOG__FORMAT", ["xml", ""]),
        ("MITHAQ_LOG__QUESTIONS", ["perhaps"]),
        ("MITHAQ_METRICS__ALLOWED", ["*", "localhost"]),
        ("MITHAQ_API__CORS_ORIGINS", ["*", "null", "https://*.example.org", "https://app.example.org/"]),
        ("MITHAQ_EMBED__SITES", ["*", "www.ccisrms.ma", "http://www.ccisrms.ma", "https://www.ccisrms.ma/accueil"]),
        ("MITHAQ_DESK__SAMPLE", ["-1", "many"]),
        ("MITHAQ_API__KEYS_REQUIRED", ["", "perhaps", "2"]),
        ("MITHAQ_CHAT_MODEL__BASE_URL", ["127.0.0.1:11434", "ftp://example.org", "https://a b"]),
        ("MITHAQ_CHAT_MODEL__TIMEOUT", ["0", "601", "long"]),
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


def test_the_database_password_and_keys_are_never_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MITHAQ_JOURNAL__URL", SECRET)
    monkeypatch.setenv("MITHAQ_CHAT_MODEL__API_KEY", "open-sesame")
    settings = load_settings()
    shown = f"{settings} {settings!r} {settings.journal} {settings.model_dump()} {settings.model_dump_json()}"
    assert "open-sesame" not in shown


def test_settings_cannot_be_changed_once_they_are_read() -> None:
    with pytest.raises(ValidationError):
        load_settings().home = Path("/elsewhere")  # type: ignore[misc]


def test_every_setting_says_what_it_is_for() -> None:
    assert all(description for _, description in setting_names().values())
