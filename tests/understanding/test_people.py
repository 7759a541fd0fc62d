"""Numbers of employees in typed words: the right span or nothing, never silently a wrong one."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.tools.labelled import load_utterances
from dialogs.intervals import PEOPLE, bands
from dialogs.understand.people import read_headcount, read_people

Ends = tuple[int, int | None]
FIT = load_utterances(Path(__file__).with_name("slots_fit.yaml"), "employees")


def cases(table: str) -> list[tuple[str, Ends]]:
    """「50人以上=50-」 is 50 or more."""
    found = re.findall(r"(\S+)=(\d+)-(\d*)", table)
    return [(text, (int(low), int(high) if high else None)) for text, low, high in found]


def said(text: str) -> Ends | None:
    """What is read where employees are asked."""
    span = read_people(text, alone=True)
    return (span.low, span.high) if span else None


def as_said(text: str) -> Ends | None:
    """The number as the person counts, whoever is an employee."""
    found = read_headcount(text, alone=True)
    return (found.said.low, found.said.high) if found else None


def in_passing(text: str) -> Ends | None:
    """What is read where something else is asked."""
    span = read_people(text, alone=False)
    return (span.low, span.high) if span else None


def test_the_fit_set_is_read_right_and_nothing_silently_wrong() -> None:
    read = [(each, as_said(each.says)) for each in FIT]
    missed = [(each.says, ends) for each, ends in read if not each.allows(ends and list(ends))]
    assert [says for says, ends in missed if ends] == []
    assert len(missed) <= len(FIT) * 0.02


def test_about_as_many_as_a_limit_may_lie_on_both_sides_of_it() -> None:
    low, high = said("50人前後") or (0, 0)
    assert bands(PEOPLE, low, high) == ("21-50", "51-100")


@pytest.mark.parametrize(
    "text", ["30", "うちは30", "だいたい30くらいです", "ざっと30かな", "30で", "30?"]
)
def test_a_bare_number_counts_only_where_employees_are_asked(text: str) -> None:
    assert said(text) == (30, 30)
    assert in_passing(text) is None


ANYWHERE = """
26名くらい=26-26 従業員は30=30-30 社員さん六人=6-6 3百人=300-300 パート含め12=12-12
従業員数：25名=25-25 全従業員数120名=120-120 熊谷の鋳物屋で三十人くらい=30-30
20人ほどのちっちゃい工場=20-20 30人、埼玉で製造=30-30 10人未満=0-9 50人以上=50- 300人超=301-
百人弱=90-99 2,3人=2-3 社員数名=2-6
"""


@pytest.mark.parametrize(("text", "span"), cases(ANYWHERE))
def test_people_with_their_unit_are_read_anywhere(text: str, span: Ends) -> None:
    assert said(text) == in_passing(text) == span


TOGETHER = """
正社員10人パート5人=10-15 社員は30、パート20=30-50 正規20名、非正規30名=20-50
正社員20名・パート15名の計35名=35-35 35名（正社員20名、パート15名）=35-35
従業員35人、うち15人はパート=35-35 15人のうち5人がパート=15-15 15人、5人はパート=15-20
パート3人、バイト2人=5-5 本社10人、工場20人=30-30 本社10人、工場20人、パート5人=30-35
社員100人以上とパート5人=100- 本社10人、工場100人以上=110- 30人、三十人です=30-30
職人8人と事務3人=11-11 男12人女11人の23人=23-23 20人と15人で35人=35-35 従業員30人、職人20人=30-50
"""


@pytest.mark.parametrize(("text", "span"), cases(TOGETHER))
def test_part_timers_widen_and_a_total_wins(text: str, span: Ends) -> None:
    assert said(text) == span


JOBS = """
男7女4=11-11 営業4、現場16=20-20 厨房2人とホール5人=7-7 大工6人に見習い2人=8-8
日本人12人外国人3人=15-15 店に4人、工場に9人=13-13 医師2名、看護師6名、事務2名=10-10
正社員ゼロ、バイト4人=4-4 12人中4人がパート=12-12 正6パ9=6-15 社員6・バイト3=6-9
フルタイム4、短時間6=4-10
"""


@pytest.mark.parametrize(("text", "span"), cases(JOBS))
def test_people_of_several_jobs_are_added(text: str, span: Ends) -> None:
    assert said(text) == span


WITHOUT_NUMBER = """
片手で足ります=1-5 両手で足りるくらい=1-10 一桁です=1-9 二ケタいきません=0-9 三桁には届かない=0-99
夫婦二人三脚で=1-2
"""


@pytest.mark.parametrize(("text", "span"), cases(WITHOUT_NUMBER))
def test_a_size_said_without_a_number_is_read(text: str, span: Ends) -> None:
    assert said(text) == span


@pytest.mark.parametrize("text", ["20人から25人に増やす予定", "3人から5人になる見込み"])
def test_a_number_that_is_only_planned_is_not_read(text: str) -> None:
    assert said(text) is None


@pytest.mark.parametrize("text", ["取引先と二人三脚", "両手では足りない", "1日40人のお客"])
def test_figures_of_speech_and_customers_are_no_employees(text: str) -> None:
    assert said(text) is None


OWNERS = """
役員だけ=0-0 役員3人だけ=0-0 役員3人と社員5人=5-5 事業主だけです=0-0 わししかおらん=0-0
従業員はいません=0-0 人は雇ってないです=0-0 一人もおらん=0-0 ひとり親方=0-1 一人でやってる=0-1
わし一人や=0-1 従業員1名=1-1 嫁と二人=1-2 夫婦でやってます=1-2 家族だけ=0-5
家族3人とパート2人=2-5 社長含めて5人=4-5 5人（社長込み）=4-5 役員含めて10人=5-10
夫婦とバイト2人=2-4 妻と従業員4人=4-5 職人6人と嫁=6-7 社長以下9名=8-9 主人とわたしだけ=0-5
社長を除いて7人=7-7 自分のほかに3人=3-3 40名（役員3名含む）=35-40 人は使ってません=0-0
"""


@pytest.mark.parametrize(("text", "span"), cases(OWNERS))
def test_officers_owner_and_family_are_no_employees(text: str, span: Ends) -> None:
    assert said(text) == in_passing(text) == span


@pytest.mark.parametrize("text", ["なし", "いません", "ゼロ", "誰もおらん"])
def test_nobody_at_all_is_zero_where_employees_are_asked(text: str) -> None:
    assert said(text) == (0, 0)


CORRECTED = """
六人 いや七人=7-7 20人くらい、正確には22人=22-22 先月ふたり辞めて9人=9-9 12人→14人=14-14
40人か、いや41人や=41-41 20人ちょっと、21人かな=21-21 連結で400人、単体30人=30-30
やっぱり従業員は60人=60-60 30人、いややっぱり20人=20-20 30人じゃなくて20人=20-20
去年は30人、今は20人=20-20 30人だったけど今は20人=20-20 3人辞めて今10人=10-10
30人いたのが25人に減りました=25-25 取引先は50社うちは9人=9-9 組合員は60社で職員3人=3-3
隣は30人、うちの社員は8人=8-8 3人の子どもがいて、社員は8人=8-8
"""


@pytest.mark.parametrize(("text", "span"), cases(CORRECTED))
def test_a_correction_the_present_and_our_own_firm_win(text: str, span: Ends) -> None:
    assert said(text) == span


AS_SAID = """
旦那とわたしの二人=2-2 両親とわたしの三人でやってます=3-3 社長以下12名=12-12
わしだけ=1-1 事業主のみ=1-1
正社員12、パート4=16-16 常勤3名・非常勤5名=8-8
フル2、パート8=10-10 家族4人とパート3人=7-7
夫婦とバイト2人=4-4
自分含めて4人=4-4 オーナーひとり=1-1 役員だけ=0-0 役員2人に社員6人=6-6 15人、5人はパート=15-15
八人前後やな=8-8 20〜30人前後=20-30 40人いるかどうか=40-40 5人いくかいかないか=5-5
正社員2,3人とパート5人=7-8 20〜30人=20-30 10人もいない=0-9 数十人=20-60 家族だけ=0-5
従業員は18人、他に季節雇いがちょっとおる=18-18 社員30、それとアルバイト若干=30-30
"""


@pytest.mark.parametrize(("text", "span"), cases(AS_SAID))
def test_the_number_as_said_counts_all_who_are_named(text: str, span: Ends) -> None:
    assert as_said(text) == span


def test_a_few_uncounted_beside_a_number_may_reach_the_next_band() -> None:
    assert said("社員48人、ほかにパートがちょっと") == (48, 57)


SUMS = """
溶接3、塗装2、事務1で6人=6-6 事務3、現場14、運転手2の19人=19-19 男5女3で8人=8-8
職人6、事務1、合わせて7です=7-7 本社10、工場25、倉庫5で、40人=40-40
"""


@pytest.mark.parametrize(("text", "span"), cases(SUMS))
def test_a_sum_given_at_the_end_is_the_total(text: str, span: Ends) -> None:
    assert said(text) == span


IN_DOUBT = """
20人だったかな=20-20 30人じゃったかのう=30-30 12人やったかね=12-12 十人かのう=10-10 9人だったか=9-9
24〜5人かな=24-25 120〜30人=120-130 両手ほど=10-10 片手くらいです=5-5
"""


@pytest.mark.parametrize(("text", "span"), cases(IN_DOUBT))
def test_a_number_in_doubt_is_stated_all_the_same(text: str, span: Ends) -> None:
    assert said(text) == span


def test_a_range_that_falls_is_none() -> None:
    assert said("10〜5人") is None


NOT_STAFF = """
わからん|平成30年|30年やってる|30万円|1000万|3つ|3人の子ども|4人家族|10名様|5人前|お客さん50人
取引先の従業員は30人|来年5人採用する|昨日3人来た|去年、従業員は30人|5人で旅行に行った|30人ではない
従業員の平均年齢は45|従業員30年勤続|048-123-4567|1億人|人がいなくて困ってる|専門のスタッフがいない
パートしかいない|私だけでは決められない|役員5人|ひとりでやるつもり
"""


@pytest.mark.parametrize("text", ["", "9" * 1_000_000, *re.split(r"[|\n]", NOT_STAFF.strip())])
def test_what_is_not_the_number_of_employees_is_not_read(text: str) -> None:
    assert said(text) is None
    assert in_passing(text) is None


DOUBTFUL = """
正社員8人だけどパートもいる|30人、15人|社員40、他10|従業員数十人
東京に3人大阪に2人|1店舗5人で3店舗|1班5人の3班|従業員なしでも対象ですか
"""


@pytest.mark.parametrize("text", re.split(r"[|\n]", DOUBTFUL.strip()))
def test_in_doubt_nothing_is_read(text: str) -> None:
    assert said(text) is None


ASKED = """
従業員300人を超えると対象外ですか？|従業員30人以下なら入れますか|従業員300人以下ですよね
従業員6人の飲食店でも受けられますか|20人以下の会社が対象？
"""


@pytest.mark.parametrize("text", re.split(r"[|\n]", ASKED.strip()))
def test_a_number_inside_a_question_is_no_answer(text: str) -> None:
    assert said(text) is None
    assert in_passing(text) is None


@pytest.mark.parametrize("text", ["30人ですけど入れますか", "うちは30人。対象ですか？"])
def test_a_number_stated_before_a_question_is_an_answer(text: str) -> None:
    assert said(text) == in_passing(text) == (30, 30)


@given(st.text(), st.booleans())
def test_any_text_is_read_without_an_error(text: str, alone: bool) -> None:
    read_people(text, alone)


WORDS = (
    "30人 従業員 社員 パート 役員 だけ 家族 うちは 今は 、 と ではなく 以上 もいない ですか なし"
)
PIECES = WORDS.split()


@given(st.lists(st.sampled_from(PIECES), max_size=8), st.booleans())
def test_any_row_of_words_gives_a_possible_span_or_none(pieces: list[str], alone: bool) -> None:
    span = read_people("".join(pieces), alone)
    assert span is None or (span.low >= 0 and (span.high is None or span.high >= span.low))


@given(st.integers(min_value=0, max_value=9_999), st.sampled_from(["人", "名", "人くらいです"]))
def test_every_number_of_people_reads_back(number: int, unit: str) -> None:
    assert said(f"{number}{unit}") == in_passing(f"社員は{number}{unit}") == (number, number)
