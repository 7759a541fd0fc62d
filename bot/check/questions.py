"""Everything that can be said while a question is open: each way it is put, each aside."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from bot.channels.folds import OTHERS
from bot.content import Content
from dialogs.answers import Answers
from dialogs.commands import SHOWING, Done
from dialogs.flow import OUTCOME
from dialogs.replies import greeting, missed
from dialogs.reply import Part, Reply
from dialogs.scene import Scene
from dialogs.session import Session
from dialogs.side import near, told
from knowledge.book import DayBook
from knowledge.errors import FactError

MISSES = (1, 2, 3)


def question_replies(content: Content, book: DayBook) -> Iterator[tuple[str, Callable[[], Reply]]]:
    """Each question by its name, with what makes a reply that may be given while it is open.

    Every standing meets every question on its way, in every form and count it is put to them.
    """
    for number, scene in enumerate(_open_scenes(content, book)):
        makers = [*_asides(scene)]
        if number == 0:
            for topic in content.book.topics:
                makers += [partial(told, scene, topic), partial(near, scene, (topic,))]
        yield from ((scene.state, maker) for maker in makers)


def _asides(scene: Scene) -> Iterator[Callable[[], Reply]]:
    """What leaves this question open: unfolded, not understood, or something shown."""
    yield partial(greeting, scene)
    for fold in OTHERS.get(scene.state, ()):
        yield partial(_unfolded, scene, fold)
    for count in MISSES:
        yield partial(missed, scene, count)
    for command in SHOWING.values():
        yield partial(_shown, scene, command)


def _unfolded(scene: Scene, fold: str) -> Reply:
    return (replace(scene.ask(), unfolded=fold),)


def _shown(scene: Scene, command: Callable[[Scene], Done]) -> Reply:
    return command(scene).reply


def _open_scenes(content: Content, book: DayBook) -> Iterator[Scene]:
    """One talk for each standing, question and way it is put, where it can be put that day."""
    seen = set[tuple[object, Part]]()
    todo: list[Answers] = [{}]
    while todo:
        answers = todo.pop()
        scene = Scene(content.flow, book, Session(), answers)
        if scene.state == OUTCOME:
            continue
        try:
            key = answers.get("standing"), scene.ask()
        except (FactError, LookupError, ValueError):
            continue  # a fault of the files, which the checks of the files name
        if key not in seen:
            seen.add(key)
            yield scene
            choices = content.flow.questions[scene.state].choices(answers, book)
            todo += [{**answers, scene.state: choice.values} for choice in choices]
