"""Cleaning: what a platform sends, made fit for every database, log and reader."""

import hashlib
import re
from dataclasses import replace

from bot.channels.channel import Arrived, Blocked, Elsewhere, Unreadable, Unsent
from bot.tables import LONGEST_ID
from dialogs.heard import Form, Place, Press, Said, Text

LONGEST_TEXT = 5_000
"""Characters read of what a person wrote: LINE's own limit."""
LONGEST_TOKEN = 1_000
LONGEST_SHAPE = 2_000
_SURROGATE = re.compile("[\ud800-\udfff]")


def clean_text(text: str, most: int = LONGEST_TEXT) -> str:
    """Without NUL, which PostgreSQL refuses, and lone surrogates, which are no text; cut."""
    return _SURROGATE.sub("\ufffd", text[:most].replace("\0", ""))


def clean_id(text: str) -> str:
    """An id as it is stored: one too long or with odd characters by its hash."""
    if len(text) <= LONGEST_ID and text.isprintable() and not _SURROGATE.search(text):
        return text
    return "sha256:" + hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()


def clean(arrived: Arrived) -> Arrived:
    """One event, its words and ids clean."""
    return replace(
        arrived,
        event=clean_id(arrived.event),
        message=clean_id(arrived.message),
        reply_token=clean_text(arrived.reply_token, LONGEST_TOKEN),
        said=_said(arrived.said),
    )


def clean_unreadable(bad: Unreadable) -> Unreadable:
    """The same of an event nobody could read; one without an id gets one from its shape."""
    event = bad.event or f"unreadable:{bad.kind}:{bad.error}:{bad.shape}"
    return replace(
        bad,
        event=clean_id(event if bad.event else event + " " * LONGEST_ID),
        kind=clean_text(bad.kind, LONGEST_ID),
        error=clean_text(bad.error, LONGEST_ID),
        shape=clean_text(bad.shape, LONGEST_SHAPE),
        reply_token=clean_text(bad.reply_token, LONGEST_TOKEN),
    )


def _said(said: Said | Blocked | Unsent | Elsewhere) -> Said | Blocked | Unsent | Elsewhere:
    match said:
        case Text(text):
            return Text(clean_text(text))
        case Press(data):
            return Press(clean_text(data))
        case Place(address=str(address)):
            return replace(said, address=clean_text(address))
        case Form(answers):
            return Form({clean_text(k): clean_text(v) for k, v in answers.items()})
        case Unsent(message):
            return Unsent(clean_id(message))
        case _:
            return said
