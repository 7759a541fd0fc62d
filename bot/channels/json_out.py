"""A Turn as one line of JSON: the outside face of `protocol.md`, every key always present."""

import json
import re
from typing import Any

from bot.channels.plain import texts
from dialogs.answers import plain
from dialogs.flow import Flow
from dialogs.outcome import Outcome
from dialogs.reply import Ask, Menu
from dialogs.turn import Turn

VERSION = 1
_SURROGATE = re.compile("[\ud800-\udfff]")


def turn_object(flow: Flow, turn: Turn) -> dict[str, Any]:
    """The line of a turn: every key always present."""
    scene, voice = turn.scene, turn.scene.voice
    last = turn.reply[-1] if turn.reply else None
    buttons = last.choices if isinstance(last, Ask | Menu) else ()
    progress = last.progress if isinstance(last, Ask) else None
    return {
        "v": VERSION,
        "kind": turn.kind,
        "state": scene.state,
        "texts": texts(turn.reply),
        "choices": [{"label": button.label, "value": button.press} for button in buttons],
        "answers": {q: _value(flow, q, v) for q, v in scene.answers.items()},
        "understood": [
            {"question": q, "value": _value(flow, q, v), "text": voice.label(q)}
            for q, v in turn.understood.items()
        ],
        "topic": turn.topic,
        "outcome": _outcome(flow, turn, turn.outcome) if turn.outcome else None,
        "progress": progress and {"at": progress.at, "of": progress.of},
    }


def _value(flow: Flow, question: str, values: tuple[str, ...]) -> str | list[str]:
    return plain(values, flow.questions[question].multi)


def _outcome(flow: Flow, turn: Turn, outcome: Outcome) -> dict[str, Any]:
    def source(id: str, place: str) -> dict[str, str]:
        return {"id": id, "place": place, "title": turn.scene.book.sources[id].title}

    return {
        "plan": outcome.row.plan,
        "rule": outcome.row.id,
        "leaning": outcome.row.leaning,
        "cooperation": outcome.cooperation,
        "reasons": [
            {"text": r.text, "question": r.question, "source": source(r.source, r.place)}
            for r in outcome.reasons
        ],
        "flips": [
            {
                "question": f.question,
                "value": _value(flow, f.question, f.values),
                "plan": f.plan,
                "text": f.text,
            }
            for f in turn.scene.flips
        ],
        "benefits": [
            {"id": n.id, "text": f"{n.title}：{n.text}", "source": source(n.source, n.place)}
            for n in outcome.benefits
        ],
        "steps": [
            {
                "text": s.text,
                "by": s.by.isoformat() if s.by else None,
                "source": source(s.source, s.place),
            }
            for s in outcome.steps
        ],
        "cases": [
            {"id": n.id, "text": f"{n.title}：{n.text}", "source": source(n.source, n.place)}
            for n in outcome.cases
        ],
        "offices": [
            {
                "role": c.role,
                "id": c.id,
                "name": c.name,
                "phone": c.phone,
                "url": c.url,
                "prefecture": c.prefecture if c.role != "headquarters" else None,
                "check": c.check,
                "source": source(c.source, c.place),
            }
            for c in outcome.offices
        ],
        "notes": [note.text for note in outcome.notes],
    }


def encode(line: dict[str, Any]) -> str:
    """One line of JSON, without ASCII escaping; a lone surrogate becomes U+FFFD."""
    return _SURROGATE.sub("\ufffd", json.dumps(line, ensure_ascii=False)) + "\n"
