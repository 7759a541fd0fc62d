"""Flips: what one other answer would change, and it really would."""

from bot.content import Content
from dialogs.change import change
from dialogs.scene import Scene
from dialogs.session import Session
from knowledge.book import DayBook
from tests.dialogs.chat import Talk, answers
from tests.dialogs.people import TOO_LARGE, sample


def test_every_flip_really_leads_to_the_plan_it_names(content: Content, day: DayBook) -> None:
    questions: set[str] = set()
    for told in sample(content, day, 600):
        scene = Scene(content.flow, day, Session(), told)
        assert scene.outcome
        for flip in scene.flips:
            after = change(content.flow, day, told, {flip.question: flip.values}).answers
            assert after[flip.question] == flip.values
            assert content.flow.decide(after, day).plan == flip.plan != scene.outcome.row.plan
            assert scene.flow.questions[flip.question].title in flip.text
            questions.add(flip.question)
        assert len({flip.question for flip in scene.flips}) == len(scene.flips) <= 4
    assert {"partner", "plan", "concern", "employees", "capital"} <= questions


def flip_of(content: Content, day: DayBook, question: str, **given: str | None) -> str:
    scene = Scene(content.flow, day, Session(), answers(**given))
    return next((flip.text for flip in scene.flips if flip.question == question), "")


def test_someone_too_large_hears_at_which_size_they_would_fit(
    content: Content, day: DayBook
) -> None:
    assert "50人以下なら" in flip_of(content, day, "employees", **TOO_LARGE)
    assert "5千万円以下なら" in flip_of(content, day, "capital", **TOO_LARGE)


def test_someone_small_by_capital_hears_where_it_ends(content: Content, day: DayBook) -> None:
    size = {"employees": "901-", "industry": "wholesale", "capital": "-50m,50m-100m"}
    assert "1億円を超えるなら" in flip_of(content, day, "capital", **size)
    narrow = {**size, "capital": "50m-100m"}
    assert "1億円を超えるなら" in flip_of(content, day, "capital", **narrow)


def test_nobody_is_told_if_you_had_capital(content: Content, day: DayBook) -> None:
    size = {"employees": "901-", "industry": "wholesale", "capital": "none"}
    assert not flip_of(content, day, "capital", **size)


def test_a_flip_that_would_open_another_question_is_not_told(
    content: Content, day: DayBook
) -> None:
    assert not flip_of(content, day, "employees")


def test_flips_are_listed_behind_their_button(talk: Talk) -> None:
    talk.give(answers()).press("command=flips")
    assert talk.uses("flips_lead")
    for flip in talk.scene.flips:
        assert flip.text in talk.said


def test_nobody_hears_what_if_about_who_or_where_they_are(content: Content, day: DayBook) -> None:
    for told in sample(content, day, 100):
        asked = {flip.question for flip in Scene(content.flow, day, Session(), told).flips}
        assert not asked & {"standing", "prefecture", "hurry"}
