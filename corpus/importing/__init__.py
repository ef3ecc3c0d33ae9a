"""Any file of a press officer as the text of a document: DOCX, HTML, PDF, Markdown and plain text.

`import_file` reads it in a process of its own; `draft_text` makes the whole Markdown file of a document of it.
"""

from corpus.importing.drafting import DraftFields, draft_text, front_matter_for
from corpus.importing.isolation import import_file
from corpus.importing.refusal import Refusal, explain_doubt, explain_refusal
from corpus.importing.values import Doubt, FileFormat, Imported, ImportLimits

__all__ = [
    "Doubt",
    "DraftFields",
    "FileFormat",
    "ImportLimits",
    "Imported",
    "Refusal",
    "draft_text",
    "explain_doubt",
    "explain_refusal",
    "front_matter_for",
    "import_file",
]
