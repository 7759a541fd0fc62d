"""Answers: the value or values given for each question, in no order. Everything else follows."""

from collections.abc import Mapping

Values = tuple[str, ...]
Answers = Mapping[str, Values]
Key = tuple[Values | None, ...]
"""Answers in the order of a flow's questions; None where there is none."""

OWN_SIZE = frozenset({"own", "proxy"})
"""Who speaks for one firm, so that its size decides."""


def plain(values: Values, multi: bool) -> str | list[str]:
    """Values as the outside faces show them: a list where several can be given."""
    return list(values) if multi or len(values) != 1 else values[0]


def normal(values: Values) -> Values:
    """The values once each, in the order given; 「わからない」 only when nothing else was said."""
    once = tuple(dict.fromkeys(values))
    return tuple(v for v in once if v != "unknown") or once
