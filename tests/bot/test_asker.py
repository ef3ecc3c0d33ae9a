"""Where an asker comes from is told from the places that a question is about."""

from __future__ import annotations

import pytest

from bot.asker import is_of_people, is_origin, means_the_state, told_spans


@pytest.mark.parametrize(
    ("question", "place", "origin"),
    [
        ("We are a family firm from Toronto, what can we get?", "Toronto", True),
        ("I live in Toronto and can't fly over.", "Toronto", True),
        ("J'habite Dubaï et je paie en devises", "Dubaï", True),
        ("Venimos de Murcia con un proyecto", "Murcia", True),
        ("أنا تاجر سمك من طنجة وأفكر في آسفي", "طنجة", True),
        ("我们是来自日本的公司", "日本", True),
        ("Can I send my profits home to France?", "France", True),
        ("Je peux rapatrier mes dividendes en Belgique ?", "Belgique", True),
        ("Traemos maquinaria de Italia", "Italia", True),
        ("Nous allons faire venir d'Allemagne des machines", "Allemagne", True),
        ("سنستورد الآلات من إيطاليا", "إيطاليا", True),
        ("هل يمكن تحويل الأرباح إلى فرنسا؟", "فرنسا", True),
        ("利润能汇回德国吗", "德国", True),
        ("Soy productor de cine en Buenos Aires.", "Buenos Aires", True),
        ("I work for a chamber in Portugal and we plan a visit", "Portugal", True),
        ("Je suis directrice de production en Belgique", "Belgique", True),
        ("نحن شركة أم في الإمارات", "الإمارات", True),
        ("مكتبنا في لبنان يراجع الاتفاق", "لبنان", True),
        ("我们公司在德国", "德国", True),
        ("We are two brothers who want to open a plant in Tunisia", "Tunisia", False),
        ("Nous sommes une PME et nous voulons ouvrir au Sénégal", "Sénégal", False),
        ("Somos una empresa y queremos invertir en Argelia", "Argelia", False),
        ("نحن شركة نريد الاستثمار في تونس", "تونس", False),
        ("Our chamber in Portugal wants to write to yours.", "Portugal", True),
        ("We are a firm in Portugal, what can we get?", "Portugal", True),
        ("Avocate à Rabat, je conseille un fonds.", "Rabat", True),
        ("Abogada en Tánger, asesoro a un fondo.", "Tánger", True),
        ("The HR lady in Casablanca says no. Is she right?", "Casablanca", True),
        ("Mi abogado en Tánger dice que no.", "Tánger", True),
        ("我们会计在拉巴特,说不行。", "拉巴特", True),
        ("Can a lawyer in Casablanca sign for us?", "Casablanca", False),
        ("Hôtel à Rabat, quelle prime ?", "Rabat", False),
        ("How much tax does my company in Tunisia pay?", "Tunisia", False),
        ("how much tax does my company in Tunisia pay", "Tunisia", False),
        ("¿Cuánto paga mi empresa en Túnez?", "Túnez", False),
        ("كم تدفع شركتنا في تونس من الضرائب؟", "تونس", False),
        ("我们公司在突尼斯要交多少税?", "突尼斯", False),
        ("What is the premium in Casablanca?", "Casablanca", False),
        ("Which incentives does Tunisia give?", "Tunisia", False),
        ("ما هي المنح في طنجة؟", "طنجة", False),
        ("In-house counsel, Milan. Since when is it law?", "Milan", True),
        ("Laboratorio de genéricos de Barcelona aquí. ¿Qué tasa piden?", "Barcelona", True),
        ("Acá en México nadie lo sabe: ¿qué ventajas hay?", "México", True),
        ("Ici au Canada, on me dit que non. Quel taux ?", "Canada", True),
        ("Furniture factory, Tunisia. Which premiums?", "Tunisia", False),
        ("Primas de Túnez. ¿Cuáles son?", "Túnez", False),
        ("The parent company in Doha lends us euros, is tax withheld?", "Doha", True),
        ("La maison mère à Doha nous prête des euros ?", "Doha", True),
        ("La casa matriz en Doha nos presta euros", "Doha", True),
        ("الشركة الأم في الدوحة ستقرضنا باليورو", "الدوحة", True),
        ("母公司在德国,利息要扣税吗?", "德国", True),
        ("What does a parent company pay in Tunisia?", "Tunisia", False),
        ("We develop solar farms in Australia. Any subsidies for us?", "Australia", True),
        ("Nous fabriquons des meubles au Canada. Quelles aides ?", "Canada", True),
        ("Fabricamos muebles en México. ¿Hay ayudas?", "México", True),
        ("Soy productora de cine argentina, ¿devuelven algo?", "argentina", True),
        ("¿Qué ayudas da Argentina?", "Argentina", False),
        ("I brought my savings over from Canada. Must I declare them?", "Canada", True),
        ("On a fait venir l'argent du Canada", "Canada", True),
        ("Traje el dinero de Canadá", "Canadá", True),
        ("دخلت فلوس من كندا باش نستثمر", "كندا", True),
        ("ومستشارنا القانوني في الكويت متحفظ.", "الكويت", True),
        ("What is withheld for our shareholders in Canada?", "Canada", True),
        ("Les dividendes de nos actionnaires au Canada ?", "Canada", True),
        ("كم يقتطع من أرباح المساهمين في الكويت؟", "الكويت", True),
        ("股东在德国,分红要扣多少税?", "德国", True),
        ("I buy vegetables and olives for a company in Venlo, Netherlands.", "Netherlands", True),
        ("J'achète des olives pour une société aux Pays-Bas.", "Pays-Bas", True),
        ("Compro verduras para una empresa en Holanda.", "Holanda", True),
        ("Which grants are there for a company in Canada?", "Canada", False),
    ],
)
def test_where_somebody_comes_from_is_told_from_what_is_asked_about(question: str, place: str, origin: bool) -> None:
    assert is_origin(question, question.index(place)) is origin


@pytest.mark.parametrize(
    ("question", "place", "people"),
    [
        ("德国企业能享受补贴吗?", "德国", True),
        ("I act for a Singapore fund", "Singapore", True),
        ("Would a Portugal company pay more?", "Portugal", True),
        ("Singapore gives what premium?", "Singapore", False),
        ("给中国员工办工作许可需要哪些材料?", "中国", True),
        ("Papers for our Chinese engineer?", "Chinese", True),
        ("my client is Casablanca-registered", "Casablanca", True),
        ("un salarié chinois", "chinois", True),
        ("المهندسون الصينيون", "الصينيون", True),
        ("Can I export argan oil to Kenya duty free?", "Kenya", True),
        ("Peut-on vendre nos câbles au Sénégal ?", "Sénégal", True),
        ("هل يمكن التصدير إلى كينيا؟", "كينيا", True),
        ("衣服卖到美国免税吗?", "美国", True),
        ("What does Kenya pay to exporters?", "Kenya", False),
        ("What help is there for Moroccan firms that expand abroad, say in Senegal?", "Senegal", True),
        ("Une société marocaine peut-elle être aidée pour ouvrir au Sénégal ?", "Sénégal", True),
        ("شركة مغربية بغات تفتح فرع فالسنغال", "السنغال", True),
        ("摩洛哥企业去塞内加尔投资有扶持吗?", "塞内加尔", True),
        ("I import carpets to Doha", "Doha", True),
        ("أستورد السجاد إلى الدوحة", "الدوحة", True),
        ("Quelle aide importante au Sénégal ?", "Sénégal", False),
        ("What tax if we send the dividends to Kenya?", "Kenya", True),
        ("et si on les transfère au Sénégal ?", "Sénégal", True),
        ("¿y si los mando a Kenia?", "Kenia", True),
        ("والضريبة إذا حولناها إلى السعودية؟", "السعودية", True),
        ("股息汇到美国要交多少税?", "美国", True),
        ("What tax is there on dividends in Kenya?", "Kenya", False),
        ("وأرباحي أقدر أحولها الإمارات بدون مشاكل؟", "الإمارات", True),
        ("ما القوانين حول الإمارات؟", "الإمارات", False),
        ("德国的公司税是多少?", "德国", False),
        ("the treaty with China", "China", False),
        ("el tratado con China", "China", False),
    ],
)
def test_whose_people_or_firms_are_meant_is_told_from_a_place_asked_about(
    question: str, place: str, people: bool
) -> None:
    start = question.index(place)
    assert is_of_people(question, start, start + len(place)) is people


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("We freeze sardines in Agadir. How much fish does Safi land?", ["We freeze sardines in Agadir."]),
        ("On nous envoyait à Rabat. Qui décide ? C'est urgent.", ["On nous envoyait à Rabat.", "C'est urgent."]),
        ("بعنا معملنا في تونس. كم المنحة في آسفي؟", ["بعنا معملنا في تونس."]),
        ("We look at Tunisia. What do they pay there?", []),
        ("突尼斯也在考虑。那边补贴多少?", []),
        ("Miramos Túnez. ¿Cuánto pagan allí?", []),
        ("Premiums in Tunisia", []),
        ("Premiums in Tunisia. All of them.", []),
        ("", []),
    ],
)
def test_what_is_told_is_told_from_what_is_asked(question: str, told: list[str]) -> None:
    assert [question[start:end] for start, end in told_spans(question)] == told


@pytest.mark.parametrize(
    ("question", "state"),
    [
        ("Does the region's aid take away what Rabat pays?", True),
        ("Además de lo que pone Rabat, ¿ayuda la región?", True),
        ("Before we sign anything with Rabat", True),
        ("هل تقرر الرباط وحدها؟", False),
        ("الرباط تقرر أم الجهة؟", True),
        ("最后由拉巴特拍板吗?", True),
        ("Le dossier, je l'envoie à Rabat directement ?", True),
        ("Which door do I knock on first in Rabat?", True),
        ("Qui voir en premier à Rabat ?", True),
        ("¿A quién debo ver en Rabat?", True),
        ("أي باب أطرق أول شيء في الرباط؟", True),
        ("What premium is there in Rabat?", False),
        ("Does Rabat give a territorial premium?", False),
        ("Quelle est la prime territoriale de Rabat ?", False),
        ("Et celle de Rabat ?", False),
        ("¿Qué prima da Rabat?", False),
        ("La prime à Rabat, c'est combien ?", False),
        ("¿Hay prima en Rabat?", False),
        ("ما المنحة في الرباط؟", False),
        ("在拉巴特设厂有补贴吗?", False),
    ],
)
def test_the_capital_may_stand_for_the_state(question: str, state: bool) -> None:
    start, end = next(
        (question.index(name), question.index(name) + len(name))
        for name in ("Rabat", "الرباط", "拉巴特")
        if name in question
    )
    assert means_the_state(question, start, end) is state
