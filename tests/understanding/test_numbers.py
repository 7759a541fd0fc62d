"""Whole numbers in Japanese words: any writing of a number reads back as that number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.understand.numbers import Figure, figures, plain, whole

COUNTED = r"人|名|円|にん|めい|えん"
KANJI = "〇一二三四五六七八九"


def the_one(text: str) -> Figure:
    found = figures(plain(text), COUNTED)
    assert len(found) == 1
    return found[0]


def ends(text: str) -> tuple[int, int | None]:
    return the_one(text).low, the_one(text).high


def in_kanji(number: int) -> str:
    """35 → 三十五, with 一 before 千 under 万 as people write it."""
    written, groups = "", []
    while number:
        number, group = divmod(number, 10_000)
        groups.append(group)
    for group, big in reversed(list(zip(groups, ["", "万", "億", "兆"], strict=False))):
        digits = f"{group:04d}"
        part = "".join(
            ("" if digit == "1" and unit in "十百千" and unit else KANJI[int(digit)]) + unit
            for digit, unit in zip(digits, ["千", "百", "十", ""], strict=True)
            if digit != "0"
        )
        written += part + big if part else ""
    return written


@given(st.integers(min_value=1, max_value=10**15))
def test_a_number_in_kanji_reads_back(number: int) -> None:
    assert whole(in_kanji(number)) == number
    assert ends(in_kanji(number) + "円") == (number, number)


@given(st.integers(min_value=0, max_value=10**14))
def test_a_number_in_digits_reads_back_with_and_without_commas(number: int) -> None:
    assert whole(str(number)) == number
    assert whole(f"{number:,}") == number
    full_width = str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    assert ends(full_width + "人") == (number, number)


@given(st.integers(min_value=100, max_value=10**9))
def test_a_number_in_kanji_digits_reads_back(number: int) -> None:
    assert whole("".join(KANJI[int(digit)] for digit in str(number))) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3百人", 300),
        ("1.5億円", 150_000_000),
        ("1億2千万円", 120_000_000),
        ("3億1円", 300_000_001),
        ("30百万円", 30_000_000),
        ("300 万円", 3_000_000),
        ("壱千弐百万円", 12_000_000),
        ("三〇人", 30),
        ("0万円", 0),
        ("五せんまん", 50_000_000),
        ("じゅうににん", 12),
        ("さんじゅうにんぐらい", 30),
        ("サンジュウニン", 30),
        ("しちにん", 7),
        ("ふたり", 2),
        ("しゃいんはごにん", 5),
        ("いっせんまんえん", 10_000_000),
    ],
)
def test_mixed_and_spoken_numbers_are_whole_numbers(text: str, number: int) -> None:
    assert ends(text) == (number, number)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("2,3人", 2, 3),
        ("2、3人", 2, 3),
        ("12、3人", 12, 13),
        ("二三人", 2, 3),
        ("二、三十人", 20, 30),
        ("2、30人", 20, 30),
        ("7、8、9人", 7, 9),
        ("百三、四十名", 130, 140),
        ("3〜40人", 30, 40),
        ("200人は超えて201人", 201, 201),
        ("二百と十五人", 215, 215),
        ("20人は超えてるが50人はいない", 21, 49),
        ("4.5人", 4, 5),
        ("40〜60", 40, 60),
        ("30-40", 30, 40),
        ("10人から15人", 10, 15),
        ("10人から多い時は15人", 10, 15),
        ("5人か6人", 5, 6),
        ("2〜3千万円", 20_000_000, 30_000_000),
        ("500〜1千万円", 5_000_000, 10_000_000),
        ("五〜二十人", 5, 20),
        ("20人以上50人未満", 20, 49),
        ("10人から30人に増えた", 30, 30),
        ("数人", 2, 6),
        ("数十人", 20, 60),
        ("十数人", 11, 19),
        ("30何人", 31, 39),
    ],
)
def test_a_range_has_two_ends(text: str, low: int, high: int) -> None:
    assert ends(text) == (low, high)
    assert the_one(text).sound


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("30人くらい", 30, 30),
        ("100人前後", 90, 110),
        ("20人いるかいないか", 18, 22),
        ("百人弱", 90, 99),
        ("50人足らず", 45, 49),
        ("50人ちょい", 50, 55),
        ("50人強", 50, 55),
        ("10人未満", 0, 9),
        ("じゅうにんみまん", 0, 9),
        ("10人もおらん", 0, 9),
        ("50人以下", 0, 50),
        ("1億円は超えとらん", 0, 100_000_000),
        ("40人台", 40, 49),
        ("50人以上", 50, None),
        ("30人はいる", 30, None),
        ("300人超", 301, None),
        ("300人を少し超える", 301, 330),
        ("80人を超えるくらい", 81, 88),
        ("70人内外", 63, 77),
        ("40人いくかどうか", 36, 44),
        ("60人まではいかない", 0, 59),
        ("25人きってる", 0, 24),
        ("15人〜", 15, None),
        ("多くて5人", 0, 5),
        ("最低でも10人", 10, None),
        ("0人もいない", 0, 0),
    ],
)
def test_a_bound_moves_the_ends(text: str, low: int, high: int | None) -> None:
    assert ends(text) == (low, high)


UNSOUND = """
048-123-4567 1-2-3 1.000人 2.7人 百百人 1万20000人 5、30人 30〜20人 従業員数十人
300人を超えることはない 3五人 99999999999999999999人 億人30億億人
"""


@pytest.mark.parametrize("text", UNSOUND.split())
def test_digits_that_make_no_clear_number_are_not_sound(text: str) -> None:
    assert not all(figure.sound for figure in figures(plain(text), COUNTED))


def test_a_spoken_number_after_a_word_stays_words() -> None:
    """「うちにさんにん」 is three at ours, 「に」 no digit; nothing is read rather than 2-3."""
    assert figures(plain("うちにさんにん"), COUNTED) == []
    assert figures(plain("ごにごにん"), COUNTED) == []


def test_a_denied_number_says_so_and_a_hedged_one_does_not() -> None:
    assert the_one("30人ではなく").denied
    assert not the_one("30人じゃないかな").denied


def test_two_numbers_of_a_list_with_units_stay_two() -> None:
    assert len(figures(plain("10人、30人"), COUNTED)) == 2


def test_a_text_too_long_to_be_an_answer_is_not_read() -> None:
    assert plain("9" * 1_000_000) == ""


@given(st.text())
def test_any_text_is_read_without_an_error(text: str) -> None:
    for figure in figures(plain(text), COUNTED):
        assert figure.low >= 0
        assert figure.high is None or not figure.sound or figure.high >= figure.low


@given(
    st.text(
        alphabet="0123,.一二三十百千万億数何〜、か人名円 さんじゅうにせまく以上弱超ない",
        max_size=40,
    )
)
def test_any_row_of_number_words_is_read_without_an_error(text: str) -> None:
    for figure in figures(plain(text), COUNTED):
        assert figure.low >= 0
        assert figure.high is None or not figure.sound or figure.high >= figure.low
