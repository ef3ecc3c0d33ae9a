"""In which language a question is asked, and in which it is answered."""

from __future__ import annotations

import pytest

from bot.language import Detected, LanguageDetector
from corpus import Language
from corpus.glossary import Glossary
from corpus.text import clean_question
from index import LanguageWords
from tests.packaged import example_questions


@pytest.fixture(scope="module")
def detector(glossary: Glossary) -> LanguageDetector:
    return LanguageDetector(glossary)


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("What is the cap on the premiums?", Language.EN),
        ("who can apply for the bonus", Language.EN),
        ("Quel est le plafond des primes ?", Language.FR),
        ("combien de primes pour un hotel", Language.FR),
        ("¿Cuál es el tope de las primas?", Language.ES),
        ("cuanto tiempo tarda el convenio", Language.ES),
        ("ما سقف المنح في ميثاق الاستثمار؟", Language.AR),
        ("بشحال الدعم فالصويرة", Language.AR),
        ("投资补贴的上限是多少？", Language.ZH),
        ("请介绍一下 Marrakech-Safi 大区的产业", Language.ZH),
    ],
)
def test_a_question_in_one_of_the_five_languages_is_answered_in_it(
    detector: LanguageDetector, question: str, language: Language
) -> None:
    assert detector.detect(question) == Detected(language)
    assert detector.detect(question, Language.ES) == Detected(language), "the page's language does not outweigh it"


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Dans un dossier, la اللجنة الجهوية الموحدة للاستثمار elle décide vraiment ?", Language.FR),
        ("prime sectorielle شحال", Language.AR),
        ("dont Al Haouz", Language.FR),
        ("El Kelaa des Sraghna category B", Language.EN),
        ("a que hora juega el barça hoy", Language.ES),
        ("Tell me a joke about two camels.", Language.EN),
    ],
)
def test_official_names_tell_no_language(detector: LanguageDetector, question: str, language: Language) -> None:
    assert detector.detect(question).language is language


def test_a_question_that_does_not_tell_is_of_the_language_of_the_one_before(detector: LanguageDetector) -> None:
    asked = [(Language.EN, "location bonus"), (Language.FR, "prime de location"), (Language.ES, "ayuda por empleo")]
    known = LanguageWords(asked * 9)
    assert detector.detect_after("Safi ?", ["Youssoufia location bonus"], Language.FR, known) == Detected(Language.EN)
    assert detector.detect_after("Safi ?", [""], Language.FR, known) == Detected(Language.FR)
    assert detector.detect_after("Safi ?", [], Language.ES, known) == Detected(Language.ES)


def test_keywords_are_of_the_language_that_people_ask_with_them_in(detector: LanguageDetector) -> None:
    asked = [(Language.EN, "location bonus"), (Language.FR, "prime de location"), (Language.ES, "ayuda por empleo")]
    known = LanguageWords(asked * 9)
    assert detector.detect("Youssoufia location bonus", Language.FR, known) == Detected(Language.EN)
    assert detector.detect("Youssoufia prime", Language.EN, known) == Detected(Language.FR)
    assert detector.detect("receta paella valenciana arroz", Language.FR, known) == Detected(Language.ES), (
        "its words are unknown"
    )
    assert detector.detect("Wie hoch ist der location bonus?", None, known).other, "function words outweigh them"


@pytest.mark.parametrize(
    "question",
    [
        "chhal dial da3m f lmaghrib",
        "wach kayn chi istitmar f jiha",
        "bghit nakhod da3m",
        "AMDIE chno katdir b dabt?",
        "9anoun dyal lghoraf chmn ra9m?",
        "wach automobile kter mn tourisme f prime sectorielle?",
        "tri9 chichaoua tathniya",
    ],
)
@pytest.mark.parametrize(
    ("page", "answer"),
    [(None, Language.AR), (Language.EN, Language.AR), (Language.FR, Language.FR), (Language.AR, Language.AR)],
)
def test_darija_in_latin_letters_is_answered_in_arabic_or_in_french_where_the_page_is_french(
    detector: LanguageDetector, question: str, page: Language | None, answer: Language
) -> None:
    assert detector.detect(question, page) == Detected(answer, latin_darija=True)


@pytest.mark.parametrize(
    "question",
    [
        "Welche Prämien gibt es für ein Hotel und wie viel ist es?",
        "Quali sono gli incentivi per un albergo nella regione e quanto?",
        "Quais são os prêmios para um hotel na região e como pode?",
        "Wat is het maximum van de premies voor een hotel en hoe?",
        "Каковы премии для отеля?",
        "Ποια είναι τα κίνητρα;",
        "プレミアムの上限は何ですか？",
        "투자 보조금의 상한은 얼마입니까?",
        "मोरक्को में निवेश की सीमा क्या है?",
    ],
)
def test_a_sixth_language_is_answered_in_english_and_that_is_known(detector: LanguageDetector, question: str) -> None:
    assert detector.detect(question, Language.FR) == Detected(Language.EN, other=True)


@pytest.mark.parametrize(
    ("keywords", "language"),
    [
        ("prime territoriale", Language.FR),
        ("prima territorial", Language.ES),
        ("territorial premium", Language.EN),
        ("convention d'investissement", Language.FR),
    ],
)
def test_keywords_of_the_glossary_tell_the_language(
    detector: LanguageDetector, keywords: str, language: Language
) -> None:
    assert detector.detect(keywords) == Detected(language)


@pytest.mark.parametrize("page", [*Language])
@pytest.mark.parametrize("question", ["", "2023", "30 %", "😀", "???"])
def test_the_page_decides_where_the_question_has_no_words(
    detector: LanguageDetector, question: str, page: Language
) -> None:
    assert detector.detect(question, page) == Detected(page)
    assert detector.detect(question) == Detected(Language.EN)


@pytest.mark.parametrize("page", [Language.FR, Language.EN, Language.ES])
def test_the_page_decides_where_a_name_belongs_to_several_languages(detector: LanguageDetector, page: Language) -> None:
    assert detector.detect("Essaouira", page) == Detected(page)


def test_a_latin_name_in_an_arabic_question_leaves_it_arabic(detector: LanguageDetector) -> None:
    assert detector.detect("ما شروط CRI Marrakech للملف الاستثماري؟") == Detected(Language.AR)


def test_an_arabic_word_in_a_long_english_question_leaves_it_english(detector: LanguageDetector) -> None:
    question = "What does the word ميثاق mean in the name of the Investment Charter of the Kingdom of Morocco?"
    assert detector.detect(question) == Detected(Language.EN)


def test_a_few_words_of_darija_in_a_french_question_leave_it_french(detector: LanguageDetector) -> None:
    question = "Salam, j'ai une petite boîte de textile, wach on a droit à une prime pour la région, chhal exactement ?"
    assert detector.detect(question) == Detected(Language.FR)
    assert detector.detect("salam, chhal dyal la prime f Safi?") == Detected(Language.AR, latin_darija=True)


def test_full_width_letters_count_as_latin_once_the_question_is_cleaned(detector: LanguageDetector) -> None:
    assert detector.detect(clean_question("Ｗｈａｔ ｉｓ ｔｈｅ ｃａｐ？")) == Detected(Language.EN)


@pytest.mark.parametrize(
    "question",
    [
        "What had the region approved by the 6th of September?",
        "Damane Istitmar: does it cover 60% of my loan?",
        "car wash and RN7 road works, any support?",
        "Index of Bank Al-Maghrib, what is it for?",
    ],
)
def test_english_with_a_moroccan_name_a_road_or_an_ordinal_is_no_darija(
    detector: LanguageDetector, question: str
) -> None:
    assert detector.detect(question) == Detected(Language.EN)


@pytest.mark.parametrize(
    ("question", "language"),
    [("cuchara", Language.ES), ("violet violet tortue", Language.FR), ("prime secteurs durée", Language.FR)],
)
def test_words_that_no_list_knows_are_told_by_their_letters_unless_the_page_says_otherwise(
    detector: LanguageDetector, question: str, language: Language
) -> None:
    assert detector.detect(question) == Detected(language)
    assert detector.detect(question, language) == Detected(language)


def test_hardly_an_example_question_is_taken_for_another_language(detector: LanguageDetector) -> None:
    asked = example_questions()[::8]
    wrong = [question for language, question in asked if detector.detect(question).language is not language]
    assert len(asked) > 5_000
    assert len(wrong) / len(asked) < 0.02, wrong[:20]
