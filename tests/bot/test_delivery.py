"""Delivery: what becomes of a reply, whatever the platform says or leaves unsaid (decision 9)."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import select, update

from bot import delivery, keeper, sweeper
from bot.channels.channel import Address, Arrived, Unsent
from bot.channels.line_api import judge
from bot.content import Content
from bot.delivery import Delivery
from bot.keys import Keys
from bot.metrics import Metrics
from bot.outbox import Outbox
from bot.outbox_row import OutboxRow
from bot.reception import Reception
from bot.sending import PATIENCE_MS, Answer, after, before
from bot.store import Store
from bot.sweeper import Sweeper
from bot.tables import outbox
from dialogs.heard import Press
from tests.bot.plain_channel import PlainChannel

TAKEN, UNKNOWN, LATER = Answer("taken", 200), Answer("unknown"), Answer("later", 429)
INVALID, REFUSED = Answer("invalid_token", 400), Answer("refused", 400)
UNREACHED = Answer("unreached")


@dataclass
class Scripted:
    """A platform that answers as it is told, then takes everything; it notes each call."""

    script: list[Answer] = field(default_factory=list)
    calls: list[tuple[str, str]] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)

    async def reply(self, token: str, messages: bytes) -> Answer:
        return self._call("reply", token, messages)

    async def push(self, user: str, messages: bytes, retry_key: str) -> Answer:
        return self._call("push", f"{user} {retry_key}", messages)

    def _call(self, way: str, to: str, messages: bytes) -> Answer:
        self.calls.append((way, to))
        self.bodies.append(messages)
        return self.script.pop(0) if self.script else TAKEN

    async def quota_left(self) -> float:
        return 7.0

    async def close(self) -> None:
        pass

    @property
    def ways(self) -> list[str]:
        return [way for way, _ in self.calls]


@dataclass
class Post:
    """A reception and a delivery over one store, and somebody who presses buttons."""

    store: Store
    platform: Scripted
    reception: Reception
    metrics: Metrics
    keys: Keys
    number: int = 0

    def make(self) -> Delivery:
        platforms = {"plain": self.platform}
        return Delivery(Outbox(self.store), self.keys, self.reception, platforms, self.metrics)

    async def press(
        self, data: str = "standing=own", who: str = "ann", token: bool = True, message: str = ""
    ) -> Any:
        return await self.brings(Press(data), who, token, message)

    async def unsend(self, message: str) -> Any:
        return await self.brings(Unsent(message), "ann", False, "")

    async def brings(self, said: Any, who: str, token: bool, message: str) -> Any:
        self.number += 1
        at = datetime.now(UTC) + self.store.offset + timedelta(milliseconds=self.number)
        address = Address("plain", "", "bot", "", who, "")
        given = f"token{self.number}" if token else ""
        event = Arrived(address, f"e{self.number}", at, said, message, given)
        return await self.reception.accept([event])

    def rows(self) -> list[OutboxRow]:
        with self.store.read() as connection:
            found = connection.execute(select(outbox).order_by(outbox.c.conv_key, outbox.c.seq))
            return [OutboxRow.read(row) for row in found.mappings()]

    @property
    def states(self) -> list[str]:
        return [row.state for row in self.rows()]

    def set(self, **values: Any) -> None:
        """As if time or another process had done this to every row."""
        with self.store.engine.begin() as connection:
            connection.execute(update(outbox).values(**values))

    def counted(self, line: str) -> bool:
        return f"jigyokei_{line}" in self.metrics.text().decode()


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits in a test: the pauses are as short as they can be."""
    monkeypatch.setattr("bot.sending.FIRST_WAIT_MS", 1)
    monkeypatch.setattr("bot.notes.SECONDS", 0)
    monkeypatch.setattr(delivery, "LOOK_SECONDS", 0.01)
    monkeypatch.setattr(sweeper, "EVERY_SECONDS", 0.01)


@pytest.fixture
def post(store: Store, tmp_path: Path, content: Content) -> Any:
    metrics, keys = Metrics(), Keys.kept_in(tmp_path)
    channels = {"plain": PlainChannel()}
    reception = Reception(store, keys, lambda: content, channels, "03-0000-1111", metrics)
    reception.start()
    yield Post(store, Scripted(), reception, metrics, keys)
    reception.stop(5)


def run(work: Callable[[], Awaitable[None]]) -> None:
    asyncio.run(work())  # type: ignore[arg-type]


def test_an_accepted_reply_is_sent_at_once_marked_and_emptied(post: Post):
    async def work() -> None:
        sender = post.make()
        sender.take(await post.press())
        await sender.drain(5)

    run(work)
    assert post.platform.calls == [("reply", "token1")]
    (row,) = post.rows()
    assert (row.state, row.body, row.reply_token) == ("sent", b"", "")
    assert row.done_at > 0
    assert post.counted('answered_total{how="reply"} 1.0')


def test_without_a_token_it_is_a_push_to_the_person_with_the_key_of_its_row(post: Post):
    async def work() -> None:
        sender = post.make()
        sender.take(await post.press(token=False))
        await sender.drain(5)

    run(work)
    (row,) = post.rows()
    assert post.platform.calls == [("push", f"ann {row.retry_key}")]
    assert post.counted('answered_total{how="push"} 1.0')


@pytest.mark.parametrize("first", [UNKNOWN, LATER, UNREACHED])
@pytest.mark.parametrize("then", [TAKEN, INVALID])
def test_a_reply_is_repeated_inside_the_minute(post: Post, first: Answer, then: Answer):
    """The token serves once: a repeat it is refused means that the first try landed."""
    post.platform.script = [first, then]

    async def work() -> None:
        sender = post.make()
        sender.take(await post.press())
        await sender.drain(5)

    run(work)
    assert post.platform.ways == ["reply", "reply"]
    landed = then is TAKEN or first is UNKNOWN
    assert post.states == ["sent" if landed else "parked"]


@pytest.mark.parametrize("answer", [REFUSED, INVALID])
def test_any_other_400_parks_the_row_and_says_so(post: Post, answer: Answer):
    post.platform.script = [answer]

    async def work() -> None:
        sender = post.make()
        sender.take(await post.press())
        await sender.drain(5)

    run(work)
    assert post.states == ["parked"]
    assert post.platform.ways == ["reply"]
    assert post.counted("parked_total 1.0")


def test_a_reply_never_tried_becomes_a_push_when_its_token_is_over(post: Post):
    async def work() -> None:
        taken = await post.press()
        rows = [replace(row, token_until=1) for each in taken for row in each.rows]
        sender = post.make()
        for row in rows:
            sender.add(row)
        await sender.drain(5)

    run(work)
    assert post.platform.ways == ["push"]
    assert post.counted("token_expired_total 1.0")
    assert [row.way for row in post.rows()] == ["push"]


def test_a_reply_of_unknown_outcome_is_never_pushed_but_uncertain(post: Post):
    async def work() -> None:
        await post.press()
        post.set(state="waiting", lease_until=0, tries=1, token_until=1)
        sender = post.make()
        await Sweeper(sender, post.reception, post.metrics).sweep()
        await sender.drain(5)

    run(work)
    assert post.platform.calls == []
    assert post.states == ["uncertain"]
    assert post.counted("uncertain_total 1.0")


def test_what_a_dead_process_left_counts_as_tried_and_is_taken_up_once(post: Post):
    post.platform.script = [INVALID]

    async def work() -> None:
        await post.press()
        post.set(lease_by="dead", lease_until=1)
        sender, other = post.make(), post.make()
        sweeps = [Sweeper(each, post.reception, post.metrics) for each in (sender, other)]
        taken = await asyncio.gather(*(each.sweep() for each in sweeps))
        assert sorted(taken) == [0, 1]
        await asyncio.gather(sender.drain(5), other.drain(5))

    run(work)
    assert post.platform.ways == ["reply"]
    assert post.states == ["sent"]


def test_a_push_is_repeated_with_the_same_key_and_body_until_it_is_known(post: Post):
    post.platform.script = [UNKNOWN, Answer("unknown", 500), LATER, Answer("taken", 409)]

    async def work() -> None:
        sender = post.make()
        sender.take(await post.press(token=False))
        await sender.drain(5)

    run(work)
    assert len(set(post.platform.calls)) == 1
    assert len(set(post.platform.bodies)) == 1
    assert (len(post.platform.calls), post.states) == (4, ["sent"])


def test_replies_of_a_conversation_keep_their_order_and_others_do_not_wait(post: Post):
    post.platform.script = [UNKNOWN, TAKEN, TAKEN]

    async def work() -> None:
        sender = post.make()
        for data in ("standing=own", "employees=0-5"):
            sender.take(await post.press(data))
        sender.take(await post.press(who="bob"))
        await sender.drain(5)

    run(work)
    tokens = [token for _, token in post.platform.calls]
    assert [t for t in tokens if t != "token3"] == ["token1", "token1", "token2"]
    assert post.states == ["sent"] * 3


def test_a_row_that_another_process_holds_back_waits_until_it_is_done(post: Post):
    async def work() -> None:
        await post.press()
        post.set(lease_by="other")
        (taken,) = await post.press("employees=0-5")
        assert taken.behind
        sender = post.make()
        sender.take([taken])
        await asyncio.sleep(0.05)
        assert post.platform.calls == []
        post.set(done_at=1, state="sent")
        post.set(done_at=0, state="leased")
        with post.store.engine.begin() as connection:
            connection.execute(update(outbox).where(outbox.c.seq == 1).values(done_at=1))
        await sender.drain(5)

    run(work)
    assert post.platform.calls == [("reply", "token2")]


def test_a_stuck_row_holds_the_next_at_most_twenty_seconds(post: Post):
    async def work() -> None:
        await post.press()
        post.set(lease_by="other", created_at=post.rows()[0].created_at - 20_001)
        (taken,) = await post.press("employees=0-5")
        sender = post.make()
        sender.take([taken])
        await sender.drain(5)

    run(work)
    assert post.platform.calls == [("reply", "token2")]


def test_what_cannot_be_sent_for_long_goes_back_for_anybody(
    post: Post, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(delivery, "PATIENCE_MS", 0)
    post.platform.script = [UNKNOWN]

    async def work() -> None:
        sender = post.make()
        sender.take(await post.press())
        await sender.drain(5)

    run(work)
    (row,) = post.rows()
    assert (row.state, row.lease_by, row.tries) == ("waiting", "", 1)


def test_nobody_is_written_to_whose_address_is_gone(post: Post):
    async def work() -> None:
        (taken,) = await post.press(token=False)
        with post.store.engine.begin() as connection:
            connection.exec_driver_sql("UPDATE conversation SET address = NULL")
        sender = post.make()
        sender.take([taken])
        await sender.drain(5)

    run(work)
    assert post.platform.calls == []
    assert post.states == ["dropped"]


def test_a_row_whose_address_no_key_opens_is_parked_once_and_harms_no_other(
    post: Post, caplog: pytest.LogCaptureFixture
):
    async def work() -> None:
        (taken,) = await post.press(token=False)
        (other,) = await post.press(who="bob")
        post.keys = Keys.from_text("k" * 32, Fernet.generate_key().decode())
        sender = post.make()
        sender.take([taken, other])
        await sender.drain(5)
        assert await Sweeper(sender, post.reception, post.metrics).sweep() == 0

    run(work)
    assert post.platform.ways == ["reply"]
    assert sorted(post.states) == ["parked", "sent"]
    assert post.counted("parked_total 1.0")
    assert "parked: reply no_key" in caplog.text
    assert "DATA_KEY" not in caplog.text


def test_a_fault_of_the_program_leaves_its_line_and_says_only_its_class(
    post: Post, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
):
    async def fail(*_: object) -> Answer:
        raise ValueError("かなりあ")

    monkeypatch.setattr(post.platform, "reply", fail)

    async def work() -> None:
        sender = post.make()
        sender.take(await post.press())
        await sender.drain(5)
        monkeypatch.undo()
        post.set(lease_until=0, state="waiting")
        await Sweeper(sender, post.reception, post.metrics).sweep()
        await sender.drain(5)

    run(work)
    assert "line_left error=ValueError" in caplog.text
    assert "かなりあ" not in caplog.text
    assert post.states == ["sent"]


def test_the_quota_is_asked_only_after_the_first_reply(post: Post):
    async def work() -> None:
        sender = post.make()
        quota = sweeper.Quota({"line": post.platform}, post.metrics)
        await quota.look()
        assert post.counted("line_quota_remaining NaN")
        sender.take(await post.press())
        await sender.drain(5)
        await quota.look()
        assert post.counted("line_quota_remaining 7.0")

    run(work)


# -- whose a row is -------------------------------------------------------------------------------


def test_what_was_unsent_is_not_tried_again(post: Post, monkeypatch: pytest.MonkeyPatch):
    """The process keeps its own copy while it waits after a 429: the store is asked first."""
    monkeypatch.setattr("bot.sending.FIRST_WAIT_MS", 200)
    post.platform.script = [LATER]

    async def work() -> None:
        sender = post.make()
        (taken,) = await post.press(message="m1")
        sender.take([taken])
        await asyncio.sleep(0.1)
        assert post.platform.ways == ["reply"]
        await post.unsend("m1")
        sender.take(await post.press("employees=0-5"))
        await sender.drain(5)

    run(work)
    assert [token for _, token in post.platform.calls] == ["token1", "token3"]
    assert post.states == ["dropped", "sent"]


def test_what_was_unsent_while_it_waited_behind_another_is_not_tried(post: Post):
    async def work() -> None:
        await post.press()
        post.set(lease_by="other")
        sender = post.make()
        sender.take(await post.press("employees=0-5", message="m2"))
        await asyncio.sleep(0.05)
        await post.unsend("m2")
        with post.store.engine.begin() as connection:
            connection.execute(update(outbox).where(outbox.c.seq == 1).values(done_at=1))
        await sender.drain(5)

    run(work)
    assert post.platform.calls == []


def test_the_row_of_a_dead_process_is_sent_before_a_later_one_that_came_here(post: Post):
    """As after a kill: the later one waits; when the lease is over the earlier one is taken up."""

    async def work() -> None:
        await post.press()
        post.set(lease_by="dead")
        sender = post.make()
        sweep = Sweeper(sender, post.reception, post.metrics).sweep
        sender.take(await post.press("employees=0-5"))
        await asyncio.sleep(0.05)
        assert await sweep() == 0
        with post.store.engine.begin() as connection:
            connection.execute(update(outbox).where(outbox.c.seq == 1).values(lease_until=1))
        assert await sweep() == 1
        await sender.drain(5)

    run(work)
    assert [token for _, token in post.platform.calls] == ["token1", "token2"]
    assert post.states == ["sent", "sent"]


def test_all_that_a_dead_process_left_of_a_talk_is_taken_at_once_in_its_order(post: Post):
    async def work() -> None:
        for data in ("standing=own", "employees=0-5", "prefecture=東京都"):
            await post.press(data)
        post.set(lease_by="dead", lease_until=1)
        sender = post.make()
        assert await Sweeper(sender, post.reception, post.metrics).sweep() == 3
        await sender.drain(5)

    run(work)
    assert [token for _, token in post.platform.calls] == ["token1", "token2", "token3"]


def test_a_lease_is_over_long_before_later_rows_may_pass(post: Post):
    async def work() -> None:
        (taken,) = await post.press()
        (row,) = taken.rows
        assert 3 * (row.lease_until - row.created_at) < PATIENCE_MS

    run(work)


def test_a_living_process_holds_on_to_its_rows(post: Post, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(keeper, "SECONDS", 0.05)
    monkeypatch.setattr(keeper, "LEAST_MS", 10_000)
    monkeypatch.setattr("bot.sending.FIRST_WAIT_MS", 300)
    post.platform.script = [LATER]

    async def work() -> None:
        sender, other = post.make(), post.make()
        sender.take(await post.press())
        sender.take(await post.press("employees=0-5"))
        before = [row.lease_until for row in post.rows()]
        await asyncio.sleep(0.2)
        after = [row.lease_until for row in post.rows()]
        assert all(new > old for old, new in zip(before, after, strict=True))
        assert await Sweeper(other, post.reception, post.metrics).sweep() == 0
        await sender.drain(5)

    run(work)
    assert [token for _, token in post.platform.calls] == ["token1", "token1", "token2"]


def test_a_row_that_another_took_over_is_left_to_it(post: Post, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("bot.sending.FIRST_WAIT_MS", 200)
    post.platform.script = [LATER]

    async def work() -> None:
        sender = post.make()
        sender.take(await post.press())
        await asyncio.sleep(0.1)
        post.set(lease_by="other")
        await sender.drain(5)

    run(work)
    assert post.platform.ways == ["reply"]
    assert post.states == ["leased"]


def test_a_reply_told_to_wait_long_is_not_overtaken_meanwhile(post: Post):
    """Retry-After may be longer than the patience: the row is given back, the next one waits."""
    post.platform.script = [Answer("later", 429, wait=60)]

    async def work() -> None:
        sender = post.make()
        for taken in (await post.press(), await post.press("employees=0-5")):
            sender.take(taken)
        await asyncio.sleep(0.3)
        assert post.platform.ways == ["reply"]
        post.set(created_at=1)
        await sender.drain(5)

    run(work)
    assert [token for _, token in post.platform.calls] == ["token1", "token2"]


# -- the pure decisions ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "said", "word"),
    [
        (409, b"", "taken"), (429, b"rate", "later"), (401, b"", "later"), (403, b"", "later"),
        (429, b"You have reached your monthly limit.", "refused"),
        (400, b'{"message":"Invalid reply token"}', "invalid_token"), (400, b"", "refused"),
        (404, b"", "refused"), (500, b"", "unknown"), (503, b"", "unknown"), (302, b"", "unknown"),
    ],
)  # fmt: skip
def test_every_answer_of_line_means_one_thing(status: int, said: bytes, word: str):
    assert judge(status, said, "").word == word


def test_retry_after_is_kept_to_within_a_bound():
    assert [judge(429, b"", text).wait for text in ("3", "9999", "", "soon", "９")] == [
        3,
        60,
        0,
        0,
        0,
    ]
    assert after(_row(), judge(429, b"", "3"), False, 0).wait_ms == 3000


def _row(**given: Any) -> OutboxRow:
    values = dict.fromkeys(OutboxRow.__slots__, 0) | {"way": "reply", "reply_token": "t"}
    return OutboxRow(**{**values, "token_until": 1000, "created_at": 0, **given})


def test_what_is_older_than_the_platform_remembers_is_not_tried_any_more():
    long_after = 24 * 3_600_000
    assert before(_row(way="push"), True, long_after).deed == "uncertain"
    assert before(_row(way="push"), False, long_after).deed == "parked"
    assert before(_row(), True, 999).deed == "try"
    assert before(_row(), True, 1000).deed == "uncertain"
    assert before(_row(), False, 1000).deed == "push"
