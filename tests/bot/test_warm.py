"""What the first typed words need is loaded at the start: nobody's transaction waits for it."""

import argparse
import asyncio
import shutil
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from bot.channels.channel import Address, Arrived
from bot.commands import serve
from bot.content import Content
from bot.service import Service
from bot.settings import Settings
from bot.store import Store
from dialogs.heard import Press, Said, Text
from tests.bot.serving import KEYS
from tests.conftest import ROOT

GIVEN = {
    "OPERATOR_NAME": "試験商工会", "OPERATOR_PHONE": "03-1234-5678", "LINE_CHANNEL_SECRET": "s",
    "LINE_CHANNEL_ACCESS_TOKEN": "t", **KEYS,
}  # fmt: skip


def with_readers(content: Content, readers: Any) -> Content:
    return replace(content, flow=replace(content.flow, readers=readers))


@pytest.mark.parametrize("file", ["gate.yaml", "model.json", "synonyms.yaml"])
def test_a_broken_file_of_the_search_is_refused_at_the_start(
    content: Content,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    file: str,
):
    folder = tmp_path / "understand"
    shutil.copytree(ROOT / "dialogs" / "understand", folder)
    (folder / file).write_text("{broken", encoding="utf-8")
    broken = with_readers(content, replace(content.flow.readers, folder=folder))
    monkeypatch.setattr(serve, "load_content", lambda **_: broken)
    for name, value in {**GIVEN, "DATA_DIR": str(tmp_path)}.items():
        monkeypatch.setenv(name, value)
    assert serve.run(argparse.Namespace(host=None, port=None)) == 1
    assert file in capsys.readouterr().err
    assert not (tmp_path / "bot.db").exists()


@dataclass
class Slow:
    """Readers whose index takes as long as the test wants."""

    go: Event = field(default_factory=Event)
    made: int = 0

    @property
    def index(self) -> None:
        self.go.wait(10)
        self.made += 1


def arrived(said: Said, number: int, store: Store) -> Arrived:
    address = Address("line", "", "bot", "", f"U{number}", "")
    return Arrived(address, f"e{number}", store.now(), said, "", f"t{number}", False)


def test_typed_words_wait_for_the_index_outside_and_presses_do_not(
    content: Content, tmp_path: Path
):
    settings = Settings.read({**GIVEN, "DATA_DIR": str(tmp_path)}, {})

    async def work() -> None:
        service, slow = Service.open(settings, content), Slow()
        service._content = with_readers(content, slow)
        service.reception.start()
        service.warm_up()
        typed = asyncio.create_task(service.accept([arrived(Text("6人"), 1, service.store)]))
        (pressed,) = await service.accept([arrived(Press("standing=own"), 2, service.store)])
        assert pressed.outcome == "answered"
        await asyncio.sleep(0.1)
        assert not typed.done()
        assert len(service.reception.waiting) == 0
        slow.go.set()
        (taken,) = await typed
        assert (taken.outcome, slow.made) == ("answered", 1)
        await asyncio.to_thread(service.reception.stop, 5)
        service.store.close()

    asyncio.run(work())
