"""Late: what something leads to that was said before the last thing we answered."""

from dataclasses import replace
from datetime import datetime

from dialogs.change import renamed
from dialogs.flow import Flow
from dialogs.heard import Heard, Press, Said, parse_press
from dialogs.replies import refused
from dialogs.scene import Scene
from dialogs.session import Session
from dialogs.turn import JAPAN, Turn, take_turn
from knowledge.book import Book


def take_late(flow: Flow, book: Book, session: Session, heard: Heard, now: datetime) -> Turn:
    """A press corrects its own answer; anything else changes nothing and gets what stands open.

    Words said to an earlier question must not answer a later one. Raises FactError.
    """
    if session.owner != "bot" or _corrects(flow, heard.said):
        turn = take_turn(flow, book, session, heard, now)
        return replace(turn, session=replace(turn.session, heard_at=session.heard_at))
    day = book.on(now.astimezone(JAPAN).date())
    scene = Scene(flow, day, session, renamed(flow, session.answers))
    reply = refused(scene, "late")
    return Turn(session, scene, reply, "command", {}, None, scene.outcome, frozenset(), None)


def _corrects(flow: Flow, said: Said) -> bool:
    """Is it the press of an answer? Commands mean the place they were pressed in."""
    pressed = parse_press(said.data) if isinstance(said, Press) else None
    return pressed is not None and flow.renames.get(pressed.name, pressed.name) in flow.questions
