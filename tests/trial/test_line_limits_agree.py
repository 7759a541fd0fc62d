"""The bot's own table of limits and the trial LINE, written apart, agree."""

from typing import Any

import pytest

from bot.channels.line_limits import misfits
from bot.trial.line_messages import message_faults
from tests.trial.payloads import load_bad
from tests.trial.test_line_refuses import flex, quick

BUTTON: dict[str, Any] = {"type": "postback", "label": "はい", "data": "plan=none"}

LONG = {"type": "text", "text": "あ" * 1_900}
TYPED = [bad for bad in load_bad() if "number" not in bad["name"]]
"""What a typed drawing could contain: our table is never handed a number for a text."""


@pytest.mark.parametrize("bad", TYPED, ids=lambda bad: bad["name"])
def test_what_the_platform_refuses_the_table_calls_a_misfit(bad: dict[str, Any]):
    assert message_faults(bad["messages"])
    assert misfits(bad["messages"])


@pytest.mark.parametrize(
    ("fits", "too_much"),
    [
        ({"type": "text", "text": "𠮷" * 2_500}, {"type": "text", "text": "𠮷" * 2_500 + "a"}),
        (quick("👨‍👩‍👧‍👦" * 20), quick("あ" * 21)),
        (
            {**flex([{"type": "text", "text": "あ"}]), "altText": "あ" * 1_500},
            {**flex([{"type": "text", "text": "あ"}]), "altText": "あ" * 1_501},
        ),
        (
            flex([{"type": "button", "action": {**BUTTON, "label": "あ" * 40}}]),
            flex([{"type": "button", "action": {**BUTTON, "label": "あ" * 41}}]),
        ),
        (
            flex([{"type": "button", "action": {**BUTTON, "data": "a" * 300}}]),
            flex([{"type": "button", "action": {**BUTTON, "data": "a" * 301}}]),
        ),
        (flex([LONG] * 5), flex([LONG] * 6)),
    ],
)  # fmt: skip
def test_both_draw_the_line_at_the_same_place(fits: dict[str, Any], too_much: dict[str, Any]):
    assert (message_faults([fits]), list(misfits([fits]))) == ([], [])
    assert message_faults([too_much])
    assert misfits([too_much])
