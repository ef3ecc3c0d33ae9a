"""The project's errors: one tree, so that a caller can catch what it can mend.

CharterError                 anything Mithaq expects to go wrong; its text says what, where and how to repair it
├── CorpusError              the documents cannot be used; carries the findings
├── GlossaryError            the glossary cannot be read
├── ParametersError          a file with figures of the law is wrong; names the file and the key
├── ProjectError             a project that nobody can mean; names the field
├── SettingsError            a setting is unknown or has a value that is not allowed
├── EncoderError             the embedding model is missing, unknown or returns something else than it should
└── SnapshotError            the index on disk cannot be used
    ├── SnapshotMissingError     there is no index yet
    ├── SnapshotDamagedError     a file of the index is torn or was changed
    └── SnapshotMismatchError    the index was built by another encoder or another version
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.document import Finding


class CharterError(Exception):
    """Anything Mithaq expects to go wrong; the text says what is wrong and how to repair it."""


class CorpusError(CharterError):
    """Documents that cannot be used, with one finding for each thing to repair."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))


class GlossaryError(CharterError):
    """The glossary cannot be read."""


class ParametersError(CharterError):
    """A file with figures of the law that is wrong, with its place and how to repair it."""

    def __init__(self, file: str, key: str, problem: str, repair: str) -> None:
        self.file, self.key = file, key
        super().__init__(f"{file}{f', {key}' if key else ''}: {problem}. {repair}.")


class ProjectError(CharterError):
    """A description of a project that nobody can mean: which field, what is wrong and how to repair it."""

    def __init__(self, field: str, problem: str, repair: str) -> None:
        self.field, self.problem, self.repair = field, problem, repair
        super().__init__(f"{field}: {problem}. {repair}.")


class SettingsError(CharterError):
    """A setting is unknown or has a value that is not allowed."""


class EncoderError(CharterError):
    """The embedding model is missing, unknown or does not return what it should."""


class SnapshotError(CharterError):
    """The index on disk cannot be used."""


class SnapshotMissingError(SnapshotError):
    """There is no index yet."""


class SnapshotDamagedError(SnapshotError):
    """A file of the index is torn or was changed."""


class SnapshotMismatchError(SnapshotError):
    """The index was built by another encoder or by another version of the project."""
