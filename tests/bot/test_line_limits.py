"""The table of LINE's limits: what fits has no misfit, and each thing beyond is named."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest

from bot.channels.line_limits import cut, graphemes, misfits, units

Json = dict[str, Any]
FLAG, FAMILY, MARKED, VARIANT = "🇯🇵", "👨‍👩‍👧‍👦", "か\u3099", "葛\U000e0100"
"""国旗、家族の絵文字、結合文字、異体字セレクタ: each is one character to a reader."""


def text(words: str = "こんにちは", **more: Any) -> Json:
    return {"type": "text", "text": words, **more}


def postback(label: str = "はい", **more: Any) -> Json:
    return {"type": "postback", "label": label, "data": "partner=none", **more}


def quick(*actions: Json) -> Json:
    return {"quickReply": {"items": [{"type": "action", "action": each} for each in actions]}}


def flex(*contents: Json, alt: str = "ご案内") -> Json:
    body = {"type": "box", "layout": "vertical", "contents": list(contents)}
    return {"type": "flex", "altText": alt, "contents": {"type": "bubble", "body": body}}


def label(words: str = "ご案内", **more: Any) -> Json:
    return {"type": "text", "text": words, **more}


def button(**action: Any) -> Json:
    return {"type": "button", "action": {"type": "uri", "label": "電話", **action}}


# -- counting -------------------------------------------------------------------------------------


@pytest.mark.parametrize("one", [FLAG, FAMILY, MARKED, VARIANT, "é", "👍🏽", "\r\n"])
def test_what_a_reader_sees_as_one_character_counts_as_one(one: str) -> None:
    assert graphemes(one) == 1
    assert graphemes(one * 3) == 3
    assert len(one) >= 1


@pytest.mark.parametrize(
    ("word", "count"), [("あ", 1), ("𠮷", 2), (FLAG, 4), (VARIANT, 3), ("", 0)]
)
def test_texts_are_counted_in_utf_16_units(word: str, count: int) -> None:
    assert units(word) == count


@pytest.mark.parametrize("one", ["あ", FLAG, FAMILY, MARKED, VARIANT])
def test_a_text_is_cut_between_characters_and_never_inside_one(one: str) -> None:
    assert cut(one * 20, 20) == one * 20
    assert cut(one * 21, 20) == one * 19 + "…"


def test_a_lone_surrogate_is_counted_and_not_stumbled_over() -> None:
    assert misfits([text("\ud800")]) == []
    assert graphemes("\ud800") == 1


# -- what fits ------------------------------------------------------------------------------------

FITS: dict[str, list[Json]] = {
    "five messages": [text()] * 5,
    "a text of 5,000 units": [text("あ" * 5000)],
    "a text of 5,000 units in emoji": [text("😀" * 2500)],
    "thirteen buttons": [text(**quick(*[postback()] * 13))],
    "a label of twenty flags": [text(**quick(postback(FLAG * 20)))],
    "a label of twenty marked letters": [text(**quick(postback(MARKED * 20)))],
    "a label of twenty variants": [text(**quick(postback(VARIANT * 20)))],
    "data of 300 bytes": [text(**quick(postback(data="a" * 300)))],
    "a phone to call": [flex(button(uri="tel:0354701606"))],
    "a page": [flex(button(uri="https://www.chusho.meti.go.jp/a?b=%E3%81%82#c"))],
    "a button of forty characters": [flex(button(label="あ" * 40, uri="tel:119"))],
    "a text to copy": [flex(button(type="clipboard", clipboardText="あ" * 1000))],
    "a notice of 1,500 units": [flex(label(), alt="あ" * 1500)],
}


@pytest.mark.parametrize("name", FITS)
def test_what_line_takes_has_no_misfit(name: str) -> None:
    assert misfits(FITS[name]) == []


# -- what does not --------------------------------------------------------------------------------

MISFITS: dict[str, tuple[list[Json], str]] = {
    "no message": ([], "0個"),
    "six messages": ([text()] * 6, "6個"),
    "an empty text": ([text("")], "空です"),
    "a blank text": ([text(" \n")], "空です"),
    "a text of 5,001 units": ([text("あ" * 5001)], "5001、5000まで"),
    "2,501 emoji": ([text("😀" * 2501)], "5002、5000まで"),
    "fourteen buttons": ([text(**quick(*[postback()] * 14))], "14個"),
    "no button": ([text(**quick())], "0個"),
    "a label of 21 flags": ([text(**quick(postback(FLAG * 21)))], "21、20まで"),
    "a label of 21 marked letters": ([text(**quick(postback(MARKED * 21)))], "21、20まで"),
    "a label of 21 variants": ([text(**quick(postback(VARIANT * 21)))], "21、20まで"),
    "an empty label": ([text(**quick(postback("")))], "空です"),
    "no label": ([text(**quick({"type": "postback", "data": "a=b"}))], "ボタンの言葉が空"),
    "data of 301 bytes": ([text(**quick(postback(data="あ" * 100 + "a")))], "301、300まで"),
    "no data": ([text(**quick({"type": "postback", "label": "はい"}))], "「data」がありません"),
    "a long displayText": ([text(**quick(postback(displayText="あ" * 301)))], "301、300まで"),
    "an odd item": ([text(quickReply={"items": [{"type": "action"}]})], "形が違います"),
    "a script": ([flex(button(uri="javascript:alert(1)"))], "https: か tel:"),
    "http": ([flex(button(uri="http://www.chusho.meti.go.jp/"))], "https: か tel:"),
    "a link with a blank": ([flex(button(uri="https://a.jp/a b"))], "https: か tel:"),
    "letters in a phone": ([flex(button(uri="tel:03-5470"))], "https: か tel:"),
    "a link of 1,001": ([flex(button(uri="https://a.jp/" + "a" * 988))], "1001、1000まで"),
    "a button of 41 characters": ([flex(button(label="あ" * 41, uri="tel:119"))], "41、40まで"),
    "1,001 characters to copy": (
        [flex(button(type="clipboard", clipboardText="あ" * 1001))], "1001、1000まで",
    ),
    "a notice of 1,501": ([flex(label(), alt="あ" * 1501)], "1501、1500まで"),
    "no notice": ([flex(label(), alt="")], "空です"),
    "30 KB in a card": ([flex(*[label("あ" * 100)] * 100)], "30,000バイトまで"),
    "an empty card": ([{"type": "flex", "altText": "a", "contents": {"type": "bubble"}}], "中身"),
    "an empty box": ([flex()], "空の箱"),
    "an empty text in a card": ([flex(label(" "))], "空の文"),
    "a part LINE does not know": ([flex({"type": "video"})], "「video」"),
    "a property LINE does not know": ([flex(label(bold=True))], "「bold」"),
    "a size LINE does not know": ([flex(label(size="huge"))], "「huge」"),
    "a layout LINE does not know": (
        [flex({"type": "box", "layout": "grid", "contents": [label()]})], "「grid」",
    ),
    "a colour by name": ([flex(label(color="red"))], "#RRGGBB"),
    "an unknown message": ([{"type": "sticker"}], "「sticker」"),
    "an unknown property of a message": ([text(bold=True)], "「bold」"),
    "an unknown action": ([text(**quick({"type": "camera", "label": "写真"}))], "「camera」"),
}  # fmt: skip


@pytest.mark.parametrize("name", MISFITS)
def test_what_line_refuses_is_named(name: str) -> None:
    given, says = MISFITS[name]
    before = deepcopy(given)
    found = misfits(given)
    assert any(says in sentence for sentence in found), found
    assert all(sentence.endswith(("。", "」")) for sentence in found)
    assert given == before


# -- values of another kind -----------------------------------------------------------------------


def _places(thing: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where there is a value, however deep."""
    pairs = thing.items() if isinstance(thing, dict) else enumerate(thing)
    for key, value in pairs if isinstance(thing, dict | list) else ():
        yield (*at, key)
        yield from _places(value, (*at, key))


def test_a_number_as_text_is_a_misfit() -> None:
    (said,) = misfits([text(17)])  # type: ignore[arg-type]
    assert "「text」" in said


@pytest.mark.parametrize("odd", [17, None, True, 1.5, [], {}, [1], {"a": 1}, [None], ""])
def test_a_value_of_another_kind_is_a_misfit_wherever_it_stands(odd: object) -> None:
    copy = {"type": "clipboard", "label": "写す", "clipboardText": "はい"}
    box = {"type": "box", "layout": "horizontal", "contents": [label(action=copy)]}
    parts = label(color="#000000", size="sm"), {"type": "separator"}, button(uri="tel:031"), box
    whole = [text(**quick(postback())), flex(*parts)]
    assert misfits(whole) == []
    for *way, last in _places(whole):
        planted = deepcopy(whole)
        inner: Any = planted
        for key in way:
            inner = inner[key]
        if inner[last] != odd:
            inner[last] = odd
            assert misfits(planted), (*way, last)
