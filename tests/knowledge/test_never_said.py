"""What the content must never say: the 33 misreadings that have a wording, and promises.

The numbers are those of `test_traps.py`, where the right readings are.
"""

import re
from collections.abc import Callable

import pytest

Find = Callable[[str], list[str]]

TRAPS = {
    1: (r"出来ません|加算", "加算措置を受けることが出来ません"),
    2: (r"加算|上乗せ", "補助金の加算"),
    3: (r"優先採択|優先的に採択", "補助金の優先採択"),
    4: (r"(?<!\d)(20|18|２０|１８)[%％]|令和2年度末", "特別償却20%"),
    5: (r"期間内に対象設備を取得", "期間内に対象設備を取得"),
    6: (r"防火シャッター|排煙|衛星電話", "防火シャッター、排煙設備"),
    7: (r"影響の軽減自家発電|に資する機能を有する全ての設備.+シャッター", "影響の軽減自家発電設備"),
    8: (r"キューピクル", "キューピクル式"),
    9: (r"スタンダードバイ", "スタンダードバイ・クレジット"),
    10: (r"保障限度|通常枠別枠", "通常枠別枠"),
    11: (r"事業継続強化計画|事業継続強化支援", "事業継続強化計画"),
    12: (r"初動対応の変更", "初動対応の変更"),
    13: (r"認証マーク", "認証マークの発行"),
    14: (r"smri", "https://kyoujinnka.smri.go.jp/"),
    15: (
        r"keizokuryoku\.htm(?!l)",
        "https://www.chusho.meti.go.jp/keiei/antei/bousai/keizokuryoku.htm",
    ),
    16: (r"\\_", r"https://www.smrj.go.jp/regional\_hq/kanto"),
    17: (r"service\.smrj", "https://service.smrj.go.jp/cas/customer/questions/"),
    18: (r"482-?5488", "092-482-5488"),
    19: (r"2022年1月|2022年4月", "2022年1月"),
    20: (r"警視庁", "警視庁発表資料"),
    21: (
        r"[3-9３-９三四五]種類.*連携|連携.*[3-9３-９三四五]種類|方法は[^。]*[2-9２-９二三四五]種類",
        "「連携型」の連携方法は4種類",
    ),
    22: (r"約9[78]|98[%％]", "約97%の市区町村"),
    23: (r"二百一十|第二十号|四百四十五|下請(中小企業振興|代金)", "建築基準法「第二百一十号」"),
    25: (
        r"述問|新体制の構築等|いすれか|といふ|繼続|参考しながら|強靭|法人等をいい",
        "よくいただく述問",
    ),
    27: (
        r"sjnk|jp-ip|chubb\.com|sonpo|kaijo|aig\.co|nikkaren\.or",
        "https://www.sjnk.co.jp/hinsurance/",
    ),
    28: (r"IT導入補助金|ＩＴ導入|デジタル化・AI|再構築補助", "IT導入補助金の加点"),
    29: (r"日本興亜", "損保ジャパン日本興亜"),
    30: (r"[4４四](頁|ページ)", "申請書は4頁"),
    31: (r"自家発補助|普及啓発", "自家発補助金"),
    32: (r"2ヶ月1回|可能ことから", "2ヶ月1回の頻度"),
    33: (r"簡易版|BCPの一部|BCP」の一部", "『ジギョケイ』は『BCP』の簡易版"),
    34: (r"1回2時間", "1回2時間"),
    35: (r"2億7|2億5|270百万|２億７", "2億7千万円"),
}
"""For each trap the pattern of its wrong reading, and that reading as it stood in a source."""

PROMISES = {
    r"必ず(通り|認定され|採択され|受けられ|安くなり)ます(?!か)": "必ず通ります。",
    r"認定されます(?!か)": "45日で認定されます。",
    r"融資(が|を)受けられます(?!か)": "認定されると融資が受けられます。",
    r"割引されます(?!か)": "保険料は割引されます。",
    r"(?<!個別に)採択されます(?!か)": "優先して採択されます。",
    r"同時に(持て|受けられ)ます(?!か)": "両方の認定を同時に持てます。",
    r"6か月前から申請でき": "期限の6か月前から申請できます。",
    r"手数料は(無料|不要|かかりません)": "申請の手数料は不要です。",
    r"公式の?(ボット|bot|アカウント)です": "中小機構の公式ボットです。",
    r"受付時間は[^。]*\d|\d時(から|まで)": "受付時間は平日9時から17時までです。",
    r"節税": "節税になります。",
    r"4,171|71,237|18万件": "認定件数は4,171件です。",
}
"""Promises, and figures no source vouches for: the pattern, and a sentence it must catch."""


@pytest.mark.parametrize("trap", TRAPS)
def test_the_wrong_reading_stands_nowhere(find: Find, trap: int):
    assert find(TRAPS[trap][0]) == []


@pytest.mark.parametrize("trap", TRAPS)
def test_the_wrong_reading_would_be_found(trap: int):
    pattern, wrong = TRAPS[trap]
    assert re.search(pattern, wrong)


@pytest.mark.parametrize("promise", PROMISES)
def test_nothing_is_promised_and_nothing_unproven_is_said(find: Find, promise: str):
    assert find(promise) == []


@pytest.mark.parametrize("promise", PROMISES)
def test_a_promise_would_be_found(promise: str):
    assert re.search(promise, PROMISES[promise])


def test_the_search_reaches_every_kind_of_file_and_text(find: Find):
    assert find("^offices.yaml: 092-482-5561$")
    assert find("^subsidies.yaml: 加点$")
    assert find("^cases.yaml: 株式会社山海$")
    assert find("^gbiz.yaml: ")
    assert find("^consultation.yaml: .*連携型が合いそうです")
    assert find("^words.yaml: ")
    assert find("^advice.yaml: .*加点")
