"""Every setting, read from `MITHAQ_…` environment variables; nothing else reads the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

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
    mcp_hosts: str = Field(
        "127.0.0.1,localhost,[::1]", description="Host names under which `/mcp` answers, parted by commas"
    )

    @property
    def mcp_host_names(self) -> tuple[str, ...]:
        """The host names one by one."""
        return tuple(name.strip() for name in self.mcp_hosts.split(",") if name.strip())


class JournalSettings(_Part):
    """Where feedback is kept."""

    url: SecretStr = Field(
        SecretStr(""), description="SQLAlchemy address of the database; SQLite in `MITHAQ_HOME` if empty"
    )


class Settings(BaseSettings):
    """All settings; an unknown name below `MITHAQ_` is an error."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_nested_delimiter=SEPARATOR,
        extra="forbid",
        frozen=True,
        nested_model_default_partial_update=True,
    )

    home: Path = Field(Path("var"), description="Folder of the index, the cache and the database")
    corpus: CorpusSettings = CorpusSettings()
    index: IndexSettings = IndexSettings()
    server: ServerSettings = ServerSettings()
    journal: JournalSettings = JournalSettings()

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
