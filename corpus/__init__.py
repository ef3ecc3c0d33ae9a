"""What Mithaq knows and how it is read; imports nothing of the project."""

from corpus.document import (
    Confidence,
    Document,
    Finding,
    Kind,
    Language,
    Passage,
    Section,
    Severity,
    Source,
)
from corpus.errors import (
    CharterError,
    CorpusError,
    EncoderError,
    GlossaryError,
    ParametersError,
    ProjectError,
    SettingsError,
    SnapshotDamagedError,
    SnapshotError,
    SnapshotMismatchError,
    SnapshotMissingError,
)

__all__ = [
    "CharterError",
    "Confidence",
    "CorpusError",
    "Document",
    "EncoderError",
    "Finding",
    "GlossaryError",
    "Kind",
    "Language",
    "ParametersError",
    "Passage",
    "ProjectError",
    "Section",
    "SettingsError",
    "Severity",
    "SnapshotDamagedError",
    "SnapshotError",
    "SnapshotMismatchError",
    "SnapshotMissingError",
    "Source",
]
