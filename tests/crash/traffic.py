"""Seeded people who talk to the bot over the trial LINE: one after another, and two at once."""

import asyncio
from collections.abc import Sequence
from random import Random

from bot.trial.line_events import Event
from bot.trial.line_server import LineServer

Choices = dict[str, dict[str, str]]
"""By question, in the order of the way: what can be pressed, and its words."""
WAY: Choices = {
    "standing": {"own": "自分の会社・お店"},
    "employees": {"0-5": "5人以下", "6-20": "6〜20人", "21-50": "21〜50人"},
    "prefecture": {"東京都": "東京都", "大阪府": "大阪府", "北海道": "北海道"},
    "partner": {"agreed": "一緒に計画を作る話がまとまっている", "none": "いない"},
    "plan": {"none": "受けていない", "bcp": "社内の備えの計画（BCP）だけある"},
}
"""The way of a small firm: no value of it makes another answer needless."""
REVIEW = "command=review"
PATIENCE = 1.0
"""Seconds somebody waits before the next try when the bot gives no sign."""


class People:
    """Some people, each with a talk of their own; the same for the same seed."""

    def __init__(self, server: LineServer, seed: int, way: Choices, pause: float) -> None:
        self.server, self.talk = server, server.talk
        self._seed, self._way, self._pause = seed, way, pause
        self.came: list[str] = []
        self.left: set[str] = set()

    async def talks(self, count: int) -> None:
        """So many people come, all at the same time."""
        await asyncio.gather(*(self._one(len(self.came) + n) for n in range(count)))

    async def review(self) -> None:
        """Everybody who is still there asks what the bot knows of them."""
        stays = [person for person in self.came if person not in self.left]
        await asyncio.gather(*(self._send(self.talk.press(each, REVIEW)) for each in stays))

    async def _one(self, number: int) -> None:
        """One talk: follow, every question of the way, and what people do in between."""
        dice = Random(f"{self._seed} {number}")
        person = self.talk.person()
        self.came.append(person)
        await self._rest(dice)
        await self._send(self.talk.follow(person))
        if number % 5 == 0:
            await self._aside(dice, person)
        questions = list(self._way)
        while questions:
            now, questions = _taken(dice, questions)
            await self._press(dice, person, now)
            await self._rest(dice)
            if dice.random() < 0.3:
                done = [each for each in self._way if each not in questions]
                await self._correct_or_chat(dice, person, done)
        if dice.random() < 0.1:
            self.left.add(person)
            await self._send(self.talk.block(person))

    async def _press(self, dice: Random, person: str, questions: Sequence[str]) -> None:
        """One press, or two at once: in one request, or in two that race."""
        events = [self._choose(dice, person, question) for question in questions]
        if dice.random() < 0.5:
            await self._send(*events)
        else:
            await asyncio.gather(*(self._send(event) for event in events))

    def _choose(self, dice: Random, person: str, question: str) -> Event:
        value = dice.choice(list(self._way[question]))
        return self.talk.press(person, f"{question}={value}", self._way[question][value])

    async def _correct_or_chat(self, dice: Random, person: str, done: list[str]) -> None:
        """An old button once more, or words and things the bot cannot use."""
        throw = dice.random()
        if throw < 0.5:
            await self._send(self._choose(dice, person, dice.choice(done)))
        elif throw < 0.7:
            await self._send(self.talk.say(person, "こんにちは"))
        elif throw < 0.85:
            kind = dice.choice(("sticker", "image", "video", "audio", "file"))
            await self._send(self.talk.send(person, kind))
        else:
            said = self.talk.say(person, "ありがとう")
            await self._send(said)
            await self._send(self.talk.unsend(person, said))

    async def _aside(self, dice: Random, person: str) -> None:
        """What is not for the bot: a group, another bot's turn, an event of a new type."""
        other = self.talk.person()
        group = self.talk.group(person, other, letter=dice.choice("CR"))
        await self._send(self.talk.join(group))
        await self._send(self.talk.say(group, "相談です", by=other))
        await self._send(self.talk.say(person, "人につないで", mode="standby"))
        await self._send(self.talk.odd(person), self.talk.link(person))

    async def _send(self, *events: Event) -> None:
        status = await asyncio.wrap_future(self.server.send(*events))
        if status is None:
            await asyncio.sleep(PATIENCE)

    async def _rest(self, dice: Random) -> None:
        await asyncio.sleep(dice.random() * self._pause)


def _taken(dice: Random, questions: list[str]) -> tuple[list[str], list[str]]:
    """The next one or two questions, and the rest."""
    count = 2 if dice.random() < 0.4 else 1
    return questions[:count], questions[count:]
