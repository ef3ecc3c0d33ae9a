"""What somebody plans is kept over a conversation, and only what asks what it comes to is about it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from bot.answer import Answer, AnswerStatus, Claim, Reason
from bot.composing import cite
from bot.conversation import Message
from bot.plan import Plan, PlanReader
from bot.project_reading import ReadProject
from corpus import Language
from index import SearchIndex

EN, FR, ES, AR, ZH = Language.EN, Language.FR, Language.ES, Language.AR, Language.ZH


def read(reader: PlanReader, language: Language, *said: str) -> Plan | None:
    """The plan after the last of the messages of one conversation."""
    history = [Message("user", one) for one in said[:-1]]
    return reader.read(said[-1], language, history).plan


@pytest.mark.parametrize(
    ("language", "said", "expected"),
    [
        (EN, ["I want to open a hotel in Safi.", "60 million dirhams, 80 jobs"],
         {"place": "safi", "sector": "tourism", "amount": 60_000_000, "jobs": 80}),
        (EN, ["What grants are there for a hotel in Safi?", "and with 60 million dirhams and 80 jobs?"],
         {"place": "safi", "sector": "tourism", "amount": 60_000_000, "jobs": 80}),
        (FR, ["Nous fabriquons des meubles, on réfléchit à une usine près de Marrakech. Quelles aides ?",
              "On embaucherait 60 personnes et on mettrait 55 millions de dirhams. Ça passe ?"],
         {"place": "marrakech", "sector": "industry", "amount": 55_000_000, "jobs": 60}),
        (FR, ["Usine de meubles à Al Haouz : 55 millions de dirhams et 60 emplois, quelles primes ?",
              "et que 30 personnes au lieu de 60 ?"], {"jobs": 30, "amount": 55_000_000}),
        (ES, ["La planta costaría 60 millones de dirhams y 70 empleos en Chichaoua, ¿cuánto me darían?", "y si solo contrato 30?"],
         {"place": "chichaoua", "jobs": 30, "amount": 60_000_000}),
        (AR, ["معمل للصناعات الغذائية بقلعة السراغنة: 80 مليون درهم و120 عاملا، ما مجموع المنح؟", "ولو وظفت 125 بدل 120؟"],
         {"place": "el-kelaa-des-sraghna", "jobs": 125}),
        (ZH, ["我们在本格里建汽车零件厂，投资6000万迪拉姆，30个员工，能拿多少补贴？", "那再加20个员工呢"], {"jobs": 50}),
        (ZH, ["想在马拉喀什投资酒店，现在旅游行情怎么样", "我打算投8000万迪拉姆，60个员工，能拿多少补贴"],
         {"place": "marrakech", "sector": "tourism", "amount": 80_000_000}),
        (ZH, ["我打算投8000万迪拉姆，60个员工，在马拉喀什市里，能拿多少补贴", "刚才说了是酒店啊"],
         {"sector": "tourism", "jobs": 60}),
        (ES, ["Montamos un estudio en Benguerir, 80 millones de dirhams y 60 empleos", "audiovisual, industrias culturales",
              "entonces cuánto sería el total para mi estudio?"], {"sector": "culture", "jobs": 60}),
        (EN, ["Hotel in Safi, 60 million dirhams, 80 jobs", "so what's the maximum we could get?"], {"jobs": 80}),
        (FR, ["Hôtel à Safi, 60 millions de dirhams, 80 emplois", "du coup je touche combien ?"], {"jobs": 80}),
        (ES, ["Hotel en Safi, 60 millones de dirhams, 80 empleos", "¿y cuánto me dan?"], {"jobs": 80}),
        (AR, ["فندق في آسفي 60 مليون درهم 80 منصب شغل", "كم المنحة طيب؟"], {"jobs": 80}),
        (ZH, ["萨菲酒店，6000万迪拉姆，80个岗位", "那能拿多少？"], {"jobs": 80}),
        (EN, ["a data center near Benguerir", "not what I asked. What money do I get? say 400 million dirhams, 80 people"],
         {"amount": 400_000_000, "jobs": 80, "sector": "digital"}),
        (EN, ["small generic medicines unit near Marrakech. Am I eligible for any subsidy?",
              "3.5 crore dirham, means 35 million, and around 60 staff, 20 of them ladies. How much we will get?"],
         {"amount": 35_000_000, "jobs": 60, "women_share": Decimal(1) / 3}),
        (EN, ["Medicines plant, 35 million dirhams, 60 staff, Tamansourt",
              "Turnover again? Company is new only. Own funds we put 30 percent. If we shift to Benguerir with 75 jobs then?"],
         {"jobs": 75, "new_company": True, "own_funds": Decimal("0.3"), "place": "rehamna"}),
        (EN, ["eco-lodge at Asni", "We've about 6 million dirhams, would hire 8 local people. What would we get?"],
         {"amount": 6_000_000, "jobs": 8}),
        (EN, ["Lodge at Asni, 6 million dirhams, 8 jobs", "we put in half ourselves"], {"own_funds": Decimal("0.5")}),
        (EN, ["data centre in Benguerir, 400 million dirhams, 80 jobs", "we run on recycled water"],
         {"sector": "digital", "sustainability": True}),
        (ZH, ["我在马拉喀什开餐馆，想再开个小酒店", "800万迪拉姆，12个人", "公司是新的", "自己出一半"],
         {"amount": 8_000_000, "jobs": 12, "new_company": True, "own_funds": Decimal("0.5")}),
        (FR, ["J'ai une petite boîte informatique à Marrakech, 5 salariés. Des aides ?", "on investirait 2 millions de dirhams",
              "et 8 emplois en plus"], {"amount": 2_000_000, "jobs": 8, "sector": "digital"}),
        (EN, ["I have a small IT company in Marrakech, 5 employees. We'd invest 2 million dirhams with 8 more jobs"],
         {"amount": 2_000_000, "jobs": 8}),
        (ES, ["Hotel en Safi", "invertiríamos 8 millones de dirhams y 12 empleos"], {"amount": 8_000_000, "jobs": 12}),
        (AR, ["فندق في الصويرة 120 مليون درهم و 140 موظف", "الحريم نص الموظفين تقريبا، ونقدر نوصل 185 موظف. كم تصير الحين؟"],
         {"jobs": 185, "women_share": Decimal("0.5")}),
        (AR, ["معمل تعليب الزيتون قلعة السراغنة 6 مليون درهم و 14 خدام",
              "الشركة مازال ما درتهاش، غادي نديرها جديدة. و عندي 900 ألف درهم ديالي و الباقي من البنك"],
         {"sector": "industry", "new_company": True, "own_funds": Decimal("0.15")}),
        (EN, ["Plant in Safi, 6 million dirhams, 14 jobs", "the machines are 3 million of that"], {"amount": 6_000_000}),
        (EN, ["Olive plant in El Kelaa, 6 million dirhams, 25 jobs", "I have 2 million of my own"],
         {"amount": 6_000_000, "own_funds": Decimal(2) / 6}),
        (AR, ["معمل تعليب الزيتون ف قلعة السراغنة 6 مليون درهم و 25 خدام. شحال يعطيونا؟",
              "lcharika mazal ma t7allatch. w 3andi 2 mlayen dyali"],
         {"amount": 6_000_000, "own_funds": Decimal(2) / 6, "new_company": True}),
        (EN, ["Hotel in Marrakech, 250 million dirhams, 240 employees", "and if I raise the staff to 260, how much?"],
         {"jobs": 260, "amount": 250_000_000}),
        (AR, ["فندق في مراكش 250 مليون درهم و240 موظف", "وإذا رفعت الموظفين إلى ٢٦٠ ونص الرواتب تقريبا للنساء، كم يصير المبلغ؟"],
         {"jobs": 260, "women_share": Decimal("0.5")}),
        (ZH, ["马拉喀什酒店，2.5亿迪拉姆，240名员工", "员工增加到260呢？"], {"jobs": 260}),
        (EN, ["Software in Marrakech, 20 million dirhams and 80 jobs, what do we get?",
              "its software, in marrakech. turnover of the polish group 300 million dirham, does that matter"],
         {"amount": 20_000_000, "turnover": None}),
        (EN, ["A cannery in Safi, 3 million dirhams and 8 jobs, how much would we get?", "the land costs 100,000 euros"],
         {"amount": 3_000_000, "land": Decimal(1_080_000)}),
        (EN, ["A hotel in Safi, 60 million dirhams and 80 jobs, how much?", "about 60%", "no", "yes"],
         {"women_share": Decimal("0.6"), "future_job": False, "sustainability": True, "jobs": 80}),
        (EN, ["A workshop in Safi, 3 million dirhams and 8 jobs, how much?", "12 million"],
         {"turnover": 12_000_000, "amount": 3_000_000}),
        (FR, ["Un atelier à Safi, 3 millions de dirhams et 8 emplois, combien ?", "et si 22 au lieu de 8 ?"], {"jobs": 22}),
        (EN, ["Our factory in Safi, 2 million euros and 30 jobs. How much?", "in dirhams around 16 million"],
         {"amount": 16_000_000, "currency": "MAD"}),
        (EN, ["Our workshop in Safi, 300,000 euros and 8 jobs. How much?", "20 million dirhams"],
         {"amount": 300_000, "currency": "EUR", "turnover": Decimal(20_000_000) / Decimal("10.8")}),
        (EN, ["A hotel in Safi, 60 million dirhams and 80 jobs, how much?", "90 jobs, paid in euros"],
         {"amount": 60_000_000, "currency": "MAD", "jobs": 90}),
    ],
)  # fmt: skip
def test_what_was_said_of_a_plan_is_kept(
    reader: PlanReader, language: Language, said: list[str], expected: dict[str, Any]
) -> None:
    plan = read(reader, language, *said)
    assert plan is not None
    fields = plan.project.fields
    assert {name: fields[name].value if name in fields else None for name in expected} == expected


@pytest.mark.parametrize(
    ("language", "question"),
    [
        (EN, "What grants are there for a hotel in Safi?"),
        (FR, "Projet d'hôtel à Safi, quelles primes ?"),
        (ES, "¿Qué ayudas hay para un hotel en Essaouira?"),
        (AR, "ما هي المنح لفندق في آسفي؟"),
        (ZH, "在萨菲建酒店有什么补贴？"),
    ],
)
def test_what_a_plan_of_unknown_size_may_get_is_searched_for_first(
    reader: PlanReader, language: Language, question: str
) -> None:
    plan = read(reader, language, question)
    assert plan is not None
    assert plan.searched_first
    assert {"place", "sector"} <= plan.project.fields.keys()


def test_a_plan_that_is_only_told_is_estimated_at_once(reader: PlanReader) -> None:
    plan = read(reader, EN, "I want to open a hotel in Safi.")
    assert plan is not None
    assert not plan.searched_first


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (AR, "أنا من أبوظبي وعندي نية أسوي فندق في الصويرة، شو الدعم اللي تعطونه؟"),
        (AR, "أنا من قلعة السراغنة بغيت ندير معمل صغير ديال تعليب الزيتون، واش كاين شي دعم؟"),
        (AR, "أنا مهندس تونسي، نحب نعمل محطة طاقة شمسية في الرحامنة. شنوة الدعم الموجود؟"),
        (
            EN,
            "We fell for the hills around Asni, we'd like a small eco-lodge, ten rooms. Honestly is there any help for foreigners?",
        ),
    ],
)
def test_who_tells_a_plan_and_asks_what_there_is_gets_the_estimate_at_once(
    reader: PlanReader, language: Language, text: str
) -> None:
    plan = read(reader, language, text)
    assert plan is not None
    assert not plan.searched_first


def test_two_places_are_compared_for_the_plan_that_is_known(reader: PlanReader) -> None:
    said = "A factory, 80 million dirhams and 120 workers, how much?", "in Safi or in Benguerir, is there a difference"
    plan = read(reader, EN, *said)
    assert plan is not None
    assert plan.goes_on
    assert not plan.searched_first
    assert plan.project.places == ("safi", "rehamna")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (EN, ["A hotel in Safi, 60 million dirhams and 80 jobs: how much?", "ok and corporate tax for hotels? heard 5 years free"]),
        (EN, ["A hotel in Safi, 60 million dirhams and 80 jobs: how much?", "who heads the CRI now?"]),
        (EN, ["I want to open a hotel in Safi.", "How many hotel beds are there in Marrakech?"]),
        (EN, ["A hotel in Safi, 60 million dirhams and 80 jobs: how much?", "Can I bring 3 technicians from India?"]),
        (ZH, ["投资6000万迪拉姆在马拉喀什建汽车零件厂，50人，多少补贴？", "马拉喀什附近有没有别的汽车零部件厂啊"]),
        (FR, ["nombre de lits d'hôtel à Marrakech"]),
        (EN, ["Hotel in Safi, 60 million dirhams, 80 jobs", "what is the maximum territorial premium?"]),
        (FR, ["Hôtel à Safi, 60 millions de dirhams, 80 emplois", "combien peut-on embaucher d'étrangers ?"]),
        (ZH, ["萨菲酒店，6000万迪拉姆，80个岗位", "女性补贴是多少？"]),
        (ES, ["¿Qué prima le concedieron a mi competidor, una empresa de Alicante que abrió taller en Rehamna?"]),
        (FR, ["Aides de la région Occitanie pour une usine de batteries"]),
        (EN, ["How much in premiums has really been paid into the accounts of hotels in Safi?"]),
    ],
)  # fmt: skip
def test_another_question_is_not_about_the_plan(reader: PlanReader, language: Language, said: list[str]) -> None:
    assert read(reader, language, *said) is None


def test_a_whole_new_project_keeps_only_the_place_and_the_sector(reader: PlanReader) -> None:
    first = "A hotel in Safi: 60 million dirhams, 80 jobs, 40% women, land 5 million dirhams. How much?"
    plan = read(reader, EN, first, "And with 90 million dirhams and 100 jobs?")
    assert plan is not None
    assert plan.project.fields.keys() == {"place", "sector", "amount", "currency", "jobs"}


def test_another_place_goes_on_from_a_plan_of_unknown_size(reader: PlanReader) -> None:
    plan = read(reader, EN, "I want to open a hotel in Safi.", "And in Essaouira?")
    assert plan is not None
    assert plan.project.fields["place"].value == "essaouira"
    assert plan.project.fields["sector"].value == "tourism"


@pytest.mark.parametrize(
    ("language", "question", "at_once"),
    [
        (EN, "We want to open a hotel in Safi, what help is there?", True),
        (EN, "We want to open a hotel in Safi, is there a premium for solar panels?", False),
        (FR, "Nous voulons ouvrir un hôtel à Safi, quelles aides ?", True),
        (ZH, "我们想在萨菲开酒店，有什么补贴？", True),
    ],
)
def test_only_who_asks_for_all_there_is_gets_the_estimate_at_once(
    reader: PlanReader, language: Language, question: str, at_once: bool
) -> None:
    plan = read(reader, language, question)
    assert plan is not None
    assert plan.searched_first is not at_once


@pytest.mark.parametrize(
    ("status", "reason", "brief", "more"),
    [
        (AnswerStatus.NOT_IN_CORPUS, Reason.NOT_FOUND, False, True),
        (AnswerStatus.NOT_IN_CORPUS, Reason.NOT_PUBLISHED, True, False),
        (AnswerStatus.OUT_OF_SCOPE, Reason.OFF_TOPIC, True, True),
        (AnswerStatus.OUT_OF_SCOPE, Reason.OFF_TOPIC, False, False),
        (AnswerStatus.PARTLY_ANSWERED, Reason.UNSURE, True, True),
        (AnswerStatus.ANSWERED, None, True, False),
    ],
)
def test_an_estimate_says_more_than_what_was_hardly_found(
    index: SearchIndex, status: AnswerStatus, reason: Reason | None, brief: bool, more: bool
) -> None:
    cited = cite(1, next(iter(index.sections.versions["premium-cap#cap"].values())), ["So."])
    answer = Answer(status, (Claim("So.", (1,), EN),), EN, (cited,), reason=reason)
    assert Plan(ReadProject(), brief=brief).says_more_than(answer) is more
