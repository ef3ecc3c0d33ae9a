"""Every setting, read from `MITHAQ_…` environment variables; nothing else reads the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.logs import LogFormat
from bot.networks import Network, read_networks
from bot.origins import read_origins
from corpus import SettingsError
from corpus.loading import PACKAGED_DOCUMENTS

PREFIX = "MITHAQ_"
SEPARATOR = "__"


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class CorpusSettings(_Part):
    """Where the documents are."""

    documents: Path = Field(PACKAGED_DOCUMENTS, description="Folder of the documents; the packaged ones by default")


class IndexSettings(_Part):
    """How the index is built."""

    encoder: str = Field(
        "bundled", min_length=1, description="`bundled`, a sentence-transformers model name, or a folder with one"
    )
    keep: Annotated[int, Field(ge=1, le=100)] = Field(5, description="Snapshots kept for rollback")


class ServerSettings(_Part):
    """Where the page is served, and how many questions at once."""

    host: str = Field("127.0.0.1", description="Address to listen on")
    port: Annotated[int, Field(ge=1, le=65535)] = Field(7860, description="Port to listen on")
    asks_at_once: Annotated[int, Field(ge=1, le=64)] = Field(4, description="Questions worked on at the same time")
    asks_waiting: Annotated[int, Field(ge=0, le=10_000)] = Field(64, description="Questions that may wait beside these")
    hosts: str = Field("*", description="Host names under which anything is answered, parted by commas; `*` for any")
    mcp_hosts: str = Field(
        "127.0.0.1,localhost,[::1]", description="Host names under which `/mcp` answers, parted by commas"
    )

    trusted_proxies: str = Field(
        "", description="Proxies whose `X-Forwarded-For` counts, as addresses or networks, parted by commas"
    )

    @field_validator("trusted_proxies")
    @classmethod
    def _check_proxies(cls, proxies: str) -> str:
        read_networks(proxies)
        return proxies

    @property
    def proxies(self) -> tuple[Network, ...]:
        """The trusted proxies one by one."""
        return read_networks(self.trusted_proxies)

    @property
    def mcp_host_names(self) -> tuple[str, ...]:
        """The host names one by one."""
        return _parted(self.mcp_hosts)

    @property
    def host_names(self) -> tuple[str, ...]:
        """The host names under which anything is answered, one by one."""
        return _parted(self.hosts)


def _parted(names: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in names.split(",") if name.strip())


class LimitSettings(_Part):
    """How much may be asked; 0 is no limit, but for the length of a question."""

    question_length: Annotated[int, Field(ge=1, le=10_000)] = Field(
        1_000, description="Characters of a question at most"
    )
    turns: Annotated[int, Field(ge=0, le=40)] = Field(
        0, description="Questions of a conversation in the chat; 0 for any"
    )
    per_minute: Annotated[int, Field(ge=0)] = Field(60, description="Requests of a visitor in a minute; 0 for any")
    per_day: Annotated[int, Field(ge=0)] = Field(2_000, description="Requests of a visitor in a day; 0 for any")
    service_per_day: Annotated[int, Field(ge=0)] = Field(0, description="Requests of all visitors in a day; 0 for any")


class EmbedSettings(_Part):
    """Which other sites may show the chat."""

    sites: str = Field("", description="Sites that may show the chat, such as https://www.ccisrms.ma, parted by commas")

    @field_validator("sites")
    @classmethod
    def _check_sites(cls, sites: str) -> str:
        read_origins(sites)
        return sites

    @property
    def origins(self) -> tuple[str, ...]:
        """The sites one by one."""
        return read_origins(self.sites)


class ApiSettings(_Part):
    """Who may use the addresses for programs."""

    keys_required: bool = Field(
        False, description="Whether `/api`, `/v1` and `/mcp` need a key (`mithaq key add NAME`)"
    )
    cors_origins: str = Field(
        "", description="Sites whose scripts may call `/api` and `/v1`, as https://host, parted by commas"
    )

    @field_validator("cors_origins")
    @classmethod
    def _check_origins(cls, origins: str) -> str:
        read_origins(origins)
        return origins

    @property
    def origins(self) -> tuple[str, ...]:
        """The sites one by one."""
        return read_origins(self.cors_origins)


class LogSettings(_Part):
    """What a server writes on its standard error output."""

    format: LogFormat = Field("plain", description="`plain` for people or `json` for programs")
    questions: bool = Field(False, description="Whether questions are written into the log")


class MetricsSettings(_Part):
    """Who may read `/metrics`."""

    allowed: str = Field(
        "127.0.0.0/8,::1", description="Who may read `/metrics`, as addresses or networks, parted by commas"
    )

    @field_validator("allowed")
    @classmethod
    def _check_allowed(cls, allowed: str) -> str:
        read_networks(allowed)
        return allowed

    @property
    def networks(self) -> tuple[Network, ...]:
        """The addresses and networks one by one."""
        return read_networks(self.allowed)


class JournalSettings(_Part):
    """Where questions, opinions and the work of the staff are kept, and questions for how long."""

    url: SecretStr = Field(
        SecretStr(""), description="SQLAlchemy address of the database; SQLite in `MITHAQ_HOME` if empty"
    )
    questions: bool = Field(True, description="Whether questions are kept, without personal data")
    retention_days: Annotated[int, Field(ge=0, le=3_650)] = Field(
        90, description="Days that a question is kept; 0 keeps none"
    )

    @property
    def days(self) -> int:
        """For how many days questions are kept; 0 where none is."""
        return self.retention_days if self.questions else 0


class DeskSettings(_Part):
    """What is asked before something is published."""

    questions: str = Field("", description="Folder of the golden questions; those of a checkout if empty")
    sample: Annotated[int, Field(ge=0)] = Field(
        0, description="Golden questions asked before publishing, always the same ones; 0 for all"
    )


class ChatModelSettings(_Part):
    """The chat model that may propose translations at the staff desk; answers to visitors never come from it."""

    name: str = Field(
        "",
        max_length=200,
        description="Chat model for proposals at the desk, as `provider:model` of LangChain; none if empty",
    )
    api_key: SecretStr = Field(SecretStr(""), description="Key of its provider")
    base_url: str = Field(
        "", pattern=r"^(https?://[^\s]+)?$", description="Address of its server, if it is not the provider's"
    )
    timeout: Annotated[int, Field(ge=1, le=600)] = Field(60, description="Seconds that one of its replies may take")


class Settings(BaseSettings):
    """All settings; an unknown name below `MITHAQ_` is an error."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_nested_delimiter=SEPARATOR,
        extra="forbid",
        frozen=True,
        nested_model_default_partial_update=True,
    )

    home: Path = Field(Path("var"), description="Folder of the index, the cache, the database and the keys")
    corpus: CorpusSettings = CorpusSettings()
    index: IndexSettings = IndexSettings()
    server: ServerSettings = ServerSettings()
    limits: LimitSettings = LimitSettings()
    embed: EmbedSettings = EmbedSettings()
    api: ApiSettings = ApiSettings()
    log: LogSettings = LogSettings()
    metrics: MetricsSettings = MetricsSettings()
    journal: JournalSettings = JournalSettings()
    desk: DeskSettings = DeskSettings()
    chat_model: ChatModelSettings = ChatModelSettings()

    @property
    def journal_url(self) -> str:
        """The address of the database, with its password if it has one."""
        return self.journal.url.get_secret_value() or f"sqlite:///{self.home / 'mithaq.db'}"


def load_settings() -> Settings:
    """The settings of this process.

    Raises:
        SettingsError: a variable is unknown or has a value that is not allowed; says which one and what is.
    """
    known = setting_names()
    unknown = sorted(name for name in os.environ if name.upper().startswith(PREFIX) and name.upper() not in known)
    if unknown:
        raise SettingsError(f"Unknown setting {', '.join(unknown)}. Known are: {', '.join(known)}.")
    try:
        return Settings()
    except ValidationError as error:
        lines = [
            f"{PREFIX}{SEPARATOR.join(str(part) for part in detail['loc']).upper()}: {detail['msg']}."
            for detail in error.errors()
        ]
        raise SettingsError(f"{' '.join(lines)} Correct the value, or unset the variable.") from error


def setting_names() -> dict[str, tuple[Any, str]]:
    """Every variable with its default and what it is for, in the order of the settings table."""
    return dict(_names(Settings.model_fields, PREFIX))


def _names(fields: Mapping[str, Any], prefix: str) -> list[tuple[str, tuple[Any, str]]]:
    names: list[tuple[str, tuple[Any, str]]] = []
    for name, field in fields.items():
        if isinstance(field.default, _Part):
            names.extend(_names(type(field.default).model_fields, f"{prefix}{name.upper()}{SEPARATOR}"))
        else:
            names.append((f"{prefix}{name.upper()}", (field.default, field.description or "")))
    return names
