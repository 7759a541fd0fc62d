"""Erasing: what is kept of a person goes, all of it or what one message brought."""

import secrets

from sqlalchemy import Connection, delete, select, update

from bot.tables import OPEN, TABLES, conversation, erasure, event, outbox, parked, unanswered

_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without those that are taken for another when read out."""


def erasure_number() -> str:
    """A new 消去番号: eight letters in two groups."""
    letters = "".join(secrets.choice(_LETTERS) for _ in range(8))
    return f"{letters[:4]}-{letters[4:]}"


def erase_person(
    connection: Connection, conv_key: bytes, cause: str, number: str, now: int
) -> None:
    """Everything beside the conversation's own row, which its turn empties.

    Event ids stay without their messages, so that what comes twice is still known; the timer
    stays, so that they go in their time.
    """
    for table in (outbox, unanswered, parked):
        connection.execute(delete(table).where(table.c.conv_key == conv_key))
    mine = event.c.conv_key == conv_key
    connection.execute(update(event).where(mine, event.c.message != "").values(message=""))
    row = {"conv_key": conv_key, "number": number or erasure_number(), "cause": cause, "at": now}
    connection.execute(erasure.insert(), [row])


def erase_message(connection: Connection, conv_key: bytes, message: str, now: int) -> None:
    """What one message left: a question without an answer, and replies not yet sent."""
    mine = unanswered.c.conv_key == conv_key, unanswered.c.message == message
    connection.execute(delete(unanswered).where(*mine))
    events = select(event.c.event).where(event.c.conv_key == conv_key, event.c.message == message)
    waiting = outbox.c.conv_key == conv_key, OPEN, outbox.c.event_id.in_(events)
    gone = {"state": "dropped", "body": b"", "reply_token": "", "done_at": now}
    connection.execute(update(outbox).where(*waiting).values(gone))


def forget(connection: Connection, conv_key: bytes) -> None:
    """Nothing at all stays, but the erasures, which say nothing of what was erased."""
    for table in TABLES:
        if table not in (erasure, conversation):
            connection.execute(delete(table).where(table.c.conv_key == conv_key))
    connection.execute(delete(conversation).where(conversation.c.conv_key == conv_key))
