"""Which offices an outcome names, in the order to call them."""

from dialogs.answers import Answers
from dialogs.flow import Operator, Row
from dialogs.reply import Contact
from dialogs.voice import Voice
from knowledge.book import DayBook
from knowledge.offices import Office

NO_OFFICE = ("emergency", "other_scheme")
"""Plans that name no office of this scheme: 119/110 and other bodies instead (domain §4.2)."""
MONEY = ("funding", "support_loan")


def place_of(answers: Answers) -> str | None:
    """The person's prefecture, or None when it is not known."""
    given = answers.get("prefecture", ("unknown",))[0]
    return None if given == "unknown" else given


def contacts(operator: Operator, book: DayBook, answers: Answers, row: Row) -> tuple[Contact, ...]:
    """The offices of this outcome, the first to call first.

    With a known prefecture exactly one advice and one filing office; else the head office.
    """
    if row.plan in NO_OFFICE:
        return ()
    place, offices = place_of(answers), book.offices
    advice = offices.advice(place)
    found = [_contact("advice" if place else "headquarters", advice, place, book)]
    if filing := offices.filing(place):
        found.append(_contact("filing", filing, place, book))
    if row.steps in {"follow_up_single", "second_single"}:
        found.append(_contact("follow_up", offices.by_id["follow_up_single"], place, book))
    if row.steps in {"follow_up_joint", "second_joint"}:
        found.append(_contact("follow_up", offices.by_id["follow_up_joint"], place, book))
    if set(MONEY).intersection(answers.get("concern", ())) and row.plan != "not_eligible":
        found += [_contact("finance", o, place, book) for o in offices.of_kind("finance", place)]
    if answers.get("standing") == ("association",) and operator.phone:
        found.append(_own(operator, place))
    return tuple(sorted(found, key=lambda contact: contact.role != row.first))


def _contact(role: str, office: Office, place: str | None, book: DayBook) -> Contact:
    check = role == "advice" and book.offices.to_check(place)
    return Contact(
        role, office.id, office.name, office.phone, office.url, place, check,
        office.source, office.place,
    )  # fmt: skip


def _own(operator: Operator, place: str | None) -> Contact:
    """会員組合の皆様は運営者へも。出典: S3"""
    return Contact("own", "operator", operator.name, operator.phone, None, place, False, "bot", "")


def office_notes(voice: Voice, row: Row) -> tuple[tuple[str, str], ...]:
    """What has to be known about the offices of this place, and its screen. 出典: domain §3.1

    How to make sure of a doubtful office stands beside its phone, so on no screen of its own.
    """
    place, found = place_of(voice.answers), list[tuple[str, str]]()
    if row.plan in NO_OFFICE:
        return ()
    if voice.book.offices.blocks_differ(place):
        found.append((voice.word("blocks_note"), "contacts"))
    if voice.book.offices.to_check(place):
        found.append((voice.word("check_note"), ""))
    return tuple(found)


LINES = {
    "advice": "advice_line",
    "headquarters": "advice_line",
    "filing": "filing_line",
    "finance": "finance_line",
    "follow_up": "follow_up_line",
    "own": "own_line",
}
FIRST = ("advice", "headquarters", "filing")


def office_lines(
    voice: Voice, found: tuple[Contact, ...], roles: tuple[str, ...]
) -> tuple[str, ...]:
    """The contacts of these roles, a line each, with what makes sure of a doubtful one."""
    lines = []
    for contact in found:
        if contact.role not in roles:
            continue
        reach = {"phone": contact.phone or "", "url": contact.url or ""}
        lines.append(voice.word(LINES[contact.role], name=contact.name, **reach))
        if contact.check:
            lines.append(voice.word("check_note"))
    return tuple(lines)
