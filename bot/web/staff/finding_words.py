"""What the check of the documents finds, in the language of the page: the check itself speaks English, as its command does."""

from __future__ import annotations

import re

from bot.web.staff.words import Wording
from corpus import Finding

# The message of the check, and the text in `texts/findings` that says it; named parts are put in.
_PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.DOTALL), name)
    for pattern, name in (
        (r"The file does not stand where a document stands\.", "place"),
        (r"The file says lang: (?P<language>\w+)\.", "language_differs"),
        (r"The file is not valid UTF-8\.", "encoding"),
        (r"The file cannot be read: .*", "unreadable"),
        (r"There is no front matter\.", "no_fields"),
        (r"The front matter cannot be read: .*", "fields_unreadable"),
        (r"The front matter is not a list of fields\.", "fields_unreadable"),
        (r"`(?P<field>[\w.]+)` is missing\.", "field_missing"),
        (r"`(?P<field>[\w.]+)` is not a known field\.", "field_unknown"),
        (r"`(?P<field>[\w.]+)`: .*", "field_wrong"),
        (r"The document has no text\.", "no_text"),
        (r"The anchor #(?P<anchor>\S+) stands already in line (?P<line>\d+)\.", "anchor_twice"),
        (r"The section #(?P<anchor>\S+) has no text\.", "section_empty"),
        (r"A source names the section #(?P<anchor>\S+), which does not exist\.", "source_section"),
        (r"The slug (?P<slug>\S+) stands in the collection (?P<collection>\S+) as well\.", "slug_twice"),
        (r"superseded_by names (?P<slug>.+), which does not exist\.", "superseded_unknown"),
        (r"valid_to lies before valid_from\.", "dates_turned"),
        (r"The document was changed on the disk since the draft was begun\.", "changed_since"),
        (r"The document is not in force today, so nothing is answered from it\.", "not_in_force"),
        (r"No document can stand at “.*”\.", "place"),
        (r"Two drafts want to stand here\.", "draft_twice"),
        (r"It cannot be read: .*", "questions_unreadable"),
        (r"There is no section #(?P<anchor>\S+)\.", "questions_section"),
        (r"The section “(?P<heading>.*)” has no anchor\.", "no_anchor"),
        (r"The summary names no source\.", "no_source"),
        (r"#(?P<anchor>\S+) has (?P<words>\d+) words\.", "section_long"),
        (r"(?P<slug>\S+) is missing in (?P<codes>[a-z, ]+)\.", "languages_missing"),
        (r"#(?P<anchor>\S+) of (?P<language>\w+)\.md is missing\.", "section_missing"),
        (r"#(?P<anchor>\S+) does not stand in (?P<language>\w+)\.md\.", "section_only_here"),
        (
            r"#(?P<anchor>\S+) has other figures than (?P<language>\w+)\.md: lacking (?P<lacking>.*); only here (?P<surplus>.*)\.",
            "figures_differ",
        ),
    )
)


def finding_text(finding: Finding, words: Wording) -> str:
    """What is wrong and how to mend it; a finding that has no words of its own here stays as the check says it."""
    for pattern, name in _PATTERNS:
        if match := pattern.fullmatch(finding.message):
            return words.text(f"findings.{name}", **_named(match.groupdict(), words))
    return f"{finding.message} {finding.repair}"


def _named(parts: dict[str, str], words: Wording) -> dict[str, str]:
    """The parts with languages and fields by their names; `none` becomes a dash."""
    named = {key: "–" if value == "none" else value for key, value in parts.items()}
    if (language := f"frame.language_names.{named.get('language')}") in words:
        named["language"] = words.text(language)
    if codes := named.pop("codes", ""):
        known = [f"frame.language_names.{code}" for code in codes.split(", ")]
        named["languages"] = ", ".join(words.text(name) for name in known if name in words)
    if (field := f"drafts.fields.{named.get('field', '').partition('.')[0]}.label") in words:
        named["field"] = words.text(field)
    return named
