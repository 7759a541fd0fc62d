"""The commands: what can be pressed or typed in every state, beside answers."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from dialogs.answers import Answers
from dialogs.flow import Text
from dialogs.heard import press
from dialogs.outcome import Named, Outcome
from dialogs.replies import (
    card_items,
    first_screen,
    memo,
    offices_part,
    reasons_listing,
    with_question,
)
from dialogs.reply import Answered, Button, Card, Copy, Item, Listing, Menu, Part, Reply, Say
from dialogs.scene import Scene
from dialogs.way import walk


@dataclass(frozen=True, slots=True)
class Done:
    """What a command did: the kind of turn, the reply, and the answers after it.

    `outcome` is the R13 outcome where the person leaves before one is reached.
    """

    kind: str
    reply: Reply
    answers: Answers
    outcome: Outcome | None = None


def run(scene: Scene, command: str, argument: str | None) -> Done:
    """Run one command of the closed list."""
    if command in REOPENING:
        return REOPENING[command](scene, argument)
    return SHOWING[command](scene)


# -- commands that change the answers -------------------------------------------------------------


def _again(scene: Scene, answers: Answers, *said: Say) -> Done:
    after = Scene(scene.flow, scene.book, scene.session, answers)
    if after.outcome:
        return Done("outcome", first_screen(after, after.outcome), answers)
    return Done("question", with_question(after, *said), answers)


def _reopen(scene: Scene, question: str) -> Done:
    """The question again; every other answer stays, but one that would spare the question."""
    rest = {q: values for q, values in scene.answers.items() if q != question}
    asked = question == "hurry" or walk(scene.flow, rest, scene.book).state == question
    if not asked:
        rest.pop("capital", None)
    title = scene.flow.questions[question].title
    return _again(scene, rest, scene.voice.say("back_to", title=title))


def _back(scene: Scene, argument: str | None) -> Done:
    if not scene.way.answered:
        return Done(
            "command", with_question(scene, scene.voice.say("nothing_before")), scene.answers
        )
    if "hurry" in scene.answers and scene.question is None:
        return _reopen(scene, "hurry")
    return _reopen(scene, scene.way.answered[-1])


def _change(scene: Scene, argument: str | None) -> Done:
    if argument is None or argument not in scene.answers:
        words = "stale_outcome" if scene.outcome else "stale"
        return Done("command", with_question(scene, scene.voice.say(words)), scene.answers)
    return _reopen(scene, argument)


def _open(scene: Scene, argument: str | None) -> Done:
    """The same question with one part of its long list shown, as the channel folded it."""
    return Done("question", (replace(scene.ask(), unfolded=argument or ""),), scene.answers)


def _restart(scene: Scene, argument: str | None) -> Done:
    return _again(scene, {}, scene.voice.say("restarted"))


def _erase(scene: Scene, argument: str | None) -> Done:
    done = _again(scene, {}, scene.voice.say("erased"))
    return Done("command", done.reply, done.answers)


# -- commands that only show ----------------------------------------------------------------------


def _show(scene: Scene, *parts: Part) -> Done:
    return Done("command", with_question(scene, *parts), scene.answers)


def _review(scene: Scene) -> Done:
    if not scene.answers:
        return _show(scene, scene.voice.say("review_empty"))
    rows = []
    for id in card_items(scene):
        question = scene.flow.questions[id]
        label = scene.voice.word("change_button", title=question.title)
        rows.append(
            Answered(id, question.title, scene.voice.label(id), Button(label, _change_press(id)))
        )
    return _show(scene, Card(scene.voice.word("review", title=rows[0].title), tuple(rows)))


def _change_press(question: str) -> str:
    return press("change", (question,))


def _why(scene: Scene) -> Done:
    if scene.outcome:
        notes = _notes(scene, "why", scene.voice.word("disclaimer_source"))
        return _show(scene, reasons_listing(scene, scene.outcome), *notes)
    return _show(scene, Say(scene.voice.fill(scene.flow.questions[scene.state].why)))


def _notes(scene: Scene, screen: str, lead: str = "") -> tuple[Listing, ...]:
    """What has to be known beside the advice on this screen."""
    notes = scene.outcome.notes if scene.outcome else ()
    items = tuple(Item("", note.text, "") for note in notes if note.screen == screen)
    return (Listing(lead, items),) if items or lead else ()


def _help(scene: Scene) -> Done:
    if scene.question is None:
        return _show(scene, scene.voice.say("help_outcome"))
    form = scene.question.form(scene.answers, scene.book)
    return _show(scene, Say(scene.voice.fill(form.help)))


def _contacts(scene: Scene) -> Done:
    outcome = scene.outcome or scene.left()
    if not outcome.offices:
        return Done("command", first_screen(scene, outcome), scene.answers)
    part = offices_part(scene.voice, outcome, full=True)
    if scene.outcome:
        return _show(scene, part, *_notes(scene, "contacts"))
    title = scene.voice.fill(outcome.row.title)
    return Done("outcome", with_question(scene, Say(title), part), scene.answers, outcome)


def _stop(scene: Scene) -> Done:
    outcome = scene.outcome or scene.left()
    if not outcome.offices:
        return Done("command", first_screen(scene, outcome), scene.answers)
    said = scene.voice.say("stopped"), offices_part(scene.voice, outcome)
    if scene.outcome:
        return Done("command", with_question(scene, *said), scene.answers)
    return Done("outcome", (*said, Menu(scene.ask().choices)), scene.answers, outcome)


def _person(scene: Scene) -> Done:
    """With no desk set up: whom to call, and a note to read out. The turn stays the bot's."""
    if scene.outcome and not scene.outcome.offices:
        return Done("handoff", first_screen(scene, scene.outcome), scene.answers)
    phone = scene.flow.operator.phone
    own = Say(scene.voice.word("handoff_own", phone=phone)) if phone else None
    reply = (own or scene.voice.say("handoff"), memo(scene), scene.standing_part())
    return Done("handoff", reply, scene.answers)


def _compare(scene: Scene) -> Done:
    sides = [_side(scene, side) for side in scene.flow.advice.compare]
    return _show(scene, *sides)


def _side(scene: Scene, side: Text) -> Say:
    return Say("\n".join((f"【{side.title}】", *(scene.voice.fill(line) for line in side.lines))))


def _memo(scene: Scene) -> Done:
    return _show(scene, scene.voice.say("memo_lead"), memo(scene))


def _letter(scene: Scene) -> Done:
    letter = scene.outcome.row.letter if scene.outcome else None
    if letter is None:
        return _show(scene, scene.voice.say("letter_none" if scene.outcome else "letter_first"))
    text = scene.flow.advice.letters[letter]
    return _show(scene, Copy(text.title, "\n".join(map(scene.voice.fill, text.lines))))


def _listed(scene: Scene, name: str, found: tuple[Named, ...]) -> Done:
    items = tuple(Item(n.title, n.text, scene.voice.origin(n.source, n.place)) for n in found)
    if not items:
        return _show(scene, scene.voice.say(f"{name}_none"))
    listing = Listing(scene.voice.word(f"{name}_lead"), items, scene.voice.word("rest", titles=""))
    return _show(scene, listing, *_notes(scene, name))


def _benefits(scene: Scene) -> Done:
    if scene.outcome is None:
        return _show(scene, scene.voice.say("benefits_first"))
    return _listed(scene, "benefits", scene.outcome.benefits)


def _cases(scene: Scene) -> Done:
    return _listed(scene, "cases", scene.outcome.cases if scene.outcome else ())


def _steps(scene: Scene) -> Done:
    if scene.outcome is None:
        return _show(scene, scene.voice.say("steps_first"))
    items = tuple(
        Item("", step.text, scene.voice.origin(step.source, step.place))
        for step in scene.outcome.steps
    )
    if not items:
        return _show(scene, scene.voice.say("steps_none"))
    listing = Listing(scene.voice.word("steps_lead"), items)
    return _show(scene, listing, *_notes(scene, "steps"))


def _flips(scene: Scene) -> Done:
    if not scene.flips:
        return _show(scene, scene.voice.say("flips_none" if scene.outcome else "flips_first"))
    items = tuple(Item("", flip.text, "") for flip in scene.flips)
    return _show(scene, Listing(scene.voice.word("flips_lead"), items))


REOPENING: dict[str, Callable[[Scene, str | None], Done]] = {
    "open": _open,
    "back": _back,
    "change": _change,
    "restart": _restart,
    "erase": _erase,
}
SHOWING: dict[str, Callable[[Scene], Done]] = {
    "review": _review,
    "why": _why,
    "help": _help,
    "contacts": _contacts,
    "person": _person,
    "stop": _stop,
    "compare": _compare,
    "benefits": _benefits,
    "steps": _steps,
    "cases": _cases,
    "flips": _flips,
    "memo": _memo,
    "letter": _letter,
}
