"""Which reasons, notes, benefits and steps apply, once the row is known."""

from datetime import date, timedelta

from dialogs.answers import Answers
from dialogs.intervals import PEOPLE, YEN, Verdict, within
from dialogs.rules.base import Reads, both, negate, one_of
from dialogs.rules.rows import INSIDE_WORRIES
from dialogs.rules.size import NO_CAPITAL, UNKNOWN, small_enough
from dialogs.rules.standing import asks_size, is_association
from knowledge.book import DayBook

HOLDER = ("single_active", "single_ending", "joint_active", "joint_ending")
MONEY = ("standing", "employees", "capital")


# -- what their answers say -----------------------------------------------------------------------


def is_member(answers: Answers, book: DayBook) -> Verdict:
    """組合や工業団地に入っているか。出典: domain §4.2 R10"""
    return one_of(answers, "partner", "member")


def has_no_partner(answers: Answers, book: DayBook) -> Verdict:
    """相手がいないと答えたか。出典: S2 P2"""
    return one_of(answers, "partner", "none", "association_only")


def partner_unknown(answers: Answers, book: DayBook) -> Verdict:
    """相手がいるかどうか、まだわからないか。出典: S2 P2"""
    return one_of(answers, "partner", "unknown")


def is_individual(answers: Answers, book: DayBook) -> Verdict:
    """個人事業（資本金が無い）とわかっているか。出典: S2 P1 ①"""
    return answers.get("capital") == NO_CAPITAL


def may_be_company(answers: Answers, book: DayBook) -> Verdict:
    """会社かもしれないか。出典: S2 P1 ②"""
    return answers.get("capital") != NO_CAPITAL


def with_members(answers: Answers, book: DayBook) -> Verdict:
    """組合員と一緒に備えるか。出典: S0 事例"""
    return one_of(answers, "partner", "all_members", "some_members")


def with_other_associations(answers: Answers, book: DayBook) -> Verdict:
    """ほかの組合と備えるか。出典: S0"""
    return one_of(answers, "partner", "other_associations")


def has_bcp(answers: Answers, book: DayBook) -> Verdict:
    """社内のBCPがあるか。出典: 手引きP3"""
    return one_of(answers, "plan", "bcp")


def worries_outside(answers: Answers, book: DayBook) -> Verdict:
    """取引先や地域の設備など、外とのつながりの心配か。出典: S0, S1"""
    return one_of(answers, "concern", "supply_chain", "shared_site")


def worries_staff(answers: Answers, book: DayBook) -> Verdict:
    """人手の心配か。出典: 手引きP15"""
    return one_of(answers, "concern", "staff")


def worries_inside_only(answers: Answers, book: DayBook) -> Verdict:
    """心配がサイバー・感染症・お金だけか。出典: domain §4.2 R8"""
    given = answers.get("concern")
    return None if given is None else all(worry in INSIDE_WORRIES for worry in given)


def worries_money(answers: Answers, book: DayBook) -> Verdict:
    """お金や設備の支援が気になるか。最初の一歩は提出前の相談。出典: S2 P4"""
    return one_of(answers, "concern", "funding", "support_loan")


def holds_plan(answers: Answers, book: DayBook) -> Verdict:
    """すでに認定を受けたことがあるか。出典: S2 P3"""
    return one_of(answers, "plan", *HOLDER)


# -- tax: the certifiable size is not the tax size ------------------------------------------------


def fits_tax_size(answers: Answers, book: DayBook) -> Verdict:
    """税制の対象の規模か: 資本金1億円以下、資本金が無ければ従業員1,000人以下。出典: S2 P5"""
    capital = answers.get("capital", UNKNOWN)
    if not book.holds("tax_capital_limit"):
        fits = None
    elif capital == NO_CAPITAL:
        people = answers.get("employees", UNKNOWN)
        limit = book.amount("tax_employee_limit")
        fits = None if people == UNKNOWN else within(PEOPLE, people, limit)
    elif capital == UNKNOWN:
        fits = None
    else:
        fits = within(YEN, capital, book.amount("tax_capital_limit"))
    return both(asks_size(answers, book), fits)


def tax_is_open(answers: Answers, book: DayBook) -> Verdict:
    """これから認定を受ける人にも、税制の期限が残っているか。出典: S2 P5"""
    return book.holds("tax_rate")


def _tax_in_time(book: DayBook) -> bool:
    """いま申請すれば、認定期限までに標準処理期間があるか。出典: S2 P2, P5"""
    return book.holds("tax_rate") and book.day <= last_tax_filing(book)


def may_use_tax(answers: Answers, book: DayBook) -> Verdict:
    """これから認定を受けて、税制を使える見込みがあるか。期限に近いときは案内しない。出典: S2 P5"""
    if not _tax_in_time(book) or asks_size(answers, book) is False:
        return False
    return fits_tax_size(answers, book) is not False and holds_plan(answers, book) is not True


def association_may_use_tax(answers: Answers, book: DayBook) -> Verdict:
    """税制の対象に挙がる組合かもしれないか。出典: S2 P5（事業協同組合など）"""
    if not _tax_in_time(book):
        return False
    return both(is_association(answers, book), holds_plan(answers, book) is not True)


def certified_may_use_tax(answers: Answers, book: DayBook) -> Verdict:
    """認定を受けた日から1年の間かもしれないか。出典: S2 P5"""
    return both(book.holds("tax_certified"), holds_plan(answers, book))


# -- the other support ----------------------------------------------------------------------------


def may_have_large_capital(answers: Answers, book: DayBook) -> Verdict:
    """資本金3億円を超える中小企業者か。投資育成の特例が意味を持つ。出典: S2 P4 ③"""
    capital = answers.get("capital", UNKNOWN)
    if capital in (UNKNOWN, NO_CAPITAL):
        return False
    over = negate(within(YEN, capital, book.amount("investment_capital")))
    return both(small_enough(answers, book), over)


def tax_too_late(answers: Answers, book: DayBook) -> Verdict:
    """いまから申請しても、税制の認定期限に標準処理期間が足りないか。出典: S2 P2, P5"""
    if not book.holds("tax_rate") or _tax_in_time(book) or holds_plan(answers, book):
        return False
    if is_association(answers, book):
        return True
    return fits_tax_size(answers, book) is not False


def last_tax_filing(book: DayBook) -> date:
    """税制の認定期限から標準処理期間をさかのぼった日（目安）。Raises FactError."""
    return book.deadline("tax_cert_until") - timedelta(days=book.days("processing_days"))


READS: Reads = {
    is_member: ("partner",),
    has_no_partner: ("partner",),
    partner_unknown: ("partner",),
    is_individual: ("capital",),
    may_be_company: ("capital",),
    with_members: ("partner",),
    with_other_associations: ("partner",),
    has_bcp: ("plan",),
    worries_outside: ("concern",),
    worries_staff: ("concern",),
    worries_inside_only: ("concern",),
    worries_money: ("concern",),
    holds_plan: ("plan",),
    fits_tax_size: (*MONEY,),
    tax_is_open: (),
    may_use_tax: (
        *MONEY,
        "plan",
    ),
    association_may_use_tax: (
        "standing",
        "plan",
    ),
    certified_may_use_tax: ("plan",),
    may_have_large_capital: (
        "standing",
        "employees",
        "industry",
        "capital",
    ),
    tax_too_late: (
        *MONEY,
        "plan",
    ),
}
