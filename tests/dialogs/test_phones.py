"""A phone is written once: changing it in the offices' file changes every reply that says it."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from bot.content import ROOT, Content, load_content
from dialogs.heard import COMMANDS
from tests.dialogs.chat import Talk, answers

PHONES = {"03-5470-1606": 20, "03-6459-0042": 20, "048-600-0394": 10, "0120-154-505": 1}
"""Each with the number of replies that say it at least."""


def replies(content: Content, today: date) -> Iterator[str]:
    """What is said to several people at every turn, in the same order for every content."""
    people = [
        answers(),
        answers(prefecture="静岡県", concern="funding", plan="single_active"),
        answers(prefecture="unknown", partner="candidate"),
        answers(standing="association", employees=None, partner="all_members"),
        answers(standing="large"),
    ]
    for told in people:
        talk = Talk(content, today)
        while True:
            for command in COMMANDS:
                yield talk.again().press(f"command={command}").said
            yield talk.again().type("ぬるぽ", "ぬるぽ", "ぬるぽ").said
            held = talk.again()
            held.session = replace(held.session, owner="person")
            yield held.type("もしもし").said
            if talk.state == "outcome":
                break
            talk.press(f"{talk.state}={told[talk.state][0]}")
            yield talk.said
    for topic in content.book.topics:
        yield Talk(content, today).press(f"topic={topic}").said


def test_new_phones_reach_every_reply_that_says_them(
    content: Content, today: date, tmp_path: Path
) -> None:
    for folder in ("knowledge", "dialogs"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("*.py"))
    file = tmp_path / "knowledge" / "offices.yaml"
    text = file.read_text(encoding="utf-8")
    for phone in PHONES:
        assert text.count(phone) == 1
    file.write_text(renumbered(text), encoding="utf-8")
    before, after = list(replies(content, today)), list(replies(load_content(tmp_path), today))
    assert after == [renumbered(said) for said in before]
    for phone, least in PHONES.items():
        assert sum(phone in said for said in before) >= least


def renumbered(text: str) -> str:
    for number, phone in enumerate(PHONES):
        text = text.replace(phone, f"090-0000-000{number}")
    return text
