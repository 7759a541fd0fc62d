"""Judges the history of a run from its file alone: `python -m tests.check_history FILE`.

It knows nothing of the bot. What a record holds: `bot/trial/history.py`. The rules carry the
names of proofs.md. Exit code: 0 right, 1 violations, 3 void (nothing was proven: I20).

How a lost update shows in payloads alone: a press `question=value` that was taken is part of what
the bot knows, so that (a) no reply to what certainly came after it may ask that question again,
and (b) the reply to `command=review` must show the words of the value pressed last (`said.label`).
"""

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

Record = dict[str, Any]
ANSWERED = ("follow", "message", "postback")
"""In a talk of two these must be answered; others at most once."""
GRACE_SECONDS = 2.0
"""A call that was under way when the bot heard that somebody left."""
ASKED_TWICE = {"capital", "hurry"}
"""`capital` is asked again where the limit lies elsewhere; `hurry` is never asked."""
NO_QUESTION = {"command", "topic", "change"}
TAKEN = range(200, 300)


class Violation(NamedTuple):
    """A rule of proofs.md that was broken: by which event or chat, and how."""

    rule: str
    what: str
    how: str


@dataclass
class Verdict:
    violations: list[Violation] = field(default_factory=list)
    void: list[str] = field(default_factory=list)

    def rules(self) -> set[str]:
        return {violation.rule for violation in self.violations}


@dataclass
class Story:
    """One event and what became of it. `tries` and `taken` are records, in their order."""

    made: Record
    tries: list[Record] = field(default_factory=list)
    taken: list[Record] = field(default_factory=list)
    calls: list[Record] = field(default_factory=list)
    shown: list[Record] = field(default_factory=list)

    @property
    def due(self) -> bool:
        """Must it be answered?"""
        made = self.made
        two = made["source"] == "user" and made["mode"] == "active" and made["token"]
        return bool(two and made["type"] in ANSWERED)


class Run:
    """The records put in order: stories by event, and by chat what was seen there."""

    def __init__(self, records: list[Record]) -> None:
        self.records = records
        self.start = next((r for r in records if r["kind"] == "start"), {})
        self.stories = {r["event"]: Story(r) for r in records if r["kind"] == "event"}
        self.chats: dict[str, list[Story]] = defaultdict(list)
        self.calls: dict[str, list[Record]] = defaultdict(list)
        for story in self.stories.values():
            self.chats[story.made["chat"]].append(story)
        for record in records:
            self._place(record)
        self.stray = [push for chat in self.calls for push in self._match_pushes(chat)]

    def _place(self, record: Record) -> None:
        for event in record.get("events", ()):
            if record["kind"] == "try":
                self.stories[event].tries.append(record)
            elif record["status"] in TAKEN:
                self.stories[event].taken.append(record)
        if record["kind"] == "call":
            self.calls[record["chat"] or ""].append(record)
            if record["event"] in self.stories:
                story = self.stories[record["event"]]
                story.calls.append(record)
                story.shown += [record] if record["visible"] else []

    def _match_pushes(self, chat: str) -> Iterator[Record]:
        """Each push seen is the answer to the oldest event waiting for one; else it is stray."""
        waiting = [s for s in self.chats[chat] if s.due and not s.shown and s.tries]
        waiting.sort(key=lambda story: story.made["event_at"])
        for call in self.calls[chat]:
            if call["call"] != "push" or not call["visible"]:
                continue
            known = [story for story in waiting if story.tries[0]["n"] < call["n"]]
            if not known:
                yield call
                continue
            known[0].shown.append(call)
            waiting.remove(known[0])


def one_outcome(run: Run) -> Iterator[Violation]:
    """I1, I2: what the bot took with a 200 and has to answer is answered."""
    for event, story in run.stories.items():
        if story.due and story.taken and not story.shown and not _excused(run, story):
            yield Violation("I2", event, "taken with 200, never answered")


def _excused(run: Run, story: Story) -> bool:
    """Is there a reason in the history why nothing may have been seen?"""
    made = story.made
    unknown = any(c["call"] == "reply" and c["status"] in (None, 500) for c in story.calls)
    later = [s.made for s in run.chats[made["chat"]] if s.made["event_at"] > made["event_at"]]
    gone = any(each["type"] == "unfollow" or _takes_back(each, made) for each in later)
    calls = run.calls[made["chat"]]
    quota = any(c["why"] == "quota" and c["n"] > story.tries[0]["n"] for c in calls)
    return unknown or gone or quota or _said_uncertain(run, made["event"])


def _takes_back(unsend: Record, made: Record) -> bool:
    own = made["said"].get("message")
    return unsend["type"] == "unsend" and own == unsend["said"]["message"]


def _said_uncertain(run: Run, event: str) -> bool:
    """The bot counts it as uncertain, and there was a kill that can have made it so."""
    kills = any(r["kind"] == "kill" for r in run.records)
    told = (r for r in run.records if r["kind"] == "ledger" and r["event"] == event)
    return kills and any(r["outcome"] == "uncertain" for r in told)


def one_reply(run: Run) -> Iterator[Violation]:
    """I4: at most one visible reply an event, and no message that answers nothing."""
    for event, story in run.stories.items():
        if len(story.shown) > 1:
            yield Violation("I4", event, f"answered {len(story.shown)} times")
    for push in run.stray:
        yield Violation("I4", push["chat"], "a push that answers no event")
    for chat, stories in run.chats.items():
        yield from _copied(chat, stories)


def _copied(chat: str, stories: list[Story]) -> Iterator[Violation]:
    """A push with the very words of the answer to another press, in place of its own."""
    pressed = [s for s in stories if s.shown and s.made["said"]["kind"] == "press"]
    for one, other in combinations(pressed, 2):
        first, second = sorted((one.shown[0], other.shown[0]), key=lambda call: call["n"])
        differ = one.made["said"]["data"] != other.made["said"]["data"]
        if differ and second["call"] == "push" and first["messages"] == second["messages"]:
            yield Violation("I4", chat, "the answer to one press, seen again as a push")


def order(run: Run) -> Iterator[Violation]:
    """I6: an event taken before a later one was brought is answered before it; so in a batch."""
    for stories in run.chats.values():
        answered = [s for s in stories if s.due and s.shown and s.tries]
        answered.sort(key=lambda story: story.made["event_at"])
        for early, late in combinations(answered, 2):
            first, second = early.shown[0], late.shown[0]
            if first["n"] > second["n"] and _settled(early, late):
                yield Violation("I6", early.made["event"], "answered after a later event")


def _settled(early: Story, late: Story) -> bool:
    """Could the bot know the order: one was taken before the other came, or both came at once?"""
    together = early.tries[0]["request"] == late.tries[0]["request"]
    return together or (bool(early.taken) and early.taken[0]["n"] < late.tries[0]["n"])


def no_lost_update(run: Run) -> Iterator[Violation]:
    """I3, I5: what was pressed stays known to every reply that certainly came after it."""
    for stories in run.chats.values():
        presses = [s for s in stories if s.tries and _pressed(s)]
        for story in (s for s in stories if s.shown):
            event, messages = story.made["event"], story.shown[0]["messages"] or []
            before = [s for s in presses if _surely(s, story) and not _undone(s, presses)]
            known = {_pressed(s)[0]: s for s in before}
            for question in (asked(messages) & set(known)) - ASKED_TWICE:
                yield Violation("I5", event, f"「{question}」 is asked again")
            if _pressed(story) == ("command", "review"):
                for question in known:
                    labels = _last_labels(question, presses)
                    if labels and not any(label in words(messages) for label in labels):
                        yield Violation("I5", event, f"the review does not show 「{question}」")


def _surely(early: Story, late: Story) -> bool:
    """Was the one certainly applied when the other was? By its 200, or by the strict order of
    replies."""
    if early is late or (early.taken and early.taken[0]["n"] < late.tries[0]["n"]):
        return True
    return bool(early.shown and late.shown and early.shown[0]["n"] <= late.shown[0]["n"])


def _undone(press: Story, presses: list[Story]) -> bool:
    """Can a later press have opened its question again?"""
    openers = {("command", "back"), ("command", "restart"), ("command", "erase")}
    openers.add(("change", _pressed(press)[0]))
    return any(_pressed(s) in openers and not _surely(s, press) for s in presses)


def _last_labels(question: str, presses: list[Story]) -> set[str]:
    """The words of every press on this question that may have been the last."""
    own = [s for s in presses if _pressed(s)[0] == question]
    # What nobody took, and nobody answered, need not have come at all.
    kept = [s for s in own if s.taken or s.shown]
    last = [s for s in own if not any(_surely(s, other) for other in kept if other is not s)]
    return {label for s in last if (label := s.made["said"].get("label"))}


def _pressed(story: Story) -> tuple[str, str] | tuple[()]:
    """Name and value of a press; nothing for anything else."""
    said = story.made["said"]
    if said["kind"] != "press" or "=" not in said["data"]:
        return ()
    name, _, value = said["data"].partition("@")[0].partition("=")
    return name, value


def asked(messages: list[Record]) -> set[str]:
    """The questions a reply asks: those it has two or more buttons for. A fold is of its own."""
    presses = {each for each in _values(messages, "data") if "=" in each}
    names = Counter[str]()
    for name, _, value in (each.partition("=") for each in presses):
        names[value.partition(",")[0] if name == "open" else name] += 1
    return {name for name, count in names.items() if count > 1} - NO_QUESTION


def words(messages: list[Record]) -> str:
    return "\n".join(_values(messages, "text"))


def _values(part: Any, key: str) -> Iterator[str]:
    """Every text under this key, however deep."""
    if isinstance(part, dict):
        for name, each in part.items():
            yield from [each] if name == key and isinstance(each, str) else _values(each, key)
    elif isinstance(part, list):
        for each in part:
            yield from _values(each, key)


def quiet(run: Run) -> Iterator[Violation]:
    """I17: nobody is written to who did not write first, or who left; no questions in groups."""
    for chat, calls in run.calls.items():
        stories = run.chats.get(chat, [])
        left = sorted(
            (s.taken[0]["at"], s.made["event_at"]) for s in stories if _left(s) and s.taken
        )
        wrote = [(s.tries[0]["at"], s.made["event_at"]) for s in stories if s.due and s.tries]
        for call in (c for c in calls if c["call"] in ("reply", "push", "loading")):
            if not any(s.tries and s.tries[0]["n"] < call["n"] for s in stories):
                yield Violation("I17", chat, "written to without having written")
            gone = [event_at for at, event_at in left if at + GRACE_SECONDS < call["at"]]
            back = [event_at for at, event_at in wrote if at <= call["at"]]
            if gone and not any(event_at > max(gone) for event_at in back):
                yield Violation("I17", chat, "written to after they had left")
            if not chat.startswith("U") and (
                call["call"] == "push" or asked(call["messages"] or [])
            ):
                yield Violation("I17", chat, "a group is asked or pushed to")


def _left(story: Story) -> bool:
    return bool(story.made["type"] in ("unfollow", "leave"))


def nothing_refused(run: Run) -> Iterator[Violation]:
    """No call is refused for what is in it; a dead token only where it can have been used."""
    for calls in run.calls.values():
        for call in calls:
            if call["fault"] or call["status"] not in (400, 401, 404, 413, 415):
                continue
            used = call["event"] in run.stories and run.stories[call["event"]].calls[0] is not call
            if not (call["why"] == "Invalid reply token" and used):
                yield Violation("refused", call["event"] or call["chat"] or "?", call["why"])


def void(run: Run) -> Iterator[str]:
    """I20: what had to happen and did not."""
    if not any(record["kind"] == "end" for record in run.records):
        yield "the history has no end"
    if not any(story.due and story.taken for story in run.stories.values()):
        yield "nothing was taken that has to be answered"
    happened = Counter(r["name"] for r in run.records if r["kind"] == "fault")
    happened["kill"] = sum(r["kind"] == "kill" for r in run.records)
    for name, least in run.start.get("needs", {"a start record": 1}).items():
        if happened[name] < least:
            yield f"{name}: {happened[name]} times, {least} needed"


RULES: tuple[Callable[[Run], Iterator[Violation]], ...] = (
    one_outcome, one_reply, order, no_lost_update, quiet, nothing_refused,
)  # fmt: skip


def judge(records: list[Record]) -> Verdict:
    """Every rule over every event."""
    run = Run(records)
    return Verdict([each for rule in RULES for each in rule(run)], list(void(run)))


def load(path: Path) -> list[Record]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def main(arguments: list[str]) -> int:
    verdict = judge(load(Path(arguments[0])))
    for violation in verdict.violations:
        print(f"{violation.rule}: {violation.what}: {violation.how}")
    for reason in verdict.void:
        print(f"I20: {reason}")
    return 1 if verdict.violations else 3 if verdict.void else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
