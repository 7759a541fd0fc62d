"""Any order: people, repeats, late events, erasures, restarts and a jumping clock, against a model.

The model is a few lines: the pure core, one person at a time, in the order of their events.
"""

import asyncio
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from bot.channels.channel import Arrived, Blocked, Unsent
from bot.content import Content
from bot.retention import load_retention
from bot.store import Store
from bot.tables import TABLES, conversation, erasure, event, ms, outbox
from bot.timers import Timers
from dialogs.heard import Heard, Hello, Press, Text
from dialogs.late import take_late
from dialogs.session import Session
from dialogs.turn import take_turn
from tests.bot.plain_channel import Look, People, accept, spine

WHO = ("ann", "bob", "cid")
PRESSES = (
    "standing=own", "standing=association", "employees=6-20", "employees=901-", "prefecture=東京都",
    "partner=none", "command=back", "command=restart", "command=why", "command=erase", "nonsense",
)  # fmt: skip
TEXTS = ("6人", "東京です", "もどる", "最初から", "データを消す", "ほげふが", "")
SAID = st.one_of(
    st.sampled_from(PRESSES).map(Press),
    st.sampled_from(TEXTS).map(Text),
    st.just(Hello()),
    st.just(Blocked()),
    st.integers(0, 5).map(lambda n: Unsent(f"m{n}")),
)
SENT = st.tuples(st.sampled_from(WHO), SAID, st.integers(-3, 3), st.integers(0, 5))


@dataclass
class Known:
    """What the model knows of one person."""

    session: Session = field(default_factory=Session)
    givers: dict[str, str] = field(default_factory=dict)
    applied: int = 0
    blocked: bool = False
    erasures: int = 0


class Spine(RuleBasedStateMachine):
    """The real spine beside the model. `seen` holds each event and its outcome."""

    def __init__(self, store: Store, folder: Path, content: Content) -> None:
        super().__init__()
        self.store, self.folder, self.content = store, folder, content
        self.look, self.clock = Look(store), 0
        self.known = {who: Known() for who in WHO}
        self.seen: dict[str, tuple[Arrived, str]] = {}

    @initialize()
    def begin(self) -> None:
        self.store.offset = timedelta(0)
        with self.store.engine.begin() as connection:
            for table in TABLES:
                connection.execute(table.delete())
        self.people = People(self.store.now())
        self._start()

    def _start(self) -> None:
        self.reception = spine(self.store, self.folder, self.content)
        self.reception.start()

    @rule(sent=st.lists(SENT, min_size=1, max_size=6), again=st.integers(0, 3))
    def send(self, sent: list[tuple[str, Any, int, int]], again: int) -> None:
        """New events, some late, and some that came before."""
        self.clock += 1
        new = [
            self.people.event(who, said, self.clock + shift, message=f"m{message}")
            for who, said, shift, message in sent
        ]
        repeated = [arrived for arrived, _ in list(self.seen.values())[-again:]] if again else []
        taken = accept(self.reception, *new, *repeated)
        assert [t.outcome for t in taken[len(new) :]] == ["duplicate"] * len(repeated)
        found = {t.event: t.outcome for t in taken[: len(new)]}
        key = self.reception._keys.conv_key
        for arrived in sorted(new, key=lambda a: (key(a.address), ms(a.at), a.event)):
            outcome = self._expect(self.known[arrived.address.user.removeprefix("user-")], arrived)
            assert found[arrived.event] == outcome, arrived.said
            self.seen[arrived.event] = arrived, outcome

    @rule(hours=st.sampled_from([-48, -1, 0, 1, 48]))
    def jump(self, hours: int) -> None:
        """The clock jumps, and whatever is due is done: nothing is, so soon."""
        self.store.offset = timedelta(hours=hours)

        async def once() -> int:
            return await Timers(self.store, self.reception.change, load_retention()).once()

        due = asyncio.run(once())
        assert due <= sum(known.erasures for known in self.known.values())

    @rule()
    def restart(self) -> None:
        self.reception.stop(10)
        self._start()

    def _expect(self, known: Known, arrived: Arrived) -> str:
        at, said = ms(arrived.at), arrived.said
        late, known.applied = at < known.applied, max(at, known.applied)
        if isinstance(said, Unsent):
            gone = {q for q, giver in known.givers.items() if giver == said.message}
            self._keep(known, self._without(known.session, gone), "")
            return "erased"
        if late and (known.blocked or isinstance(said, Blocked)):
            return "late"
        if isinstance(said, Blocked):
            known.session, known.givers, known.blocked = Session(), {}, True
            known.erasures += 1
            return "erased"
        known.blocked = False
        return self._talk(known, arrived, late)

    def _talk(self, known: Known, arrived: Arrived, late: bool) -> str:
        now = self.store.now()
        heard = Heard("x", arrived.event, arrived.at, arrived.said)  # type: ignore[arg-type]
        taking = take_late if late else take_turn
        turn = taking(self.content.flow, self.content.book, known.session, heard, now)
        if turn.command == "erase":
            known.session, known.givers = Session(), {}
            known.erasures += 1
            return "answered"
        self._keep(known, turn.session, arrived.message)
        usual = "handoff" if turn.session.owner != "bot" else "answered"
        return "late" if late else usual

    def _keep(self, known: Known, session: Session, message: str) -> None:
        before, after = known.session.answers, session.answers
        for question in {*before, *after}:
            if before.get(question) != after.get(question):
                known.givers.pop(question, None)
                if question in after and message:
                    known.givers[question] = message
        known.session = session

    def _without(self, session: Session, gone: set[str]) -> Session:
        if not gone:
            return session
        answers = {q: v for q, v in session.answers.items() if q not in gone}
        return replace(session, answers=answers, clarify=None)

    @invariant()
    def the_answers_are_those_of_the_model(self) -> None:
        for who, known in self.known.items():
            key = self._key(who)
            wanted = {q: list(v) for q, v in known.session.answers.items()}
            assert self.look.answers(key) == wanted, who

    @invariant()
    def every_event_is_noted_once_and_replies_are_in_order(self) -> None:
        assert {row.event for row in self.look.rows(event)} == set(self.seen)
        last = {row.conv_key: row.seq for row in self.look.rows(conversation)}
        replies = self.look.rows(outbox)
        assert len({row.event_id for row in replies}) == len(replies)
        assert all(row.seq <= last[row.conv_key] for row in replies)
        erased = sum(known.erasures for known in self.known.values())
        assert len(self.look.rows(erasure)) == erased

    def _key(self, who: str) -> bytes:
        return self.reception._keys.conv_key(self.people.event(who, Hello()).address)

    def teardown(self) -> None:
        if hasattr(self, "reception"):
            self.reception.stop(10)
        self.store.offset = timedelta(0)


def test_whatever_comes_in_whatever_order_is_what_the_model_says(
    store: Store, tmp_path: Path, content: Content
):
    steps = settings(
        max_examples=20,
        stateful_step_count=12,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(lambda: Spine(store, tmp_path, content), settings=steps)
