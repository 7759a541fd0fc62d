"""The 35 misreadings the sources invite: the right readings (`test_never_said.py`: the wrong).

Numbered as in the list of contradictions the facts were taken from.
"""

import re
from datetime import date

import pytest

from knowledge.book import Book, DayBook
from tests.knowledge.known_names import BUILDING, HOSTS, INSURERS, POINTS, REQUIRED


@pytest.fixture(scope="session")
def on(book: Book, today: date) -> DayBook:
    return book.on(today)


def test_01_and_02_and_03_subsidies_give_points_not_money_and_no_promise(on: DayBook):
    assert on.value("single_merit_support") == "国の認定・金融支援・税制措置・補助金の加点など"
    rule = "加点は審査の点です。補助金の額が増えるものではありません。"
    assert on.value("subsidy_points_rule") == rule


def test_04_the_special_depreciation_is_16_percent_until_the_end_of_march_2027(on: DayBook):
    assert on.value("tax_rate_rule").startswith("対象の設備に、16%の特別償却を使えることがあ")
    assert on.value("tax_cert_until") == "令和9年3月31日"


def test_05_the_day_ends_the_certification_and_the_equipment_has_its_own_year(on: DayBook):
    expected = "令和元年7月16日から令和9年3月31日までに認定を受けることが条件です。"
    assert on.value("tax_cert_rule") == expected
    assert on.value("tax_equipment_rule").startswith("認定の日から1年以内に、計画に載せた設備を")
    assert on.value("tax_equipment_rule").endswith("認定の後に取得します。")


def test_06_and_07_and_08_the_equipment_is_that_of_the_newest_paper(on: DayBook):
    assert on.value("tax_building_list") == BUILDING
    tools = "自然災害の影響の軽減に資する機能を有する全ての設備"
    assert on.value("tax_tools_list") == tools
    machinery = "自家発電設備、浄水装置、揚水ポンプ、排水ポンプ、耐震・制震・免震装置"
    assert on.value("tax_machinery_list") == f"{machinery}（同等のものを含む）"


def test_09_the_guarantee_abroad_is_called_standby_credit(on: DayBook):
    assert on.value("standby_name") == "スタンドバイ・クレジット"


def test_10_the_extra_guarantee_comes_on_top_of_the_usual_one(on: DayBook):
    extra = "普通保険は、通常枠2億円に別枠2億円が加わります。"
    assert on.value("guarantee_ordinary_rule") == extra


def test_11_the_plan_has_its_full_name(on: DayBook):
    assert on.value("plan_name") == "事業継続力強化計画"
    assert on.value("joint_formal") == "連携事業継続力強化計画"
    assert on.value("other_scheme_name") == "事業継続力強化支援計画"


def test_12_the_third_step_examines_the_first_response(on: DayBook):
    assert on.value("step3") == "初動対応の検討"


def test_13_the_sign_of_the_certified_is_a_logo(on: DayBook):
    assert "認定ロゴマーク" in on.value("logo_rule")


def test_14_to_17_and_27_only_official_pages_are_named(texts: list[str]):
    hosts = {host for text in texts for host in re.findall(r"https?://([^/\s\"）]+)", text)}
    assert hosts == HOSTS


def test_15_the_page_of_the_scheme_ends_in_html(on: DayBook):
    assert on.value("url_tebiki").endswith("/keizokuryoku.html#tebiki")


def test_16_the_page_of_kanto_has_no_escapes_left(on: DayBook):
    kanto = "https://www.smrj.go.jp/regional_hq/kanto/sme/jigyokei/index.html"
    assert on.value("office.smrj_kanto.url") == kanto


def test_17_the_support_for_single_plans_is_told_with_its_limited_time(on: DayBook):
    assert on.value("url_handson") == "https://kyoujinnka-handson.smrj.go.jp/"
    assert on.fact("url_handson").evidence == "inferred"
    assert "年度内に期限を決めて受け付けます。" in on.value("handson_times")
    assert on.value("handson_closed") == "受付が終わっていたら、地域本部へご相談ください。"


def test_18_kyushu_is_called_at_its_present_number(on: DayBook):
    assert on.value("office.meti_kyushu.phone") == "092-482-5561"


def test_19_the_council_began_in_january_2020(on: DayBook):
    begun = "古い資料では、2020年1月に中小機構などが支援協議会を作りました。"
    assert on.value("council_about") == begun


def test_20_the_figures_on_ransomware_are_those_of_the_national_police(on: DayBook):
    assert on.value("ransom_by") == "警察庁"


def test_21_ways_to_cooperate_are_examples_and_never_counted(on: DayBook):
    ways = [on.value(f"cooperation_{way}") for way in ("horizontal", "vertical", "area")]
    assert [way[:4] for way in ways] == ["例として"] * 3
    assert [word in way for word, way in zip(("水平", "垂直", "面的"), ways, strict=True)] == [
        True, True, True,
    ]  # fmt: skip
    assert "地域本部でご確認ください。" in on.value("cooperation_ways")


def test_22_the_share_of_flooded_towns_is_said_exactly(on: DayBook):
    flooded = "平成23年～令和2年に、97.6%の市区町村で水害がありました。"
    assert on.value("flood_rule") == flooded


def test_23_of_the_laws_to_keep_only_the_check_is_said(on: DayBook):
    assert on.value("sheet_laws") == "関係法令の遵守は、必須のチェックです。"


def test_24_copies_are_for_those_certified_on_paper(on: DayBook):
    assert on.value("paper_copy_rule") == (
        "紙で認定を受けた方は写しが必要です。電子の方は、システムの案内か経済産業局でご確認ください。"
    )
    for documents in ("documents_change", "documents_second"):
        assert "紙で認定を受けた方は" in on.value(documents)


def test_25_the_terms_of_chubb_are_told_in_our_own_words(on: DayBook):
    terms = "リスクの実態に応じて、保険料の設計が個別に検討されます。"
    assert on.value("insurer_chubb_terms") == terms
    assert on.value("law_short") == "中小企業強靱化法"


def test_26_the_address_in_sapporo_stands_in_its_order(on: DayBook):
    sapporo = "〒060-0808 北海道札幌市北区北8条西2-1-1 札幌第1合同庁舎"
    assert on.value("office.meti_hokkaido.address") == sapporo


def test_27_and_29_the_insurers_are_these_eleven_by_name_only(book: Book, on: DayBook):
    shape = re.compile(r"insurer_[a-z]+")
    names = {on.value(id) for id in book.facts if shape.fullmatch(id) and id != "insurer_count"}
    assert names == INSURERS
    assert on.value("insurer_count") == f"{len(names)}法人"


def test_28_five_subsidies_give_points_and_two_require_the_certification(book: Book, on: DayBook):
    shape = re.compile(r"subsidy_[a-z]+_effect")
    effects = {id: on.value(id) for id in book.facts if shape.fullmatch(id)}
    named = {on.value(id.removesuffix("_effect")): effect for id, effect in effects.items()}
    assert {name for name, effect in named.items() if effect == "加点"} == POINTS
    assert {name for name, effect in named.items() if "必須" in effect} == REQUIRED
    assert len(named) == 7
    assert on.value("subsidy_relief_effect") == "申請のときに認定が必須"
    assert on.value("subsidy_nariwai_effect") == "事業の完了までに認定が必須"


def test_30_plans_are_filed_electronically(on: DayBook):
    filed = "令和6年4月から、単独型も連携型も原則電子申請だけです。"
    assert on.value("electronic_only") == filed


def test_31_no_closed_subsidy_is_among_the_subsidies(book: Book, on: DayBook):
    ids = [id for id in book.facts if id.startswith("subsidy_") and on.fact(id).source != "S2"]
    assert ids == []


def test_32_the_training_of_the_haulier_is_told_without_a_broken_phrase(book: Book):
    assert "安全講習を続けて採用にもつながりました。" in book.cases["hokushin"].text


def test_33_the_plan_is_a_bcp_that_is_easy_to_take_up(on: DayBook):
    relation = "ジギョケイは、中小企業のための取り組みやすいBCPです。"
    assert on.value("bcp_relation") == relation


def test_34_the_support_for_single_plans_is_two_visits(on: DayBook):
    visits = "2回（延べ3～4時間）程度です。"
    assert on.value("handson_times").startswith(visits)


def test_35_the_rate_is_cut_up_to_400_million_yen(on: DayBook):
    limit = "限度額は、中小企業事業で7億2,000万円です。金利の引き下げは、このうち4億円までです。"
    assert on.value("loan_limit_rule") == limit
