"""The real contacts against a second list: phones, addresses and who serves which place."""

import re

import pytest

from knowledge.book import Book
from knowledge.offices import Offices
from tests.conftest import ROOT
from tests.knowledge.known_contacts import (
    ADDRESSES,
    ADVISED_BY,
    CHECK,
    DIFFER,
    FILED_WITH,
    KYUSHU,
    NAGOYA,
    NAMES_AND_PHONES,
    PREFECTURES,
    TOKYO,
)


@pytest.fixture(scope="session")
def offices(book: Book) -> Offices:
    return book.offices


def test_the_maps_of_this_test_have_47_prefectures_each():
    assert len(ADVISED_BY) == len(FILED_WITH) == 47
    assert ADVISED_BY.keys() == FILED_WITH.keys()


def test_the_book_knows_these_offices_and_no_other(offices: Offices):
    assert offices.by_id.keys() == NAMES_AND_PHONES.keys()


@pytest.mark.parametrize("id", NAMES_AND_PHONES)
def test_an_office_has_its_name_and_its_phone(offices: Offices, id: str):
    office = offices.by_id[id]
    assert (office.name, office.phone) == NAMES_AND_PHONES[id]


@pytest.mark.parametrize("id", ADDRESSES)
def test_an_office_has_its_address(offices: Offices, id: str):
    assert offices.by_id[id].address == ADDRESSES[id]


def test_no_office_has_an_address_that_was_not_given(offices: Offices):
    assert {o.id for o in offices.by_id.values() if o.address} == ADDRESSES.keys()


def test_only_the_kanto_office_is_known_by_mail(offices: Offices):
    mails = {office.id: office.mail for office in offices.by_id.values() if office.mail}
    assert mails == {"smrj_kanto": "sodan-kantokeizoku@smrj.go.jp"}


def test_the_pages_of_the_offices_are_these(offices: Offices):
    assert {office.id: office.url for office in offices.by_id.values() if office.url} == {
        "smrj_kanto": "https://www.smrj.go.jp/regional_hq/kanto/sme/jigyokei/index.html",
        "follow_up_single": "https://jigyo-kei-jikkoseikojo.jp/",
        "follow_up_joint": "https://kyoujinnka.smrj.go.jp/guidance/follow_up_support.html",
    }


def test_the_book_names_exactly_the_47_prefectures(offices: Offices):
    assert sorted(offices.prefectures) == PREFECTURES
    assert (offices.prefectures[0], offices.prefectures[-1]) == ("北海道", "沖縄県")


@pytest.mark.parametrize("prefecture", PREFECTURES)
def test_each_prefecture_has_its_office_for_advice(offices: Offices, prefecture: str):
    assert offices.advice(prefecture).id == ADVISED_BY[prefecture]


@pytest.mark.parametrize("prefecture", PREFECTURES)
def test_each_prefecture_has_its_office_for_filing(offices: Offices, prefecture: str):
    office = offices.filing(prefecture)
    assert office is not None
    assert office.id == FILED_WITH[prefecture]


@pytest.mark.parametrize("prefecture", PREFECTURES)
def test_blocks_differ_in_four_prefectures_only(offices: Offices, prefecture: str):
    assert offices.blocks_differ(prefecture) is (prefecture in DIFFER)


@pytest.mark.parametrize("prefecture", PREFECTURES)
def test_four_prefectures_only_are_to_be_made_sure_of(offices: Offices, prefecture: str):
    assert offices.to_check(prefecture) is (prefecture in CHECK)


@pytest.mark.parametrize("prefecture", PREFECTURES)
def test_each_prefecture_has_its_one_loan_desk(offices: Offices, prefecture: str):
    ids = [office.id for office in offices.of_kind("finance", prefecture)]
    loans = "okinawa_finance" if prefecture == "沖縄県" else "jfc"
    assert ids == [loans, "guarantee_federation"]


@pytest.mark.parametrize("prefecture", PREFECTURES)
def test_each_prefecture_has_its_investment_company(offices: Offices, prefecture: str):
    ids = [office.id for office in offices.of_kind("investment", prefecture)]
    if prefecture in KYUSHU:
        assert ids == ["sbic_osaka", "sbic_osaka_kyushu"]
    elif prefecture in TOKYO:
        assert ids == ["sbic_tokyo"]
    else:
        assert ids == ["sbic_nagoya" if prefecture in NAGOYA else "sbic_osaka"]


def test_the_investment_companies_serve_18_5_and_24_prefectures(offices: Offices):
    served = [len(offices.by_id[f"sbic_{city}"].serves) for city in ("tokyo", "nagoya", "osaka")]
    assert served == [18, 5, 24]


def test_without_a_place_the_head_office_advises_and_no_office_takes_the_filing(offices: Offices):
    assert offices.advice(None).phone == "03-6459-0042"
    assert offices.filing(None) is None
    assert offices.of_kind("investment", None) == ()


def test_both_follow_up_desks_serve_everywhere(offices: Offices):
    ids = [office.id for office in offices.of_kind("follow_up", "石川県")]
    assert ids == ["follow_up_single", "follow_up_joint"]


def test_the_filing_map_stands_on_the_official_document_everywhere(offices: Offices):
    assert {post.evidence for post in offices.filing_posts.values()} == {"official"}


def test_an_unproven_place_never_claims_official_evidence(offices: Offices):
    proven = {name for name, post in offices.advice_posts.items() if post.evidence == "official"}
    assert proven == {"秋田県", "山形県", "埼玉県", "新潟県", "富山県", "福井県"}
    weak = {name: offices.advice_posts[name].evidence for name in sorted(CHECK)}
    assert weak == {
        "三重県": "background",
        "山梨県": "background",
        "長野県": "background",
        "静岡県": "press",
    }


def test_no_phone_stands_anywhere_but_those_of_the_offices():
    allowed = {phone for _, phone in NAMES_AND_PHONES.values() if phone}
    files = [*ROOT.glob("knowledge/**/*.yaml"), *ROOT.glob("dialogs/**/*.yaml")]
    found = {
        phone
        for file in files
        for phone in re.findall(r"(?<!\d)0\d{1,4}-\d{1,4}-\d{3,4}(?!\d)", file.read_text("utf-8"))
    }
    assert found == allowed


@pytest.mark.parametrize(
    "phone",
    [
        "03-5470-1620", "052-220-0516", "092-263-0300", "092-482-5488", "03-6848-8500",
        "03-6364-7000",
    ],
)  # fmt: skip
def test_a_number_of_another_desk_stands_only_in_the_check_that_refuses_it(phone: str):
    texts = {
        file.relative_to(ROOT).as_posix(): file.read_text("utf-8")
        for layer in ("knowledge", "dialogs", "bot")
        for file in (ROOT / layer).rglob("*")
        if file.suffix in {".yaml", ".json", ".py", ".md", ".html"}
    }
    assert "knowledge/offices.yaml" in texts
    digits = phone.replace("-", "")
    found = [name for name, text in texts.items() if phone in text or digits in text]
    assert [name for name in found if not name.startswith("bot/check/")] == []
