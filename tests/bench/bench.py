"""Prints the speed and memory rows of the design's targets, measured on this machine; run by `make bench`.

Machines are shared and noisy: read the ratios first, and the load that stands beside the times.
"""

from __future__ import annotations

import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path

import httpx
import psutil
import yaml
from load import UNLIMITED, bench_load
from publish import bench_desk

ROOT = Path(__file__).parents[2]
SINGLE = 100
CROWD, ROUNDS = 20, 10


def main() -> None:
    questions = load_questions()
    with tempfile.TemporaryDirectory() as folder:
        home, documents = Path(folder) / "home", Path(folder) / "documents"
        shutil.copytree(ROOT / "corpus" / "documents", documents)
        environment = os.environ | UNLIMITED | {
            "MITHAQ_HOME": str(home), "MITHAQ_CORPUS__DOCUMENTS": str(documents), "PYTHONPATH": str(ROOT),
        }  # fmt: skip
        show("machine", f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
        show(
            "first index, with the shipped vectors",
            f"{seconds(lambda: run(environment, 'index', 'build')):.1f} s",
            "< 30 s",
        )
        bench_server(environment, questions)
        show("rebuild, nothing changed", f"{seconds(lambda: run(environment, 'index', 'build')):.1f} s", "< 2 s")
        bench_publish(environment, Path(folder))
        bench_desk(environment, Path(folder))
        bench_ratios(home, questions)


def bench_server(environment: dict[str, str], questions: list[str]) -> None:
    """Start, page, first answer, one asker, many askers, memory."""
    started = time.perf_counter()
    with serve(environment) as (client, process):
        wait_until(lambda: client.get("/").status_code == 200)
        show("start to the page", f"{time.perf_counter() - started:.1f} s", "< 6 s")
        ask(client, questions[0])
        show("start to the first answer, index built", f"{time.perf_counter() - started:.1f} s", "< 15 s")
        alone = sorted(ask(client, question) for question in islice(cycle(questions[1:]), SINGLE))
        show(f"/api/ask, 1 asker, {SINGLE} questions", quantiles(alone), "p50 < 100 ms, p95 < 250 ms")
        jobs = list(islice(cycle(reversed(questions)), CROWD * ROUNDS))
        with ThreadPoolExecutor(CROWD) as pool:
            together = sorted(pool.map(lambda question: ask(client, question), jobs))
        show(f"/api/ask, {CROWD} askers, {len(jobs)} questions", quantiles(together), "p95 < 1,500 ms")
        memory = process.memory_info().rss / 2**20
        show("resident memory while serving", f"{memory:.0f} MiB", "< 1,024 MiB")
        bench_load(str(client.base_url))
        memory = process.memory_info().rss / 2**20
        show("resident memory after the crowds", f"{memory:.0f} MiB", "< 1,024 MiB")
        show("load after", f"{os.getloadavg()[0]:.1f}")


def bench_publish(environment: dict[str, str], folder: Path) -> None:
    """Add one document and build."""
    text = folder / "release.txt"
    text.write_text(
        "\n".join(f"The fair number {n} of Marrakech was visited by {n * 37} people in May 2025." for n in range(12))
    )

    def publish() -> None:
        run(environment, "corpus", "add", str(text), "--kind", "press-release", "--publisher", "Bench",
            "--published", "2025-06-01", "--lang", "en")  # fmt: skip
        run(environment, "index", "build")

    show(
        "add and publish one document, two commands", f"{seconds(publish):.1f} s", "< 3 s, model loading included here"
    )


def bench_ratios(home: Path, questions: list[str]) -> None:
    """Our search against FAISS alone over the same vectors, our answer against one encoder call; in turn, medians."""
    import numpy as np

    from bot.assistant import Assistant
    from corpus import Language
    from corpus.glossary import load_glossary
    from index import open_encoder, open_index

    index = open_index(home, open_encoder(), load_glossary())
    assistant = Assistant(lambda: index, index.glossary)
    encoder, vectors = index._encoder, index.vectors.passages
    probe = np.ascontiguousarray(vectors.of(0))
    faiss_alone, search, encode, answer = [], [], [], []
    for question in questions[:60]:
        index._questions.clear()
        encode.append(seconds(lambda q=question: encoder.encode_queries([q])))
        index._questions.clear()
        answer.append(seconds(lambda q=question: assistant.ask(q)))
        index.search(question, Language.EN)
        search.append(seconds(lambda q=question: index.search(q, Language.EN)))
        faiss_alone.append(seconds(lambda: vectors.nearest(probe, 10)))
    compare("search without encoding ÷ FAISS alone", search, faiss_alone)
    compare("whole answer ÷ one bare encoder call", answer, encode)


def compare(name: str, ours: list[float], other: list[float]) -> None:
    ratio = statistics.median(a / b for a, b in zip(ours, other, strict=True))
    show(
        name, f"{ratio:.1f}  ({1000 * statistics.median(ours):.1f} ms against {1000 * statistics.median(other):.2f} ms)"
    )


def load_questions() -> list[str]:
    files = sorted((ROOT / "tests" / "golden" / "tune").glob("*.yaml"))
    read = [yaml.safe_load(file.read_text(encoding="utf-8")) for file in files]
    return [entry["question"] for raw in read for entry in raw["questions"]]


def ask(client: httpx.Client, question: str) -> float:
    """Seconds until the answer has come."""
    started = time.perf_counter()
    client.post("/api/ask", json={"question": question, "language": "auto"}).raise_for_status()
    return time.perf_counter() - started


@contextmanager
def serve(environment: dict[str, str]) -> Iterator[tuple[httpx.Client, psutil.Process]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "app.py", "serve", "--port", str(port)], cwd=ROOT, env=environment,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,  # a log line for every request
    )  # fmt: skip
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
            yield client, psutil.Process(server.pid)
    finally:
        server.terminate()
        server.wait(20)


def wait_until(ready: Callable[[], bool], most: float = 120.0) -> None:
    end = time.perf_counter() + most
    while time.perf_counter() < end:
        try:
            if ready():
                return
        except httpx.TransportError:
            pass
        time.sleep(0.05)
    raise TimeoutError("The server did not start.")


def run(environment: dict[str, str], *arguments: str) -> None:
    subprocess.run([sys.executable, "app.py", *arguments], cwd=ROOT, env=environment, check=True, capture_output=True)


def seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def quantiles(times: list[float]) -> str:
    return f"p50 {1000 * statistics.median(times):.0f} ms, p95 {1000 * times[int(0.95 * len(times))]:.0f} ms"


def show(name: str, value: str, target: str = "") -> None:
    print(f"{name:48} {value:36} {'target ' + target if target else ''}", flush=True)


if __name__ == "__main__":
    main()
