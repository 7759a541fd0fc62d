"""Reading the dialogue's files: every fault is named with its place, and nothing is half read."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
import yaml

from bot.content import ROOT, TRIAL
from dialogs.load import load_flow
from knowledge.book import Book
from knowledge.errors import FileError

TALK, ADVICE, WORDS, COMMANDS = (
    f"{name}.yaml" for name in ("consultation", "advice", "words", "commands")
)
Edit = Callable[[dict[str, Any]], object]
Broken = Callable[[str, Edit], list[str]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The four files as shipped, free to edit."""
    folder = tmp_path / "dialogs"
    folder.mkdir()
    for file in (ROOT / "dialogs").glob("*.yaml"):
        (folder / file.name).write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    copytree(ROOT / "dialogs" / "understand", folder / "understand")
    return folder


@pytest.fixture
def broken(folder: Path, book: Book) -> Broken:
    """Edit one file as data, and give the faults that loading then names."""

    def edit(file: str, change: Edit) -> list[str]:
        path = folder / file
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
        change(data)
        path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "utf-8")
        with pytest.raises(FileError) as refused:
            load_flow(folder, book, TRIAL)
        assert all(fault.file.startswith("dialogs/") for fault in refused.value.faults)
        return [fault.text for fault in refused.value.faults]

    return edit


def put(*path: Any) -> Edit:
    """Set the last of these under the keys before it: put("a", "b", 1) sets data["a"]["b"]."""
    *above, key, value = path

    def change(data: dict[str, Any]) -> None:
        for each in above:
            data = data[each]
        data[key] = value

    return change


def cut(*path: Any) -> Edit:
    *above, key = path

    def change(data: dict[str, Any]) -> None:
        for each in above:
            data = data[each]
        del data[key]

    return change


def test_the_files_as_shipped_are_read_in_one_piece(folder: Path, book: Book) -> None:
    flow = load_flow(folder, book, TRIAL)
    assert flow.start == "standing"
    assert flow.operator is TRIAL


FAULTS: list[tuple[str, Edit, str]] = [
    # the talk as a whole
    (TALK, cut("outcomes"), "「outcomes」がありません"),
    (TALK, put("extra", "1"), "「extra」という項目はありません"),
    (TALK, put("version", ""), "「version」には言葉が1つ要ります"),
    (TALK, put("start", "nowhere"), "「nowhere」は使えません"),
    (TALK, put("renames", "none"), "「名前: 値」の組"),
    (TALK, put("outcomes", []), "「名前: 値」の組"),
    (TALK, put("outcomes", "R12", "if", "is_large"), "最後の結果は「if: always」"),
    # the rows
    (TALK, put("outcomes", "R8", "plan", "maybe"), "「maybe」は使えません"),
    (TALK, put("outcomes", "R8", "leaning", "both"), "「both」は使えません"),
    (TALK, put("outcomes", "R8", "first", "police"), "「police」は使えません"),
    (TALK, put("outcomes", "R8", "if", "os.mkdir"), "「os.mkdir」という決まり"),
    (TALK, put("outcomes", "R8", "if", ["always"]), "という決まり"),
    (TALK, cut("outcomes", "R8", "title"), "「title」がありません"),
    (TALK, put("outcomes", "R8", "title", ""), "言葉が1つ要ります"),
    (TALK, put("outcomes", "R8", "title", "{no_such_fact}"), "「{no_such_fact}」という事実や言葉"),
    (TALK, put("outcomes", "R8", "title", "{"), "名前を引くときだけ"),
    (TALK, put("outcomes", "R8", "title", "a } b"), "名前を引くときだけ"),
    (TALK, put("outcomes", "R8", "title", "{answer.shoe}"), "「{answer.shoe}」という事実や言葉"),
    (TALK, put("outcomes", "R8", "title", "{office.moon.phone}"), "「{office.moon.phone}」"),
    (TALK, put("outcomes", "R8", "title", "{office.headquarters.moon}"), "headquarters.moon"),
    (TALK, put("outcomes", "R8", "title", "{office.headquarters.serves}"), "serves"),
    (TALK, put("outcomes", "R8", "title", "{moon.headquarters.phone}"), "moon.headquarters"),
    (TALK, put("outcomes", "R8", "title", "{by}"), "「{by}」という事実や言葉"),
    (TALK, put("outcomes", "R8", "because", "words"), "「- 」で始まる並び"),
    (TALK, put("outcomes", "R8", "because", 0, "words"), "「名前: 値」の組"),
    (TALK, cut("outcomes", "R8", "because", 0, "source"), "「source」がありません"),
    (TALK, put("outcomes", "R8", "because", 0, "source", "S9"), "「S9」は使えません"),
    (TALK, put("outcomes", "R8", "because", 0, "question", "shoe"), "「shoe」は使えません"),
    (TALK, put("outcomes", "R8", "because", 0, "if", "shoe"), "「shoe」という決まり"),
    (TALK, put("outcomes", "R8", "because", 0, "by", "easter"), "「easter」という日の数え方"),
    (TALK, put("outcomes", "R8", "step_if", "words"), "「名前: 値」の組"),
    (TALK, put("outcomes", "R8", "step_if", {"if": "always"}), "「text」がありません"),
    (TALK, put("outcomes", "R8", "steps", "dance"), "「dance」は使えません"),
    (TALK, put("outcomes", "R8", "notes", ["music"]), "「music」は使えません"),
    (TALK, put("outcomes", "R8", "notes", "music"), "「- 」で始まる並び"),
    (TALK, put("outcomes", "R8", "benefits", "gold"), "「gold」は使えません"),
    (TALK, put("outcomes", "R8", "offers", "plan"), "「plan」は使えません"),
    (TALK, put("outcomes", "R8", "letter", "love"), "「love」は使えません"),
    (TALK, cut("leave", "row"), "「row」には言葉が1つ要ります"),
    (TALK, cut("leave", "title"), "「title」がありません"),
    (TALK, put("leave", "gone"), "「名前: 値」の組"),
    # the questions
    (TALK, put("questions", "all"), "「名前: 値」の組"),
    (TALK, cut("questions", "hurry"), "「hurry」という質問がありません"),
    (TALK, put("questions", "shoe", {}), "「shoe」は使えません"),
    (TALK, cut("questions", "plan", "why"), "「why」がありません"),
    (TALK, put("questions", "plan", "data", "name"), "「name」は使えません"),
    (TALK, put("questions", "plan", "again", "shoe"), "「shoe」という決まり"),
    (TALK, put("questions", "plan", "forms", "all"), "「- 」で始まる並び"),
    (TALK, put("questions", "plan", "forms", [{"if": "is_proxy"}]), "「ask」がありません"),
    (TALK, put("questions", "plan", "choices", ["none"]), "「名前: 値」の組"),
    (TALK, put("questions", "plan", "choices", "none", ""), "言葉が1つ要ります"),
    (TALK, put("questions", "plan", "choices", "prefecture"), "「名前: 値」の組"),
    (TALK, put("questions", "plan", "typed", []), "「名前: 値」の組"),
    (TALK, put("questions", "capital", "yes_no", {"under": "はい"}), "「over」がありません"),
    # where they lead
    (TALK, put("questions", "plan", "next", []), "next の最後"),
    (TALK, cut("questions", "plan", "next"), "next の最後"),
    (TALK, put("questions", "plan", "next", [{"if": "always", "go": "concern"}]), "next の最後"),
    (TALK, put("questions", "plan", "next", [{"go": "concern"}] * 2), "next の最後"),
    (TALK, put("questions", "plan", "next", [{"go": "shoe"}]), "「shoe」は使えません"),
    (TALK, put("questions", "plan", "next", [{"to": "concern"}]), "「to」という項目はありません"),
    (TALK, put("questions", "concern", "next", [{"go": "plan"}]), "に戻る道があります"),
    (TALK, put("questions", "plan", "next", [{"go": "plan"}]), "「plan」に戻る道があります"),
    (
        TALK,
        put("questions", "plan", "next", [{"go": "outcome"}]),
        "「concern」に行く道がありません",
    ),
    # the advice
    (ADVICE, cut("letters"), "「letters」がありません"),
    (ADVICE, put("plans", []), "「名前: 値」の組"),
    (ADVICE, put("plans", "single", ""), "言葉が1つ要ります"),
    (ADVICE, put("size_reason", "words"), "「名前: 値」の組"),
    (ADVICE, put("worries", "flood", "words"), "「名前: 値」の組"),
    (ADVICE, put("general_notes", ["music"]), "「music」は使えません"),
    (ADVICE, put("notes", "published", {"text": "x"}), "「source」がありません"),
    (ADVICE, put("benefits", "loan", "words"), "「名前: 値」の組"),
    (ADVICE, cut("benefits", "loan", "for"), "「for」がありません"),
    (ADVICE, put("benefits", "loan", "for", "everybody"), "「- 」で始まる並び"),
    (ADVICE, put("benefits", "loan", "source", "S9"), "「S9」は使えません"),
    (ADVICE, put("benefits", "loan", "if", "shoe"), "「shoe」という決まり"),
    (ADVICE, put("steps", "single", "words"), "「- 」で始まる並び"),
    (ADVICE, put("steps", "single", 1, "words"), "「名前: 値」の組"),
    (ADVICE, put("steps", "single", 1, "by", "easter"), "「easter」という日の数え方"),
    (ADVICE, put("compare", "single", "words"), "「名前: 値」の組"),
    (ADVICE, put("compare", "single", "source", "S9"), "「S9」は使えません"),
    (ADVICE, put("letters", "members", "lines", "words"), "「- 」で始まる並び"),
    # the set phrases and the commands
    (WORDS, put("shoe", "1"), "「shoe」という決まり文句は使われていません"),
    (WORDS, cut("stopped"), "「stopped」という決まり文句がありません"),
    (WORDS, put("stopped", ["a"]), "言葉が1つ要ります"),
    (WORDS, put("stopped", "{said}"), "「{said}」という事実や言葉"),
    (COMMANDS, cut("back"), "「back」がありません"),
    (COMMANDS, put("shoe", []), "「shoe」という項目はありません"),
    (COMMANDS, put("back", "もどる"), "「- 」で始まる並び"),
    (COMMANDS, put("back", ["やめる"]), "「やめる」は「back」にもあります"),
]


@pytest.mark.parametrize(("file", "change", "says"), FAULTS)
def test_a_fault_is_refused_and_named(broken: Broken, file: str, change: Edit, says: str) -> None:
    assert any(says in fault for fault in broken(file, change))


def test_all_faults_of_all_files_are_named_at_once(folder: Path, book: Book) -> None:
    for name, good, bad in [
        (TALK, "start: standing", "start: nowhere"),
        (ADVICE, "general_notes: [", "general_notes: [music, "),
        (WORDS, "stopped:", "shoe:"),
        (COMMANDS, "back: [", "shoe: ["),
    ]:
        path = folder / name
        text = path.read_text(encoding="utf-8")
        assert good in text
        path.write_text(text.replace(good, bad), encoding="utf-8")
    with pytest.raises(FileError) as refused:
        load_flow(folder, book, TRIAL)
    assert {fault.file.removeprefix("dialogs/") for fault in refused.value.faults} == {
        TALK, ADVICE, WORDS, COMMANDS
    }  # fmt: skip


@pytest.mark.parametrize("name", [TALK, ADVICE, WORDS, COMMANDS])
def test_a_missing_or_empty_file_is_a_fault(folder: Path, book: Book, name: str) -> None:
    for text in ("", "just words", "[1, 2]"):
        (folder / name).write_text(text, encoding="utf-8")
        with pytest.raises(FileError):
            load_flow(folder, book, TRIAL)
    (folder / name).unlink()
    with pytest.raises(FileError) as refused:
        load_flow(folder, book, TRIAL)
    assert any("読めません" in fault.text for fault in refused.value.faults)


def test_the_same_question_twice_is_named_with_both_lines(folder: Path, book: Book) -> None:
    path = folder / TALK
    text = path.read_text(encoding="utf-8")
    path.write_text(text + "start: standing\n", encoding="utf-8")
    first = text.splitlines().index("start: standing") + 1
    with pytest.raises(FileError) as refused:
        load_flow(folder, book, TRIAL)
    [fault] = refused.value.faults
    assert fault.line == len(text.splitlines()) + 1
    assert f"{first}行目にもあります" in fault.text


def every_table(data: Any, *path: Any) -> Iterator[tuple[Any, ...]]:
    """Where a mapping or a list stands in this data."""
    if isinstance(data, dict | list):
        yield path
        for key, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield from every_table(value, *path, key)


@pytest.mark.parametrize("name", [TALK, ADVICE, WORDS, COMMANDS])
@pytest.mark.parametrize("value", ["言葉", [], {}])
def test_a_table_replaced_by_anything_else_never_crashes_the_reader(
    folder: Path, book: Book, name: str, value: Any
) -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    data = yaml.load(text, Loader=yaml.BaseLoader)
    for place in [place for place in every_table(data) if place][::43]:
        changed = yaml.load(text, Loader=yaml.BaseLoader)
        put(*place, value)(changed)
        path.write_text(yaml.safe_dump(changed, allow_unicode=True, sort_keys=False), "utf-8")
        with suppress(FileError):
            load_flow(folder, book, TRIAL)
