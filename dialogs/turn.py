"""One turn: what one Heard leads to. The whole talk is `take_turn`, called again and again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone

from dialogs.answers import Values, normal
from dialogs.change import change, renamed
from dialogs.commands import run
from dialogs.flow import Flow
from dialogs.heard import Heard, Hello, Press, Text
from dialogs.hearing import hear, without_private
from dialogs.outcome import Outcome
from dialogs.replies import (
    answered,
    doubted,
    greeting,
    heard_line,
    held,
    missed,
    near,
    refused,
    told,
)
from dialogs.reply import Reply, Say
from dialogs.scene import Scene
from dialogs.session import Clarify, Session
from dialogs.understand import Meaning
from knowledge.book import Book

JAPAN = timezone(timedelta(hours=9))
MOST_KEPT = 200
"""Characters kept of a question that found no answer."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What one Heard led to. `kind` is the protocol's.

    `understood` is what words gave, not presses; `read` names every question a usable answer
    came in for. `outcome` stands where one is reached, or where the person leaves before (R13).
    `unanswered` is a question that found no answer, without personal data: to be counted.
    """

    session: Session
    scene: Scene
    reply: Reply
    kind: str
    understood: Mapping[str, Values]
    topic: str | None
    outcome: Outcome | None
    read: frozenset[str]
    command: str | None
    unanswered: str | None = None


def take_turn(flow: Flow, book: Book, session: Session, heard: Heard, now: datetime) -> Turn:
    """The new session and the reply. Pure: the day is that of `now` in Japan.

    Personal data is hidden before anything reads it. Raises FactError when a text that is due
    has no value on that day.
    """
    said = without_private(heard.said)
    turn = _take(flow, book, session, replace(heard, said=said), now)
    if isinstance(said, Text) and turn.kind == "unknown":
        turn = replace(turn, unanswered=said.text[:MOST_KEPT])
    if said != heard.said and turn.kind != "handoff":
        turn = replace(turn, reply=(turn.scene.voice.say("private"), *turn.reply))
    return turn


def _take(flow: Flow, book: Book, session: Session, heard: Heard, now: datetime) -> Turn:
    day = book.on(now.astimezone(JAPAN).date())
    scene = Scene(flow, day, session, renamed(flow, session.answers))
    if session.owner != "bot":
        return _turn(scene, heard, "handoff", held(scene))
    if isinstance(heard.said, Hello):
        return _turn(scene, heard, "outcome" if scene.outcome else "question", greeting(scene))
    meaning = hear(scene, heard.said)
    if meaning.refused:
        return _turn(scene, heard, "command", refused(scene, meaning.refused))
    if meaning.command:
        done = run(scene, meaning.command, meaning.argument)
        after = Scene(flow, day, session, done.answers)
        turn = _turn(after, heard, done.kind, done.reply, outcome=done.outcome)
        return replace(turn, command=meaning.command)
    if meaning.topic:
        return _turn(scene, heard, "faq", told(scene, meaning.topic), topic=meaning.topic)
    if meaning.candidates:
        turn = _turn(scene, heard, "clarify", near(scene, meaning.candidates))
        clarify = Clarify("topic", tuple((topic,) for topic in meaning.candidates))
        return replace(turn, session=replace(turn.session, clarify=clarify))
    if meaning.outside:
        return _turn(scene, heard, "unknown", refused(scene, "outside"))
    if meaning:
        return _answer(scene, heard, meaning)
    return _turn(scene, heard, "unknown", missed(scene, session.misses + 1))


def _answer(scene: Scene, heard: Heard, meaning: Meaning) -> Turn:
    """Set what was said, drop what no way reaches any more, and go on from there."""
    done = change(scene.flow, scene.book, scene.answers, meaning.answers)
    if meaning.answers and not done.set and not meaning.doubt:
        same = all(scene.answers.get(q) == normal(v) for q, v in meaning.answers.items())
        words = "same_again" if same else "no_answer_needed"
        return _turn(scene, heard, "command", refused(scene, words), read=meaning.answers)
    after = Scene(scene.flow, scene.book, scene.session, done.answers)
    typed = {} if isinstance(heard.said, Press) else done.set
    own_button = isinstance(heard.said, Press) and set(done.set) <= {scene.state}
    line = heard_line(after.voice, {} if own_button else done.set, _titles(scene, done.dropped))
    if doubt := meaning.doubt:
        reply = doubted(after, doubt, (Say(line),) if line else ())
        turn = _turn(after, heard, "clarify", reply, understood=typed)
        clarify = Clarify(doubt.question, doubt.options)
        return replace(turn, session=replace(turn.session, clarify=clarify))
    kind = "outcome" if after.outcome else "question"
    return _turn(after, heard, kind, answered(after, line), understood=typed, read=meaning.answers)


def _titles(scene: Scene, dropped: Mapping[str, Values]) -> tuple[str, ...]:
    return tuple(scene.flow.questions[question].title for question in dropped)


def _turn(
    scene: Scene,
    heard: Heard,
    kind: str,
    reply: Reply,
    *,
    understood: Mapping[str, Values] | None = None,
    topic: str | None = None,
    outcome: Outcome | None = None,
    read: Iterable[str] = (),
) -> Turn:
    session = replace(
        scene.session,
        answers=dict(scene.answers),
        flow=scene.flow.version,
        clarify=None,
        misses=scene.session.misses + 1 if kind == "unknown" else 0,
        rules=tuple(dict.fromkeys(r for part in reply for r in getattr(part, "rules", ()))),
        facts=tuple(dict.fromkeys(f for part in reply for f in getattr(part, "facts", ()))),
        heard_at=heard.at,
    )
    return Turn(
        session,
        scene,
        reply,
        kind,
        understood or {},
        topic,
        outcome or scene.outcome,
        frozenset(read),
        None,
    )
