"""Whole talks of made-up people: what each must be told, and what would harm them to hear."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.content import Content
from dialogs.heard import COMMANDS
from dialogs.reply import Part
from knowledge.errors import FileError
from tests.talking import failures, play, said
from tests.transcripts import Transcript, load_transcripts

PEOPLE = load_transcripts()
OTHER_DESKS = ("03-5470-1620", "052-220-0516", "092-263-0300", "092-482-5488")
"""Numbers of other desks, and an old one, that searches bring up. 出典: domain §3.1, §2 #18"""

SMALL = """\
who: 試しの人
on: 2026-11-22
talk:
  - says: 電話番号
    told: 03-6459-0042
ends:
  rule: R13
  told: 03-6459-0042
  not_told: 16%
"""


@pytest.fixture
def kumagaya() -> Transcript:
    return next(person for person in PEOPLE if person.file == "imono_kumagaya.yaml")


def faults(tmp_path: Path, text: str) -> str:
    """What is said of this text as the only transcript."""
    (tmp_path / "x.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(FileError) as refused:
        load_transcripts(tmp_path)
    return str(refused.value)


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.file.removesuffix(".yaml"))
def test_the_person_is_told_what_helps_and_spared_what_harms(
    content: Content, person: Transcript
) -> None:
    if found := failures(content, person):
        pytest.fail("\n\n".join(found), pytrace=False)


def test_there_are_thirty_people_or_more() -> None:
    assert len(PEOPLE) >= 30
    assert len({person.who for person in PEOPLE}) == len(PEOPLE)


def test_together_they_reach_every_row_of_the_flow(content: Content) -> None:
    rows = {row.id for row in (*content.flow.rows, content.flow.leave)}
    assert rows - {person.end.rule for person in PEOPLE} == set()


def test_together_they_hear_every_part_and_use_every_command(content: Content) -> None:
    turns = [turn for person in PEOPLE for _, turn in play(content, person)]
    assert set(Part.__args__) - {type(part) for turn in turns for part in turn.reply} == set()
    assert set(COMMANDS) - {turn.command for turn in turns} == set()


def test_together_they_live_in_every_prefecture(content: Content) -> None:
    turns = [turn for person in PEOPLE for _, turn in play(content, person)]
    homes = {place for turn in turns for place in turn.session.answers.get("prefecture", ())}
    assert set(content.book.offices.prefectures) - homes == set()


def test_nobody_hears_the_number_of_another_desk(content: Content) -> None:
    heard = [said(turn) for person in PEOPLE for _, turn in play(content, person)]
    assert [number for number in OTHER_DESKS for text in heard if number in text] == []


def test_a_phrase_nobody_says_fails_with_its_place_and_what_was_said(
    content: Content, kumagaya: Transcript
) -> None:
    first, step, *rest = kumagaya.talk
    wrong = replace(kumagaya, talk=(first, replace(step, told=("ハワイ支部",)), *rest))
    message = "\n".join(failures(content, wrong))
    assert f"imono_kumagaya.yaml:{step.line} 1番目「says: 自分の会社・お店」" in message
    assert "68歳" in message
    assert "言うはずの言葉がありません: ハワイ支部" in message
    assert "| 従業員は何人" in message


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"not_told": ("従業員",)}, "言ってはいけない言葉です: 従業員"),
        ({"state": "capital"}, "state は capital のはずが、employees です。"),
        ({"kind": "faq"}, "kind は faq のはずが、question です。"),
    ],
)
def test_a_step_that_goes_another_way_fails(
    content: Content, kumagaya: Transcript, change: dict[str, str], says: str
) -> None:
    first, step, *rest = kumagaya.talk
    wrong = replace(kumagaya, talk=(first, replace(step, **change), *rest))
    assert says in "\n".join(failures(content, wrong))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"rule": "R12"}, "rule は R12 のはずが、R10 です。"),
        ({"told": ("ハワイ支部",)}, "言うはずの言葉がありません: ハワイ支部"),
        ({"not_told": ("03-5470-1606",)}, "言ってはいけない言葉です: 03-5470-1606"),
    ],
)
def test_a_wrong_end_fails(
    content: Content, kumagaya: Transcript, change: dict[str, str], says: str
) -> None:
    wrong = replace(kumagaya, end=replace(kumagaya.end, **change))
    assert says in "\n".join(failures(content, wrong))


def test_what_a_short_bubble_leaves_out_is_still_not_to_be_said(
    content: Content, kumagaya: Transcript
) -> None:
    benefits = next(step for step in kumagaya.talk if step.words == "says: 使える支援")
    hidden = replace(
        benefits, told=("採択されるとは限りません",), not_told=("採択されるとは限りません",)
    )
    talk = tuple(hidden if step is benefits else step for step in kumagaya.talk)
    message = "\n".join(failures(content, replace(kumagaya, talk=talk)))
    assert "言うはずの言葉がありません: 採択されるとは限りません" in message
    assert "言ってはいけない言葉です: 採択されるとは限りません" in message


def test_a_sound_small_file_is_read_and_passes(content: Content, tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text(SMALL, encoding="utf-8")
    [person] = load_transcripts(tmp_path)
    assert failures(content, person) == []


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("on:", "when:", "x.yaml:2: 「when」という項目はありません。"),
        ("    told:", "    tell:", "x.yaml:5: 「tell」という項目はありません。"),
        ("  not_told:", "  never:", "x.yaml:9: 「never」という項目はありません。"),
        ("  rule: R13\n", "", "x.yaml:6: 「ends」に「rule」がありません。"),
        ("  not_told: 16%", "  not_told: []", "x.yaml:6: told と not_told には"),
        ("2026-11-22", "11月22日", "x.yaml:2: 「11月22日」という日はありません。"),
        ("says: 電話番号", "press: a=b\n    says: b", "x.yaml:4: says・press・place のどれか1つ"),
        ("says: 電話番号", "state: standing", "x.yaml:4: says・press・place のどれか1つ"),
        ("    told:", "    on: 2026-11-21\n    told:", "x.yaml:5: 前の日付より後に"),
        ("    told:", "    kind: answer\n    told:", "x.yaml:5: 「answer」は使えません。"),
        ("- says:", "- says: a\n    says:", "x.yaml:5: 「says」は4行目にもあります。"),
    ],
)
def test_a_slip_in_a_file_is_named_with_its_line(
    tmp_path: Path, old: str, new: str, says: str
) -> None:
    assert SMALL.count(old) == 1
    assert says in faults(tmp_path, SMALL.replace(old, new))


def test_every_slip_of_every_file_is_named_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(SMALL.replace("who:", "name:"), encoding="utf-8")
    message = faults(tmp_path, SMALL.replace("    told:", "    tell:").replace("R13", ""))
    assert "a.yaml:1:" in message
    assert "x.yaml:5:" in message
    assert "x.yaml:7:" in message
