"""Hearing: the meaning of what came in, whatever way it came."""

from dataclasses import replace

from dialogs.answers import Values
from dialogs.flow import OUTCOME
from dialogs.heard import (
    COMMANDS,
    Form,
    Place,
    Press,
    Pressed,
    Said,
    Text,
    Wordless,
    parse_press,
)
from dialogs.reply import Button, Menu
from dialogs.scene import Scene
from dialogs.understand import NONE_OF_THESE, Meaning, read_place, read_text, read_typed
from dialogs.understand.private import hide
from dialogs.understand.text import bare

FIXED_PLACE = ("back", "change", "open")
"""Presses that mean the place they were shown in, and do nothing elsewhere."""


def without_private(said: Said) -> Said:
    """What was said, with the personal data in typed words hidden."""
    match said:
        case Text(text):
            return Text(hide(text))
        case Form(answers):
            return Form({name: hide(value) for name, value in answers.items()})
        case _:
            return said


def hear(scene: Scene, said: Text | Press | Place | Form | Wordless) -> Meaning:
    """What was meant; an empty Meaning where nothing could be read."""
    match said:
        case Press(data):
            return _press(scene, parse_press(data))
        case Place():
            meaning = read_place(said, scene)
            return meaning or Meaning(refused="place_not_read")
        case Form():
            return _form(scene, said)
        case Text(text):
            return _text(scene, text)
        case Wordless():
            return Meaning(refused="wordless")


def _text(scene: Scene, text: str) -> Meaning:
    """Typed words; a press someone typed or pasted counts as that press."""
    pressed = parse_press(text.strip())
    if pressed and (
        pressed.name in scene.flow.questions or pressed.name in {"command", "change", "open"}
    ):
        return _press(scene, pressed)
    menu = scene.menu(scene.outcome) if scene.outcome and not scene.session.clarify else None
    if menu and (button := _menu_button(menu, text)):
        return _press(scene, parse_press(button.press))
    return read_text(text, scene)


def _menu_button(menu: Menu, text: str) -> Button | None:
    """The button of the outcome's menu that was named by number or label."""
    buttons, words = menu.choices, bare(text)
    if words.isascii() and words.isdigit():
        number = int(words[:3])
        return buttons[number - 1] if 1 <= number <= len(buttons) else None
    return next((button for button in buttons if bare(button.label) == words), None)


def _press(scene: Scene, pressed: Pressed | None) -> Meaning:
    if pressed is None:
        return Meaning(refused="unknown_press")
    value = pressed.values[0]
    command = value if pressed.name == "command" else pressed.name
    if command in FIXED_PLACE and pressed.state not in {None, scene.state}:
        return Meaning(refused="stale" if scene.state != OUTCOME else "stale_outcome")
    if command == "help" and pressed.state is None and _asked_which(scene):
        return Meaning(refused=NONE_OF_THESE)
    if pressed.name == "command":
        return Meaning(command=value) if value in COMMANDS else Meaning(refused="unknown_press")
    if pressed.name == "change":
        return _change(scene, value)
    if pressed.name == "open":
        return _open(scene, pressed.values)
    if pressed.name == "topic":
        known = value in scene.book.book.topics
        return Meaning(topic=value) if known else Meaning(refused="unknown_press")
    return _answer_press(scene, pressed)


def _asked_which(scene: Scene) -> bool:
    """Were topics shown to choose from? 「どれでもない」 is then the help without a place."""
    return scene.session.clarify is not None and scene.session.clarify.question == "topic"


def _change(scene: Scene, question: str) -> Meaning:
    """One answer to be given again; a question still to come is simply asked in its time."""
    if question in scene.answers:
        return Meaning(command="change", argument=question)
    known = question in scene.flow.questions
    return Meaning(refused="asked_later" if known and scene.question else "unknown_press")


def _open(scene: Scene, values: Values) -> Meaning:
    """A part of a long list to be shown: `open=question,part`, where that question is open."""
    question = scene.flow.renames.get(values[0], values[0])
    if question not in scene.flow.questions or len(values) != 2:
        return Meaning(refused="unknown_press")
    if question != scene.state:
        return Meaning(refused="stale" if scene.question else "stale_outcome")
    return Meaning(command="open", argument=values[1])


def _answer_press(scene: Scene, pressed: Pressed) -> Meaning:
    """A choice's press corrects its own question, however old; it never answers another."""
    flow = scene.flow
    name = flow.renames.get(pressed.name, pressed.name)
    question = flow.questions.get(name)
    if question is None or not question.knows(values := _new_names(scene, name, pressed.values)):
        return Meaning(refused="unknown_press")
    if not question.allows(values, scene.answers, scene.book):
        return Meaning(refused="no_answer_needed")
    if scene.answers.get(name) == values:
        return Meaning(refused="same_again")
    return Meaning({name: values})


def _new_names(scene: Scene, question: str, values: Values) -> Values:
    """Values of an older flow version under today's names."""
    renames = scene.flow.renames
    presses = (f"{question}={value}" for value in values)
    return tuple(renames.get(old, old).partition("=")[2] for old in presses)


def _form(scene: Scene, form: Form) -> Meaning:
    """Several answers at once, each a value or typed words; an unusable one is left out.

    Read in the order of the flow, because how a question is put hangs on the ones before it.
    """
    found: dict[str, Values] = {}
    for name, question in scene.flow.questions.items():
        if name in form.answers:
            so_far = replace(scene, answers={**scene.answers, **found})
            values = read_typed(form.answers[name], question, so_far)
            if values:
                found[name] = values
    return Meaning(found)
