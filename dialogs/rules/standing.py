"""Who asks, and what is asked of them. 出典: domain §4.1"""

from dialogs.answers import Answers
from dialogs.intervals import Verdict
from dialogs.rules.base import Reads, one_of
from knowledge.book import DayBook


def always(answers: Answers, book: DayBook) -> Verdict:
    """いつでも。"""
    return True


def is_disaster(answers: Answers, book: DayBook) -> Verdict:
    """いま被災しているか。推薦はしない。出典: domain §4.2 G1"""
    return one_of(answers, "standing", "disaster")


def is_supporter(answers: Answers, book: DayBook) -> Verdict:
    """支援機関か。出典: S0 支援機関等への支援"""
    return one_of(answers, "standing", "supporter")


def is_support_plan(answers: Answers, book: DayBook) -> Verdict:
    """名前の似た別制度（事業継続力強化支援計画）か。出典: domain §3.3"""
    return one_of(answers, "standing", "support_plan")


def is_not_started(answers: Answers, book: DayBook) -> Verdict:
    """開業・設立の前か。出典: S2 P1"""
    return one_of(answers, "standing", "not_started")


def is_other_corporation(answers: Answers, book: DayBook) -> Verdict:
    """対象の一覧に載っていない法人か。出典: S2 P1"""
    return one_of(answers, "standing", "other_corporation")


def is_large(answers: Answers, book: DayBook) -> Verdict:
    """取引先と備えたい大きな会社か。出典: S2 P3"""
    return one_of(answers, "standing", "large")


def is_association(answers: Answers, book: DayBook) -> Verdict:
    """組合・工業団地・商店街としての相談か。出典: S2 P1 ③④"""
    return one_of(answers, "standing", "association")


def is_proxy(answers: Answers, book: DayBook) -> Verdict:
    """お客様や組合員のかわりの相談か。出典: domain §4.1"""
    return one_of(answers, "standing", "proxy")


def needs_no_place(answers: Answers, book: DayBook) -> Verdict:
    """場所を聞かずに案内するか（緊急と別制度）。出典: domain §4.1"""
    return one_of(answers, "standing", "disaster", "support_plan")


def asks_size(answers: Answers, book: DayBook) -> Verdict:
    """会社1社の規模で決まる立場か。組合は規模の表を使わない。出典: S2 P1"""
    return one_of(answers, "standing", "own", "proxy")


def asks_partner(answers: Answers, book: DayBook) -> Verdict:
    """単独型か連携型かを案内する立場か。出典: domain §4.1"""
    return one_of(answers, "standing", "own", "proxy", "association")


READS: Reads = {
    always: (),
    is_disaster: ("standing",),
    is_supporter: ("standing",),
    is_support_plan: ("standing",),
    is_not_started: ("standing",),
    is_other_corporation: ("standing",),
    is_large: ("standing",),
    is_association: ("standing",),
    is_proxy: ("standing",),
    needs_no_place: ("standing",),
    asks_size: ("standing",),
    asks_partner: ("standing",),
}
