"""Answers as the outside faces show them."""

import pytest

from dialogs.answers import Values, normal, plain


@pytest.mark.parametrize(
    ("values", "multi", "shown"),
    [
        (("own",), False, "own"),
        (("flood",), True, ["flood"]),
        (("flood", "staff"), True, ["flood", "staff"]),
        (("-50m", "50m-100m"), False, ["-50m", "50m-100m"]),
    ],
)
def test_one_answer_is_text_and_several_are_a_list(values: Values, multi: bool, shown) -> None:
    assert plain(values, multi) == shown


@pytest.mark.parametrize(
    ("values", "once"),
    [
        (("flood",), ("flood",)),
        (("flood", "staff", "flood"), ("flood", "staff")),
        (("unknown", "flood"), ("flood",)),
        (("unknown",), ("unknown",)),
        (("unknown", "unknown"), ("unknown",)),
    ],
)
def test_values_stand_once_each_and_not_knowing_only_alone(values: Values, once: Values) -> None:
    assert normal(values) == once
