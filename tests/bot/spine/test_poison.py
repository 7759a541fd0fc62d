"""Poison: one event that cannot be taken, at every place of a batch; all others are answered."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot import taking
from bot.channels.channel import Arrived
from bot.content import Content
from bot.reception import Reception
from bot.store import Store
from bot.tables import LONGEST_BODY, conversation, parked
from dialogs.heard import Heard, Text
from dialogs.reply import Reply
from dialogs.session import Session
from tests.bot.plain_channel import PHONE, Look, People, PlainChannel, accept, spine, words

WORD = "毒です"
PLACES = range(5)


class Poisoned(PlainChannel):
    """Draws what it is told to, when the poison was read."""

    def __init__(self, drawn: Callable[[], Any]) -> None:
        self.drawn, self.now = drawn, False

    def draw(self, reply: Reply, session: Session) -> bytes:
        if self.now:
            self.now = False
            return self.drawn()  # type: ignore[no-any-return]
        return super().draw(reply, session)


def _raise() -> bytes:
    raise ZeroDivisionError(WORD)


KINDS: dict[str, Callable[[], Any]] = {
    "a raising rule": _raise,
    "too long a value": lambda: b"x" * (LONGEST_BODY + 1),
    "a failing statement": object,
}


@pytest.fixture
def poisoned(
    store: Store, tmp_path: Path, content: Content, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[str], Reception]]:
    """A reception that meets this kind of fault whenever somebody says the word."""
    made: list[Reception] = []

    def start(kind: str) -> Reception:
        channel, usual = Poisoned(KINDS[kind]), taking.take_turn

        def watched(flow: Any, book: Any, session: Any, heard: Heard, now: Any) -> Any:
            channel.now = heard.said == Text(WORD)
            return usual(flow, book, session, heard, now)

        monkeypatch.setattr(taking, "take_turn", watched)
        made.append(spine(store, tmp_path, content, channel))
        made[0].start()
        return made[0]

    yield start
    made[0].stop(10)


def neighbours(people: People, place: int, bad: Arrived) -> list[Arrived]:
    given = [people.presses(f"n{n}", "standing=own", n) for n in range(len(PLACES) - 1)]
    return [*given[:place], bad, *given[place:]]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("kind", KINDS)
def test_one_event_fails_and_all_others_are_answered(
    poisoned: Callable[[str], Reception], people: People, look: Look, kind: str, place: int
):
    taken = accept(poisoned(kind), *neighbours(people, place, people.says("ann", WORD)))
    outcomes = [t.outcome for t in taken]
    assert outcomes.pop(place) == "parked"
    assert set(outcomes) == {"answered"}
    assert PHONE in words(taken[place].rows[0].body)
    (row,) = look.rows(parked)
    assert row.kind == "Text"
    assert row.shape == f"Text(text={len(WORD)})"
    assert WORD not in look.everything()


@pytest.mark.parametrize("place", PLACES)
def test_a_nul_harms_nobody_and_is_answered(reception: Reception, people: People, place: int):
    bad = people.says("ann", "従業員は\0人", event="e\0", message="m\0")
    taken = accept(reception, *neighbours(people, place, bad))
    assert {t.outcome for t in taken} == {"answered"}


def test_who_said_the_poison_goes_on_with_the_next_message(
    poisoned: Callable[[str], Reception], people: People, look: Look
):
    reception = poisoned("a raising rule")
    first, bad, after = accept(
        reception,
        people.presses("ann", "standing=own", 1),
        people.says("ann", WORD, 2),
        people.presses("ann", "employees=6-20", 3),
    )
    assert (first.outcome, bad.outcome, after.outcome) == ("answered", "parked", "answered")
    assert set(look.answers(first.conv_key)) == {"standing", "employees"}
    assert [t.rows[0].seq for t in (first, bad, after)] == [1, 2, 3]


def test_a_poison_that_comes_again_is_a_duplicate(
    poisoned: Callable[[str], Reception], people: People
):
    reception, bad = poisoned("a raising rule"), people.says("ann", WORD)
    assert [t.outcome for t in accept(reception, bad)] == ["parked"]
    assert [t.outcome for t in accept(reception, bad)] == ["duplicate"]


def test_a_session_nobody_can_read_is_parked_and_harms_nobody(
    reception: Reception, people: People, store: Store, look: Look
):
    given = [people.presses(who, "standing=own") for who in ("ann", "bob")]
    accept(reception, given[0])
    with store.engine.begin() as connection:
        connection.execute(conversation.update().values(session='{"v": 99}'))
    taken = accept(reception, people.presses("ann", "employees=6-20", 1), given[1])
    assert [t.outcome for t in taken] == ["parked", "answered"]
    assert look.rows(parked)[0].error.startswith("ValueError session.py")


def test_an_apology_that_cannot_be_drawn_still_parks(
    poisoned: Callable[[str], Reception], people: People, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(PlainChannel, "apology", lambda *_: _raise())
    taken = accept(poisoned("a raising rule"), *neighbours(people, 2, people.says("ann", WORD)))
    assert [t.outcome for t in taken].count("answered") == 4
    assert (taken[2].outcome, taken[2].rows) == ("parked", ())
