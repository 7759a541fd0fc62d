"""`jigyokei flow --json`: the questions, outcomes and topics there are."""

import argparse
import json
import sys

from bot.content import load_content
from knowledge.errors import FileError


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="JSONで出します", required=True)


def run(options: argparse.Namespace) -> int:
    try:
        content = load_content()
    except FileError as error:
        print(error, file=sys.stderr)
        return 1
    flow, book = content.flow, content.book
    listing = {
        "v": 1,
        "questions": [
            {
                "id": question.id,
                "ask": question.forms[-1].ask,
                "multi": question.multi,
                "values": [
                    {"value": value, "label": label} for value, label in values_of(question)
                ],
            }
            for question in flow.questions.values()
        ],
        "outcomes": [
            {"id": row.id, "rule": row.id, "plan": row.plan, "leaning": row.leaning}
            for row in (*flow.rows, flow.leave)
        ],
        "topics": [{"id": topic.id, "title": topic.title} for topic in book.topics.values()],
    }
    sys.stdout.buffer.write((json.dumps(listing, ensure_ascii=False) + "\n").encode())
    return 0


def values_of(question: object) -> list[tuple[str, str]]:
    """Every value once, with its label, over all ways the question is put."""
    from dialogs.flow import Question

    assert isinstance(question, Question)
    found: dict[str, str] = {}
    for form in reversed(question.forms):
        found.update({c.values[0]: c.label for c in form.choices if c.values[0] not in found})
    found.update({choice.values[0]: choice.label for choice in question.typed})
    return list(found.items())
