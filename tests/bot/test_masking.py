"""What names a person goes, what a question is about stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.masking import ACCOUNT, CARD, MAIL, PAPERS, PHONE, mask_personal


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Écrivez-moi : amina.benali@example.ma merci", f"Écrivez-moi : {MAIL} merci"),
        ("contact me at j_smith+invest@mail.example.co.uk.", f"contact me at {MAIL}."),
        ("我的邮箱是wang@example.cn，谢谢", f"我的邮箱是{MAIL}，谢谢"),
        ("mail: amina (at) example.ma", f"mail: {MAIL}"),
        ("Appelez le 0661234567", f"Appelez le {PHONE}"),
        ("06 61 23 45 67", PHONE),
        ("05.24.43.21.09 ou 05-24-43-21-10", f"{PHONE} ou {PHONE}"),
        ("+212 661-234567", PHONE),
        ("00212661234567", PHONE),
        ("+33 6 12 34 56 78", PHONE),
        ("+86 138 1234 5678", PHONE),
        ("(+34) 612 345 678", f"({PHONE}"),
        ("رقم هاتفي ٠٦٦١٢٣٤٥٦٧", f"رقم هاتفي {PHONE}"),
        ("واتساب: ٠٦ ٦١ ٢٣ ٤٥ ٦٧", f"واتساب: {PHONE}"),
        ("我的手机号码是13812345678", f"我的手机号码是{PHONE}"),
        ("tel: 4155550123", f"tel: {PHONE}"),
        ("Ma CIN est EE123456", f"Ma CIN est {PAPERS}"),
        ("بطاقتي الوطنية EE123456", f"بطاقتي الوطنية {PAPERS}"),
        ("passeport n° 12AB34567", f"passeport n° {PAPERS}"),
        ("my passport number is X1234567", f"my passport number is {PAPERS}"),
        ("جواز السفر رقم AB1234567", f"جواز السفر رقم {PAPERS}"),
        ("护照号码 E12345678", f"护照号码 {PAPERS}"),
        ("DNI 12345678Z", f"DNI {PAPERS}"),
        ("身份证110101199003077758", f"身份证{PAPERS}"),
        ("IBAN MA64 0117 8000 0012 3456 7890 1234", f"IBAN {ACCOUNT}"),
        ("FR7630006000011234567890189", ACCOUNT),
        ("RIB 011 780 0000123456789012 34", f"RIB {ACCOUNT}"),
        ("4111 1111 1111 1111", CARD),
        ("carte 5500-0000-0000-0004 exp 12/27", f"carte {CARD} exp 12/27"),
        ("٤١١١ ١١١١ ١١١١ ١١١١", CARD),
        ("josé.pérez@correo.es", MAIL),
        ("amina.benali [at] example [dot] ma", MAIL),
        ("amina arobase example.ma", MAIL),
        ("أمينة@مثال.المغرب", MAIL),
        ("Mon numéro : 6 61 23 45 67", f"Mon numéro : {PHONE}"),
        ("mon téléphone est le 4155550123", f"mon téléphone est le {PHONE}"),
        ("Telephone (415) 555 0123", f"Telephone {PHONE}"),
        ("212661234567 sur WhatsApp", f"{PHONE} sur WhatsApp"),
        ("01 42 68 53 00", PHONE),
        ("06  61  23  45  67", PHONE),
        ("06 – 61 – 23 – 45 – 67", PHONE),
        ("06_61_23_45_67 ou 06,61,23,45,67", f"{PHONE} ou {PHONE}"),
        ("0 6 6 1 2 3 4 5 6 7", PHONE),
        ("06\u200e61234567 et +212\u200b661234567", f"{PHONE} et {PHONE}"),
        ("＋２１２ ６６１２３４５６７", PHONE),
        ("我的电话是010-62345678", f"我的电话是{PHONE}"),
        ("móvil 612 34 56 78", f"móvil {PHONE}"),
        ("رقم بطاقتي AB 123456", f"رقم بطاقتي {PAPERS}"),
        ("ma carte c'est ee123456", f"ma carte c'est {PAPERS}"),
        ("我的护照号是E12345678。", f"我的护照号是{PAPERS}。"),
        ("身份证 110101 19900307 7758", f"身份证 {PAPERS}"),
        ("DNI: 12.345.678-Z", f"DNI: {PAPERS}"),
        ("soy 12345678Z, mi hermana X1234567L", f"soy {PAPERS}, mi hermana {PAPERS}"),
        ("007 780 0001234567890123 45", ACCOUNT),
    ],
)  # fmt: skip
def test_what_names_a_person_goes(said: str, kept: str) -> None:
    assert mask_personal(said) == kept


@pytest.mark.parametrize(
    "said",
    [
        "50 000 000 MDH", "2 000 000 000 de dirhams", "1.200.000.000 dirhams", "250,000,000 MAD", "投资120000000迪拉姆",
        "مبلغ ١٥٠٬٠٠٠٬٠٠٠ درهم", "loi-cadre 03-22, article 12", "décret n° 2-23-1 du 16 février 2023", "القانون الإطار رقم 03.22",
        "du 15/11/2023 au 31.01.2026", "2023-11-15", "40000 Marrakech", "30 %, 10% et 15 %", "150 emplois et 35,5 % de femmes",
        "entre 50000000 et 250000000",
        "ISO 9001, H200, B2B", "zone de 1 250 hectares", "de 2022 à 2026", "LGV 320 km/h", "25 GW, 700 MW",
        "12 000 m² à 250 DH/m²", "200个就业岗位",
        "13800000000迪拉姆", "+ 50 000 000 DH", "+30 000 000 dirhams", "+ 120 000 000 MAD de plus", "mobile 100 000 000 DH",
        "une usine de téléphones 50 000 000 DH", "手机工厂投资1200000000迪拉姆", "电话 50000000迪拉姆投资", "gsm 2500000000",
        "DH500000",
        "CP40000", "BO7151", "0,5 %", "0.05 to 0.07", "0 800 000 000 dirhams", "2 030 000 000", "PIB 1 463 000 000 000 MAD",
        "loi 1.22.76 at bo.gov.ma", "passeport 2 ans", "carte nationale: 2030", "12345678A", "10 000 000 000 000 000",
        "A350 et B737 à 12 000 000 000 MAD", "C'est combien ?", "", "100 000 / 200 000 / 300 000",
    ],
)  # fmt: skip
def test_what_a_question_is_about_stays(said: str) -> None:
    assert mask_personal(said) == said


@given(st.text(max_size=200))
def test_any_text_is_taken_and_masking_twice_changes_nothing_more(text: str) -> None:
    once = mask_personal(text)
    assert mask_personal(once) == once


@given(
    st.text(st.characters(categories=["L", "Zs"]), max_size=20),
    st.from_regex(r"0[5-7]\d{8}", fullmatch=True),
    st.text(st.characters(categories=["L", "Zs"]), max_size=20),
)
def test_a_moroccan_phone_number_goes_wherever_it_stands(before: str, number: str, after: str) -> None:
    assert number not in mask_personal(f"{before} {number} {after}")


@given(
    st.integers(0, 10**12), st.sampled_from(["{} DH", "{} MAD", "{} dirhams", "{}迪拉姆", "{} درهم", "{} €", "{} m²"])
)
def test_an_amount_with_its_unit_stays_however_it_is_written(amount: int, unit: str) -> None:
    for written in (str(amount), f"{amount:,}", f"{amount:,}".replace(",", " "), f"{amount:,}".replace(",", ".")):
        said = f"Un projet de {unit.format(written)} ?"
        assert mask_personal(said) == said


@given(st.from_regex(r"(loi|dahir|décret|law|القانون) (n° )?[0-9]{1,2}[-.][0-9]{2}([-.][0-9]{1,3})?", fullmatch=True))
def test_a_number_of_a_law_stays(law: str) -> None:
    assert mask_personal(law) == law


@pytest.mark.parametrize(
    "piece", ["0", "1 ", "a@", "06 ", "A1", "a.", "CIN ", "tel is ", "+ ", "(", "[at]", "1.234.567-", "mon numéro : "]
)
def test_a_text_made_to_be_slow_is_read_in_steps_that_grow_with_its_length(piece: str) -> None:
    mask_personal(piece * (20_000 // len(piece)))  # a pattern that backtracks would not come back from this
