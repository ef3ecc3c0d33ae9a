"""A small real index for the tests of the bot: tiny documents in five languages and an offline encoder that keeps similarity."""

from __future__ import annotations

import contextlib
import hashlib
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent))
from databases import KINDS, new_url, postgresql_server

from bot.assistant import Assistant
from bot.database import Database
from bot.estimating import asked_for, sums_of
from bot.evidence import load_calibration
from bot.messages import Texts, load_texts
from bot.plan import PlanReader
from bot.replies import ReplyReader
from corpus import Language
from corpus.glossary import Glossary, load_glossary
from corpus.loading import load_corpus
from corpus.outside import OutsideKind, OutsideQuestion
from corpus.parameters import load_parameters
from corpus.splitting import split_into_passages
from index import SearchIndex, build_index, open_index
from index.lexical import tokenise

SIZE = 512
RELEASE_DAY = "2023-11-15"
CAP = {
    "en": (
        "What is the cap on the premiums?",
        "The premiums of the main support scheme together may not exceed 30% of the eligible investment amount. The cap "
        "covers the common, the territorial and the sectoral premium.",
    ),
    "fr": (
        "Quel est le plafond des primes ?",
        "Les primes du dispositif principal ne peuvent pas dépasser ensemble 30 % du montant d'investissement primable. Le "
        "plafond couvre la prime commune, territoriale et sectorielle.",
    ),
    "es": (
        "¿Cuál es el tope de las primas?",
        "Las primas del régimen principal no pueden superar juntas el 30 % del importe de la inversión. El tope cubre la "
        "prima común, territorial y sectorial.",
    ),
    "ar": (
        "ما سقف المنح؟",
        "لا يمكن أن يتجاوز مجموع منح نظام الدعم الأساسي 30% من مبلغ الاستثمار القابل للدعم. يشمل السقف المنحة المشتركة والترابية "
        "والقطاعية.",
    ),
    "zh": (
        "补贴的上限是多少？",
        "主要扶持机制的补贴总额不得超过可享补贴投资额的30%。该上限涵盖共同补贴、地区补贴和行业补贴。",
    ),
}
TERRITORIAL = """## Which territorial premium does a project in Safi receive? {#safi .to-confirm}

A project in the province of Safi receives a territorial premium of 10%. The list of provinces is fixed by an order.

## Which territorial premium does a project in Essaouira receive? {#essaouira .press}

A project in the province of Essaouira receives a territorial premium of 10% according to the newspapers.

## Which jobs does the jobs premium count? {#jobs}

The jobs premium counts permanent workers. A ratio of jobs to capital decides its rate:

- A ratio between 1 and 1.5 gives 5%.
- A ratio between 1.5 and 3 gives 7%.
- A ratio above 3 gives 10%.

The ratio is the number of permanent workers for each million dirhams. Seasonal workers are not counted at all in this ratio.
Interns are not counted either. The workers must be declared to the social security fund. The count is made at the end of the
agreement. The agreement names the day of the count and the person who makes it for the State.
"""
SUMMARY = """## Who received the Chinese delegation? {#who}

The chamber of commerce received a Chinese delegation of business people from Guangdong on 15 November 2023.
"""
RELEASE = (
    "商会会长在马拉喀什接待了来自广东的中国商务代表团。\n代表团由28名企业家组成，参观了工业区。\n"
    "双方自1998年以来讨论了纺织和汽车领域的投资。\n"
)
TRAINING = """## Comment demander l'agrément d'une école de plongée ? {#agrement}

L'agrément d'une école de plongée sous-marine se demande au guichet des moniteurs. Le dossier contient un brevet de moniteur.
"""


class HashedEncoder:
    """Bags of search words hashed to 512 numbers: texts that share words are near, also across runs and machines."""

    id = "hashed-words/1"
    ready = True
    dimension = SIZE

    def load(self) -> None:
        """Nothing to load."""

    def encode_passages(self, texts: Sequence[str]) -> Any:
        vectors = np.zeros((len(texts), SIZE), np.float32)
        for row, text in enumerate(texts):
            for token in tokenise(text) or ["∅"]:
                vectors[row, int.from_bytes(hashlib.sha256(token.encode()).digest()[:4]) % SIZE] += 1
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    def encode_queries(self, texts: Sequence[str]) -> Any:
        return self.encode_passages(texts)


def write_document(folder: Path, path: str, body: str, **changed: str) -> Path:
    """A document of the corpus at `<collection>/<slug>/<language>` with a valid front matter."""
    target = folder / f"{path}.md"
    fields = {
        "title": "The premiums", "kind": "summary", "publisher": "Mithaq", "published": "2026-01-02",
        "as_of": "2026-03-04", "lang": target.stem, "original_lang": target.stem, "confidence": "official",
        "sources": '[{title: "Official Bulletin", url: "https://example.org/bo"}]',
    } | changed  # fmt: skip
    front = "\n".join(f"{name}: {value}" for name, value in fields.items())
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(f"---\n{front}\n---\n\n{body}", encoding="utf-8")
    return target


def write_corpus(folder: Path) -> Path:
    """The tiny corpus: a cap in five languages, premiums in English, a release with its summary, a guide in French only."""
    for language, (heading, text) in CAP.items():
        write_document(
            folder, f"charter/premium-cap/{language}", f"## {heading} {{#cap}}\n\n{text}\n", original_lang="en"
        )
    write_document(folder, "charter/territorial/en", TERRITORIAL, title="Territorial premium and jobs")
    for language in ("en", "es"):
        write_document(
            folder, f"press/delegation/{language}", SUMMARY, title="A Chinese delegation in Marrakech",
            kind="press-release", published=RELEASE_DAY, original_lang="zh", confidence="press",
        )  # fmt: skip
    write_document(
        folder, "press/delegation-release/zh", RELEASE, title="中国代表团访问马拉喀什", kind="press-release",
        published=RELEASE_DAY, confidence="press", publisher="CCIS",
    )  # fmt: skip
    write_document(folder, "guides/diving/fr", TRAINING, title="Écoles de plongée", kind="guide")
    return folder


OUTSIDE = (
    OutsideQuestion(OutsideKind.OFF_TOPIC, Language.EN, "Who won the football championship last night?"),
    OutsideQuestion(OutsideKind.PRIVATE, Language.EN, "What is the mobile phone number of the minister?"),
)


@pytest.fixture(scope="session")
def glossary() -> Glossary:
    return load_glossary()


@pytest.fixture(scope="session")
def encoder() -> HashedEncoder:
    return HashedEncoder()


@pytest.fixture(scope="session")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the tiny corpus; not to be written to."""
    return write_corpus(tmp_path_factory.mktemp("documents"))


@pytest.fixture(scope="session")
def index(
    documents: Path, encoder: HashedEncoder, glossary: Glossary, tmp_path_factory: pytest.TempPathFactory
) -> SearchIndex:
    home = tmp_path_factory.mktemp("home")
    build_index(
        split_into_passages(load_corpus(documents).documents, date(2026, 11, 1)), encoder, home, outside=OUTSIDE
    )
    return open_index(home, encoder, glossary)


@pytest.fixture
def assistant(index: SearchIndex) -> Assistant:
    """With thresholds for the hashed encoder, whose cosines lie lower; they do not move when the packaged rule is fitted again."""
    low = dict.fromkeys(Language, 0.2)
    return Assistant(lambda: index, index.glossary, replace(load_calibration(), thresholds=low, unsure=low, near=0.1))


@pytest.fixture
def texts() -> Texts:
    return load_texts()[Language.EN]


@pytest.fixture
def corpus_folder(tmp_path: Path) -> Path:
    """A tiny corpus of one's own, to change."""
    return write_corpus(tmp_path / "documents")


@pytest.fixture
def hashed_encoder(monkeypatch: pytest.MonkeyPatch, encoder: HashedEncoder) -> HashedEncoder:
    """Every setting of the encoder opens the offline one, in whose vectors the packaged questions from outside lie elsewhere."""
    monkeypatch.setattr("index.encoder.open_encoder", lambda *_: encoder)
    monkeypatch.setattr("bot.commands.load_outside", lambda: OUTSIDE)
    return encoder


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """A real PostgreSQL for the whole run."""
    with postgresql_server() as folder:
        yield folder


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database, of each kind in turn."""
    server = request.getfixturevalue("postgresql") if request.param == "postgresql" else ""
    return new_url(request.param, tmp_path, server)


@pytest.fixture(scope="session")
def made_databases(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The address of a database with all its tables, by kind; made when it is first needed, then copied."""
    return {}


@pytest.fixture(params=KINDS)
def database(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    tmp_path: Path,
    made_databases: dict[str, str],
) -> Iterator[Database]:
    """An open database with all its tables and nothing in them, of each kind in turn."""
    kind = request.param
    server = request.getfixturevalue("postgresql") if kind == "postgresql" else ""
    if kind not in made_databases:
        made_databases[kind] = new_url(kind, tmp_path_factory.mktemp("database"), server)
        Database(made_databases[kind]).close()
    with contextlib.closing(Database(new_url(kind, tmp_path, server, made_databases[kind]))) as opened:
        yield opened


@pytest.fixture(autouse=True)
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes that take no time; how slow they are is the library's care."""
    from argon2 import PasswordHasher

    quick = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    for module in ("accounts", "sign_in"):
        monkeypatch.setattr(f"bot.desk.{module}.hasher", lambda: quick)


@pytest.fixture(scope="module")
def reader(glossary: Glossary) -> PlanReader:
    rules = load_parameters().on(date(2026, 12, 1))
    replies = ReplyReader(
        rules, lambda known, left_open: asked_for(known, rules, left_open), lambda known: sums_of(known, rules)
    )
    return PlanReader(glossary, rules.rates, replies)
