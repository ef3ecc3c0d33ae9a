"""Waiting for what a page comes to show: late on a machine that does other work too is not wrong, never is."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Frame, Page

PATIENCE_MS = 30_000
_PAUSE_MS = 50


def until(page: Page | Frame, holds: Callable[[], object], never: str = "it does not come") -> None:
    """Waits until it holds; Playwright's own waiting evaluates text in the page, which a strict policy forbids.

    Raises:
        AssertionError: it did not within `PATIENCE_MS`; says `never`.
    """
    for _ in range(PATIENCE_MS // _PAUSE_MS):
        if holds():
            return
        page.wait_for_timeout(_PAUSE_MS)
    raise AssertionError(never)
