"""Place names in typed words: the right prefecture, a question, or nothing; never a wrong one."""

import json
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.tools.labelled import load_utterances
from dialogs.understand.place import read_place_names
from dialogs.understand.reading import NOTHING, Reading
from knowledge.places import Places, load_places
from tests.conftest import ROOT

FILE = ROOT / "knowledge" / "municipalities.json"
DATA = json.loads(FILE.read_text(encoding="utf-8"))
ROWS = DATA["municipalities"] + DATA["wards"]
FIT = load_utterances(ROOT / "tests" / "understanding" / "slots_fit.yaml", "prefecture")
NAMES = {"担当の宮崎と申します", "日立の下請けです", "社長は石川といいます"}
"""Names of people and firms that are asked about as if they were places."""


@cache
def places() -> Places:
    return load_places(FILE)


def read(text: str) -> Reading:
    return read_place_names(text, places())


def named(reading: Reading) -> list[str]:
    return [value for (value,) in reading.candidates]


def sure(text: str) -> str | None:
    """The one prefecture the words were taken to mean."""
    reading = read(text)
    return named(reading)[0] if reading.sure else None


def bearers() -> dict[str, set[str]]:
    """Every municipality's and ward's name, with suffix and without, and where it lies."""
    found = {name[:-1]: {name} for name, _ in DATA["prefectures"]}
    for _, prefecture, _, _, name, _ in ROWS:
        for form in (name, name[:-1]):
            found.setdefault(form, set()).add(prefecture)
    return found


@pytest.mark.parametrize(
    "pattern", ["{0}{2}", "{0}{1}{2}です", "{0} {2}", "日本、{0}{1}{2}本町1-2"]
)
def test_every_municipality_after_its_prefecture_is_that_prefecture(pattern: str) -> None:
    texts = {pattern.format(row[1], row[2], row[4]): row[1] for row in ROWS}
    assert {text: sure(text) for text in texts} == texts


@pytest.mark.parametrize("pattern", ["{}", "{}です", "{}で工場をやってます", "〒123-4567 {}1-2-3"])
def test_every_full_name_alone_is_its_prefecture_or_asked(pattern: str) -> None:
    known = bearers()
    for name in {row[4] for row in ROWS}:
        reading = read(pattern.format(name))
        assert known[name] <= set(named(reading)), name
        assert reading.sure == (len(named(reading)) == 1), name


@pytest.mark.parametrize("pattern", ["{}", "{}です", "{}の鋳物屋", "{}で30人", "本社は{}"])
def test_no_stem_is_ever_taken_for_a_place_where_nothing_is_called_so(pattern: str) -> None:
    known = bearers()
    for stem in {row[4][:-1] for row in ROWS}:
        meant = sure(pattern.format(stem))
        assert meant is None or meant in known[stem], stem


@pytest.mark.parametrize("column", [5, slice(3, 6, 2)])
def test_no_reading_in_kana_leaves_its_prefecture_out(column: int | slice) -> None:
    for row in ROWS:
        text = "".join(row[column])
        assert row[1] in (named(read(text)) or [row[1]]), text


def test_the_labelled_half_is_right_or_rightly_asked_and_never_silently_wrong() -> None:
    wrong, missed = [], []
    for each in FIT:
        reading = read(each.says)
        options = set(named(reading))
        if each.among:
            good = not reading.sure and set(each.among) <= options
        else:
            silent = options == set() or each.says in NAMES
            good = silent if each.value is None else any(map(each.allows, options))
        if reading.sure and not each.allows(sure(each.says)):
            wrong.append(each.says)
        if not good:
            missed.append(each.says)
    assert wrong == []
    assert len(missed) <= 0.02 * len(FIT), missed


@pytest.mark.parametrize(
    ("text", "prefecture"),
    [
        ("北広島市", "北海道"),
        ("広島県北広島町", "広島県"),
        ("河内長野市", "大阪府"),
        ("長野原町", "群馬県"),
        ("山形村", "長野県"),
        ("東京都府中市", "東京都"),
        ("広島の府中", "広島県"),
        ("府中です、広島の", "広島県"),
        ("さいたま市中央区", "埼玉県"),
        ("浜松市浜名区", "静岡県"),
        ("大阪市の福島", "大阪府"),
        ("三重の川越", "三重県"),
        ("神奈川の金沢", "神奈川県"),
        ("埼玉熊谷で鋳物", "埼玉県"),
        ("中央区の銀座", "東京都"),
        ("東京都港区三田", "東京都"),
        ("熊谷市森町1丁目", "埼玉県"),
        ("津市", "三重県"),
        ("津の漁師", "三重県"),
        ("関で刃物", "岐阜県"),
        ("光", "山口県"),
        ("大分です", "大分県"),
        ("都内です", "東京都"),
        ("道内", "北海道"),
        ("大阪市内です", "大阪府"),
        ("熊谷あたりで", "埼玉県"),
        ("本社熊谷", "埼玉県"),
        ("現在埼玉県で営業", "埼玉県"),
        ("信州です", "長野県"),
        ("城崎温泉の旅館", "兵庫県"),
        ("軽井沢の旅館", "長野県"),
        ("鎌が谷", "千葉県"),
        ("龍ヶ崎市", "茨城県"),
        ("大坂", "大阪府"),
        ("高崎だいね", "群馬県"),
        ("鹿児島でごわす", "鹿児島県"),
        ("Kyoto desu", "京都府"),
        ("Osaka-fu", "大阪府"),
        ("sendai", "宮城県"),
    ],
)
def test_a_place_is_read(text: str, prefecture: str) -> None:
    assert sure(text) == prefecture


@pytest.mark.parametrize(
    ("text", "prefecture"),
    [
        ("くまがや", "埼玉県"),
        ("かが", "石川県"),
        ("しずおか", "静岡県"),
        ("つくばの研究所", "茨城県"),
        ("ならです", "奈良県"),
        ("ならの いこま", "奈良県"),
        ("ｶﾅｶﾞﾜｹﾝﾖｺﾊﾏｼ", "神奈川県"),
        ("カガワデス", "香川県"),
        ("クルメのほう", "福岡県"),
        ("うちはクマガヤで", "埼玉県"),
        ("うちはくまがやでいものやってます", "埼玉県"),
        ("秋田のよこて", "秋田県"),
        ("くまがや市", "埼玉県"),
        ("おーさか", "大阪府"),
        ("いしかわけんかがし", "石川県"),
        ("なごやだがや", "愛知県"),
    ],
)
def test_a_place_in_kana_is_read(text: str, prefecture: str) -> None:
    assert sure(text) == prefecture


@pytest.mark.parametrize(
    ("text", "prefectures"),
    [
        ("府中市です", "東京都 広島県"),
        ("伊達市", "北海道 福島県"),
        ("港区", "東京都 愛知県 大阪府"),
        ("大田", "東京都 島根県"),
        ("府内", "京都府 大阪府"),
        ("草津", "滋賀県 群馬県"),
        ("西条の酒蔵", "愛媛県 広島県"),
        ("大島", "東京都 鹿児島県 山口県"),
        ("上野で飲食", "東京都 三重県"),
        ("さかいでやってます", "大阪府 香川県"),
        ("埼玉か群馬", "埼玉県 群馬県"),
        ("神奈川、金沢", "神奈川県 石川県"),
        ("大阪、福島に店があります", "大阪府 福島県"),
        ("東京都横浜市", "東京都 神奈川県"),
        ("熊谷市高崎市", "埼玉県 群馬県"),
        ("埼玉で創業 府中市です", "埼玉県 東京都 広島県"),
        ("中央区日本橋", "東京都 大阪府"),
        ("東京から千葉に移転しました", "東京都 千葉県"),
        ("山口と言います 会社は岡山の倉敷", "山口県 岡山県"),
        ("宮城と申します 会社は千葉県の柏", "宮城県 千葉県"),
    ],
)
def test_what_may_be_several_places_is_asked(text: str, prefectures: str) -> None:
    reading = read(text)
    assert not reading.sure
    assert set(prefectures.split()) <= set(named(reading))


@pytest.mark.parametrize(
    ("text", "prefecture"),
    [
        ("山田です", "岩手県"),
        ("島田", "静岡県"),
        ("工場は奈良です", "奈良県"),
        ("代表の山口です", "山口県"),
        ("屋号は京都 場所は滋賀屋", "京都府"),
        ("出身は熊本", "熊本県"),
        ("東京でも使えますか", "東京都"),
        ("熊谷駅前", "埼玉県"),
        ("南大阪", "大阪府"),
        ("うちは さばえで めがね", "福井県"),
        ("弊社は新熊谷市", "埼玉県"),
        ("会社はかが", "石川県"),
    ],
)
def test_what_may_be_no_head_office_or_no_place_is_asked(text: str, prefecture: str) -> None:
    assert read(text) == Reading(((prefecture,),), sure=False)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "九州です",
        "東北",
        "関東",
        "県内",
        "三重町",
        "津波が心配",
        "関係ない",
        "それに関して",
        "大分前から",
        "大分かかる",
        "大阪屋です",
        "山口さん",
        "千葉銀行",
        "東京ガス",
        "熊本地震みたいなのが来たら",
        "東日本大震災",
        "広島お好み焼き",
        "草加せんべい",
        "大阪みたいな",
        "市区分",
        "港区分",
        "燕の洋食器",
        "かさい",
        "そうです",
        "いえ",
        "やめ",
        "サイト",
        "ギフト",
        "カガク",
        "くじ引き",
        "せとものや",
        "あいおいニッセイ",
        "それなら",
        "言うならそうや",
        "何がなら",
        "県北市",
    ],
)
def test_other_words_name_no_place(text: str) -> None:
    assert read(text) == NOTHING


@pytest.mark.parametrize(
    ("text", "prefecture"),
    [
        ("本社は大阪、工場は奈良", "大阪府"),
        ("工場は奈良、本社は大阪", "大阪府"),
        ("本社は大阪工場は奈良", "大阪府"),
        ("本社 大阪 工場 奈良", "大阪府"),
        ("大阪本社 奈良工場", "大阪府"),
        ("大阪が本社で奈良に工場があります", "大阪府"),
        ("大阪が本社、奈良に工場があります", "大阪府"),
        ("工場は奈良ですが登記は大阪です", "大阪府"),
        ("登記簿上は大阪、事務所は奈良", "大阪府"),
        ("本社が福岡で支店が大阪と東京", "福岡県"),
        ("福岡に本社がある会社の熊本支店です", "福岡県"),
        ("取引先が東京で、うちは山梨", "山梨県"),
        ("出身は熊本だけど会社は福岡", "福岡県"),
        ("東京の隣の千葉です", "千葉県"),
        ("熊谷やけど東京にも店がある", "埼玉県"),
        ("埼玉県の会社です、山田と申します", "埼玉県"),
        ("灘の酒を仕入れて岡山で売る", "岡山県"),
        ("宇治の茶葉を買って金沢で店をやる", "石川県"),
        ("青森のりんごを前橋で売ってます", "群馬県"),
        ("名古屋の会社の孫請けで、場所は桑名", "三重県"),
        ("福岡に納品してる、佐賀県の唐津です", "佐賀県"),
        ("岐阜との県境の、愛知県犬山市", "愛知県"),
        ("自宅は奈良、店は大阪", "大阪府"),
        ("前は仙台、今は盛岡", "岩手県"),
        ("群馬県出身、船橋で店", "千葉県"),
        ("宮古市、三陸の", "岩手県"),
    ],
)
def test_the_head_office_wins_over_other_places(text: str, prefecture: str) -> None:
    assert sure(text) == prefecture


@pytest.mark.parametrize("text", ["登記は東京、実際は千葉", "本店は東京、仕事してるのは千葉"])
def test_work_done_elsewhere_than_where_it_is_registered_is_asked(text: str) -> None:
    assert not read(text).sure
    assert set(named(read(text))) == {"東京都", "千葉県"}


@pytest.mark.parametrize("text", ["日立の協力会社", "豊田の下請けです", "大阪に納品してます"])
def test_a_customer_s_place_alone_is_asked(text: str) -> None:
    assert not read(text).sure


@pytest.mark.parametrize("text", ["本社は大阪と奈良", "工場は奈良 事務所は大阪"])
def test_two_places_without_one_head_office_are_asked(text: str) -> None:
    assert not read(text).sure
    assert set(named(read(text))) == {"大阪府", "奈良県"}


@pytest.mark.parametrize(
    ("text", "prefecture"),
    [
        ("大阪やのうて奈良", "奈良県"),
        ("埼玉じゃなくて群馬", "群馬県"),
        ("埼玉ではなく群馬です", "群馬県"),
        ("大阪ちゃう、奈良や", "奈良県"),
        ("東京ではありません千葉です", "千葉県"),
        ("秋田でねくて山形", "山形県"),
        ("熊本じゃなか、鹿児島", "鹿児島県"),
        ("東京は関係ない 千葉です", "千葉県"),
        ("東京じゃない", None),
        ("大阪は本社ちゃうで", None),
        ("東京以外", None),
    ],
)
def test_a_place_denied_is_not_meant(text: str, prefecture: str | None) -> None:
    assert sure(text) == prefecture
    assert len(named(read(text))) == (prefecture is not None)


@given(st.text(alphabet="大阪奈良の府中市区、は本社工場さいたま くまがや県!", max_size=40))
def test_whatever_is_typed_is_read_without_an_error(text: str) -> None:
    reading = read(text)
    assert len(set(reading.candidates)) == len(reading.candidates)
    assert not reading.sure or len(reading.candidates) == 1
