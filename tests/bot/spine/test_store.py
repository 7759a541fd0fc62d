"""The Store and the Keys: the clock, the URLs, what they refuse, and what they never say."""

import json
import logging
import os
import stat
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import insert, text
from sqlalchemy.exc import DBAPIError

from bot import taking
from bot.__main__ import main
from bot.channels.channel import Address
from bot.commands import questions
from bot.content import Content
from bot.errors import SettingsError
from bot.keys import Keys
from bot.shape import fault, shape
from bot.store import Store, database_url, engine_url
from bot.tables import conversation, ms, outbox, time_of
from dialogs.heard import Form, Place, Press
from dialogs.session import VERSION, Session
from tests.bot.plain_channel import PHONE, People, accept, spine, started
from tests.bot.spine.conftest import Accept

ANN = Address("line", "", "Ubot", "", "Uann", "")


def test_now_is_the_clock_of_the_database_plus_the_offset(store: Store):
    assert abs(store.now() - datetime.now(UTC)) < timedelta(seconds=30)
    store.offset = timedelta(days=100)
    assert abs(store.now() - datetime.now(UTC) - store.offset) < timedelta(seconds=30)


def test_times_are_the_same_there_and_back():
    at = datetime(2026, 11, 22, 3, 4, 5, 678000, UTC)
    assert time_of(ms(at)) == at


def test_a_commit_is_on_the_disk_before_it_is_told(store: Store):
    with store.read() as connection:
        if store.postgres:
            assert connection.scalar(text("SHOW fsync")) == "on"
            assert connection.scalar(text("SHOW synchronous_commit")) == "on"
            assert connection.scalar(text("SHOW transaction_isolation")) == "read committed"
        else:
            assert connection.scalar(text("PRAGMA journal_mode")) == "wal"
            assert connection.scalar(text("PRAGMA synchronous")) == 2
            assert connection.scalar(text("PRAGMA busy_timeout")) == 5000


def test_an_error_of_the_database_holds_no_value(store: Store):
    row = {"conv_key": b"k", "seq": 1, "body": b"x", "way": "かなりあ", "state": "sent"}
    with pytest.raises(DBAPIError) as found, store.engine.begin() as connection:
        connection.execute(insert(outbox), [row])
    assert "かなりあ" not in fault(found.value)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_postgresql_is_known_by_each_of_its_names(scheme: str):
    url = engine_url(f"{scheme}://u:p@h:5/d?sslmode=require")
    assert (url.drivername, url.query["sslmode"]) == ("postgresql+psycopg", "require")


@pytest.mark.parametrize("url", ["mysql://h/d", "nonsense", "sqlite://", "sqlite:///:memory:"])
def test_another_database_is_refused(url: str):
    with pytest.raises(SettingsError, match="DATABASE_URL"):
        engine_url(url)


def test_the_database_is_named_by_one_of_two_variables(tmp_path: Path):
    assert database_url({"DATABASE_URL": "postgres://x"}) == "postgres://x"
    assert database_url({"DATA_DIR": str(tmp_path)}) == f"sqlite:///{tmp_path}/bot.db"


# -- keys -----------------------------------------------------------------------------------------


def test_keys_are_made_once_for_their_owner_alone(tmp_path: Path):
    found: list[bytes] = []
    starts = [
        threading.Thread(target=lambda: found.append(Keys.kept_in(tmp_path).conv_key(ANN)))
        for _ in range(8)
    ]
    for thread in starts:
        thread.start()
    for thread in starts:
        thread.join()
    assert len(set(found)) == 1
    assert len(found) == 8
    (file,) = tmp_path.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_what_is_made_on_first_start_is_for_its_owner_alone(tmp_path: Path):
    folder, old = tmp_path / "data", os.umask(0)
    try:
        store = Store.open(f"sqlite:///{folder / 'bot.db'}")
        Keys.kept_in(folder)
        with store.engine.begin() as connection:
            connection.execute(conversation.insert(), [{"conv_key": b"k"}])
        modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()}
        store.close()
    finally:
        os.umask(old)
    names = {"bot.db", "bot.db-wal", "bot.db-shm", "keys.json"}
    assert modes == dict.fromkeys(names, 0o600)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_every_part_of_an_address_makes_another_conversation(tmp_path: Path):
    keys = Keys.kept_in(tmp_path)
    parts = [("line", "", "b", "", "u", ""), ("line", "b", "", "", "u", "")]
    parts += [("line", "", "b", "u", "", ""), ("line", "", "bu", "", "", ""), ("slack", *"    u")]
    found = {keys.conv_key(Address(*each)) for each in parts}  # type: ignore[misc]
    assert len(found) == len(parts)
    assert {len(key) for key in found} == {32}


def test_an_old_data_key_still_reads_and_the_newest_writes():
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    sealed = Keys.from_text("k" * 32, old).seal("Uann")
    both = Keys.from_text("k" * 32, f"{new},{old}")
    assert both.unseal(sealed) == "Uann"
    alone = Keys.from_text("k" * 32, new)
    assert alone.unseal(both.seal("Uann")) == "Uann"
    with pytest.raises(SettingsError, match="DATA_KEY"):
        alone.unseal(sealed)


def test_keys_that_cannot_be_used_are_all_named():
    with pytest.raises(SettingsError) as found:
        Keys.from_text("short", "not a key")
    assert "ID_KEY" in str(found.value)
    assert "DATA_KEY" in str(found.value)


# -- sessions -------------------------------------------------------------------------------------


def _old_sessions() -> list[dict[str, object]]:
    files = sorted((Path(__file__).parent / "sessions").glob("v*.json"))
    assert len(files) == VERSION, "each version leaves an example of its sessions behind"
    return [each for file in files for each in json.loads(file.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("kept", _old_sessions(), ids=lambda kept: f"v{kept['v']}")
def test_every_older_session_is_read_and_goes_on(
    store: Store, tmp_path: Path, content: Content, kept: dict[str, object]
):
    session = Session.from_json(kept)
    assert Session.from_json(session.to_json()) == session
    people = People(store.now())
    with started(spine(store, tmp_path, content)) as reception:
        accept(reception, people.presses("ann", "standing=own"))
        with store.engine.begin() as connection:
            connection.execute(conversation.update().values(session=json.dumps(kept)))
        (taken,) = accept(reception, people.presses("ann", "employees=6-20", 1))
    assert taken.outcome == ("answered" if session.owner == "bot" else "handoff")


# -- what nobody may read -------------------------------------------------------------------------


def test_a_shape_holds_no_word():
    said = Form({"employees": "かなりあ", "x": "y"})
    assert shape(said) == "Form(answers={9: 4, 1: 1})"
    assert shape(Place("東京", 1.5, None)) == "Place(address=2, latitude=float, longitude=NoneType)"
    assert shape(Press("a=b")) == "Press(data=3)"


def test_nothing_a_person_said_or_is_reaches_a_log(
    store: Store,
    tmp_path: Path,
    content: Content,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
):

    def fail(*given: object) -> None:
        raise ValueError(f"かなりあ {given}")

    caplog.set_level(logging.DEBUG)
    people = People(store.now())
    more = {"reply_token": "tokencanary", "message": "msgcanary", "event": "eventcanary"}
    with started(spine(store, tmp_path, content)) as reception:
        (first,) = accept(reception, people.says("canaryuser", "かなりあはどう", **more))
        monkeypatch.setattr(taking, "take_turn", fail)
        accept(reception, people.says("canaryuser", "かなりあはどう", 1, event="eventcanary2"))
        logged = f"{caplog.text} {first!r} {people.says('canaryuser', 'かなりあ', **more)!r}"
    assert "parked: Text ValueError" in logged
    words = ("かなりあ", "tokencanary", "msgcanary", "canaryuser", PHONE, first.rows[0].retry_key)
    assert [word for word in words if word in caplog.text] == []
    assert [word for word in words[:4] if word in logged] == []
    assert "eventcanary" not in caplog.text


# -- questions ------------------------------------------------------------------------------------


def test_questions_without_an_answer_are_counted_and_masked(take: Accept, store: Store):
    people = People(store.now())
    take(people.says("ann", "ほげふが090-1234-5678ぴよ", 1), people.says("ann", "ほげふが", 2))
    take(people.says("bob", "ほげ ふが", 3), people.says("cid", "ほげふが。", 4))
    found = questions.read(store)
    assert [(each.times, each.people) for each in found] == [(3, 3), (1, 1)]
    assert found[0].text == "ほげふが"
    assert "1234" not in found[1].text


def test_the_command_prints_the_questions(
    take: Accept,
    store: Store,
    database_url: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
):
    monkeypatch.setenv("DATABASE_URL", database_url)
    assert main(["questions"]) == 0
    assert "ありません" in capsys.readouterr().out
    people = People(store.now())
    take(people.says("ann", "ほげふが", 1))
    assert main(["questions"]) == 0
    assert capsys.readouterr().out == "1回・1人  ほげふが\n"
    assert main(["questions", "--json", "--most", "1"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found == {"text": "ほげふが", "times": 1, "people": 1}


@pytest.mark.parametrize("command", ["questions", "migrate"])
@pytest.mark.parametrize(("url", "code"), [("mysql://h/d", 2), ("postgres://u@127.0.0.1:1/d", 1)])
def test_a_database_that_cannot_be_used_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: str,
    url: str,
    code: int,
):
    monkeypatch.setenv("DATABASE_URL", url)
    assert main([command]) == code
    said, wrong = capsys.readouterr()
    assert said == ""
    assert len(wrong.splitlines()) == 1
    assert "DATABASE_URL" in wrong
