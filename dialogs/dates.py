"""The days to do things by, counted from the day of the talk. Always 目安, never a promise."""

from collections.abc import Callable
from datetime import date, timedelta

from dialogs.rules.support import last_tax_filing
from knowledge.book import DayBook


def gbiz_ready(book: DayBook) -> date | None:
    """いま申し込んだGビズIDが、早くて使える日。出典: S2 P3"""
    return book.day + timedelta(days=book.days("gbiz_wait"))


def tax_filing(book: DayBook) -> date | None:
    """税制の認定期限に間に合わせる申請の日。過ぎていれば None。出典: S2 P2, P5"""
    day = last_tax_filing(book)
    return day if day >= book.day else None


DAYS: dict[str, Callable[[DayBook], date | None]] = {
    "gbiz_ready": gbiz_ready,
    "tax_filing": tax_filing,
}
"""The only names YAML may use after `by:`."""
