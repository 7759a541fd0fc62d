"""Erasing: unfollow, unsend and 「データを消す」; what is erased is nowhere any more."""

import re

import pytest

from bot import batch
from bot.channels.channel import Blocked, Unsent
from bot.reception import Taken
from bot.tables import conversation, erasure, event, outbox, timer, unanswered
from dialogs.heard import Text
from tests.bot.plain_channel import Look, People, words
from tests.bot.spine.conftest import Accept

CANARY = "かなりあ鳥籠商会"


@pytest.fixture(autouse=True)
def _whole_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """However long the first words take to read, what is handed in together stays together."""
    monkeypatch.setattr(batch, "TURNS_SECONDS", 60)


def _talk(take: Accept, people: People) -> Taken:
    """A talk that leaves something in every table."""
    take(people.presses("ann", "standing=own", 0))
    take(people.says("ann", "6人", 1, message="people"))
    (taken,) = take(people.says("ann", f"{CANARY}はどう", 2, message="canary"))
    return taken


def test_the_talk_leaves_traces(take: Accept, people: People, look: Look):
    taken = _talk(take, people)
    assert CANARY in look.everything()
    assert look.answers(taken.conv_key)


def test_the_erase_command_erases_all_and_gives_a_number(take: Accept, people: People, look: Look):
    key = _talk(take, people).conv_key
    (taken,) = take(people.says("ann", "データを消す", 3, message="wish"))
    said = words(taken.rows[0].body)
    (row,) = look.rows(erasure)
    assert re.search(r"消去番号は ([0-9A-Z]{4}-[0-9A-Z]{4}) です", said)
    assert row.number in said
    assert row.cause == "asked"
    assert CANARY not in look.everything()
    assert look.answers(key) == {}
    assert [r.seq for r in look.rows(outbox)] == [4]
    assert {r.message for r in look.rows(event)} == {"", "wish"} - {"wish"}


def test_the_talk_begins_anew_after_an_erasure(take: Accept, people: People, look: Look):
    _talk(take, people)
    take(people.presses("ann", "command=erase", 3))
    (again,) = take(people.presses("ann", "standing=own", 4))
    assert look.answers(again.conv_key) == {"standing": ["own"]}
    assert again.rows[0].seq == 5


def test_everything_of_one_batch_is_erased_too(take: Accept, people: People, look: Look):
    taken = take(
        people.says("ann", f"{CANARY}はどう", 1),
        people.presses("ann", "standing=own", 2),
        people.event("ann", Blocked(), 3, reply_token=""),
        people.presses("bob", "standing=own", 2),
    )
    assert [len(t.rows) for t in taken] == [0, 0, 0, 1]
    assert CANARY not in look.everything()
    assert [r.event_id for r in look.rows(outbox)] == [taken[3].event]


def test_who_unfollows_is_erased_but_for_the_ids(take: Accept, people: People, look: Look):
    _talk(take, people)
    take(people.event("ann", Blocked(), 3, reply_token=""))
    (row,) = look.rows(conversation)
    assert (row.session, row.givers, row.address, row.blocked) == ("", "", None, 1)
    assert look.rows(outbox) == look.rows(unanswered) == []
    assert len(look.rows(event)) == 4
    assert [r.kind for r in look.rows(timer)] == ["forget"]


def test_unsend_erases_the_message_and_the_answers_it_gave(
    take: Accept, people: People, look: Look
):
    key = _talk(take, people).conv_key
    assert set(look.answers(key)) == {"standing", "employees"}
    take(people.event("ann", Unsent("canary"), 3, reply_token=""))
    assert CANARY not in look.everything()
    assert set(look.answers(key)) == {"standing", "employees"}
    take(people.event("ann", Unsent("people"), 4, reply_token=""))
    assert set(look.answers(key)) == {"standing"}
    states = {r.event_id: r.state for r in look.rows(outbox)}
    assert sorted(states.values()) == ["dropped", "dropped", "leased"]


def test_unsend_leaves_an_answer_given_anew_since(take: Accept, people: People, look: Look):
    key = _talk(take, people).conv_key
    take(people.presses("ann", "employees=21-50", 3))
    (taken,) = take(people.event("ann", Unsent("people"), 4, reply_token=""))
    assert taken.outcome == "erased"
    assert look.answers(key)["employees"] == ["21-50"]


def test_unsend_in_the_batch_of_its_message_withdraws_the_reply(
    take: Accept, people: People, look: Look
):
    said, unsent = take(
        people.event("ann", Text(f"{CANARY}はどう"), 1, message="canary"),
        people.event("ann", Unsent("canary"), 2, reply_token=""),
    )
    assert (said.rows, unsent.rows) == ((), ())
    assert CANARY not in look.everything()


def test_a_message_that_comes_after_it_was_unsent_is_not_kept(
    take: Accept, people: People, look: Look
):
    take(people.event("ann", Unsent("canary"), 5, reply_token=""))
    (taken,) = take(people.says("ann", f"{CANARY}はどう", 4, message="canary"))
    assert taken.outcome == "late"
    assert CANARY not in look.everything()
