"""The rows of the decision table: which advice fits. 出典: domain §4.2（優先順位は設計判断）

Each rule states its own row only; the order in `consultation.yaml` says which one wins.
"""

from dialogs.answers import Answers
from dialogs.intervals import Verdict
from dialogs.rules.base import Reads, both, negate, one_of
from dialogs.rules.size import SIZE, too_large
from dialogs.rules.standing import is_association
from knowledge.book import DayBook

AGREED = ("agreed", "all_members", "some_members", "other_associations")
IN_SIGHT = ("candidate", "undecided")
LINKED_WORRIES = ("supply_chain", "staff", "shared_site")
INSIDE_WORRIES = ("cyber", "infection", "funding")


def _partner(answers: Answers, *values: str) -> Verdict:
    return one_of(answers, "partner", *values)


def _plan(answers: Answers, *values: str) -> Verdict:
    return one_of(answers, "plan", *values)


def too_large_alone(answers: Answers, book: DayBook) -> Verdict:
    """G6a 規模を超え、相手が決まっていないか（所属だけは相手に数えない）。出典: S2 P1, P3"""
    partner = _partner(answers, "none", "unknown", "member")
    return both(too_large(answers, book), partner)


def too_large_with_partner(answers: Answers, book: DayBook) -> Verdict:
    """G6b 規模を超えるが、一緒に備える相手がいるか。出典: S2 P1, P3"""
    return both(too_large(answers, book), _partner(answers, "agreed", "candidate"))


def joint_plan_ending(answers: Answers, book: DayBook) -> Verdict:
    """R1b 連携型の期限が半年以内か、切れているか。出典: S2 P3, P9"""
    return _plan(answers, "joint_ending")


def joint_plan_active(answers: Answers, book: DayBook) -> Verdict:
    """R1 連携型の期間中か。出典: S2 P9"""
    return _plan(answers, "joint_active")


def single_plan_ending_with_partner(answers: Answers, book: DayBook) -> Verdict:
    """R3 単独型が終わりに近く、相手か候補がいるか。出典: S2 P3, S0"""
    return both(_plan(answers, "single_ending"), _partner(answers, *AGREED, *IN_SIGHT))


def single_plan_ending(answers: Answers, book: DayBook) -> Verdict:
    """R4 単独型の期限が半年以内か、切れているか。出典: S2 P3, P9"""
    return _plan(answers, "single_ending")


def single_plan_active_with_partner(answers: Answers, book: DayBook) -> Verdict:
    """R5 単独型の期間中で、相手か候補がいるか。出典: S0, S1"""
    return both(_plan(answers, "single_active"), _partner(answers, *AGREED, *IN_SIGHT))


def single_plan_active_linked_worry(answers: Answers, book: DayBook) -> Verdict:
    """R6 単独型の期間中で、1社では補いにくい心配があるか。出典: S0, S1"""
    return both(_plan(answers, "single_active"), linked_worry_named(answers, book))


def single_plan_active(answers: Answers, book: DayBook) -> Verdict:
    """R7 単独型の期間中か。出典: S2 P3, P9, 手引きP23"""
    return _plan(answers, "single_active")


def association_alone(answers: Answers, book: DayBook) -> Verdict:
    """R2b 組合だけで備えるか。出典: S2 P1, P2"""
    return both(is_association(answers, book), _partner(answers, "association_only"))


def association_undecided(answers: Answers, book: DayBook) -> Verdict:
    """R2c 組合で、どこまで一緒にするか決めていないか。出典: S0, S1"""
    return both(is_association(answers, book), _partner(answers, "undecided"))


def partner_agreed(answers: Answers, book: DayBook) -> Verdict:
    """R8 一緒に計画する話がまとまっているか。出典: S2 P2"""
    return _partner(answers, "agreed")


def partner_in_sight(answers: Answers, book: DayBook) -> Verdict:
    """R10 声をかけたい相手がいるか、組合や団地に入っているか。出典: S0, S1"""
    return _partner(answers, "candidate", "member")


def offers_hurry(answers: Answers, book: DayBook) -> Verdict:
    """「急ぎます」が意味を持つか: R10 に当たる答えのときだけ。出典: domain §4.2 R9"""
    without_plan = negate(_plan(answers, "single_active", "single_ending", "joint_active",
                                "joint_ending"))  # fmt: skip
    size_allows = negate(too_large(answers, book) or False)
    return both(size_allows, without_plan, partner_in_sight(answers, book))


def in_hurry(answers: Answers, book: DayBook) -> Verdict:
    """R9 R10 に当たり、2か月以内に認定がほしいか。出典: S2 P2-3"""
    return both(one_of(answers, "hurry", "yes"), offers_hurry(answers, book))


def linked_worry_named(answers: Answers, book: DayBook) -> Verdict:
    """仕入れ先・人手・共用の設備など、1社では補いにくい心配があるか。出典: domain §4.1"""
    return one_of(answers, "concern", *LINKED_WORRIES)


def linked_worry(answers: Answers, book: DayBook) -> Verdict:
    """R11 相手はいないが、1社では補いにくい心配があるか。出典: 手引きP17, S0"""
    return both(_partner(answers, "none", "unknown"), linked_worry_named(answers, book))


READS: Reads = {
    too_large_alone: (
        *SIZE,
        "partner",
    ),
    too_large_with_partner: (
        *SIZE,
        "partner",
    ),
    joint_plan_ending: ("plan",),
    joint_plan_active: ("plan",),
    single_plan_ending_with_partner: (
        "plan",
        "partner",
    ),
    single_plan_ending: ("plan",),
    single_plan_active_with_partner: (
        "plan",
        "partner",
    ),
    single_plan_active_linked_worry: (
        "plan",
        "concern",
    ),
    single_plan_active: ("plan",),
    association_alone: (
        "standing",
        "partner",
    ),
    association_undecided: (
        "standing",
        "partner",
    ),
    partner_agreed: ("partner",),
    partner_in_sight: ("partner",),
    offers_hurry: (
        *SIZE,
        "partner",
        "plan",
    ),
    in_hurry: (
        *SIZE,
        "partner",
        "plan",
        "hurry",
    ),
    linked_worry_named: ("concern",),
    linked_worry: (
        "partner",
        "concern",
    ),
}
