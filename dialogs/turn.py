"""One turn: what one Heard leads to. The whole talk is `take_turn`, called again and again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone

from dialogs.answers import Values, normal
from dialogs.change import Change, change, renamed
from dialogs.commands import run
from dialogs.flow import Flow
from dialogs.heard import Heard, Hello, Press, Text
from dialogs.hearing import hear, without_private
from dialogs.outcome import Outcome
from dialogs.pause import welcome_back
from dialogs.replies import (
    THIRD_MISS,
    answered,
    doubted,
    greeting,
    heard_line,
    held,
    missed,
    refused,
)
from dialogs.reply import Reply, Say
from dialogs.scene import Scene
from dialogs.session import Clarify, Session
from dialogs.side import near, not_these, told, with_topic
from dialogs.understand import NONE_OF_THESE, Meaning, typed_people
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
    hidden = said != heard.said
    turn = _take(flow, book, session, replace(heard, said=said) if hidden else heard, now)
    if isinstance(said, Text) and turn.kind == "unknown":
        turn = replace(turn, unanswered=said.text[:MOST_KEPT])
    if hidden and turn.kind != "handoff":
        turn = replace(turn, reply=(turn.scene.voice.say("private"), *turn.reply))
    back = welcome_back(flow, turn.scene.book, session, heard, now)
    return replace(turn, reply=(*back, *turn.reply)) if back else turn


def _take(flow: Flow, book: Book, session: Session, heard: Heard, now: datetime) -> Turn:
    day = book.on(now.astimezone(JAPAN).date())
    scene = Scene(flow, day, session, renamed(flow, session.answers))
    if session.owner != "bot":
        return _turn(scene, heard, "handoff", held(scene))
    if isinstance(heard.said, Hello):
        return _turn(scene, heard, "outcome" if scene.outcome else "question", greeting(scene))
    meaning = hear(scene, heard.said)
    if meaning.refused == NONE_OF_THESE:
        return _none_of_these(scene, heard)
    if meaning.refused:
        return _turn(scene, heard, "command", refused(scene, meaning.refused))
    if meaning.command:
        return _command(scene, heard, meaning)
    if meaning.answers or meaning.doubt:
        return _answer(scene, heard, meaning)
    return _beside(scene, heard, meaning) or _missed(scene, heard)


def _command(scene: Scene, heard: Heard, meaning: Meaning) -> Turn:
    """Run a command; what was told in the same words counts before it."""
    said: Mapping[str, Values] = {}
    before = scene
    if meaning.answers:
        told = change(scene.flow, scene.book, scene.answers, meaning.answers)
        said, before = told.set, replace(scene, answers=told.answers)
    done = run(before, meaning.command or "", meaning.argument)
    after = Scene(scene.flow, scene.book, scene.session, done.answers)
    turn = _turn(after, heard, done.kind, done.reply, understood=said, outcome=done.outcome)
    return replace(turn, command=meaning.command)


def _beside(scene: Scene, heard: Heard, meaning: Meaning, line: str = "") -> Turn | None:
    """A side question answered, asked about or declined; then the question stands again."""
    before = (Say(line),) if line else ()
    if meaning.topic:
        reply = told(scene, meaning.topic, line)
        return _turn(scene, heard, "faq", reply, topic=meaning.topic)
    if meaning.candidates and scene.session.misses + 1 < THIRD_MISS:
        turn = _turn(scene, heard, "clarify", (*before, *near(scene, meaning.candidates)))
        clarify = Clarify("topic", tuple((topic,) for topic in meaning.candidates))
        missed_so_far = 0 if line else scene.session.misses + 1
        session = replace(turn.session, clarify=clarify, misses=missed_so_far)
        return replace(turn, session=session)
    if meaning.outside and line:
        reply = (*before, scene.voice.say("ask_again"), scene.standing_part())
        return _turn(scene, heard, "question", reply)
    if meaning.outside:
        return _turn(scene, heard, "unknown", refused(scene, "outside"))
    return None


def _none_of_these(scene: Scene, heard: Heard) -> Turn:
    """No topic shown was meant: what stands open comes back, and it counts as a miss."""
    misses = scene.session.misses + 1
    turn = _turn(scene, heard, "command", not_these(scene, misses))
    return replace(turn, session=replace(turn.session, misses=misses))


def _missed(scene: Scene, heard: Heard) -> Turn:
    return _turn(scene, heard, "unknown", missed(scene, scene.session.misses + 1))


def _answer(scene: Scene, heard: Heard, meaning: Meaning) -> Turn:
    """Set what was said, drop what no way reaches any more, and go on from there."""
    done = change(scene.flow, scene.book, scene.answers, meaning.answers)
    if meaning.answers and not done.set and not meaning.doubt:
        if turn := _beside(scene, heard, meaning):
            return turn
        same = all(scene.answers.get(q) == normal(v) for q, v in meaning.answers.items())
        words = "same_again" if same else "no_answer_needed"
        return _turn(scene, heard, "command", refused(scene, words), read=meaning.answers)
    after = Scene(scene.flow, scene.book, scene.session, done.answers)
    typed = {} if isinstance(heard.said, Press) else done.set
    line = _line(scene, after, heard, done)
    if doubt := meaning.doubt:
        reply = doubted(after, doubt, (Say(line),) if line else ())
        turn = _turn(after, heard, "clarify", reply, understood=typed)
        clarify = Clarify(doubt.question, doubt.options)
        return replace(turn, session=replace(turn.session, clarify=clarify))
    read = frozenset(meaning.answers)
    if not after.outcome and (turn := _beside(after, heard, meaning, line)):
        return replace(turn, understood=typed, read=read)
    kind = "outcome" if after.outcome else "question"
    reply = with_topic(after, answered(after, line), meaning)
    return _turn(after, heard, kind, reply, understood=typed, topic=meaning.topic, read=read)


def _line(scene: Scene, after: Scene, heard: Heard, done: Change) -> str:
    """What was understood, in one line; a number of people as it was typed."""
    own_button = isinstance(heard.said, Press) and set(done.set) <= {scene.state}
    shown = {}
    if isinstance(heard.said, Text) and "employees" in done.set:
        alone = scene.state == "employees"
        shown["employees"] = typed_people(heard.said.text, done.set["employees"], alone)
    given = {} if own_button else done.set
    return heard_line(after.voice, given, _titles(scene, done.dropped), shown)


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
    session = Session(
        answers=dict(scene.answers),
        flow=scene.flow.version,
        owner=scene.session.owner,
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
