"""`jigyokei flow --json`: the questions, outcomes and topics there are."""

import argparse
import json
import sys
from datetime import datetime
from typing import Any

from bot.content import Content, load_content
from dialogs.question import Question
from dialogs.turn import JAPAN
from dialogs.voice import Voice
from knowledge.errors import FileError


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="JSONで出します", required=True)


def run(options: argparse.Namespace) -> int:
    try:
        content = load_content()
    except FileError as error:
        print(error, file=sys.stderr)
        return 1
    line = json.dumps(listing(content), ensure_ascii=False) + "\n"
    sys.stdout.buffer.write(line.encode())
    return 0


def listing(content: Content) -> dict[str, Any]:
    """Everything a script needs to talk to the bot by presses."""
    flow, book = content.flow, content.book
    voice = Voice(flow, book.on(datetime.now(JAPAN).date()), {})
    return {
        "v": 1,
        "questions": [
            {
                "id": question.id,
                "ask": voice.fill(question.forms[-1].ask),
                "multi": question.multi,
                "values": [{"value": v, "label": label} for v, label in _values(question).items()],
            }
            for question in flow.questions.values()
        ],
        "outcomes": [
            {"id": row.id, "rule": row.id, "plan": row.plan, "leaning": row.leaning}
            for row in (*flow.rows, flow.leave)
        ],
        "topics": [{"id": topic.id, "title": topic.title} for topic in book.topics.values()],
    }


def _values(question: Question) -> dict[str, str]:
    """Every value with its label, over all ways the question is put; the usual way first."""
    found: dict[str, str] = {}
    for form in reversed(question.forms):
        for choice in form.choices:
            found.setdefault(choice.values[0], choice.label)
    for choice in question.typed:
        if len(choice.values) == 1:
            found[choice.values[0]] = choice.label
    return found
