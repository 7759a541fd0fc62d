"""What people do on the trial LINE: each deed gives the event that the courier brings.

A deed changes the platform first (a friend is made, a person blocks), as it does in truth: the
bot hears of it later, or never.
"""

from typing import Any

from bot.trial.line import Line
from bot.trial.line_events import Event, event, message, said, source
from bot.trial.line_people import Chat


class Talk:
    """The hands of all people on the platform."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self._last_at: dict[str, int] = {}

    def person(self) -> str:
        """A new person, who has not written and is no friend: their id."""
        with self.line.lock:
            name = self.line.ids.chat("U")
            self.line.chats[name] = Chat(name)
        return name

    def group(self, *members: str, letter: str = "C") -> str:
        """A group (`C`) or a room (`R`) the bot is in: its id."""
        with self.line.lock:
            name = self.line.ids.chat(letter)
            self.line.chats[name] = Chat(name, members=members)
        return name

    def follow(self, person: str) -> Event:
        chat = self.line.chats[person]
        again, chat.friend, chat.blocked = chat.blocked, True, False
        return self._event("follow", person, follow={"isUnblocked": again})

    def block(self, person: str) -> Event:
        self.line.chats[person].blocked = True
        return self._event("unfollow", person)

    def say(self, chat: str, text: str, *, by: str = "", mode: str = "active") -> Event:
        return self._message(chat, message(self.line.ids, "text", text=text), by, mode)

    def press(
        self, chat: str, data: str, label: str = "", *, by: str = "", mode: str = "active"
    ) -> Event:
        """A button; `label`, its words, goes into the history only."""
        self._wrote(chat)
        made = self._made("postback", chat, by, mode, postback={"data": data})
        return self._noted(made, chat, {"label": label})

    def place(self, chat: str, latitude: float, longitude: float, address: str = "") -> Event:
        """A location; without an address where the platform knows none."""
        known = {"address": address} if address else {}
        where = {"latitude": latitude, "longitude": longitude, **known}
        return self._message(chat, message(self.line.ids, "location", **where))

    def send(self, chat: str, kind: str, content: bytes = b"") -> Event:
        """A sticker, or an image, a video, a sound, a file that can be fetched."""
        made = message(self.line.ids, kind)
        if kind != "sticker":
            self.line.contents[made["id"]] = content
        return self._message(chat, made)

    def edit(self, chat: str, of: Event, text: str) -> Event:
        changed = {**of["message"], "text": text}
        return self._event("messageEdited", chat, message=changed)

    def unsend(self, chat: str, of: Event) -> Event:
        self.line.contents.pop(of["message"]["id"], None)
        return self._event("unsend", chat, unsend={"messageId": of["message"]["id"]})

    def join(self, group: str) -> Event:
        return self._event("join", group)

    def leave(self, group: str) -> Event:
        return self._event("leave", group)

    def member_joined(self, group: str, person: str) -> Event:
        members = [{"type": "user", "userId": person}]
        return self._event("memberJoined", group, joined={"members": members})

    def link(self, person: str) -> Event:
        """An account link that succeeded."""
        return self._event("accountLink", person, link={"result": "ok", "nonce": "nonce"})

    def odd(self, chat: str, kind: str = "somethingNew", **more: Any) -> Event:
        """An event of a type nobody knows yet."""
        return self._event(kind, chat, **more)

    def _message(
        self, chat: str, content: dict[str, Any], by: str = "", mode: str = "active"
    ) -> Event:
        self._wrote(chat)
        return self._event("message", chat, by, mode, message=content)

    def _wrote(self, chat: str) -> None:
        self.line.chats[chat].wrote_at = self.line.now()

    def _event(
        self, kind: str, chat: str, by: str = "", mode: str = "active", **more: Any
    ) -> Event:
        return self._noted(self._made(kind, chat, by, mode, **more), chat, {})

    def _made(self, kind: str, chat: str, by: str, mode: str, **more: Any) -> Event:
        """The event, later than the last in this chat by a millisecond or more."""
        with self.line.lock:
            at = max(int(self.line.now() * 1_000), self._last_at.get(chat, 0) + 1)
            self._last_at[chat] = at
            made = event(self.line.ids, kind, source(chat, by), at / 1_000, mode, **more)
        return made | {"timestamp": at}

    def _noted(self, made: Event, chat: str, more: dict[str, str]) -> Event:
        self.line.history.note(
            "event",
            event=made["webhookEventId"],
            type=made["type"],
            mode=made["mode"],
            source=made["source"]["type"],
            person=made["source"].get("userId"),
            chat=chat,
            event_at=made["timestamp"] / 1_000,
            token="replyToken" in made,
            said=said(made) | more,
        )
        return made
