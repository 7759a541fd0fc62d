"""Answers, side questions and corrections in the same talk: none is taken for another."""

import pytest

from bot.content import Content
from knowledge.book import DayBook
from tests.dialogs.chat import Talk, words
from tests.dialogs.people import at

ANSWERS = [
    ("standing", "うちは花屋です", "own"),
    ("standing", "町工場をやっております", "own"),
    ("employees", "20人くらいかな", "6-20"),
    ("employees", "四十五名ですかね", "21-50"),
    ("partner", "いないかな", "none"),
    ("partner", "どことも組んでません", "none"),
    ("partner", "となりの2社と連名で出すつもり", "agreed"),
    ("partner", "団地に入ってるだけです", "member"),
    ("plan", "なんも取っとらん", "none"),
    ("plan", "いつ切れるか忘れたけど単独型はある", None),
    ("concern", "地震かな", "earthquake"),
    ("concern", "誰が何をするか決まってない", "first_response"),
    ("concern", "何から手をつけたらいいのか", "where_to_start"),
    ("concern", "ようわからんです", "unknown"),
]
QUESTIONS = [
    ("standing", "個人事業でも申請できますか"),
    ("standing", "NPOでも大丈夫でしょうか"),
    ("employees", "従業員に派遣の人は入るんですか"),
    ("employees", "役員も数えるの？"),
    ("capital", "資本金はいくらまでなら対象なの"),
    ("prefecture", "どこに提出するんですか"),
    ("prefecture", "九州の窓口の電話番号を教えて"),
    ("partner", "相手がいないとだめですか"),
    ("partner", "組合で入るメリットは？"),
    ("plan", "単独型って何のことですか"),
    ("plan", "BCPと何が違うんですか"),
    ("plan", "認定は何年もつの"),
    ("concern", "地震も対象になりますか"),
    ("concern", "補助金はいくらもらえますか"),
    ("concern", "停電の保険もあるんですか"),
    ("outcome", "税金は何パーセント安くなるの"),
    ("outcome", "変更があったときの届けはどうするの"),
]
BOTH = [
    ("partner", "組合に入ってますけど大丈夫ですか", "member"),
    ("partner", "いません。それでも出せますか？", "none"),
    ("employees", "12人です。パートも数えるんですか？", "6-20"),
    ("plan", "受けてないです。費用はいくらですか", "none"),
    ("prefecture", "埼玉です。締切はいつですか", "埼玉県"),
    ("standing", "NPOですけど対象になりますか", "other_corporation"),
    ("concern", "地震が心配です。補助金は出ますか", "earthquake"),
    ("concern", "水害が怖いけど保険料は安くなるの", "flood"),
]
STATES = ["partner", "plan", "concern", "outcome"]


def there(content: Content, day: DayBook, state: str) -> Talk:
    """At this question; capital is only asked of the larger."""
    if state != "capital":
        return at(content, day, state)
    return at(content, day, "employees").press("employees=101-200", "industry=service")


@pytest.mark.parametrize(("state", "says", "value"), ANSWERS)
def test_an_answer_is_not_taken_for_a_side_question(
    content: Content, day: DayBook, state: str, says: str, value: str | None
) -> None:
    talk = there(content, day, state).type(says)
    if value is None:
        clarify = talk.session.clarify
        assert clarify is not None
        assert clarify.question == state
    else:
        assert talk.answers[state] == (value,)
    assert talk.turn.topic is None


@pytest.mark.parametrize(("state", "says"), QUESTIONS)
def test_a_side_question_is_not_taken_for_an_answer(
    content: Content, day: DayBook, state: str, says: str
) -> None:
    talk = there(content, day, state)
    before = dict(talk.answers)
    talk.type(says)
    assert (talk.state, dict(talk.answers)) == (state, before)
    assert talk.kind in {"faq", "clarify", "unknown"}


@pytest.mark.parametrize(("state", "says", "value"), BOTH)
def test_an_answer_with_a_question_counts_and_the_question_is_not_lost(
    content: Content, day: DayBook, state: str, says: str, value: str
) -> None:
    talk = there(content, day, state).type(says)
    assert talk.answers[state] == (value,)
    topics = talk.session.clarify is not None and talk.session.clarify.question == "topic"
    assert talk.turn.topic or topics or talk.uses("ask_again")


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize(
    ("says", "answer"),
    [
        ("やっぱり従業員は7人", "employees=6-20"),
        ("すみません、3人じゃなくて8人でした", "employees=6-20"),
        ("さっきの県、埼玉じゃなくて群馬でした", "prefecture=群馬県"),
        ("県を間違えました。栃木です", "prefecture=栃木県"),
        ("本社は前橋でした", "prefecture=群馬県"),
    ],
)
def test_an_answer_is_corrected_in_passing_in_every_state(
    content: Content, day: DayBook, state: str, says: str, answer: str
) -> None:
    talk = at(content, day, state).type(says)
    question, _, value = answer.partition("=")
    assert talk.answers[question] == (value,)
    assert talk.state == state


@pytest.mark.parametrize(
    ("state", "says", "answer"),
    [
        ("outcome", "地震じゃなくて水害です", "concern=flood"),
        ("plan", "すみません、組合に入ってました", "partner=member"),
        ("outcome", "訂正。認定は単独型であと2年です", "plan=single_active"),
        ("outcome", "自分の会社じゃなくて組合の相談でした", "standing=association"),
    ],
)
def test_other_answers_are_corrected_as_well(
    content: Content, day: DayBook, state: str, says: str, answer: str
) -> None:
    question, _, value = answer.partition("=")
    assert at(content, day, state).type(says).answers[question] == (value,)


def test_a_trade_is_corrected_too(content: Content, day: DayBook) -> None:
    talk = at(content, day, "employees").press("employees=51-100")
    talk.type("製造業です").type("製造じゃなくて卸売です")
    assert talk.answers["industry"] == ("wholesale",)


def test_a_correction_in_doubt_is_asked(content: Content, day: DayBook) -> None:
    talk = at(content, day, "plan").type("やっぱり相手はいます")
    assert (talk.kind, talk.answers["partner"]) == ("clarify", ("none",))


def test_a_place_of_someone_else_corrects_nothing(content: Content, day: DayBook) -> None:
    talk = at(content, day, "partner").type("石川の同業者と約束しています")
    assert talk.answers["prefecture"] == ("埼玉県",)


@pytest.mark.parametrize(
    ("says", "shown"),
    [
        ("6人", "6人（6〜20人）"),
        ("三十人くらい", "30人（21〜50人）"),
        ("1200人", "1200人（901人以上）"),
    ],
)
def test_a_number_of_people_is_shown_as_it_was_typed(
    content: Content, day: DayBook, says: str, shown: str
) -> None:
    talk = at(content, day, "employees").type(says)
    assert f"『{shown}』" in talk.said
    assert shown not in str(talk.session.to_json())


def test_a_press_shows_no_number(content: Content, day: DayBook) -> None:
    assert "（" not in at(content, day, "employees").press("employees=6-20").said


def test_the_third_miss_brings_the_phone_and_the_buttons(content: Content, day: DayBook) -> None:
    talk = at(content, day, "partner").type("ぬるぽ", "ぴよぴよ", "ほげほげ")
    assert talk.uses("third_miss", advice=talk.scene.voice.advice_contact())
    assert len(talk.buttons) > 1


@pytest.mark.parametrize("state", ["partner", "concern", "outcome"])
@pytest.mark.parametrize("says", ["ばか", "うるさい", "あほか", "役立たず"])
def test_an_insult_changes_nothing_and_what_stands_open_stands(
    content: Content, day: DayBook, state: str, says: str
) -> None:
    talk = at(content, day, state)
    before = dict(talk.answers)
    talk.type(says)
    assert (talk.state, dict(talk.answers)) == (state, before)
    assert talk.buttons


def test_only_the_phone_number_is_given_for_the_place_named(content: Content, day: DayBook) -> None:
    talk = at(content, day, "standing").type("鳥取の者です。電話番号だけ教えて")
    assert talk.row == "R13"
    assert "082-502-6555" in talk.said


def test_hurry_is_heard_at_the_outcome_that_offers_it(content: Content, day: DayBook) -> None:
    talk = at(content, day, "partner").press("partner=candidate", "plan=none", "concern=earthquake")
    assert (talk.row, talk.type("締切が近いので急いでいます").row) == ("R10", "R9")


@pytest.mark.parametrize(
    "says", ["なしてそんたごど聞ぐの", "なんでそんなこと聞くん？", "何のための質問ですか"]
)
@pytest.mark.parametrize("state", ["employees", "partner", "plan", "concern"])
def test_who_asks_what_a_question_is_for_is_told(
    content: Content, day: DayBook, state: str, says: str
) -> None:
    talk = at(content, day, state)
    before = dict(talk.answers)
    assert talk.type(says).turn.command == "why"
    assert (talk.state, dict(talk.answers)) == (state, before)


def test_thanks_are_returned_and_the_question_stands(content: Content, day: DayBook) -> None:
    talk = at(content, day, "plan").type("ありがとう助かりました")
    assert (talk.turn.kind, talk.state) == ("command", "plan")
    assert "ありがとうございます" in words(talk.turn.reply[0])
