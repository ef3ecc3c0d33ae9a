"""Real headless Chromium against a real server; nothing may leave the server's own origin."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.waiting import PATIENCE_MS

ROOT = Path(__file__).parents[2]
# Chromium without the windows of a desktop takes two thirds of the time; the other shows the same pages.
CHROMIUM = shutil.which("chromium-headless-shell") or "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

Open = Callable[..., Page]

expect.set_options(timeout=PATIENCE_MS)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def running(command: list[str], port: int, output: Path, patience: float, **environment: str) -> Iterator[str]:
    """The address of a server process that answers `/readyz`, stopped afterwards."""
    url = f"http://127.0.0.1:{port}"
    with output.open("wb") as log:
        process = subprocess.Popen(  # noqa: S603
            command, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", **environment},
        )  # fmt: skip
        try:
            end = time.monotonic() + patience
            while not answers(f"{url}/readyz"):
                assert process.poll() is None, output.read_text(encoding="utf-8")
                assert time.monotonic() < end, f"not ready in {patience} s: {output.read_text(encoding='utf-8')}"
                time.sleep(0.2)
            yield url
        finally:
            process.terminate()
            process.wait(20)


def answers(url: str) -> bool:
    try:
        with urlopen(url, timeout=2) as response:  # noqa: S310
            return bool(response.status == 200)
    except (URLError, OSError):
        return False


@pytest.fixture(scope="session")
def server_log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("server") / "output.txt"


@pytest.fixture(scope="session")
def server_url(server_log: Path) -> Iterator[str]:
    """A server with a scripted assistant."""
    port = free_port()
    command = [sys.executable, str(Path(__file__).with_name("served.py")), str(port)]
    with running(command, port, server_log, patience=60) as url:
        yield url


@pytest.fixture(scope="session")
def run_scripted() -> Callable[..., contextlib.AbstractContextManager[str]]:
    """Runs a scripted server of one's own: its home, then the sites that may show the chat."""

    def run(home: Path, *sites: str) -> contextlib.AbstractContextManager[str]:
        port = free_port()
        command = [sys.executable, str(Path(__file__).with_name("served.py")), str(port), str(home), *sites]
        return running(command, port, home / "output.txt", patience=90)

    return run


@pytest.fixture
def limited_url(tmp_path: Path) -> Iterator[str]:
    """A scripted server that lets a visitor ask three times a minute, behind a trusted proxy on this machine."""
    with scripted(tmp_path, "--limited") as url:
        yield url


@pytest.fixture
def slow_url(tmp_path: Path) -> Iterator[str]:
    """A scripted server that answers twelve at once, slowly, and lets twenty-four wait."""
    with scripted(tmp_path, "--slow") as url:
        yield url


def scripted(folder: Path, how: str) -> contextlib.AbstractContextManager[str]:
    port = free_port()
    command = [sys.executable, str(Path(__file__).with_name("served.py")), str(port), how]
    return running(command, port, folder / "output.txt", patience=90)


@pytest.fixture(scope="session")
def desk_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A scripted server with a staff desk of doubles, over a small folder of documents."""
    with desk_server("served_desk.py", tmp_path_factory.mktemp("desk")) as url:
        yield url


@pytest.fixture(scope="module")
def whole_desk_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server whose desk publishes, listens and translates for real, on the tiny corpus; a new one for each file of tests."""
    with desk_server("served_whole.py", tmp_path_factory.mktemp("whole")) as url:
        yield url


def desk_server(program: str, home: Path) -> contextlib.AbstractContextManager[str]:
    port = free_port()
    command = [sys.executable, str(Path(__file__).with_name(program)), str(port), str(home)]
    return running(command, port, home / "output.txt", patience=90)


@pytest.fixture(scope="session")
def real_server_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The whole application on a new index of the packaged documents."""
    port, home = free_port(), tmp_path_factory.mktemp("home")
    command = [sys.executable, "app.py", "serve", "--port", str(port)]
    with running(command, port, home / "output.txt", patience=300, MITHAQ_HOME=str(home)) as url:
        yield url


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not Path(CHROMIUM).exists():
        pytest.skip(f"no Chromium at {CHROMIUM}: apt-get install chromium")
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)


@pytest.fixture
def open_page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Open]:
    """Opens the page; afterwards no request may have left the origin, and no error may have been logged."""
    contexts, troubles = [], []

    def open_(language: str = "en", *, address: str = "", **settings: object) -> Page:
        address = address or request.getfixturevalue("server_url")
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **settings})
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda sent: troubles.append(sent.url) if not own(sent.url, address) else None)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("dialog", lambda dialog: (troubles.append(dialog.message), dialog.dismiss()))
        page.on(
            "console", lambda said: troubles.append(f"{said.text} {said.location}") if said.type == "error" else None
        )
        page.goto(f"{address}/?lang={language}" if language else address)
        page.wait_for_selector("html[data-ready]", timeout=60_000)
        return page

    open_.troubles = troubles  # type: ignore[attr-defined]  # for the test that causes them
    yield open_
    for context in contexts:
        context.close()
    assert troubles == []


@pytest.fixture
def open_desk(browser: Browser, desk_url: str) -> Iterator[Open]:
    """Opens the desk, signed in as `who` (nobody if empty); afterwards nothing may have left it or been refused by its policy."""
    contexts, troubles = [], []

    def open_(language: str = "fr", *, who: str = "amina", **settings: object) -> Page:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **settings})
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda sent: troubles.append(sent.url) if not own(sent.url, desk_url) else None)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("dialog", lambda dialog: (troubles.append(dialog.message), dialog.dismiss()))
        page.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
        page.goto(f"{desk_url}/staff/sign-in?lang={language}")
        if who:
            page.fill("#f-name", who)
            page.fill("#f-password", "correct horse battery")
            page.press("#f-password", "Enter")
            page.wait_for_url(f"{desk_url}/staff")
        return page

    open_.troubles = troubles  # type: ignore[attr-defined]
    yield open_
    for context in contexts:
        context.close()
    assert [one for one in troubles if "status of 4" not in one] == []


def own(url: str, address: str) -> bool:
    return url.startswith((f"{address}/", "data:", "blob:"))
