"""Replies: the parts said for each kind of turn."""

from collections.abc import Mapping

from dialogs.answers import Values
from dialogs.flow import Row
from dialogs.heard import press
from dialogs.offices import FIRST, office_lines
from dialogs.outcome import PLANNING, Outcome
from dialogs.reply import Ask, Button, Copy, Item, Listing, Offices, Part, Reply, Result, Say
from dialogs.rules.size import UNKNOWN
from dialogs.scene import Scene
from dialogs.understand import Doubt
from dialogs.voice import Voice, facts_in

THIRD_MISS = 3
MEMO = ("prefecture", "employees", "partner", "plan", "concern", "industry", "standing")
"""What is read out on the phone, the most telling first."""
BUBBLE, BUBBLE_LINES = 120, 5
"""What one bubble holds: characters, lines (style 13)."""


def greeting(scene: Scene) -> Reply:
    """Who speaks, that it is not official, how long answers are kept; then the first question."""
    if scene.outcome:
        return (scene.voice.say("notice"), *first_screen(scene, scene.outcome))
    return (scene.voice.say("notice"), scene.voice.say("greeting"), scene.standing_part())


def held(scene: Scene) -> Reply:
    """While a person owns the turn the bot gives no advice; the phone stays in reach."""
    return (scene.voice.say("held"),)


def refused(scene: Scene, words: str) -> Reply:
    """A press that does nothing here: one clear line, and what stands open.

    In a disaster the way to help is said again instead.
    """
    if scene.outcome and not scene.outcome.offices:
        return first_screen(scene, scene.outcome)
    return (scene.voice.say(words), scene.standing_part())


def doubted(scene: Scene, doubt: Doubt, before: Reply) -> Reply:
    """One more word is needed: the question, and what it could be as buttons."""
    question = scene.flow.questions[doubt.question]
    form = question.form(scene.answers, scene.book)
    own = facts_in(form.ask)
    given = {"ask": scene.voice.fill(form.ask), **doubt.given}
    given["label"] = question.label(doubt.options[-1], scene.answers, scene.book)
    text = scene.voice.word(doubt.words, **given)
    choices = [
        Button(question.label(v, scene.answers, scene.book), press(doubt.question, v))
        for v in doubt.options
    ]
    if len(doubt.options) == 1:
        # What was never answered cannot be changed: the question stands open and is explained.
        known = doubt.question in scene.answers
        no = press("change", (doubt.question,)) if known else press("command", ("help",))
        choices.append(Button(scene.voice.word("place_no"), no))
    return (*before, Ask(doubt.question, text, tuple(choices), facts=own))


def missed(scene: Scene, misses: int) -> Reply:
    """Not understood: what to do, with an example; at the third miss the phone as well."""
    question, phone = scene.question, not (scene.outcome and not scene.outcome.offices)
    if misses >= THIRD_MISS and phone:
        return (scene.voice.say("third_miss"), scene.standing_part())
    if question is None:
        return (scene.voice.say("not_understood_outcome"), scene.standing_part())
    labels = (choice.label for choice in question.choices(scene.answers, scene.book))
    example = min(labels, key=len)
    key = "not_understood" if misses <= 1 else "not_understood_again"
    return (scene.voice.say(key, example=example), scene.standing_part())


def heard_line(
    voice: Voice,
    given: Mapping[str, Values],
    dropped: tuple[str, ...],
    shown: Mapping[str, str | None],
) -> str:
    """One line that says what was understood, and what was dropped by it.

    `shown`: an answer as it was typed, said beside its label: 「30人（21〜50人）」.
    """
    lines = []
    told = [_as_typed(voice.label(q), shown.get(q)) for q in given if given[q] != UNKNOWN]
    if told:
        lines.append(voice.word("understood", said="、".join(told)))
    elif given:
        lines.append(voice.word("understood_unknown"))
    if dropped:
        lines.append(voice.word("dropped", dropped="、".join(dropped)))
    return "\n".join(lines)


def _as_typed(label: str, typed: str | None) -> str:
    return f"{typed}（{label}）" if typed and typed != label else label


def answered(scene: Scene, line: str) -> Reply:
    """After answers: the next question, or the first screen of the outcome."""
    if scene.outcome:
        safety_first = scene.outcome.row.plan == "emergency"
        return first_screen(scene, scene.outcome, "" if safety_first else line)
    said: Reply = (Say(line),) if line else ()
    return (*said, scene.standing_part())


def first_screen(scene: Scene, outcome: Outcome, line: str = "") -> Reply:
    """Recommendation, one reason, one step, the phones, and that it is no official word."""
    row, voice = outcome.row, scene.voice
    general = scene.flow.advice.first_steps if row.benefits in PLANNING else ()
    step = next(each for each in (*general, *row.step) if voice.applies(each))
    reason = outcome.reasons[0] if outcome.reasons else None
    notes = _warnings(scene, row)
    result = Result(
        row.id,
        voice.fill(row.title),
        reason.text if reason else "",
        "\n".join((voice.word("step_lead", step=voice.fill(step.text)), *notes)),
        line,
        facts_in("".join((row.title, step.text, *(each.text for each in row.because)))),
        (row.id, row.when.name),
    )
    return (result, offices_part(voice, outcome), scene.standing_part())


def _warnings(scene: Scene, row: Row) -> tuple[str, ...]:
    """The one note that has to be seen before anything else, if there is one."""
    ids = [row.warn] if row.warn else ["size_unknown"]
    notes = (scene.flow.advice.notes[id] for id in ids)
    return tuple(scene.voice.fill(note.text) for note in notes if scene.voice.applies(note))


def offices_part(voice: Voice, outcome: Outcome, full: bool = False) -> Offices:
    """The phones to call and the disclaimer; who else to ask where there is no office.

    `full` names the offices for money and follow-up as well.
    """
    lines = office_lines(voice, outcome.offices, FIRST)
    others = tuple(contact.role for contact in outcome.offices if contact.role not in FIRST)
    more = office_lines(voice, outcome.offices, others) if full else ()
    facts = tuple(f"office.{contact.id}.phone" for contact in outcome.offices if contact.phone)
    return Offices(outcome.offices, "\n".join((*lines, voice.word("disclaimer"))), more, facts)


def reasons_listing(scene: Scene, outcome: Outcome) -> Listing:
    """根拠: the reasons with their sources, and the rule that decided."""
    items = tuple(
        Item("", reason.text, scene.voice.origin(reason.source, reason.place))
        for reason in outcome.reasons
    )
    policy = scene.voice.fill(outcome.row.policy)
    lead = scene.voice.word("why_lead", policy=policy)
    facts = facts_in("".join(each.text for each in outcome.row.because))
    return Listing(
        lead, items, cite=True, facts=facts, rules=(outcome.row.id, outcome.row.when.name)
    )


def memo(scene: Scene) -> Copy:
    """A few lines to read out on the phone, from their own answers; what has no room is left."""
    voice, lines = scene.voice, [scene.voice.word("memo_first")]
    for question in MEMO:
        if scene.answers.get(question, UNKNOWN) == UNKNOWN:
            continue
        line = f"{scene.flow.questions[question].title}：{voice.label(question)}"
        longer = [*lines, line]
        if len(longer) > BUBBLE_LINES:
            longer = [*lines[:-1], f"{lines[-1]}／{line}"]
        if len("\n".join(longer)) <= BUBBLE:
            lines = longer
    return Copy(voice.word("menu_memo"), "\n".join(lines))


def card_items(scene: Scene) -> tuple[str, ...]:
    """The answered questions, in the order of the way, then what was said early."""
    early = [q for q in scene.answers if q not in scene.way.answered]
    return (*scene.way.answered, *early)


def with_question(scene: Scene, *parts: Part) -> Reply:
    return (*parts, scene.standing_part())
