"""Reception: what is let in is kept once, in the order of the person, and answered."""

import asyncio
from pathlib import Path

import pytest

from bot import batch
from bot.channels.channel import Blocked, Elsewhere, Unreadable
from bot.content import Content
from bot.errors import Away, Full
from bot.outgoing import MOST_OPEN
from bot.store import Store
from bot.tables import conversation, event, outbox, parked, unanswered
from bot.waiting import MOST
from dialogs.heard import Hello
from tests.bot.plain_channel import PHONE, Look, People, accept, spine, started, words
from tests.bot.spine.conftest import Accept

START = ("standing=own", "employees=6-20", "prefecture=東京都")


def test_a_consultation_is_kept_and_answered(take: Accept, people: People, store: Store):
    for at, data in enumerate(START):
        (taken,) = take(people.presses("ann", data, at))
        (row,) = taken.rows
        assert taken.outcome == "answered"
        assert (row.way, row.state, row.lease_by) == ("reply", "leased", store.name)
    assert "助け合う約束" in words(row.body)
    assert row.seq == 3


def test_the_same_event_twice_counts_once(take: Accept, people: People, look: Look):
    once = people.presses("ann", START[0])
    assert sorted(t.outcome for t in take(once, once)) == ["answered", "duplicate"]
    assert [t.outcome for t in take(once)] == ["duplicate"]
    assert len(look.rows(outbox)) == 1


def test_one_batch_is_taken_in_the_order_of_time(take: Accept, people: People, look: Look):
    given = [people.presses("ann", data, at) for at, data in enumerate(START)]
    taken = take(*reversed(given))
    assert [t.rows[0].seq for t in taken] == [3, 2, 1]
    assert [t.behind for t in taken] == [True, True, False]
    assert set(look.answers(taken[0].conv_key)) == {"standing", "employees", "prefecture"}


def test_the_wish_for_a_person_is_answered_and_hands_nobody_over(
    store: Store, people: People, tmp_path: Path, content: Content
):
    made = spine(store, tmp_path, content)
    with started(made) as reception:
        (taken,) = accept(reception, people.presses("ann", "command=person"))
    assert taken.outcome == "answered"
    assert made._metrics.found == {"accepted": 1}


def test_two_people_never_meet(take: Accept, people: People, look: Look):
    ann, bob = take(people.presses("ann", START[0]), people.says("bob", "組合です"))
    assert ann.conv_key != bob.conv_key
    assert look.answers(ann.conv_key) == {"standing": ["own"]}


def test_a_late_text_changes_nothing_and_gets_the_present_question(
    take: Accept, people: People, look: Look
):
    (first,) = take(people.presses("ann", START[0], 10))
    (late,) = take(people.says("ann", "6人", 5))
    assert late.outcome == "late"
    assert "従業員" in words(late.rows[0].body)
    assert look.answers(first.conv_key) == {"standing": ["own"]}
    (again,) = take(people.says("ann", "6〜20人", 11))
    assert again.outcome == "answered"


def test_a_late_text_is_not_kept_as_a_question(take: Accept, people: People, look: Look):
    take(people.presses("ann", START[0], 10))
    take(people.says("ann", "ふがふが", 6))
    assert "ふがふが" not in look.everything()


def test_a_late_press_corrects_its_own_answer(take: Accept, people: People, look: Look):
    take(*(people.presses("ann", data, 10 + at) for at, data in enumerate(START)))
    (late,) = take(people.presses("ann", "employees=21-50", 5))
    assert late.outcome == "late"
    assert look.answers(late.conv_key)["employees"] == ["21-50"]
    assert look.answers(late.conv_key)["prefecture"] == ["東京都"]


@pytest.mark.parametrize("command", ["restart", "erase", "back"])
def test_a_late_command_changes_nothing(take: Accept, people: People, look: Look, command: str):
    (first,) = take(people.presses("ann", START[0], 10))
    take(people.presses("ann", f"command={command}", 5))
    assert look.answers(first.conv_key) == {"standing": ["own"]}


def test_nul_and_lone_surrogates_are_cleaned_before_anything_is_stored(
    take: Accept, people: People, look: Look
):
    odd = people.says("ann", "ふが\0ふが\ud800", event="e\0\udfff", message="m" * 5000)
    (taken,) = take(odd)
    assert taken.outcome == "answered"
    assert [row.text for row in look.rows(unanswered)] == ["ふがふが\ufffd"]
    assert [t.outcome for t in take(odd)] == ["duplicate"]


def test_an_event_older_than_the_ids_we_keep_is_ignored(take: Accept, people: People):
    assert [t.outcome for t in take(people.presses("ann", START[0], -30 * 86400))] == ["ignored"]


def test_an_event_from_far_ahead_does_not_make_all_others_late(take: Accept, people: People):
    take(people.presses("ann", START[0], 400 * 86400))
    (taken,) = take(people.presses("ann", START[1], 60))
    assert taken.outcome == "answered"


@pytest.mark.parametrize(
    ("token", "at", "way"), [("t", 0, "reply"), ("", 0, "push"), ("t", -3600, "push")]
)
def test_reply_or_push_is_decided_when_accepted(
    take: Accept, people: People, token: str, at: int, way: str
):
    (taken,) = take(people.presses("ann", START[0], at, reply_token=token))
    (row,) = taken.rows
    assert (row.way, row.reply_token) == (way, token if way == "reply" else "")


def test_a_group_is_pointed_to_the_talk_between_two(take: Accept, people: People, look: Look):
    (taken,) = take(people.event("ann", Elsewhere()))
    assert "個別のトーク" in words(taken.rows[0].body)
    assert look.answers(taken.conv_key) == {}


def test_who_left_is_not_written_to_and_who_comes_back_is(take: Accept, people: People):
    take(people.presses("ann", START[0], 1))
    (left,) = take(people.event("ann", Blocked(), 5, reply_token=""))
    (late,) = take(people.presses("ann", START[1], 3))
    (back,) = take(people.event("ann", Hello(), 9))
    assert (left.outcome, left.rows) == ("erased", ())
    assert (late.outcome, late.rows) == ("late", ())
    assert (back.outcome, len(back.rows)) == ("answered", 1)


def test_an_unreadable_event_is_parked_with_an_apology(take: Accept, people: People, look: Look):
    address = people.presses("ann", START[0]).address
    bad = Unreadable("e-bad", address, "message", "KeyError", '{"text": 17}', reply_token="t")
    good, taken = take(people.presses("ann", START[0]), bad)
    assert (good.outcome, taken.outcome) == ("answered", "parked")
    assert PHONE in words(taken.rows[0].body)
    assert [t.outcome for t in take(bad)] == ["duplicate"]
    (row,) = look.rows(parked)
    assert (row.kind, row.error, row.shape) == ("message", "KeyError", '{"text": 17}')


def test_an_event_of_nobody_is_parked_without_an_apology(take: Accept, look: Look):
    (taken,) = take(Unreadable(None, None, "null", "TypeError", "null"))
    assert (taken.outcome, taken.rows) == ("parked", ())
    assert len(look.rows(parked)) == 1


def test_a_message_cut_by_who_waited_is_still_written(
    store: Store, tmp_path: Path, content: Content, people: People, look: Look
):
    reception = spine(store, tmp_path, content)

    async def leave() -> None:
        waiting = asyncio.create_task(reception.accept([people.presses("ann", START[0])]))
        await asyncio.sleep(0)
        waiting.cancel()

    asyncio.run(leave())
    with started(reception):
        pass
    (row,) = look.rows(outbox)
    assert (row.state, row.lease_by) == ("waiting", "")


def test_the_queue_is_bounded_and_lets_in_all_or_none(
    store: Store, tmp_path: Path, content: Content, people: People
):
    reception = spine(store, tmp_path, content)
    one = people.presses("ann", START[0])

    async def fill() -> None:
        asyncio.get_running_loop().set_exception_handler(lambda *_: None)
        full = asyncio.create_task(reception.accept([one] * (MOST - 1)))
        await asyncio.sleep(0)
        with pytest.raises(Full):
            await reception.accept([one, one])
        assert len(reception.waiting) == MOST - 1
        reception.stop(0)
        with pytest.raises(Away):
            await full
        with pytest.raises(Away):
            await reception.accept([one])

    asyncio.run(fill())


def test_replies_of_one_person_that_wait_are_bounded(take: Accept, people: People, look: Look):
    for at in range(0, MOST_OPEN + 10, 30):
        take(*(people.presses("ann", START[0], at + n) for n in range(30)))
    rows = look.rows(outbox)
    assert sum(row.state == "leased" for row in rows) == MOST_OPEN
    assert {row.state for row in rows} == {"leased", "dropped"}
    assert all(row.body == b"" for row in rows if row.state == "dropped")


def test_turns_of_one_transaction_end_when_their_time_is_over(
    take: Accept, people: People, look: Look, monkeypatch: pytest.MonkeyPatch
):
    ticks = iter(range(10_000))
    monkeypatch.setattr(batch, "monotonic", lambda: next(ticks) * 0.03)
    given = [people.presses("ann", START[0], n) for n in range(6)]
    given += [people.presses(f"b{n}", START[0], n) for n in range(6)]
    taken = take(*given, given[3], given[8])
    assert [t.outcome for t in taken[:12]].count("answered") == 12
    assert [t.outcome for t in taken[12:]] == ["duplicate", "duplicate"]
    assert len(look.rows(event)) == 12
    assert len({row.taken_at for row in look.rows(event)}) > 1


def test_the_address_is_kept_encrypted(take: Accept, people: People, look: Look):
    take(people.presses("ann", START[0]))
    (row,) = look.rows(conversation)
    assert row.address
    assert "user-ann" not in look.everything()


def test_nothing_is_answered_before_it_is_committed(
    store: Store, tmp_path: Path, content: Content, people: People, look: Look
):
    seen: list[tuple[str, int]] = []
    reception = spine(
        store, tmp_path, content, watch=lambda point: seen.append((point, len(look.rows(outbox))))
    )
    with started(reception):
        accept(reception, people.presses("ann", START[0]))
    points = ["taken", "begun", "opened", "locked", "turned", "written", "committed", "tell"]
    assert [point for point, _ in seen] == points
    assert dict(seen)["written"] == 0
    assert dict(seen)["committed"] == dict(seen)["tell"] == 1
