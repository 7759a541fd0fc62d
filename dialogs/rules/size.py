"""Is the firm small enough? Capital *or* employees at or under the industry's limit. 出典: S2 P1"""

from dialogs.answers import Answers, Values
from dialogs.intervals import PEOPLE, YEN, Verdict, within
from dialogs.rules.base import Reads, both, either
from dialogs.rules.standing import asks_size
from knowledge.book import DayBook

INDUSTRIES: Values = (
    "manufacturing_other",
    "wholesale",
    "retail",
    "service",
    "ryokan",
    "software",
    "rubber",
)
UNKNOWN: Values = ("unknown",)
NO_CAPITAL: Values = ("none",)
SIZE = ("standing", "employees", "industry", "capital")


def industries(answers: Answers) -> Values:
    """The industries these answers leave possible."""
    given = answers.get("industry", UNKNOWN)
    return INDUSTRIES if given == UNKNOWN else given


def size(answers: Answers, book: DayBook) -> Verdict:
    """中小企業者の規模か。片方が満たせば yes、両方が超えたら no、ほかは不明。出典: S2 P1「又は」"""
    key = ("size", answers.get("employees"), answers.get("industry"), answers.get("capital"))
    if key not in book.memo:
        verdicts = {_size_in(answers, book, industry) for industry in industries(answers)}
        book.memo[key] = verdicts.pop() if len(verdicts) == 1 else None
    verdict: Verdict = book.memo[key]
    return verdict


def _size_in(answers: Answers, book: DayBook, industry: str) -> Verdict:
    return either(_by_people(answers, book, industry), _by_capital(answers, book, industry))


def _by_people(answers: Answers, book: DayBook, industry: str) -> Verdict:
    given = answers.get("employees", UNKNOWN)
    if given == UNKNOWN:
        return None
    return within(PEOPLE, given, book.amount(f"limit_employees_{industry}"))


def _by_capital(answers: Answers, book: DayBook, industry: str) -> Verdict:
    """個人事業には資本金が無いので、従業員数で見る。出典: domain §1.3 ①"""
    given = answers.get("capital", UNKNOWN)
    if given == UNKNOWN:
        return None
    if given == NO_CAPITAL:
        return False
    return within(YEN, given, book.amount(f"limit_capital_{industry}"))


def capital_limit(answers: Answers, book: DayBook) -> int:
    """資本金を聞くときの上限（円）。業種がわからなければ、いちばん小さい上限。出典: domain §4.1"""
    return min(book.amount(f"limit_capital_{industry}") for industry in industries(answers))


def _without(answers: Answers, *questions: str) -> Answers:
    return {key: values for key, values in answers.items() if key not in questions}


def asks_industry(answers: Answers, book: DayBook) -> Verdict:
    """業種で判定が変わるか。出典: S2 P1 の表から計算

    Capital said early can spare the question; once answered, the question keeps its place.
    """
    if "employees" not in answers:
        return None
    later = ("industry", "capital") if "industry" in answers else ("industry",)
    return both(asks_size(answers, book), size(_without(answers, *later), book) is None)


def asks_capital(answers: Answers, book: DayBook) -> Verdict:
    """従業員数では決まらず、資本金で決まるか。出典: S2 P1「又は」"""
    open_industry = asks_industry(answers, book)
    if open_industry is None or (open_industry and "industry" not in answers):
        return None
    return both(asks_size(answers, book), size(_without(answers, "capital"), book) is None)


def capital_straddles_limit(answers: Answers, book: DayBook) -> Verdict:
    """前に聞いた資本金の幅が、いまの上限をまたぐか。そのときだけ聞き直す。出典: domain §4.1"""
    given = answers.get("capital", UNKNOWN)
    if given in (UNKNOWN, NO_CAPITAL) or size(answers, book) is not None:
        return False
    return within(YEN, given, capital_limit(answers, book)) is None


def too_large(answers: Answers, book: DayBook) -> Verdict:
    """資本金も従業員数も上限を超えるか。出典: S2 P1"""
    small = size(answers, book)
    return both(asks_size(answers, book), None if small is None else not small)


def small_enough(answers: Answers, book: DayBook) -> Verdict:
    """対象の規模に入る見込みか。出典: S2 P1"""
    return both(asks_size(answers, book), size(answers, book))


def size_unknown(answers: Answers, book: DayBook) -> Verdict:
    """聞き終わっても規模が決まらないか。推薦は止めない。出典: domain §4.2"""
    return both(asks_size(answers, book), size(answers, book) is None)


def size_may_matter(answers: Answers, book: DayBook) -> Verdict:
    """業種や資本金を、聞く前から覚えておくか（1社の相談かもしれないとき）。出典: domain §4.1"""
    return asks_size(answers, book) is not False


READS: Reads = {
    size_may_matter: ("standing",),
    asks_industry: SIZE,
    asks_capital: SIZE,
    capital_straddles_limit: SIZE,
    too_large: SIZE,
    small_enough: SIZE,
    size_unknown: SIZE,
}
