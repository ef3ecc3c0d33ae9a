"""A question on what a firm gets holds whoever asks, and whatever nation the firm is of."""

from __future__ import annotations

import pytest

from bot.anyone import without_introduction, without_nationality


@pytest.mark.parametrize(
    ("question", "for_all"),
    [
        ("What premiums does a Belgian company get in Safi?", "What premiums does a company get in Safi?"),
        ("What does a small Italian family firm get?", "What does a small family firm get?"),
        ("I'm Indian and want to open a plant in Essaouira", "want to open a plant in Essaouira"),
        ("What do foreign companies get in Safi?", "What do companies get in Safi?"),
        ("Quelles primes pour une société belge à Safi ?", "Quelles primes pour une société à Safi ?"),
        ("Une entreprise industrielle de droit suisse peut-elle ?", "Une entreprise industrielle peut-elle ?"),
        ("Je suis suisse, quel montant minimum ?", "quel montant minimum ?"),
        ("¿Qué primas recibe una empresa belga en Safi?", "¿Qué primas recibe una empresa en Safi?"),
        ("Soy colombiano y quiero abrir una SARL", "quiero abrir una SARL"),
        ("ما المنح التي تحصل عليها شركة بلجيكية في آسفي؟", "ما المنح التي تحصل عليها شركة في آسفي؟"),
        ("هل يحتاج المستثمر التركي إلى شريك؟", "هل يحتاج المستثمر إلى شريك؟"),
        ("韩国企业投资的最低门槛是多少?", "企业投资的最低门槛是多少?"),
        ("我们是一家中国的光伏企业,能拿多少补贴?", "我们是一家光伏企业,能拿多少补贴?"),
        ("我是日本人,想在马拉喀什开公司", "想在马拉喀什开公司"),
        ("How many jobs must a German company create?", "How many jobs must a company create?"),
        ("Does a Spanish firm need an agreement?", "Does a firm need an agreement?"),
        ("Combien touche une société belge à Safi ?", "Combien touche une société à Safi ?"),
        ("¿Cuánto recibe una empresa belga?", "¿Cuánto recibe una empresa?"),
        ("韩国企业要创造多少个岗位?", "企业要创造多少个岗位?"),
    ],
)
def test_who_is_of_a_nation_is_asked_for_as_anybody(question: str, for_all: str) -> None:
    assert without_nationality(question) == for_all


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("I'm a trader from Nigeria, can I get a subsidy?", "can I get a subsidy?"),
        ("We want to open a plant, what help is there?", "what help is there?"),
        ("Somos un fabricante chileno de muebles, ¿qué apoyo hay?", "¿qué apoyo hay?"),
        ("En tant que fabricant de meubles, ai-je droit à une prime ?", "ai-je droit à une prime ?"),
        ("نحن شركة ألمانية ننوي بناء مصنع، فما الدعم؟", "فما الدعم؟"),
        ("我们是一家德国公司,能得到哪些支持?", "能得到哪些支持?"),
        ("We invest 60 million dirhams, what do we get?", "We invest 60 million dirhams, what do we get?"),
        ("As for taxes. What do I pay?", "As for taxes. What do I pay?"),
        ("I am a German engineer, do I need a visa?", "I am a German engineer, do I need a visa?"),
        ("Soy empresario indio, ¿necesito visado?", "Soy empresario indio, ¿necesito visado?"),
    ],
)
def test_an_introduction_is_left_out(question: str, asked: str) -> None:
    assert without_introduction(question) == asked


@pytest.mark.parametrize(
    "question",
    [
        "How many Belgian companies are in Safi?",
        "Which Chinese companies came to Marrakech-Safi?",
        "Does a German citizen need a visa?",
        "What does the treaty give a French investor?",
        "Combien d'entreprises belges sont à Safi ?",
        "Quelles sociétés chinoises sont à Safi ?",
        "Une société belge profite-t-elle de la convention fiscale ?",
        "¿Cuántas empresas alemanas hay?",
        "¿Necesita visado un empresario indio?",
        "كم شركة صينية في آسفي؟",
        "萨菲有多少家中国企业?",
        "德国公民需要签证吗?",
        "The French market",
        "What does Belgium give?",
        "",
    ],
)
def test_what_a_nation_makes_a_difference_to_is_left(question: str) -> None:
    assert without_nationality(question) == question
