"""The judge of histories: a right run is right, and every kind of wrong is found."""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from tests.check_history import Record, asked, judge, main, words
from tests.crash.run import FAULTS, Plan
from tests.trial.runs import run_stand_in
from tests.trial.stand_in import WRONG

FOUND_AS = {
    "early": "I2", "forgets": "I2", "doubles": "I4", "twice": "I4", "loses": "I5", "shows": "I5",
    "hurries": "I6", "reminds": "I4", "strangers": "I17", "clings": "I17", "chats": "I17",
    "refused": "refused", "standby": "I4",
}  # fmt: skip
P, GROUP = "U" + "1" * 32, "C" + "2" * 32


class Tale:
    """A small history written by hand: each call adds what happened next."""

    def __init__(self) -> None:
        self.records: list[Record] = []
        self.clock = 100.0
        self.add("start", needs={}, seed=1, redelivery=True, platform="line")

    def add(self, kind: str, **what: Any) -> "Tale":
        self.clock += 0.1
        record = {"n": len(self.records) + 1, "at": self.clock, "kind": kind, **what}
        self.records.append(record)
        return self

    def event(self, name: str, data: str = "", label: str = "", **more: Any) -> "Tale":
        said = {"kind": "press", "data": data, "label": label} if data else {"kind": "text"}
        made = {
            "type": "postback" if data else "message", "mode": "active", "source": "user",
            "person": P, "chat": P, "token": True, "said": said, **more,
        }  # fmt: skip
        return self.add("event", event=name, event_at=self.clock, **made)

    def brought(self, *names: str, status: int | None = 200) -> "Tale":
        request = len(self.records)
        self.add("try", request=request, events=list(names), again=False)
        return self.add("tried", request=request, events=list(names), status=status, error=None)

    def call(self, event: str | None, text: str = "はい", **more: Any) -> "Tale":
        made = {
            "call": "reply" if event else "push", "event": event, "chat": P, "status": 200,
            "visible": True, "why": "", "fault": None,
            "messages": [{"type": "text", "text": text, **more.pop("with_", {})}],
        }  # fmt: skip
        return self.add("call", **made | more)

    def rules(self) -> set[str]:
        return judge([*self.records, {"n": 9_999, "at": 999.0, "kind": "end"}]).rules()


def buttons(*presses: str) -> dict[str, Any]:
    return {"quickReply": {"items": [{"action": {"data": press}} for press in presses]}}


ASKS_EMPLOYEES = buttons("employees=0-5", "employees=6-20", "command=back")


@pytest.fixture(scope="module")
def right(tmp_path_factory: pytest.TempPathFactory) -> list[Record]:
    folder = tmp_path_factory.mktemp("right")
    return run_stand_in(folder, Plan(1, kills=0, people=20, pause=0.1))


def test_a_right_bot_is_found_right(right: list[Record]):
    verdict = judge(right)
    assert (verdict.violations, verdict.void) == ([], [])


def test_a_right_bot_stays_right_when_it_is_killed_and_the_platform_fails(tmp_path: Path):
    plan = Plan(2, kills=5, people=12, least=0)
    history = run_stand_in(tmp_path, plan, faults=FAULTS, count=2)
    verdict = judge(history)
    assert (verdict.violations, verdict.void) == ([], [])


@pytest.mark.parametrize("wrong", WRONG)
def test_a_bot_wrong_in_one_way_is_found_wrong_in_that_way(wrong: str, tmp_path: Path):
    kills = 6 if wrong == "early" else 0
    plan = Plan(3, kills=kills, people=12, pause=0.1, between=(0.3, 0.5), quiet=2.0)
    verdict = judge(run_stand_in(tmp_path, plan, wrong=wrong))
    assert FOUND_AS[wrong] in verdict.rules()


# -- planted into the history of a right run ------------------------------------------------------


def replies(records: list[Record]) -> list[Record]:
    """The visible replies to people who stay and take nothing back."""
    odd = {
        r["chat"] for r in records if r["kind"] == "event" and r["type"] in ("unfollow", "unsend")
    }
    seen = [r for r in records if r["kind"] == "call" and r["visible"] and r["event"]]
    return [r for r in seen if r["chat"].startswith("U") and r["chat"] not in odd]


def test_a_reply_taken_out_of_the_history_is_missed(right: list[Record]):
    gone = replies(right)[5]
    verdict = judge([record for record in right if record is not gone])
    assert [(v.rule, v.what) for v in verdict.violations] == [("I2", gone["event"])]


def test_a_reply_put_in_twice_is_found(right: list[Record]):
    planted = deepcopy(right)
    planted.insert(-1, {**replies(planted)[5], "n": len(planted) + 1})
    assert judge(planted).rules() >= {"I4"}


def test_a_push_put_in_is_found(right: list[Record]):
    planted = deepcopy(right)
    extra = {**replies(planted)[5], "n": len(planted) + 1, "call": "push", "event": None}
    planted.insert(-1, extra)
    assert judge(planted).rules() == {"I4"}


def test_every_single_visible_reply_is_needed(right: list[Record]):
    for gone in replies(right)[::10]:
        assert judge([record for record in right if record is not gone]).violations


def test_a_label_blotted_out_of_the_reviews_is_found(right: list[Record]):
    text = json.dumps(right, ensure_ascii=False)
    planted = json.loads(
        text.replace("ここまでの内容です\\n自分の会社", "ここまでの内容です\\n〇〇")
    )
    assert judge(planted).rules() == {"I5"}


# -- small tales, each with its own point ---------------------------------------------------------


def test_an_answer_to_each_event_is_right():
    assert Tale().event("a").brought("a").call("a").rules() == set()
    assert Tale().event("a").brought("a").call(None).rules() == set()


def test_an_event_not_taken_may_stay_unanswered_or_be_answered_once():
    assert Tale().event("a").brought("a", status=None).rules() == set()
    assert Tale().event("a").brought("a", status=500).call("a").rules() == set()
    assert Tale().event("a").brought("a", status=None).call("a").call("a").rules() == {"I4"}


def test_a_reply_whose_fate_is_unknown_excuses_silence_and_a_refused_one_does_not():
    lost = {"visible": False, "status": None, "fault": "reset_before"}
    assert Tale().event("a").brought("a").call("a", **lost).rules() == set()
    busy = {"visible": False, "status": 429, "fault": "rate"}
    assert Tale().event("a").brought("a").call("a", **busy).rules() == {"I2"}


def test_who_left_or_took_back_need_not_be_answered():
    for kind in ("unfollow", "unsend"):
        said = {"kind": kind, "message": "7"}
        tale = Tale().event("a", said={"kind": "text", "message": "7"}).brought("a")
        tale.event("b", type=kind, token=False, said=said)
        assert tale.rules() == set()


def test_no_silence_is_excused_by_the_word_of_the_bot_without_a_kill():
    tale = Tale().event("a").brought("a").add("ledger", event="a", outcome="uncertain")
    assert tale.rules() == {"I2"}
    assert tale.add("kill", process=0).rules() == set()


def test_order_counts_where_the_bot_could_know_it():
    one_by_one = Tale().event("a").brought("a").event("b").brought("b")
    assert one_by_one.call("b").call("a").rules() == {"I6"}
    at_once = Tale().event("a").event("b").brought("b").brought("a")
    assert at_once.call("b").call("a").rules() == set()
    batch = Tale().event("a").event("b").brought("b", "a")
    assert batch.call("b").call("a").rules() == {"I6"}


def test_a_reply_is_not_to_be_overtaken_however_late_it_is():
    tale = Tale().event("a").brought("a").event("b").brought("b")
    tale.clock += 21
    assert tale.call("b").call("a").rules() == {"I6"}


def test_a_question_asked_again_after_its_answer_is_a_lost_update():
    tale = Tale().event("a", "employees=6-20").brought("a")
    assert tale.call("a", with_=ASKS_EMPLOYEES).rules() == {"I5"}
    later = Tale().event("a", "employees=6-20@employees~1").brought("a").call("a")
    later.event("b", "plan=bcp").brought("b")
    assert later.call("b", with_=ASKS_EMPLOYEES).rules() == {"I5"}


def test_a_question_may_be_asked_again_after_back_change_or_restart():
    for press in ("command=back", "change=employees", "command=restart"):
        tale = Tale().event("a", "employees=6-20").brought("a").call("a")
        tale.event("b", press).brought("b")
        assert tale.call("b", with_=ASKS_EMPLOYEES).rules() == set()


def test_the_review_has_to_show_what_was_pressed_last():
    tale = Tale().event("a", "employees=6-20", "6〜20人").brought("a").call("a")
    tale.event("b", "employees=0-5", "5人以下").brought("b").call("b")
    tale.event("c", "command=review").brought("c")
    assert deepcopy(tale).call("c", "従業員 6〜20人").rules() == {"I5"}
    assert deepcopy(tale).call("c", "従業員 5人以下").rules() == set()


def test_a_press_that_never_arrived_need_not_show_in_the_review():
    tale = Tale().event("a", "employees=6-20", "6〜20人").brought("a").call("a")
    tale.event("b", "employees=0-5", "5人以下").brought("b", status=None)
    tale.event("c", "command=review").brought("c")
    assert deepcopy(tale).call("c", "従業員 6〜20人").rules() == set()
    assert deepcopy(tale).call("c", "従業員 5人以下").rules() == set()
    assert deepcopy(tale).call("c", "従業員 21〜50人").rules() == {"I5"}


def test_the_answer_to_one_press_pushed_in_place_of_another_is_found():
    tale = Tale().event("a", "employees=6-20").brought("a").call("a", "つぎ")
    tale.event("b", "plan=bcp").brought("b")
    assert deepcopy(tale).call(None, "つぎ").rules() == {"I4"}
    assert deepcopy(tale).call(None, "おわり").rules() == set()


def test_nobody_is_written_to_first_or_after_they_left():
    assert Tale().event("a").call(None).rules() == {"I4", "I17"}
    left = Tale().event("a").brought("a").call("a")
    left.event("b", type="unfollow", token=False).brought("b")
    left.clock += 5
    assert "I17" in deepcopy(left).call(None, visible=False).rules()
    left.event("c", type="follow").brought("c")
    assert left.call("c").rules() == set()


def test_a_group_may_be_answered_but_not_asked():
    tale = Tale().event("a", source="group", chat=GROUP).brought("a")
    assert deepcopy(tale).call("a", chat=GROUP).rules() == set()
    assert deepcopy(tale).call("a", chat=GROUP, with_=ASKS_EMPLOYEES).rules() == {"I17"}
    assert "I17" in deepcopy(tale).call(None, chat=GROUP).rules()


def test_a_refused_payload_is_found_and_a_used_token_is_not_one():
    dead = {"status": 400, "visible": False, "why": "Invalid reply token"}
    tale = Tale().event("a").brought("a")
    assert deepcopy(tale).call("a").call("a", **dead).rules() == set()
    assert "refused" in deepcopy(tale).call("a", **dead).rules()
    assert "refused" in deepcopy(tale).call("a", **{**dead, "why": "unknown property"}).rules()


def test_a_fold_counts_as_its_question_and_a_single_button_does_not():
    assert asked([buttons("prefecture=北海道", "open=prefecture,kanto")]) == {"prefecture"}
    assert asked([buttons("hurry=yes", "command=back", "command=help", "change=plan")]) == set()
    assert words([{"contents": [{"text": "一"}, {"contents": [{"text": "二"}]}]}]) == "一\n二"


@pytest.mark.parametrize(
    ("needs", "happened", "void"),
    [({"kill": 1}, [], 1), ({"kill": 1}, ["kill"], 0), ({"rate": 2}, ["rate"], 1), ({}, [], 0)],
)
def test_a_run_in_which_too_little_happened_is_void(
    needs: dict[str, int], happened: list[str], void: int, tmp_path: Path
):
    tale = Tale().event("a").brought("a").call("a")
    tale.records[0]["needs"] = needs
    for name in happened:
        tale.add("kill", process=0) if name == "kill" else tale.add("fault", name=name)
    tale.add("end")
    assert len(judge(tale.records).void) == void
    path = tmp_path / "history.jsonl"
    path.write_text("\n".join(json.dumps(record) for record in tale.records))
    assert main([str(path)]) == (3 if void else 0)


def test_a_history_without_end_or_without_events_proves_nothing():
    assert judge(Tale().event("a").brought("a").call("a").records).void
    assert judge(Tale().add("end").records).void


def test_the_judge_run_by_hand_names_what_it_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    path = tmp_path / "history.jsonl"
    records = Tale().event("a").brought("a").add("end").records
    path.write_text("\n".join(json.dumps(record) for record in records))
    assert main([str(path)]) == 1
    assert "I2: a: taken with 200, never answered" in capsys.readouterr().out
