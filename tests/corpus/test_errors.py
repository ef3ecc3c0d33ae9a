"""One tree of errors."""

from __future__ import annotations

import re

import corpus
from corpus import CharterError, CorpusError, Finding, errors


def test_every_error_stands_in_the_tree_of_the_docstring_below_its_parent() -> None:
    depths = {name: len(indent) for indent, name in re.findall(r"^([│ ├└─]*)(\w+Error)\b", errors.__doc__ or "", re.M)}
    classes = {name: value for name, value in vars(errors).items() if isinstance(value, type)}
    assert set(depths) == set(classes)
    assert all(depths[name] == 4 * (len(kind.mro()) - len(CharterError.mro())) for name, kind in classes.items())


def test_a_corpus_error_carries_its_findings_and_says_them_all() -> None:
    findings = [Finding("a.md", 1, "One.", "Mend."), Finding("b.md", 2, "Two.", "Mend.")]
    error = CorpusError(findings)
    assert error.findings == tuple(findings)
    assert str(error).splitlines() == [str(finding) for finding in findings]


def test_the_package_offers_every_error_and_every_name_it_lists() -> None:
    assert {name for name in vars(errors) if name.endswith("Error")} <= set(corpus.__all__)
    assert all(hasattr(corpus, name) for name in corpus.__all__)
