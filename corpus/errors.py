"""The project's errors: one tree, so that a caller can catch what it can mend.

CharterError                 anything Mithaq expects to go wrong; its text says what, where and how to repair it
├── CorpusError              the documents cannot be used; carries the findings
├── ImportRefusedError       a file cannot become a document; names the reason, and the page where one page is at fault
├── GlossaryError            the glossary cannot be read
├── ParametersError          a file with figures of the law is wrong; names the file and the key
├── ProjectError             a project that nobody can mean; names the field
├── SettingsError            a setting is unknown or has a value that is not allowed
├── SignInError              somebody could not be signed in
│   ├── WrongPasswordError       the name or the password is wrong; never says which
│   └── LockedOutError           too many tries; carries until when
├── AccountError             an account of the staff desk cannot be made or changed like this
├── DraftError               a draft cannot be taken as it is
│   ├── UnknownDraftError        there is no draft of this id
│   ├── DraftConflictError       somebody else saved or closed the draft since it was read; carries both texts
│   └── DraftPathError           no document can stand or none stands at this path
├── EncoderError             the embedding model is missing, unknown or returns something else than it should
├── PublishingError          a publishing cannot be started, changed or finished; says what stands in its way
├── UnknownGroupError        a group of questions that is not there any more
├── ChatModelError           the chat model is not installed, not reachable or does not answer in time
├── TranslationError         a translation that cannot be shown or proposed; says of what and why
└── SnapshotError            the index on disk cannot be used
    ├── SnapshotMissingError     there is no index yet
    ├── SnapshotDamagedError     a file of the index is torn or was changed
    └── SnapshotMismatchError    the index was built by another encoder or another version
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from typing import Any

    from corpus.document import Finding


class CharterError(Exception):
    """Anything Mithaq expects to go wrong; the text says what is wrong and how to repair it."""


class CorpusError(CharterError):
    """Documents that cannot be used, with one finding for each thing to repair."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))


class ImportRefusedError(CharterError):
    """A file that cannot become a document.

    `reason` is the short name of what is wrong (a value of `corpus.importing.Refusal`), `page` counts from 1 and is None where the
    whole file is meant, `details` holds what the words speak of: a size, a limit, a format.
    """

    def __init__(
        self, reason: str, text: str, repair: str, *, page: int | None = None, details: Mapping[str, str] | None = None
    ) -> None:
        self.reason, self.text, self.repair, self.page = reason, text, repair, page
        self.details = dict(details or {})
        super().__init__(f"{f'Page {page}: ' if page else ''}{text} {repair}")


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


class SignInError(CharterError):
    """Somebody could not be signed in."""


class WrongPasswordError(SignInError):
    """The name or the password is wrong; never says which."""


class LockedOutError(SignInError):
    """Too many tries; `until` says from when on the next one is taken."""

    def __init__(self, until: datetime) -> None:
        self.until = until
        super().__init__(f"Too many tries to sign in. Try again after {until:%H:%M} UTC.")


class AccountError(CharterError):
    """An account of the staff desk that cannot be made or changed like this."""


class DraftError(CharterError):
    """A draft that cannot be taken as it is."""


class UnknownDraftError(DraftError):
    """There is no draft of this id."""


class DraftConflictError(DraftError):
    """Somebody else saved, closed or began the draft since it was read; nothing was overwritten.

    Attributes:
        newer: the draft as it is kept (a `bot.desk.drafts.Draft`).
        yours: the text that was not saved.
    """

    def __init__(self, message: str, newer: Any, yours: str) -> None:
        self.newer, self.yours = newer, yours
        super().__init__(message)


class DraftPathError(DraftError):
    """No document can stand, or none stands, at this path."""


class EncoderError(CharterError):
    """The embedding model is missing, unknown or does not return what it should."""


class PublishingError(CharterError):
    """A publishing cannot be started, changed or finished."""


class UnknownGroupError(CharterError):
    """A group of questions that is not there any more."""


class ChatModelError(CharterError):
    """The chat model is not installed, not reachable or does not answer in time."""


class TranslationError(CharterError):
    """A translation that cannot be shown or proposed."""


class SnapshotError(CharterError):
    """The index on disk cannot be used."""


class SnapshotMissingError(SnapshotError):
    """There is no index yet."""


class SnapshotDamagedError(SnapshotError):
    """A file of the index is torn or was changed."""


class SnapshotMismatchError(SnapshotError):
    """The index was built by another encoder or by another version of the project."""
