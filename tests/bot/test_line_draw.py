"""How a reply looks on LINE: numbers that mean what they say, phones to touch, changes to make."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any, get_args
from urllib.parse import unquote

import pytest

from bot.channels import folds
from bot.channels.line_draw import LineDrawing, message, messages
from bot.channels.line_flex import PAIRS, SHARE_LINK
from bot.channels.line_limits import MESSAGES, QUICK_REPLIES, misfits
from bot.channels.line_sdk import refused
from bot.check.line import LineCheck
from bot.content import Content
from bot.trial.line_messages import REPLY, faults_of
from dialogs.reply import (
    Answered,
    Ask,
    Button,
    Card,
    Contact,
    Copy,
    Item,
    Listing,
    Menu,
    Offices,
    Part,
    Result,
    Say,
)  # fmt: skip
from dialogs.session import Session
from tests.bot.contrast import contrast
from tests.dialogs.chat import Talk, answers
from tests.talking import play
from tests.transcripts import load_transcripts

Json = dict[str, Any]
LINE = LineDrawing()
WAYS = (Button("もどる", "command=back"), Button("根拠", "command=why"),
        Button("ヘルプ", "command=help"), Button("担当者", "command=person"))  # fmt: skip
OFFICE = Contact(
    "advice", "kanto", "中小機構 関東本部", "03-5470-1606", None, "埼玉県", False, "s", "P1"
)
PAGE = replace(OFFICE, id="page", role="follow_up", name="支援の案内", phone=None,
               url="https://www.smrj.go.jp/a.html")  # fmt: skip
PARTS: tuple[Part, ...] = (
    Say("こんにちは。"),
    Ask("partner", "相手はいますか。", (Button("いる", "partner=agreed"),), extra=WAYS),
    Menu((Button("根拠", "command=why"),)),
    Listing("支援です。", (Item("題", "文", "手引き P3"), Item("", "文", ""))),
    Offices((OFFICE, PAGE), "ご相談：中小機構 関東本部 03-5470-1606\n目安です。"),
    Result("R8", "連携型です。", "理由です。", "最初の一歩です。", "『5人』ですね。"),
    Card("答えです。", (Answered("a", "人数", "5人以下", Button("人数を変更", "change=a")),)),
    Copy("読むメモ", "都道府県：埼玉県"),
)


@pytest.fixture
def talk(content: Content, today: date) -> Talk:
    return Talk(content, today)


def drawn(talk: Talk) -> list[Json]:
    """The last reply as LINE gets it."""
    found: list[Json] = json.loads(LINE.draw(talk.turn.reply, talk.session))
    return found


def inside(thing: Any, key: str) -> Iterator[Any]:
    """Every value under this key, wherever it stands."""
    if isinstance(thing, dict):
        yield from ([thing[key]] if key in thing else [])
        for value in thing.values():
            yield from inside(value, key)
    elif isinstance(thing, list):
        for value in thing:
            yield from inside(value, key)


def buttons(drawing: list[Json]) -> dict[str, str]:
    """The quick replies: label to press."""
    items = drawing[-1].get("quickReply", {"items": []})["items"]
    return {item["action"]["label"]: item["action"]["data"] for item in items}


def numbers(drawing: list[Json]) -> dict[int, str]:
    """The numbered choices of the last text, in folds too: number to label."""
    text = drawing[-1]["text"]
    return {int(n): label for n, label in re.findall(r"(?:^|】|、)(\d+)\. ([^\n、]+)", text, re.M)}


# -- every kind of part ---------------------------------------------------------------------------


def test_there_is_a_sample_of_every_kind_of_part() -> None:
    assert {type(part) for part in PARTS} == set(get_args(Part))


@pytest.mark.parametrize("part", PARTS, ids=lambda part: type(part).__name__)
def test_every_kind_of_part_is_drawn_and_taken_by_the_sdk(part: Part) -> None:
    (*_, drawing) = messages((part,))
    assert misfits([drawing]) == []
    assert refused([drawing]) == []
    assert json.loads(LINE.draw((part,), Session())) == messages((part,))


def test_every_card_has_words_for_where_no_card_can_be_shown() -> None:
    for part in PARTS:
        for drawing in messages((part,)):
            words = drawing["altText"] if drawing["type"] == "flex" else drawing["text"]
            assert re.search("[ぁ-ん]", words)


def test_a_sentence_the_sdk_would_drop_or_refuse_is_named() -> None:
    wrong = {"type": "text", "text": "a", "bold": True}
    assert refused([wrong]) == ["LINEの部品に「messages[0].bold」という項目はありません。"]
    assert "読めません" in refused([{"type": "text", "text": 1}])[0]
    assert "読めません" in refused([{"type": "text", "text": "a"}] * 6)[0]


@pytest.mark.parametrize("pair", PAIRS)
def test_letters_stand_out_from_their_ground(pair: tuple[str, str]) -> None:
    assert contrast(*pair) >= 4.5


# -- questions ------------------------------------------------------------------------------------


def test_the_first_message_says_whose_bot_it_is_and_that_it_is_not_official(talk: Talk) -> None:
    first = drawn(talk)[0]["text"]
    assert first.startswith("お試しのボットです。国や中小機構の公式ではありません。")


def test_choices_stand_in_the_text_with_their_numbers_and_as_buttons(talk: Talk) -> None:
    drawing = drawn(talk.press("standing=own"))
    assert numbers(drawing)[2] == "6〜20人"
    assert buttons(drawing)["6〜20人"] == "employees=6-20"
    assert {"もどる", "担当者"} <= buttons(drawing).keys()
    assert "もどる・根拠・ヘルプ・担当者 とも送れます。" in drawing[-1]["text"]


def test_a_button_leaves_its_words_in_the_talk(talk: Talk) -> None:
    for item in drawn(talk)[-1]["quickReply"]["items"]:
        assert item["action"]["type"] == "postback"
        assert item["action"]["displayText"] == item["action"]["label"]


def test_where_several_answers_may_be_sent_the_text_says_how(talk: Talk) -> None:
    talk.give(answers(), until="concern")
    assert "「1と3」のように、いくつでも送れます。" in drawn(talk)[-1]["text"]


@pytest.mark.parametrize("state", ["standing", "employees", "prefecture", "partner", "concern"])
def test_a_typed_number_means_what_is_shown_beside_it(talk: Talk, state: str) -> None:
    talk.give(answers(), until=state)
    shown = numbers(drawn(talk))
    assert set(shown) == set(range(1, len(talk.buttons) + 1))
    for number, label in shown.items():
        after = talk.again().type(f"{number}番")
        assert after.scene.voice.label(state) == label


def test_the_numbers_of_a_menu_mean_what_is_shown(talk: Talk) -> None:
    talk.give(answers(partner="candidate"))
    shown = numbers(drawn(talk))
    assert shown[1] == "2か月以内に認定がほしい"
    assert [*shown.values()] == [*buttons(drawn(talk))]


def test_a_label_beyond_twenty_characters_is_cut_on_the_button_only() -> None:
    long = "👨‍👩‍👧" + "あ" * 20
    drawing = message(Ask("topic", "どれですか。", (Button(long, "topic=a"),)))
    action = drawing["quickReply"]["items"][0]["action"]
    assert action["label"] == "👨‍👩‍👧" + "あ" * 18 + "…"
    assert action["displayText"] == long
    assert f"1. {long}" in drawing["text"]
    assert misfits([drawing]) == []


def test_where_room_is_short_the_way_to_a_person_stays() -> None:
    choices = tuple(Button(f"県{n}", f"partner={n}") for n in range(11))
    drawing = [message(Ask("partner", "どれですか。", choices, extra=WAYS))]
    assert len(buttons(drawing)) == QUICK_REPLIES
    assert [*buttons(drawing)][-2:] == ["もどる", "担当者"]


# -- folds ----------------------------------------------------------------------------------------


def test_prefectures_come_as_eight_areas_and_all_names_stand_in_the_text(talk: Talk) -> None:
    talk.give(answers(), until="prefecture")
    drawing = drawn(talk)
    areas = ["北海道", "東北", "関東", "中部", "近畿", "中国", "四国", "九州・沖縄"]
    assert [*buttons(drawing)][:9] == [*areas, "わからない"]
    assert len(numbers(drawing)) == 48


def test_every_prefecture_is_two_presses_away_and_keeps_its_number(talk: Talk) -> None:
    talk.give(answers(), until="prefecture")
    whole, reached = numbers(drawn(talk)), set()
    for press in buttons(drawn(talk)).values():
        if press.startswith("open="):
            opened = talk.again().press(press)
            assert opened.state == "prefecture"
            assert opened.kind == "question"
            assert numbers(drawn(opened)).items() <= whole.items()
            reached |= {*buttons(drawn(opened)).values()}
        else:
            reached.add(press)
    names = {f"prefecture={name}" for name in talk.content.book.offices.prefectures}
    assert names <= reached


def test_an_area_leads_back_to_the_others_and_to_a_person(talk: Talk) -> None:
    talk.give(answers(), until="prefecture")
    talk.press("open=prefecture,chubu")
    shown = buttons(drawn(talk))
    assert [*shown][:2] == ["新潟県", "富山県"]
    assert {"わからない", "担当者", "もどる"} <= shown.keys()
    assert "東北" in buttons(drawn(talk.press(shown["ほかの地方"])))


def test_a_number_typed_at_an_open_area_is_that_of_the_whole_list(talk: Talk) -> None:
    talk.give(answers(), until="prefecture")
    talk.press("open=prefecture,shikoku").type("37")
    assert talk.answers["prefecture"] == ("香川県",)


def test_rare_standings_lie_behind_one_button(talk: Talk) -> None:
    assert [*buttons(drawn(talk))][:5] == [
        "自分の会社・お店", "組合・工業団地・商店街として", "お客様・組合員のかわりに",
        "いま被災している", "ほか",
    ]  # fmt: skip
    opened = buttons(drawn(talk.press("open=standing,other")))
    assert "NPO・医療法人など" in opened
    assert "支援機関・金融機関として" in opened


def test_an_area_pressed_elsewhere_does_nothing_and_says_so(talk: Talk) -> None:
    talk.give(answers(), until="partner")
    before = talk.answers
    talk.press("open=prefecture,kanto")
    assert (talk.state, talk.kind, talk.answers) == ("partner", "command", before)
    assert talk.uses("stale")


@pytest.mark.parametrize("press", ["open=prefecture", "open=nothing,kanto", "open=a,b,c"])
def test_a_forged_fold_is_answered(talk: Talk, press: str) -> None:
    assert talk.press(press).uses("unknown_press")


def test_an_unknown_fold_shows_the_whole_list(talk: Talk) -> None:
    talk.give(answers(), until="prefecture").press("open=prefecture,atlantis")
    assert "東北" in buttons(drawn(talk))


def test_what_is_folded_is_what_the_flow_offers(content: Content, today: date) -> None:
    for question, parts in folds.OTHERS.items():
        asked = content.flow.questions[question].choices({}, content.book.on(today))
        offered = {value for choice in asked for value in choice.values}
        inside = [value for _, values in parts.values() for value in values.split()]
        assert set(inside) <= offered
        assert len(set(inside)) == len(inside)


def test_a_few_candidates_are_not_folded(talk: Talk) -> None:
    few = (Button("東京都", "prefecture=東京都"), Button("広島県", "prefecture=広島県"))
    assert folds.lines(few) == (folds.Numbered(1, few[0]), folds.Numbered(2, few[1]))
    assert folds.lines(()) == ()


# -- the result -----------------------------------------------------------------------------------


def test_the_result_is_one_card_with_phones_to_touch(talk: Talk) -> None:
    drawing = drawn(talk.give(answers(partner="agreed")))
    card = next(each for each in drawing if each["type"] == "flex")
    offices = talk.turn.outcome.offices if talk.turn.outcome else ()
    phones = {f"tel:{office.phone}".replace("-", "") for office in offices if office.phone}
    assert phones <= set(inside(card, "uri"))
    shown = set(inside(card, "text"))
    assert {f"{office.phone} に電話" for office in offices if office.phone} <= shown
    assert any("公式ではありません" in words for words in shown)


def test_every_office_that_is_named_can_be_called_in_every_prefecture(
    content: Content, today: date
) -> None:
    judge = LineCheck(content)
    for name in content.book.offices.prefectures:
        talk = Talk(content, today).give(answers(prefecture=name, concern="funding"))
        assert [*judge.faults(talk.turn.reply)] == []
        assert [*judge.faults(talk.press("command=contacts").turn.reply)] == []


def test_a_page_is_opened_where_there_is_no_phone() -> None:
    part = Offices((PAGE,), f"認定後の支援：支援の案内 {PAGE.url}")
    card = message(part)
    assert [*inside(card, "uri")] == [PAGE.url]
    assert "認定後の支援：支援の案内" in set(inside(card, "text"))


def test_a_phone_in_a_note_can_be_touched_too(talk: Talk) -> None:
    drawing = drawn(talk.give(answers(partner="agreed", prefecture="静岡県")))
    headquarters = talk.content.book.offices.headquarters.phone or ""
    assert f"tel:{headquarters.replace('-', '')}" in set(inside(drawing, "uri"))


def test_in_a_disaster_the_emergency_numbers_can_be_touched(talk: Talk) -> None:
    uris = set(inside(drawn(talk.press("standing=disaster")), "uri"))
    assert {"tel:119", "tel:110"} <= uris


def test_a_list_shows_every_entry_with_its_source(talk: Talk) -> None:
    talk.give(answers(partner="agreed")).press("command=benefits")
    listing = next(part for part in talk.turn.reply if isinstance(part, Listing))
    shown = set(inside(drawn(talk), "text"))
    for item in listing.items:
        assert {item.title, item.text, f"出典：{item.origin}"} <= shown


def test_the_review_card_has_a_button_for_each_answer(talk: Talk) -> None:
    talk.give(answers()).press("command=review")
    card = drawn(talk)[0]
    presses = set(inside(card, "data"))
    assert presses == {f"change={question}" for question in talk.answers}
    assert [*inside(card, "text")].count("変更") == len(talk.answers)
    said = set(inside(card, "displayText"))
    for words in said:
        assert talk.again().type(words).kind == "question"


# -- what is handed on ----------------------------------------------------------------------------


def test_the_text_to_share_holds_the_advice_and_nothing_of_the_person(
    content: Content, today: date
) -> None:
    canary = "カナリア工業 090-1234-5678 U0123456789abcdef0123456789abcdef"
    talk = Talk(content, today)
    talk.type(f"{canary} 自分の会社", "7人です", "秩父", "いない", "うけていない", "地震")
    while talk.state != "outcome":
        talk.press(talk.presses[0])
    shared = [link for link in inside(drawn(talk), "uri") if link.startswith(SHARE_LINK)]
    assert len(shared) == 1
    text = unquote(shared[0].removeprefix(SHARE_LINK))
    result = next(part for part in talk.turn.reply if isinstance(part, Result))
    assert result.title in text
    assert "公式ではありません" in text
    for secret in ("カナリア", "090-1234", "U0123", "7人", "埼玉", "地震", "chat", "event"):
        assert secret not in text, secret
    sent = json.dumps(drawn(talk), ensure_ascii=False)
    assert not re.search(r"U[0-9a-f]{32}|カナリア|090-1234-5678", sent)


def test_a_very_long_advice_is_shared_without_its_last_phones() -> None:
    named = tuple(replace(OFFICE, id=str(n), name=f"とても長い名前の窓口{n}") for n in range(5))
    card = message(Result("R1", "あ" * 40, "", ""), Offices(named, "目安です。"))
    assert misfits([card]) == []
    link = next(link for link in inside(card, "uri") if link.startswith(SHARE_LINK))
    assert "窓口0 03-5470-1606" in unquote(link)
    assert "窓口4" not in unquote(link)


def test_a_memo_is_a_text_that_can_be_copied() -> None:
    assert message(PARTS[-1]) == {"type": "text", "text": "【読むメモ】\n都道府県：埼玉県"}


# -- the whole payload ----------------------------------------------------------------------------


def test_never_more_than_five_messages_and_no_word_is_lost() -> None:
    reply = (*(Say(f"{n}つめ。") for n in range(7)), PARTS[3], PARTS[1])
    drawing = json.loads(LINE.draw(reply, Session()))
    assert len(drawing) <= MESSAGES
    whole = "".join(inside(drawing, "text"))
    assert all(f"{n}つめ。" in whole for n in range(7))
    assert buttons(drawing)["いる"] == "partner=agreed"


def test_an_empty_bubble_is_left_out() -> None:
    assert messages((Say(" "), Say("はい。"))) == [{"type": "text", "text": "はい。"}]


def test_a_lone_surrogate_does_not_stop_the_drawing() -> None:
    assert json.loads(LINE.draw((Say("あ\ud800"),), Session())) == [{"type": "text", "text": "あ?"}]


@pytest.mark.parametrize("phone", ["03-1234-5678", ""])
def test_the_apology_says_sorry_and_names_the_phone(phone: str) -> None:
    (drawing,) = json.loads(LINE.apology(phone))
    assert "すみません" in drawing["text"]
    assert phone in drawing["text"]
    assert "{" not in drawing["text"]
    assert misfits([drawing]) == []


def test_everything_the_people_of_the_transcripts_are_told_fits(content: Content) -> None:
    judge = LineCheck(content)
    for person in load_transcripts():
        for _, turn in play(content, person):
            assert [*judge.faults(turn.reply)] == []
            whole = json.loads(LINE.draw(turn.reply, turn.session))
            assert misfits(whole) == []
            assert faults_of(REPLY, {"replyToken": "token", "messages": whole}) == []


def test_the_longest_situation_fits_on_every_screen(content: Content, today: date) -> None:
    longest = answers(
        standing="proxy", employees="51-100", industry="manufacturing_other",
        capital="50m-100m", prefecture="静岡県", partner="agreed", plan="single_ending",
        concern="earthquake,flood,infection,cyber,supply_chain,funding,staff,shared_site",
    )  # fmt: skip
    talk = Talk(content, today).give(longest)
    for command in ("review", "why", "steps", "benefits", "cases", "flips", "contacts", "memo"):
        drawing = drawn(talk.again().press(f"command={command}"))
        assert misfits(drawing) == []
        assert refused(drawing) == []


def test_what_the_check_finds_for_line_is_said_in_words(content: Content) -> None:
    judge = LineCheck(content)
    many = Ask("partner", "a", tuple(Button(f"県{n}", f"partner={n}") for n in range(14)))
    silent = Offices((OFFICE,), "中小機構 関東本部")
    strange = Offices(
        (replace(PAGE, url="https://example.com/"),), "支援の案内 https://example.com/"
    )
    found = [*judge.faults((many, silent, strange))]
    assert found == [
        "LINEでは: 選択肢「県13」が、下に並ぶボタンに入りません。",
        "LINEでは: 「中小機構 関東本部」に電話のボタンがありません。",
        "LINEでは: 「https://example.com/」は knowledge/ にないリンクです。",
    ]
    assert [*judge.faults((many, silent, strange))] == []
    cards = tuple(replace(PARTS[3], lead=f"{n}") for n in range(6))
    assert "LINEのメッセージが6個です。5個までです。" in [*judge.faults(cards)]


def test_what_the_models_refuse_is_a_fault_of_the_check(
    content: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = list[Json]()
    monkeypatch.setattr("bot.channels.line_sdk.refused", lambda drawn: [*map(asked.append, drawn)])
    judge = LineCheck(content)
    card = Card("答えです。", tuple(replace(PARTS[6].rows[0], question=str(n)) for n in range(3)))
    assert [*judge.faults((Say("a"), Say("b"), card))] == ["LINEでは: None"] * 2
    assert len(asked) == 2
    assert len(asked[1]["contents"]["body"]["contents"]) == 2


def test_nothing_of_the_session_is_drawn(talk: Talk) -> None:
    talk.press("standing=own")
    assert LINE.draw(talk.turn.reply, talk.session) == LINE.draw(talk.turn.reply, Session())
