"""Loading the offices, and the fault each mistake is told by."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from knowledge.load import load_book
from knowledge.offices import KINDS, Office, Post
from tests.knowledge.small import NAMES

Edited = Callable[[str, str, str], list[str]]
FILE = "knowledge/offices.yaml"


def test_an_office_is_read_with_all_its_fields(folder: Path):
    assert load_book(folder).offices.by_id["smrj_east"] == Office(
        id="smrj_east",
        rows=("1.8.1-3",),
        kind="advice",
        name="東本部",
        phone="03-0000-0002",
        url="https://east.example.jp/a",
        address="〒000-0000 甲県1-1",
        mail="east@example.jp",
        serves=(),
        source="S2",
        place="P9",
        evidence="official",
        checked_on=date(2026, 11, 22),
    )


def test_what_an_office_does_not_have_is_none(folder: Path):
    offices = load_book(folder).offices
    head, filing = offices.headquarters, offices.by_id["meti_east"]
    assert (head.phone, head.url, head.address, head.mail) == ("03-0000-0001", None, None, None)
    assert (filing.phone, filing.url) == (None, "https://west.example.jp")
    assert filing.serves == ("甲県", "乙県")


def test_both_maps_are_read_with_who_says_so(folder: Path):
    offices = load_book(folder).offices
    assert offices.prefectures == NAMES
    assert offices.advice_posts["甲県"] == Post("smrj_east", "press", date(2026, 11, 20), True)
    assert offices.advice_posts["乙県"] == Post("smrj_east", "official", date(2026, 11, 21), False)
    assert offices.filing_posts["甲県"] == Post("meti_east", "official", date(2026, 11, 22), False)
    assert offices.advice_posts[NAMES[-1]].check is False


def test_there_are_six_kinds_of_offices():
    assert KINDS == ("advice", "filing", "headquarters", "finance", "investment", "follow_up")


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("kind: headquarters", "kind: hq", "4: 「hq」は使えません。advice、filing、headquarters、"),
        ("name: 本部", "name:", "5: 「name」には言葉が1つ要ります。"),
        ("name: 本部", "nama: 本部", "2: 「headquarters」に「name」がありません。"),
        ("name: 本部", "name: 本部\n    fax: x", "6: 「fax」という項目はありません。使えるのは k"),
        ("row: 1.8.1-11", "row: 本部", "3: 「本部」は行の番号（例 1.4.2-3）ではありません。"),
        ("phone: 03-0000-0001", "phone: [a]", "6: 「phone」には言葉が1つ要ります。"),
        ("url: https://east.example.jp/a", "url:", "16: 「url」には言葉が1つ要ります。"),
        ("address: 〒000-0000 甲県1-1", "address: [a]", "17: 「address」には言葉が1つ要ります。"),
        ("mail: east@example.jp", "mail:", "18: 「mail」には言葉が1つ要ります。"),
        ("serves: [甲県, 乙県]", "serves: [甲県, '']", "28: 「1」には言葉が1つ要ります。"),
        ("serves: [甲県, 乙県]", "serves: [甲県, 乙]", "28: 「乙」という都道府県はありません。"),
        ("serves: [甲県, 乙県]", "serves: 丙府", "28: 「丙府」という都道府県はありません。"),
        ("place: P2", "place: ''", "30: 「place」には言葉が1つ要ります。"),
    ],
)
def test_a_fault_in_an_office_is_named_with_its_line(
    edited: Edited, old: str, new: str, fault: str
):
    faults = edited("offices.yaml", old, new)
    assert [line for line in faults if line.startswith(f"{FILE}:{fault}")], faults


@pytest.mark.parametrize(
    "phone",
    [
        "0300000001", "03-00000001", "3-0000-0001", "+81-3-0000-0001", "03-0000-00011",
        "03-0000-01", "03(0000)0001", "０３-0000-0001", "03-0000-0001 (代)", "03--0001",
        "012345-0000-0001",
    ],
)  # fmt: skip
def test_a_phone_in_another_shape_is_refused(edited: Edited, phone: str):
    assert edited("offices.yaml", "03-0000-0001", phone) == [
        f"{FILE}:6: 「{phone}」は 03-1234-5678 の形で書いてください。"
    ]


@pytest.mark.parametrize("phone", ["0120-154-505", "011-210-7473", "03-5470-1606", "0980-5-6789"])
def test_phones_of_every_length_are_read(folder: Path, phone: str):
    path = folder / "offices.yaml"
    path.write_text(path.read_text("utf-8").replace("03-0000-0001", phone), encoding="utf-8")
    assert load_book(folder).offices.headquarters.phone == phone


@pytest.mark.parametrize(
    "url",
    ["http://east.example.jp/a", "east.example.jp", "https://", "https://a.jp/b c", "https:/a"],
)
def test_an_address_that_is_no_safe_one_is_refused(edited: Edited, url: str):
    assert edited("offices.yaml", "https://east.example.jp/a", url) == [
        f"{FILE}:16: 「{url}」は https://… の形で書いてください。"
    ]


def test_an_office_without_phone_and_address_is_refused(edited: Edited):
    assert edited("offices.yaml", "    phone: 03-0000-0001\n", "") == [
        f"{FILE}:2: 「headquarters」には phone か url が要ります。"
    ]


def test_there_must_be_a_head_office(edited: Edited):
    assert f"{FILE}:1: 本部（headquarters）の窓口がありません。" in edited(
        "offices.yaml", "  headquarters:", "  head_office:"
    )
