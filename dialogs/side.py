"""Side questions: how they are answered in mid-talk, asked about, or left for later."""

from dataclasses import replace

from dialogs.heard import press
from dialogs.replies import BUBBLE, BUBBLE_LINES, THIRD_MISS, missed, refused
from dialogs.reply import Ask, Button, Reply, Say
from dialogs.scene import Scene
from dialogs.understand import NONE_OF_THESE, Meaning
from dialogs.voice import facts_in
from knowledge.errors import FactError


def told(scene: Scene, topic: str, line: str = "") -> Reply:
    """A side question answered; then the same question stands again.

    `line` says what was understood beside it: before the answer, where one bubble holds both.
    """
    first, *more = _topic_parts(scene, topic)
    whole = f"{line}\n{first.text}" if line else first.text
    if _fits(whole):
        return (replace(first, text=whole), *more, scene.standing_part())
    return (Say(line), first, scene.standing_part())


def _fits(text: str) -> bool:
    return len(text) <= BUBBLE and text.count("\n") < BUBBLE_LINES


def _topic_parts(scene: Scene, topic: str) -> tuple[Say, ...]:
    """The topic's answer. What has no value on this day is not said: the office is named."""
    said = scene.book.book.topics[topic].answer
    try:
        return tuple(Say(scene.voice.fill(text), facts_in(text)) for text in said)
    except FactError:
        return (scene.voice.say("not_known_today"),)


def with_topic(scene: Scene, reply: Reply, meaning: Meaning) -> Reply:
    """An outcome reached by words that asked something too: its answer, or to ask it again."""
    if meaning.topic:
        return (_topic_parts(scene, meaning.topic)[0], *reply)
    if meaning.candidates or meaning.outside:
        return (scene.voice.say("ask_again"), *reply)
    return reply


def not_these(scene: Scene, misses: int) -> Reply:
    """None of the topics shown was meant: back to what stands open; at the third miss a phone."""
    return missed(scene, misses) if misses >= THIRD_MISS else refused(scene, NONE_OF_THESE)


def near(scene: Scene, topics: tuple[str, ...]) -> Reply:
    """A side question not surely known: the topics it may mean, as buttons, and the ways out."""
    titles = (scene.book.book.topics[topic].title for topic in topics)
    buttons = [Button(t, press("topic", (id,))) for id, t in zip(topics, titles, strict=True)]
    buttons.append(Button(scene.voice.word("topic_none"), press("command", ("help",))))
    person = Button(scene.voice.word("menu_person"), press("command", ("person",)))
    text = scene.voice.word("did_you_ask")
    return (Ask("topic", text, tuple(buttons), extra=(person,)),)
