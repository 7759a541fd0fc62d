"""The dictionary's memory is given back, and the search finds the same afterwards."""

import sys
from pathlib import Path

import pytest

from bot import mapped
from bot.content import Content

QUESTIONS = ("税金いくら安くなるん", "申請はどこに出すの", "認定まで何日かかる", "明日の天気は")


def resident() -> int:
    """Bytes of mapped files that Linux counts to this process."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(status.partition("RssFile:")[2].split()[0]) * 1024


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux counts mapped pages this way")
def test_the_pages_go_and_the_answers_stay(content: Content) -> None:
    index = content.flow.readers.index
    before = [index.search(each) for each in QUESTIONS]
    for topic in content.book.topics.values():
        index.search(topic.title)
    held = resident()
    assert mapped.release() > 100_000_000
    assert resident() < held - 20_000_000
    assert [index.search(each) for each in QUESTIONS] == before


def test_it_is_done_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    released = []
    monkeypatch.setattr(mapped, "release", lambda: released.append(1))
    for _ in range(100):
        mapped.after_message()
    assert len(released) == 2


def test_another_system_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mapped.Path, "read_text", lambda *_, **__: (_ for _ in ()).throw(OSError))
    assert mapped.release() == 0
