"""Reading standing, partner, plan and worries: sure when said plainly, asked when in doubt."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.tools.labelled import Utterance, load_utterances
from dialogs.understand.load_phrases import load_phrases
from dialogs.understand.phrases import Phrases
from dialogs.understand.reading import NOTHING, Reading
from knowledge.errors import FileError

HERE = Path(__file__).resolve().parent
FILE = HERE.parent.parent / "dialogs" / "understand" / "phrases.yaml"
FIT = HERE / "slots_fit.yaml"
ASKED = ("standing", "partner", "plan", "concern")
Faults = Callable[[str], str]


@pytest.fixture(scope="module")
def phrases() -> Phrases:
    return load_phrases(FILE)


@pytest.fixture
def faults(tmp_path: Path) -> Faults:
    """What loading the file complains about when this stands in for its part `concern`."""

    def load(concern: str) -> str:
        rest = "".join(
            f"{each}: {{denial: [ない], values: {{}}}}\n"
            for each in ("standing", "partner", "plan")
        )
        (tmp_path / "phrases.yaml").write_text(rest + "concern:\n" + concern, "utf-8")
        with pytest.raises(FileError) as refused:
            load_phrases(tmp_path / "phrases.yaml")
        return str(refused.value)

    return load


def named(reading: Reading, question: str) -> list[str]:
    """The values given, most likely first; worries are one answer of several values."""
    if question == "concern":
        return list(reading.candidates[0]) if reading.candidates else []
    return [values[0] for values in reading.candidates]


def right(each: Utterance, reading: Reading) -> bool:
    given = named(reading, each.slot)
    if each.among:
        return not reading.sure and set(each.among) <= set(given)
    if each.value in (None, []):
        return reading == NOTHING
    return reading.sure and each.allows(given if each.slot == "concern" else given[0])


@pytest.mark.parametrize("question", ASKED)
def test_at_most_two_of_the_fit_set_are_missed_and_none_silently_wrong(
    phrases: Phrases, question: str
) -> None:
    labelled = load_utterances(FIT, question)
    read = [(each, phrases.read(question, each.says, True)) for each in labelled]
    missed = [each.says for each, reading in read if not right(each, reading)]
    silent = {each.says for each, reading in read if reading.sure and each.says in missed}
    assert len(missed) <= 2, missed
    assert silent == set()


@pytest.mark.parametrize(
    ("question", "says", "means"),
    [
        ("standing", "組合に入っている鋳物屋です", "own"),
        ("standing", "NPOじゃなくて有限会社です", "own"),
        ("standing", "商店街の花屋です", "own"),
        ("standing", "医療法人の事務です", "other_corporation"),
        ("standing", "浸水してる助けて", "disaster"),
        ("standing", "来月カフェをオープンします", "not_started"),
        ("partner", "まだまとまっていない", "candidate"),
        ("partner", "組合には入ってへんし相手もおらん", "none"),
        ("plan", "BCPはない", "none"),
        ("plan", "単独じゃなくて連携型 あと2年", "joint_active"),
        ("plan", "単独型 あと11か月", "single_active"),
        ("plan", "単独型 あと1か月", "single_ending"),
        ("plan", "先週、単独型の認定がおりました", "single_active"),
        ("plan", "受けちょりません", "none"),
        ("plan", "連携型じゃない方で、3か月後に切れる", "single_ending"),
        ("partner", "組合に入っています。約束はしてません", "member"),
        ("partner", "電話が来ないです", ""),
        ("partner", "声をかけたけど断られました", "none"),
        ("standing", "取引先に頼まれた信金です", "proxy"),
        ("concern", "ようわかりません", "unknown"),
        ("concern", "ドライバーが集まらん", "staff"),
        ("concern", "地震は心配ない 水害", "flood"),
        ("concern", "部品が入ってこない", "supply_chain"),
    ],
)
def test_what_is_denied_past_or_another_s_does_not_count(
    phrases: Phrases, question: str, says: str, means: str
) -> None:
    expected = Reading(((means,),), sure=True) if means else NOTHING
    assert phrases.read(question, says, True) == expected


def test_several_worries_are_one_answer_in_their_order(phrases: Phrases) -> None:
    both = Reading((("fire", "cyber"),), sure=True)
    assert phrases.read("concern", "火事とサイバー", True) == both


def test_a_denial_takes_back_all_it_lists(phrases: Phrases) -> None:
    assert phrases.read("concern", "地震も台風も心配ない", True) == NOTHING


@pytest.mark.parametrize(
    ("question", "says", "could"),
    [
        ("standing", "診断士です", {"supporter", "proxy", "own"}),
        ("standing", "組合ではありません", {"own", "proxy"}),
        ("standing", "社長の代わりに聞いてます", {"own", "proxy"}),
        ("partner", "組合に入っとるけど相手はおらん", {"member", "none"}),
        ("plan", "更新したい", {"single_ending", "joint_ending"}),
        ("plan", "単独型", {"single_active", "single_ending"}),
    ],
)
def test_what_could_be_two_things_is_asked(
    phrases: Phrases, question: str, says: str, could: set[str]
) -> None:
    reading = phrases.read(question, says, True)
    assert not reading.sure
    assert set(named(reading, question)) == could


FAMILIES = """
partner member 青果組合さ入ってら
partner member 団地さ入っとるす
partner member 商店街さ加盟してる
partner member 協同組合さも入ってるんだども
partner member うちは商工組合さ所属してます
partner some_members 賛成の組合員だけで
partner some_members やる気のある会員さんだけで
partner some_members 参加したい会社さんだけでやる
partner some_members 手を挙げた組合員さんらで始める
partner some_members やれる店さんだけで
partner some_members 希望する組合員さんと
plan none ジギョケイなんて昨日知りました
plan none この制度、さっき初めて知った
plan none ジギョケイって言葉すら知らんかった
plan none 今日聞いたばかりです
plan none そんな制度があるのを今知りました
plan none 名前も聞いたことなかった
plan none 先週チラシで知ったばっかりです
plan none いま知ったとこや
plan none 初めて聞きました
plan none ジギョケイいうのをこないだ新聞で見ました
concern unknown どれも心配で選べません
concern unknown 全部こわい
concern unknown 何もかも不安で決められん
concern unknown ひとつに絞れない
concern unknown 選びきれん
concern unknown いろいろ不安
concern unknown これといってない
concern unknown 特にありません
concern unknown 別にないよ
concern unknown 今のところなし
concern unknown 特になし
concern earthquake ぜんぶ心配やけど地震が一番
concern flood,earthquake 全部心配、特に大雨と地震
concern snow どか雪で国道が通れんくなる
concern snow 吹雪で峠が通行止めになる
concern snow 大雪で道路が埋まる
concern snow 雪で孤立するのが心配
concern snow 豪雪で道が不通
concern snow,shared_site 雪と団地の道路
concern earthquake,first_response 地震が起きたら最初に何をすればいいか
concern first_response いざとなったら何から手をつけたらいいか
concern first_response もしもの時まず何したらええんか
concern first_response 災害のとき誰が何をするか
concern first_response 非常時に何をやったらいいか
concern first_response 社員の安否確認のやり方
concern first_response 安否確認と避難の決まりがない
concern first_response 安否確認どげんしたらよかか
concern first_response 避難と連絡の手順
concern first_response 有事に誰が指示するか
concern where_to_start 何から始めればいいか
concern where_to_start 最初に何すればいいか
concern where_to_start 計画は何から書けば
concern earthquake,flood じしんとかかわとか
concern flood,earthquake みずとかじしんとか
concern flood,typhoon 川とか台風とか
concern earthquake,flood 地震だの水だの
concern outage 水とか電気とか止まるのがこまる
concern flood 水とかが心配
concern fire,flood 火事とか水とか
concern earthquake,typhoon,flood じしんやら台風やら水やら
"""


@pytest.mark.parametrize("row", FAMILIES.strip().splitlines())
def test_each_family_of_words_means_one_thing(phrases: Phrases, row: str) -> None:
    question, means, says = row.split(" ", 2)
    reading = phrases.read(question, says, alone=True)
    assert reading.sure
    assert sorted(named(reading, question)) == sorted(means.split(","))


@pytest.mark.parametrize("says", ["書き方わからんけん助けて", "取引先が浸水して困ってる"])
def test_paperwork_and_another_s_damage_are_no_disaster(phrases: Phrases, says: str) -> None:
    assert phrases.read("standing", says, alone=True) == NOTHING


def test_a_question_is_no_plain_answer(phrases: Phrases) -> None:
    assert not phrases.read("standing", "NPOも対象ですか", True).sure
    assert phrases.read("standing", "NPOも対象ですか", False) == NOTHING
    assert phrases.read("standing", "うちNPOやけどもらえる", False) == NOTHING


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("partner", "いない"),
        ("plan", "ない"),
        ("plan", "更新したい"),
        ("standing", "組合"),
        ("concern", "地震"),
        ("concern", "停電のときの補助金"),
    ],
)
def test_beside_another_question_only_the_unmistakable_counts(
    phrases: Phrases, question: str, says: str
) -> None:
    assert phrases.read(question, says, False) == NOTHING


@pytest.mark.parametrize(
    ("question", "says", "means"),
    [
        ("standing", "医療法人です 30人", "other_corporation"),
        ("standing", "いま浸水してます どうしたらいいですか", "disaster"),
        ("partner", "鋳物屋で組合に入ってます", "member"),
        ("plan", "単独型 あと2年", "single_active"),
        ("concern", "埼玉の工場で地震が心配", "earthquake"),
    ],
)
def test_the_unmistakable_counts_at_any_question(
    phrases: Phrases, question: str, says: str, means: str
) -> None:
    assert phrases.read(question, says, False) == Reading(((means,),), sure=True)


def test_damage_and_a_question_on_money_is_asked_first(phrases: Phrases) -> None:
    reading = phrases.read("standing", "台風で被災しました 補助金はありますか", True)
    assert reading == Reading((("disaster",),))


def test_fear_of_damage_is_no_damage(phrases: Phrases) -> None:
    assert "disaster" not in named(phrases.read("standing", "浸水したら困る", True), "standing")


@pytest.mark.parametrize("question", ASKED)
@pytest.mark.parametrize("says", ["", "30人です", "こんにちは", "埼玉県", "資本金1000万"])
def test_words_on_other_things_say_nothing(phrases: Phrases, question: str, says: str) -> None:
    assert phrases.read(question, says, True) == NOTHING


def test_an_unknown_value_is_refused_with_its_line(faults: Faults) -> None:
    said = faults("  denial: [ない]\n  values:\n    meteor: {clear: [隕石]}\n")
    assert "phrases.yaml:7: 「meteor」は使えません" in said


def test_a_pattern_given_twice_is_refused(faults: Faults) -> None:
    said = faults("  denial: [ない]\n  values:\n    fire:\n      clear: [火事, 火事]\n")
    assert "phrases.yaml:8: 「火事」が2回あります" in said


def test_a_whole_utterance_and_an_empty_word_are_refused(faults: Faults) -> None:
    said = faults(
        "  denial: [ない]\n  values:\n    fire:\n"
        "      clear: [うちの工場が火事になるのがいちばん怖い]\n      alone: [火事//火災]\n"
    )
    assert "phrases.yaml:8: 「うちの工場" in said
    assert "phrases.yaml:9: 「火事//火災」" in said


def test_a_row_of_an_unknown_mark_or_key_is_refused(faults: Faults) -> None:
    said = faults(
        "  denial: [ない]\n  values:\n    fire: {clear: [火事]}\n"
        "  rows:\n    - {marks: smoke, could: fire}\n    - {marks: fire}\n"
    )
    assert "phrases.yaml:9: 「smoke」は使えません" in said
    assert "「could」がありません" in said


def test_a_question_without_its_parts_is_refused(faults: Faults) -> None:
    assert "「values」がありません" in faults("  denial: [ない]\n")
    said = faults("  denial: [ない]\n  values: {}\n  needs: worry\n")
    assert "phrases.yaml:7: 「worry」は使えません" in said


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError):
        load_phrases(tmp_path / "none.yaml")
