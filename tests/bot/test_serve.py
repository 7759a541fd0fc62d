"""`jigyokei serve` and `worker`, run as operators run them, against the trial LINE."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import create_engine

from bot.migrations.upgrade import upgrade
from bot.store import engine_url
from bot.trial.faults import Faults
from bot.trial.line_server import LineServer
from tests.bot.line_bodies import SECRET, body, sign, text
from tests.bot.postgres import database
from tests.bot.serving import Bot, plain, until, variables
from tests.conftest import ROOT


@pytest.fixture
def line() -> Iterator[LineServer]:
    with LineServer(Faults(1)) as server:
        yield server


@pytest.fixture
def bot(line: LineServer, tmp_path: Path) -> Iterator[Bot]:
    """On SQLite."""
    with Bot(variables(line, tmp_path, LOG_LEVEL="debug"), tmp_path) as started:
        started.wait_until_ready()
        line.line.account.webhook = f"{started.url}/line/webhook"
        yield started


def seen(line: LineServer, chat: str) -> list[dict[str, Any]]:
    return line.line.chats[chat].seen


def told(line: LineServer, chat: str) -> str:
    return json.dumps(seen(line, chat), ensure_ascii=False)


PRESSES = (
    "standing=own", "employees=6-20", "industry=retail", "prefecture=東京都", "partner=none",
    "plan=none", "concern=earthquake",
)  # fmt: skip


def consult(line: LineServer, person: str) -> None:
    """A whole consultation, each step after the answer to the one before."""
    events = [line.talk.follow(person)] + [line.talk.press(person, data) for data in PRESSES]
    for event in events:
        before = len(seen(line, person))
        assert line.send(event).result(20) == 200
        assert until(lambda before=before: len(seen(line, person)) > before)


def test_a_consultation_is_held_to_its_result(line: LineServer, tmp_path: Path, database_url: str):
    given = variables(line, tmp_path, DATABASE_URL=plain(database_url))
    with Bot(given, tmp_path) as bot:
        bot.wait_until_ready()
        line.line.account.webhook = f"{bot.url}/line/webhook"
        person = line.talk.person()
        consult(line, person)
        assert "試験商工会" in told(line, person)
        assert "公式ではありません" in told(line, person)
        assert "tel:" in told(line, person)
        assert bot.stop() == 0


def test_every_kind_of_event_gets_its_answer(line: LineServer, bot: Bot):
    person = line.talk.person()

    def after(event: dict[str, Any], chat: str = "") -> str:
        before = len(seen(line, chat or person))
        assert line.send(event).result(20) == 200
        assert until(lambda: len(seen(line, chat or person)) > before)
        return json.dumps(seen(line, chat or person)[before:], ensure_ascii=False)

    assert "どなたのご相談" in after(line.talk.follow(person))
    assert "読み取れません" in after(line.talk.send(person, "sticker"))
    assert "読み取れません" in after(line.talk.send(person, "image"))
    assert "従業員" in after(line.talk.press(person, "standing=own"))
    assert "東京都" in after(line.talk.place(person, 35.6, 139.7, "東京都千代田区"))
    group = line.talk.group(person)
    assert "トークでうかがいます" in after(line.talk.join(group), group)
    assert "トークでうかがいます" in after(line.talk.say(group, "こんにちは", by=person), group)


def test_what_is_ignored_gets_none_and_is_counted(line: LineServer, bot: Bot):
    person = line.talk.person()
    standby = line.talk.say(person, "はい", mode="standby")
    edited = line.talk.edit(person, line.talk.say(person, "x"), "y")
    for event in (standby, edited, line.talk.odd(person)):
        assert line.send(event).result(20) == 200
    assert bot.status("/healthz") == 200
    shown = bot.metrics()
    for reason in ("standby", "edited", "unknown"):
        assert f'ignored_total{{channel="line",reason="{reason}"}} 1.0' in shown
    assert seen(line, person) == []


def test_a_poison_event_is_parked_with_an_apology_beside_its_neighbours(line: LineServer, bot: Bot):
    good = [line.talk.press(line.talk.person(), "standing=own") for _ in range(2)]
    unlucky = line.talk.person()
    odd = line.talk.say(unlucky, "はい")
    for event in (*good, odd):
        token, chat = event["replyToken"], event["source"]["userId"]
        at, now = event["timestamp"] / 1000, line.line.now()
        line.line.tokens.hand_out(token, event["webhookEventId"], chat, at, now)
    odd["timestamp"] = "abc"
    destination = {"destination": line.line.account.bot}
    raw = json.dumps({**destination, "events": [good[0], odd, None, good[1]]}).encode()
    assert line.send_raw(raw) == 200
    assert until(lambda: all(seen(line, e["source"]["userId"]) for e in (*good, odd)))
    assert "03-1234-5678" in told(line, unlucky)
    assert "jigyokei_parked_total 2.0" in bot.metrics()


def test_the_same_event_twice_is_answered_once(line: LineServer, bot: Bot):
    person = line.talk.person()
    event = line.talk.press(person, "standing=own")
    assert [line.send(event).result(20) for _ in range(3)] == [200] * 3
    assert until(lambda: 'duplicate_total{channel="line"} 2.0' in bot.metrics())
    assert len(seen(line, person)) == 1


def test_no_platform_is_called_before_the_first_reply(line: LineServer, bot: Bot):
    assert bot.status("/readyz") == 200
    assert [record["kind"] for record in line.line.history.records] == []


def test_sigterm_answers_what_was_accepted_and_ends_with_0(line: LineServer, bot: Bot):
    people = [line.talk.person() for _ in range(20)]
    sent = [line.send(line.talk.press(person, "standing=own")) for person in people]
    assert [each.result(20) for each in sent] == [200] * 20
    assert bot.stop() == 0
    assert all(seen(line, person) for person in people)


def test_odd_requests_are_answered_and_the_next_is_served(line: LineServer, bot: Bot):
    hook = f"{bot.url}/line/webhook"
    with httpx.Client(trust_env=False) as client:
        assert client.post(hook, content=b"x" * (1024 * 1024 + 1)).status_code == 413
        assert client.post(hook, content=b"{}").status_code == 401
        deep = b"[" * 100_000
        headers = {"x-line-signature": sign(deep, line.line.account.secret)}
        assert client.post(hook, content=deep, headers=headers).status_code == 400
        assert client.post(f"{bot.url}/slack/events").status_code == 404
    assert bot.status("/readyz") == 200


def test_nothing_a_person_wrote_and_no_id_is_in_the_log_or_the_metrics(line: LineServer, bot: Bot):
    person = line.talk.person()
    event = line.talk.say(person, "canary かなりあ 090-1234-5678")
    # Right after the start the platform may give up waiting; the bot takes it all the same.
    line.send(event).result(20)
    assert until(lambda: seen(line, person))
    raw = body(text("canary")).replace(b'"events"', b'"canary":"canary","events"')
    assert line.send_raw(raw, "canary") == 401
    shown = bot.metrics()
    assert bot.stop() == 0
    account = line.line.account
    for secret in (
        "canary", "かなりあ", "1234-5678", person, event["webhookEventId"], event["replyToken"],
        account.secret, account.access_token, account.bot,
    ):  # fmt: skip
        assert secret not in bot.text(), secret
        assert secret not in shown, secret


# -- settings and exit codes ----------------------------------------------------------------------


def ended(command: str, *options: str, **given: str) -> subprocess.CompletedProcess[str]:
    whole = [sys.executable, "-m", "bot", command, *options]
    return subprocess.run(
        whole, cwd=ROOT, env=given, capture_output=True, text=True, timeout=60, check=False
    )


def test_without_a_channel_it_ends_with_2_and_says_what_switches_one_on():
    done = ended("serve")
    assert (done.returncode, done.stdout) == (2, "")
    assert "LINE_CHANNEL_SECRET" in done.stderr


def test_settings_that_cannot_be_used_are_all_named(tmp_path: Path):
    done = ended(
        "serve",
        LINE_CHANNEL_SECRET=SECRET,
        PORT="x",
        DATABASE_URL="postgres://h/d",
        HOME=str(tmp_path),
    )
    assert done.returncode == 2
    for name in ("LINE_CHANNEL_ACCESS_TOKEN", "OPERATOR_NAME", "PORT", "ID_KEY", "DATA_KEY"):
        assert name in done.stderr


def test_the_worker_is_for_postgresql_only(tmp_path: Path):
    given = {
        "OPERATOR_NAME": "a", "OPERATOR_PHONE": "03-1234-5678", "LINE_CHANNEL_SECRET": SECRET,
        "LINE_CHANNEL_ACCESS_TOKEN": "t", "DATA_DIR": str(tmp_path),
    }  # fmt: skip
    done = ended("worker", **given)
    assert done.returncode == 2
    assert "PostgreSQL" in done.stderr


def test_the_worker_sends_what_a_dead_web_process_left(
    line: LineServer, tmp_path: Path, postgres: str
):
    with database(postgres) as url:
        engine = create_engine(engine_url(url))
        upgrade(engine)
        engine.dispose()
        _left_and_sent(line, tmp_path, variables(line, tmp_path, DATABASE_URL=plain(url)))


def _left_and_sent(line: LineServer, tmp_path: Path, given: dict[str, str]) -> None:
    person = line.talk.person()
    line.line.faults.shares = {"error_before": 1.0}
    with Bot(given, tmp_path) as bot:
        bot.wait_until_ready()
        line.line.account.webhook = f"{bot.url}/line/webhook"
        assert line.send(line.talk.press(person, "standing=own")).result(20) == 200
        bot.process.kill()
        bot.process.wait()
    line.line.faults.stop()
    with Bot(given, tmp_path, "worker") as worker:
        assert until(lambda: seen(line, person), 45), worker.text()
        assert worker.stop() == 0
