"""The offices and the two maps, on a map made up for the test."""

import pytest

from knowledge.offices import Offices
from tests.knowledge.small import a_post, an_office, some_offices

HEAD = an_office("headquarters", "headquarters")


@pytest.fixture
def offices() -> Offices:
    return some_offices(
        HEAD,
        an_office("smrj_east", "advice"),
        an_office("smrj_west", "advice"),
        an_office("meti_east", "filing"),
        an_office("meti_west", "filing"),
        an_office("everywhere", "finance"),
        an_office("east_only", "finance", ("甲県", "乙県")),
        an_office("west_only", "finance", ("丙県",)),
        advice={
            "丙県": a_post("smrj_west"),
            "甲県": a_post("smrj_east"),
            "乙県": a_post("smrj_west", check=True),
        },
        filing={
            "甲県": a_post("meti_east"),
            "乙県": a_post("meti_east", check=True),
            "丙県": a_post("meti_west"),
        },
    )


def ids(found: tuple) -> list[str]:
    return [office.id for office in found]


def test_prefectures_are_named_in_the_order_of_the_map(offices: Offices):
    assert offices.prefectures == ("丙県", "甲県", "乙県")


@pytest.mark.parametrize(
    ("place", "advice", "filing"),
    [
        ("甲県", "smrj_east", "meti_east"),
        ("乙県", "smrj_west", "meti_east"),
        ("丙県", "smrj_west", "meti_west"),
    ],
)
def test_advice_and_filing_are_looked_up_apart(
    offices: Offices, place: str, advice: str, filing: str
):
    assert offices.advice(place).id == advice
    office = offices.filing(place)
    assert office is not None
    assert office.id == filing


@pytest.mark.parametrize("place", [None, "", "丁県", "甲"])
def test_an_unknown_place_is_advised_by_the_head_office_and_files_nowhere(
    offices: Offices, place: str | None
):
    assert offices.advice(place) == offices.headquarters == HEAD
    assert offices.filing(place) is None


@pytest.mark.parametrize(
    ("place", "check"),
    [("甲県", False), ("乙県", True), ("丙県", False), (None, False), ("", False)],
)
def test_only_a_marked_place_is_one_to_make_sure_of(
    offices: Offices, place: str | None, check: bool
):
    assert offices.to_check(place) is check


@pytest.mark.parametrize(
    ("place", "differ"),
    [("甲県", False), ("乙県", True), ("丙県", False), (None, False), ("丁県", False)],
)
def test_blocks_differ_where_the_two_offices_have_different_regions(
    offices: Offices, place: str | None, differ: bool
):
    assert offices.blocks_differ(place) is differ


def test_a_region_of_two_words_is_compared_whole():
    offices = some_offices(
        HEAD,
        an_office("smrj_new_east", "advice"),
        an_office("meti_old_east", "filing"),
        advice={"甲県": a_post("smrj_new_east")},
        filing={"甲県": a_post("meti_old_east")},
    )
    assert offices.blocks_differ("甲県") is True


def test_one_region_of_two_words_is_no_difference():
    offices = some_offices(
        HEAD,
        an_office("smrj_far_east", "advice"),
        an_office("meti_far_east", "filing"),
        advice={"甲県": a_post("smrj_far_east")},
        filing={"甲県": a_post("meti_far_east")},
    )
    assert offices.blocks_differ("甲県") is False


@pytest.mark.parametrize(
    ("place", "found"),
    [
        ("甲県", ["east_only", "everywhere"]),
        ("乙県", ["east_only", "everywhere"]),
        ("丙県", ["west_only", "everywhere"]),
        ("丁県", ["everywhere"]),
        (None, ["everywhere"]),
    ],
)
def test_offices_of_a_kind_are_those_for_the_place_first_then_those_for_all(
    offices: Offices, place: str | None, found: list[str]
):
    assert ids(offices.of_kind("finance", place)) == found


def test_offices_of_another_kind_are_not_found(offices: Offices):
    assert ids(offices.of_kind("headquarters", "甲県")) == ["headquarters"]
    assert offices.of_kind("investment", "甲県") == ()


def test_an_office_for_some_places_serves_those_only():
    office = an_office("east_only", "finance", ("甲県", "乙県"))
    places = ("甲県", "乙県", "丙県", None)
    assert [office.serves_in(place) for place in places] == [True, True, False, False]


def test_an_office_for_the_whole_country_serves_every_place():
    assert [HEAD.serves_in(place) for place in ("甲県", None)] == [True, True]
