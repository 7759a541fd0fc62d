"""Sizes as bands on one scale: every edge, and what a limit says of a band."""

from itertools import pairwise

import pytest

from dialogs.intervals import PEOPLE, YEN, Interval, Verdict, bands, within


@pytest.mark.parametrize(
    ("number", "band"),
    [
        (0, "0-5"), (5, "0-5"), (6, "6-20"), (20, "6-20"), (21, "21-50"), (50, "21-50"),
        (51, "51-100"), (100, "51-100"), (101, "101-200"), (200, "101-200"), (201, "201-300"),
        (300, "201-300"), (301, "301-900"), (900, "301-900"), (901, "901-"), (5_000_000, "901-"),
    ],
)  # fmt: skip
def test_a_number_of_people_falls_in_one_band(number: int, band: str) -> None:
    assert bands(PEOPLE, number, number) == (band,)


@pytest.mark.parametrize(
    ("yen", "band"),
    [
        (0, "-50m"), (50_000_000, "-50m"), (50_000_001, "50m-100m"), (100_000_000, "50m-100m"),
        (100_000_001, "100m-300m"), (300_000_000, "100m-300m"), (300_000_001, "300m-"),
    ],
)  # fmt: skip
def test_exactly_an_edge_belongs_to_the_lower_band(yen: int, band: str) -> None:
    assert bands(YEN, yen, yen) == (band,)


@pytest.mark.parametrize(
    ("low", "high", "names"),
    [
        (0, 100_000_000, ("-50m", "50m-100m")),
        (100_000_001, None, ("100m-300m", "300m-")),
        (50_000_000, 50_000_001, ("-50m", "50m-100m")),
        (0, None, tuple(YEN)),
        (300_000_001, None, ("300m-",)),
    ],
)
def test_a_range_falls_in_every_band_it_touches(low: int, high: int | None, names) -> None:
    assert bands(YEN, low, high) == names


@pytest.mark.parametrize(
    ("interval", "limit", "verdict"),
    [
        (Interval(6, 20), 20, True),
        (Interval(6, 20), 19, None),
        (Interval(6, 20), 6, None),
        (Interval(6, 20), 5, False),
        (Interval(901, None), 900, False),
        (Interval(901, None), 901, None),
        (Interval(901, None), 10**9, None),
    ],
)
def test_an_interval_lies_under_a_limit_over_it_or_across(
    interval: Interval, limit: int, verdict: Verdict
) -> None:
    assert interval.within(limit) is verdict


def test_bands_on_both_sides_of_a_limit_leave_it_open() -> None:
    assert within(YEN, ("-50m", "50m-100m"), 100_000_000) is True
    assert within(YEN, ("-50m", "50m-100m"), 50_000_000) is None
    assert within(YEN, ("100m-300m", "300m-"), 50_000_000) is False


def test_the_scales_have_no_gap_and_no_overlap() -> None:
    for scale in (PEOPLE, YEN):
        every = list(scale.values())
        assert every[0].low == 0
        assert every[-1].high is None
        for lower, upper in pairwise(every):
            assert lower.high is not None
            assert upper.low == lower.high + 1
