"""Remembering: what follows from answers alone is worked out once for a flow on one day's book.

A key holds answers: a finite set, no person and nothing as it was typed.
"""

from collections.abc import Callable
from functools import lru_cache, partial
from typing import TypeVar

from dialogs.answers import Key
from dialogs.flow import Flow
from knowledge.book import DayBook

T = TypeVar("T")
Follows = Callable[[Flow, DayBook, Key], T]


def remembered(most: int) -> Callable[[Follows[T]], Follows[T]]:
    """Keep the last `most` results of a pure function, as long as the day's book is kept."""

    def keep(work_out: Follows[T]) -> Follows[T]:
        def found(flow: Flow, book: DayBook, key: Key) -> T:
            place = (work_out, flow.mark)
            known = book.memo.get(place)
            if known is None:
                known = book.memo[place] = lru_cache(most)(partial(work_out, flow, book))
            result: T = known(key)
            return result

        return found

    return keep
