"""Plays transcripts with the real core, and says in words where the bot went wrong."""

from collections.abc import Iterator
from datetime import datetime, time

from bot.channels.json_out import turn_object
from bot.channels.plain import texts
from bot.content import Content
from dialogs.heard import Heard
from dialogs.reply import Ask, Card, Listing, Menu, Offices, Part, Result
from dialogs.session import Session
from dialogs.turn import JAPAN, Turn, take_turn
from tests.transcripts import NO_RULE, End, Step, Transcript, load_transcripts

__all__ = ["End", "Step", "Transcript", "failures", "load_transcripts", "play", "said", "shown"]


def play(content: Content, transcript: Transcript) -> Iterator[tuple[Step, Turn]]:
    """Talk it through from the greeting on, each step at noon of its day in Japan."""
    session = Session()
    for number, step in enumerate(transcript.talk):
        now = datetime.combine(step.on, time(12), JAPAN)
        heard = Heard(transcript.file, str(number), now, step.said)
        turn = take_turn(content.flow, content.book, session, heard, now)
        session = turn.session
        yield step, turn


def shown(turn: Turn) -> str:
    """What the person sees at once on the narrowest channel: the bubbles and the buttons."""
    buttons = [
        button.label
        for part in turn.reply
        if isinstance(part, Ask | Menu)
        for button in (*part.choices, *getattr(part, "extra", ()))
    ]
    return "\n".join((*texts(turn.reply), *buttons))


def said(turn: Turn) -> str:
    """All that is said on any channel: `shown`, and the lists in full with their sources."""
    return "\n".join((shown(turn), *(line for part in turn.reply for line in _lines(part))))


def _lines(part: Part) -> list[str]:
    match part:
        case Listing(items=items):
            return [part.lead, *(f"{item.title}：{item.text}\n{item.origin}" for item in items)]
        case Card(rows=rows):
            return [f"{row.title}：{row.text}\n{row.change.label}" for row in rows]
        case Result():
            return [part.lead, part.title, part.reason, part.step]
        case Offices(more=more):
            return list(more)
        case _:
            return []


def advised(content: Content, turn: Turn) -> str:
    """Everything the outcome holds, behind whichever button; empty where there is none."""
    outcome = turn_object(content.flow, turn)["outcome"]
    if outcome is None:
        return ""
    lists = (outcome[name] for name in ("reasons", "flips", "benefits", "steps", "cases"))
    lines = [each["text"] for entries in lists for each in entries] + outcome["notes"]
    for office in outcome["offices"]:
        lines += [office["name"], office["phone"] or "", office["url"] or ""]
    return "\n".join(lines)


# -- judging --------------------------------------------------------------------------------------


def failures(content: Content, transcript: Transcript) -> list[str]:
    """Where the bot did not do as the file says, one readable paragraph each."""
    found: list[str] = []
    for number, (step, turn) in enumerate(play(content, transcript)):
        wrong = _wrong_step(step, turn)
        if wrong:
            place = f"{transcript.file}:{step.line} {number}番目「{step.words}」"
            found.append(_paragraph(transcript, place, wrong, said(turn)))
    wrong = _wrong_end(content, transcript.end, turn)
    if wrong:
        everything = f"{said(turn)}\n{advised(content, turn)}"
        place = f"{transcript.file}:{transcript.end.line} 終わり"
        found.append(_paragraph(transcript, place, wrong, everything))
    return found


def _wrong_step(step: Step, turn: Turn) -> list[str]:
    """Told at once is what counts; not told means nowhere."""
    wrong = _wrong_words(step.told, shown(turn), step.not_told, said(turn))
    if step.state not in {None, turn.scene.state}:
        wrong.append(f"state は {step.state} のはずが、{turn.scene.state} です。")
    if step.kind not in {None, turn.kind}:
        wrong.append(f"kind は {step.kind} のはずが、{turn.kind} です。")
    return wrong


def _wrong_end(content: Content, end: End, turn: Turn) -> list[str]:
    everything = f"{said(turn)}\n{advised(content, turn)}"
    wrong = _wrong_words(end.told, everything, end.not_told, everything)
    rule = turn.outcome.row.id if turn.outcome else NO_RULE
    if rule != end.rule:
        wrong.append(f"rule は {end.rule} のはずが、{rule} です。")
    return wrong


def _wrong_words(
    told: tuple[str, ...], heard: str, not_told: tuple[str, ...], all_said: str
) -> list[str]:
    return [
        *(f"言うはずの言葉がありません: {phrase}" for phrase in told if phrase not in heard),
        *(f"言ってはいけない言葉です: {phrase}" for phrase in not_told if phrase in all_said),
    ]


def _paragraph(transcript: Transcript, place: str, wrong: list[str], heard: str) -> str:
    lines = "\n".join(f"    | {line}" for line in heard.splitlines() if line)
    return f"{place}\n  {transcript.who}\n  " + "\n  ".join(wrong) + f"\n  ボットの言葉:\n{lines}"
