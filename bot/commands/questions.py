"""`jigyokei questions`: what people asked and nobody could answer, counted, most asked first."""

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.errors import SettingsError

if TYPE_CHECKING:
    from bot.store import Store

MOST = 50
NONE = "答えられなかった質問はありません。"
ASKED = "{times}回・{people}人  {text}"
AWAY = "データベースにつながりません。DATABASE_URL をご確認ください。"


@dataclass(frozen=True, slots=True)
class Asked:
    """One question in the words of its first asker (masked), how often, and by how many."""

    text: str
    times: int
    people: int


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="1行ずつJSONで出します")
    parser.add_argument(
        "--most", type=int, default=MOST, metavar="N", help=f"多い順にいくつまで出すか（{MOST}）"
    )


def run(options: argparse.Namespace) -> int:
    """0 done, 1 the database cannot be reached, 2 settings."""
    from sqlalchemy.exc import DBAPIError

    from bot.store import Store, database_url

    try:
        store = Store.open(database_url(os.environ))
        asked = read(store)[: max(options.most, 0)]
        store.close()
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    except DBAPIError:
        print(AWAY, file=sys.stderr)
        return 1
    if not asked and not options.json:
        print(NONE)
    for each in asked:
        print(_json(each) if options.json else _line(each))
    return 0


def read(store: "Store") -> list[Asked]:
    """Every question that is kept, alike ones together, the most asked first."""
    from sqlalchemy import select

    from bot.tables import unanswered

    columns = unanswered.c.conv_key, unanswered.c.text
    with store.read() as connection:
        rows = connection.execute(select(*columns).order_by(unanswered.c.at))
        return count((bytes(row.conv_key), row.text) for row in rows)


def count(rows: Iterable[tuple[bytes, str]]) -> list[Asked]:
    """Count (who, text), in the order they were asked; letters and marks make no difference."""
    from dialogs.understand.text import bare

    times, people, words = Counter[str](), dict[str, set[bytes]](), dict[str, str]()
    for who, text in rows:
        key = bare(text) or text
        times[key] += 1
        people.setdefault(key, set()).add(who)
        words.setdefault(key, text)
    return [Asked(words[key], n, len(people[key])) for key, n in times.most_common()]


def _line(each: Asked) -> str:
    text = " ".join(each.text.split())
    return ASKED.format(times=each.times, people=each.people, text=text)


def _json(each: Asked) -> str:
    found = {"text": each.text, "times": each.times, "people": each.people}
    return json.dumps(found, ensure_ascii=False)
