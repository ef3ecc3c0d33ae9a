"""What is said for courtesy is no part of a question, and what points back is known."""

from __future__ import annotations

import pytest

from bot.phrasing import leans_back, without_courtesy, without_denial


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("Hello, where do I start?", "where do I start?"),
        ("Dear Sir or Madam, please tell me the cap. Many thanks!", "tell me the cap!"),
        ("Bonjour, où dépose-t-on sa demande ?", "où dépose-t-on sa demande ?"),
        ("Parlez-moi de la région, s'il vous plaît", "Parlez-moi de la région"),
        ("¡Hola! ¿Qué ayudas hay? Gracias", "¿Qué ayudas hay?"),
        ("صباح الخير، شنو كدير غرفة التجارة؟", "شنو كدير غرفة التجارة؟"),
        ("متى تصرف المنحة من فضلكم؟", "متى تصرف المنحة؟"),
        ("你好,有什么补贴?谢谢", "有什么补贴?"),
        ("Thanks. Who heads the CRI?", "Who heads the CRI?"),
        ("Corporate tax, one line please", "Corporate tax"),
        ("C'est quoi la Charte, en trois phrases ?", "C'est quoi la Charte?"),
        ("Vale, gracias. ¿Y el tipo?", "¿Y el tipo?"),
        ("شكرا جزيلا. وما السقف؟", "وما السقف؟"),
        ("好的谢谢。那次代表团签了什么？", "那次代表团签了什么？"),
        ("And in Safi?", "And in Safi?"),
        ("ok", "ok"),
        ("Hi", "Hi"),
        ("Merci !", "Merci !"),
        ("سلام", "سلام"),
        ("Hilton asks for a hotel premium", "Hilton asks for a hotel premium"),
        ("What does it please them to grant?", "What does it please them to grant?"),
        ("", ""),
    ],
)
def test_greetings_please_and_thanks_are_left_out(said: str, asked: str) -> None:
    assert without_courtesy(said) == asked


@pytest.mark.parametrize(("clause", "leans"), [("Who hands out that label?", True), ("Who hands out labels?", False)])
def test_a_thing_that_is_pointed_at_was_named_before(clause: str, leans: bool) -> None:
    assert leans_back(clause) is leans


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("I did not ask about their law, does Morocco allow it?", "does Morocco allow it?"),
        ("That's not what I asked. What money do I get?", "What money do I get?"),
        ("Je ne parle pas de Safi, combien à Essaouira ?", "combien à Essaouira ?"),
        ("no pregunto por Safi, ¿cuánto en Esauira?", "¿cuánto en Esauira?"),
        ("ما سألتك عن قوانين الإمارات، هل يسمح المغرب بذلك؟", "هل يسمح المغرب بذلك؟"),
        ("我不是问价格,土地面积多少?", "土地面积多少?"),
        ("I do not mean it.", "I do not mean it."),
        ("I do not ask for a loan", "I do not ask for a loan"),
    ],
)
def test_what_somebody_says_not_to_have_asked_is_left_out(said: str, asked: str) -> None:
    assert without_denial(said) == asked
