"""The names that rules, saved talks and scripts outside know: values of answers, and rows.

They are words of a contract, not of a language: a label may change, its value may not.
"""

from bot.check.sheets import TALK, Sheets
from bot.content import Content
from dialogs.flow import Row
from dialogs.intervals import PEOPLE, YEN
from dialogs.question import Question
from dialogs.rules.size import INDUSTRIES

VALUES: dict[str, tuple[str, ...]] = {
    "standing": (
        "own", "association", "proxy", "disaster", "supporter", "support_plan", "large",
        "other_corporation", "not_started",
    ),
    "employees": (*PEOPLE, "unknown"),
    "industry": (*INDUSTRIES, "unknown"),
    "capital": ("none", *YEN, "unknown"),
    "partner": (
        "agreed", "candidate", "member", "none", "unknown", "all_members", "some_members",
        "other_associations", "association_only", "undecided",
    ),
    "plan": (
        "none", "bcp", "single_active", "single_ending", "joint_active", "joint_ending", "unknown",
    ),
    "hurry": ("yes",),
    "concern": (
        "earthquake", "flood", "infection", "cyber", "supply_chain", "funding", "staff",
        "shared_site", "unknown", "typhoon", "tsunami", "landslide", "snow", "volcano", "outage",
        "fire", "insurance", "first_response", "time_effort", "where_to_start",
        "customer_request", "support_tax", "support_subsidy", "support_loan",
    ),
}  # fmt: skip
"""For each question the values it can be answered with; worries may be added."""
ROWS = {
    "G1": "emergency", "G2": "supporter", "G3": "other_scheme", "G4": "consult", "G5": "consult",
    "G6L": "consult joint", "G6a": "not_eligible", "G6b": "consult joint", "R1b": "second joint",
    "R1": "follow_up joint", "R3": "both", "R4": "second single", "R5": "joint",
    "R6": "consult joint", "R7": "follow_up single", "R2b": "single joint",
    "R2c": "consult joint", "R2": "joint", "R8": "joint", "R9": "single joint",
    "R10": "consult joint", "R11": "single joint", "R12": "single", "R13": "consult",
}  # fmt: skip
"""The rows with their plan and leaning. 出典: domain §4.2"""


def check_protocol(sheets: Sheets, content: Content) -> None:
    """Every value is offered or understood under its own name, and every row keeps its plan."""
    for question in content.flow.questions.values():
        if question.id in VALUES:
            _check_values(sheets, question)
    rows = {row.id: row for row in (*content.flow.rows, content.flow.leave)}
    for id in ROWS:
        if id not in rows:
            sheets[TALK].fault(("outcomes",), f"「{id}」という結果がありません。")
    for row in rows.values():
        _check_row(sheets, row, row is content.flow.leave)


def _check_values(sheets: Sheets, question: Question) -> None:
    sheet, at = sheets[TALK], ("questions", question.id, "choices")
    choices = [choice for form in question.forms for choice in form.choices]
    found = {value for choice in (*choices, *question.typed) for value in choice.values}
    known = VALUES[question.id]
    for value in known:
        if value not in found:
            sheet.fault(
                at, f"「{question.id}」の答え「{value}」がありません。決まりが読む名前です。"
            )
    for value in sorted(found.difference(known)):
        if question.id != "concern":
            sheet.fault(at, f"「{value}」という答えは、どの決まりも知りません。")


def _check_row(sheets: Sheets, row: Row, leave: bool) -> None:
    at = ("leave", "row") if leave else ("outcomes", row.id, "plan")
    plan = f"{row.plan} {row.leaning or ''}".strip()
    if row.id not in ROWS:
        sheets[TALK].fault(at, f"「{row.id}」という結果の名前は決まりの表にありません。")
    elif ROWS[row.id] != plan:
        text = f"「{row.id}」のご案内は「{ROWS[row.id]}」です（plan と leaning）。"
        sheets[TALK].fault(at, text)
