"""Capital in typed words: the right yen, a question about the unit, or nothing; never a guess."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.tools.labelled import Utterance, load_utterances
from dialogs.understand.money import NO_CAPITAL, NOT_SAID, Money, read_yen
from dialogs.understand.reading import Span

FIT = load_utterances(Path(__file__).with_name("slots_fit.yaml"), "capital")
KNOWN = {"大きい会社じゃないです"}
"""Still silently wrong: 「会社じゃない」 alone would be 資本金なし."""
MAN = 10_000
OKU = 10**8


def said(text: str) -> Money:
    """What is read where capital is asked."""
    return read_yen(text, alone=True)


def in_passing(text: str) -> Money:
    """What is read where something else is asked."""
    return read_yen(text, alone=False)


def yen(low: int, high: int | None) -> Money:
    return Money(Span(low, high))


def is_right(each: Utterance, money: Money) -> bool:
    if each.among:
        return not money.none and money.span is None and set(each.among) <= set(money.doubt)
    if each.value is None:
        return money == NOT_SAID
    if each.value == 0:
        return money == NO_CAPITAL
    return money.span is not None and each.allows([money.span.low, money.span.high])


def test_the_fit_set_is_read_right_and_nothing_silently_wrong() -> None:
    read = [(each, said(each.says)) for each in FIT]
    missed = [(each.says, money) for each, money in read if not is_right(each, money)]
    assert {says for says, money in missed if money.span or money.none} <= KNOWN
    assert len(missed) <= len(FIT) * 0.02


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("一千万", 1000 * MAN),
        ("1000万円", 1000 * MAN),
        ("3億1円", 3 * OKU + 1),
        ("¥30,000,000", 3000 * MAN),
        ("98,000,000", 9800 * MAN),
        ("さんぜんまん", 3000 * MAN),
        ("300万の有限会社", 300 * MAN),
        ("1円で作った会社", 1),
        ("ちょうど5000万", 5000 * MAN),
        ("300万から1000万に増資した", 1000 * MAN),
        ("300万から500万にしました", 500 * MAN),
        ("300万→800万", 800 * MAN),
        ("昨年増資して1500万", 1500 * MAN),
        ("三億と一円", 3 * OKU + 1),
        ("有限だから300万", 300 * MAN),
        ("300万じゃなくて500万", 500 * MAN),
        ("最初300万で今は1000万", 1000 * MAN),
        ("1000万円ですけど対象ですか", 1000 * MAN),
    ],
)
def test_an_amount_counts_where_capital_is_asked(text: str, amount: int) -> None:
    assert said(text) == yen(amount, amount)
    assert in_passing(text) == NOT_SAID


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("資本金1000万、従業員45名", 1000 * MAN),
        ("資本金300万社員５名", 300 * MAN),
        ("資本金（出資金）500万円", 500 * MAN),
        ("売上は3億で資本金は2千万", 2000 * MAN),
        ("1000万円の機械買うたけど資本金は300万", 300 * MAN),
        ("親会社は10億、うちの資本金は3000万", 3000 * MAN),
    ],
)
def test_an_amount_called_capital_counts_anywhere(text: str, amount: int) -> None:
    assert said(text) == in_passing(text) == yen(amount, amount)


@pytest.mark.parametrize(
    ("text", "money"),
    [
        ("5000万円以下", yen(0, 5000 * MAN)),
        ("1億は超えてない", yen(0, OKU)),
        ("1億もない", yen(0, OKU - 1)),
        ("1億超", yen(OKU + 1, None)),
        ("1000万か2000万", yen(1000 * MAN, 2000 * MAN)),
        ("2〜3千万", yen(2000 * MAN, 3000 * MAN)),
    ],
)
def test_a_bound_or_a_range_of_yen_is_a_span(text: str, money: Money) -> None:
    assert said(text) == money


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("3000", (3000 * MAN, 3000)),
        ("3,000くらい", (3000 * MAN, 3000)),
        ("3千", (3000 * MAN, 3000)),
        ("資本金300", (300 * MAN, 300)),
        ("3", (3, 3 * MAN, 3 * OKU)),
        ("1億5000", (15_000 * MAN, OKU + 5000)),
        ("500000", (500_000, 500_000 * MAN)),
    ],
)
def test_a_number_without_its_unit_is_asked_about(text: str, doubt: tuple[int, ...]) -> None:
    assert said(text) == Money(None, doubt)


@pytest.mark.parametrize(
    "text",
    [
        "なし",
        "無い",
        "ないです",
        "0",
        "0円",
        "ゼロ",
        "個人",
        "個人事業主です",
        "会社じゃないから無い",
        "自営業",
    ],
)
def test_no_capital_is_heard_where_capital_is_asked(text: str) -> None:
    assert said(text) == NO_CAPITAL
    assert in_passing(text) == NOT_SAID


@pytest.mark.parametrize(
    "text",
    [
        "資本金なし",
        "資本金0円",
        "個人やから資本金ないで",
        "NPOなので資本金なし",
        "出資金はありません",
    ],
)
def test_no_capital_called_so_is_heard_anywhere(text: str) -> None:
    assert said(text) == in_passing(text) == NO_CAPITAL


NOT_SAYING = """
年商2億|売上は3億です|借入5000万|借金なら5000万あるけどな|300万円の補助金|300万で車を買った
300万円増資しました|トラックが1000万|株主資本は1億|親会社の資本金は10億|去年まで資本金は300万
資本金300万ではない|10万ドル|300万人|従業員30人|平成30|資本金は平成30|048-123-4567
資本金の額がわからない|知らない|問題ない|個人情報は言いたくない|個人から法人にした
大会社じゃないよ|立派な会社やないです
"""


@pytest.mark.parametrize("text", ["", "9" * 1_000_000, *re.split(r"[|\n]", NOT_SAYING.strip())])
def test_what_is_not_the_capital_is_not_read(text: str) -> None:
    assert said(text) == in_passing(text) == NOT_SAID


DOUBTFUL = """
1.000万円|5000弱|資本金6000以下|1000万、500万|999兆円|資本金が1億円以下なら対象ですか
資本金ないと対象外ですか|1000万でも入れますか|個人事業主は対象外ですよね
"""


@pytest.mark.parametrize("text", re.split(r"[|\n]", DOUBTFUL.strip()))
def test_in_doubt_or_inside_a_question_nothing_is_read(text: str) -> None:
    assert said(text) == NOT_SAID


@pytest.mark.parametrize("text", ["億もない", "億までいかない", "億には届かない"])
def test_a_hundred_million_is_known_without_its_one(text: str) -> None:
    assert said(text) == yen(0, OKU - 1)


@pytest.mark.parametrize("text", ["元手は200万", "資本金200万で売上は2億"])
def test_what_is_named_as_capital_is_read_beside_other_amounts(text: str) -> None:
    assert said(text) == in_passing(text) == yen(200 * MAN, 200 * MAN)


def test_two_amounts_are_no_answer() -> None:
    assert said("2000万と500万") == NOT_SAID


@given(st.text(), st.booleans())
def test_any_text_is_read_without_an_error(text: str, alone: bool) -> None:
    read_yen(text, alone)


WORDS = "資本金 3000 万 円 1億 年商 なし 以下 個人 、 は ですか もない 法人 わからない 今は から"
PIECES = WORDS.split()


@given(st.lists(st.sampled_from(PIECES), max_size=8), st.booleans())
def test_any_row_of_words_gives_one_kind_of_answer(pieces: list[str], alone: bool) -> None:
    money = read_yen("".join(pieces), alone)
    assert [money.span is not None, bool(money.doubt), money.none].count(True) <= 1


@given(st.integers(min_value=1, max_value=10**9))
def test_every_amount_in_yen_reads_back(amount: int) -> None:
    assert said(f"{amount}円") == in_passing(f"資本金は{amount:,}円です") == yen(amount, amount)
