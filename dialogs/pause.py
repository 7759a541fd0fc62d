"""The pause: who comes back after a day or more hears first where they were."""

from datetime import datetime, timedelta

from dialogs.change import renamed
from dialogs.flow import OUTCOME, Flow
from dialogs.heard import Heard, Hello
from dialogs.reply import Reply
from dialogs.scene import Scene
from dialogs.session import Session
from knowledge.book import DayBook

PAUSE = timedelta(days=1)


def welcome_back(flow: Flow, day: DayBook, session: Session, heard: Heard, now: datetime) -> Reply:
    """One line on where the talk stood; nothing for who was not away, or had not begun.

    A greeting says enough by itself; while a person owns the turn the bot is silent; and in a
    disaster nothing stands before the help. Raises FactError.
    """
    been = session.heard_at is not None and now - session.heard_at >= PAUSE
    if not been or not session.answers or session.owner != "bot" or isinstance(heard.said, Hello):
        return ()
    scene = Scene(flow, day, session, renamed(flow, session.answers))
    if scene.outcome and not scene.outcome.offices:
        return ()
    if scene.state == OUTCOME:
        return (scene.voice.say("back_at_outcome"),)
    return (scene.voice.say("back_at_question", title=flow.questions[scene.state].title),)
