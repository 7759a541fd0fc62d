"""The rich menu: readable, no official look, and a picture made from what the file says."""

from pathlib import Path

import pytest
from PIL import Image

from bot.channels.line_limits import graphemes
from bot.channels.richmenu import IMAGE, YAML, Area, RichMenu, load_menu
from bot.tools import richmenu
from bot.trial.line_menus import MENU, image_faults
from bot.trial.line_messages import faults_of
from dialogs.heard import COMMANDS, parse_press
from knowledge.errors import FileError
from tests.bot.contrast import contrast


@pytest.fixture(scope="module")
def menu() -> RichMenu:
    return load_menu()


def test_the_picture_was_made_from_the_file_as_it_is_now() -> None:
    with Image.open(IMAGE) as picture:
        assert picture.info[richmenu.MADE_FROM] == richmenu.digest(YAML), "make richmenu"


def test_the_picture_is_one_that_line_takes(menu: RichMenu) -> None:
    with Image.open(IMAGE) as picture:
        assert picture.format == "PNG"
        assert picture.size == (menu.width, menu.height)
    assert IMAGE.stat().st_size <= 1_000_000
    assert 800 <= menu.width <= 2500
    assert menu.height >= 250
    assert menu.width / menu.height >= 1.45


def test_the_menu_says_that_it_is_not_official(menu: RichMenu) -> None:
    assert "公式ではありません" in menu.notice
    words = " ".join((menu.title, menu.name, *(area.title + area.text for area in menu.areas)))
    assert "認定" not in words
    assert "中小機構" not in words


def test_letters_and_icons_stand_out_from_their_ground(menu: RichMenu) -> None:
    colours = menu.colours
    pairs = [("band_letters", "band"), ("title", "card"), ("text", "card")]
    pairs += [("icon", area.disc) for area in menu.areas]
    assert {pair: contrast(*(colours[name] for name in pair)) for pair in pairs if
            contrast(*(colours[name] for name in pair)) < 4.5} == {}  # fmt: skip


def test_the_picture_shows_the_letters_in_that_contrast(menu: RichMenu) -> None:
    """Darkest and lightest dot of the band and of each card."""
    with Image.open(IMAGE) as picture:
        dots = picture.convert("RGB")
    band = (0, 0, menu.width, menu.band)
    cards = [(a.left, a.top, a.left + a.width, a.top + a.height) for a in menu.areas]
    for place in (band, *cards):
        found = [colour for _, colour in dots.crop(place).getcolors(1 << 24) or ()]
        light, dark = max(found, key=sum), min(found, key=sum)
        assert contrast(*(f"#{bytes(dot).hex()}" for dot in (light, dark))) >= 4.5


def test_every_button_presses_a_command_that_can_be_undone(menu: RichMenu) -> None:
    for area in menu.areas:
        pressed = parse_press(area.press)
        assert pressed
        assert pressed.name == "command"
        assert pressed.values[0] in set(COMMANDS) - {"restart", "erase", "stop"}


def test_the_buttons_cover_the_menu_without_lying_on_each_other(menu: RichMenu) -> None:
    assert 1 <= len(menu.areas) <= 20
    dots = sum(area.width * area.height for area in menu.areas)
    assert dots >= 0.99 * menu.width * (menu.height - menu.band)
    assert all(a.left + a.width <= menu.width for a in menu.areas)
    assert all(a.top + a.height <= menu.height for a in menu.areas)
    places = {(a.left, a.top) for a in menu.areas}
    assert len(places) == len(menu.areas)


def test_the_request_keeps_lines_limits(menu: RichMenu) -> None:
    request = menu.request()
    assert faults_of(MENU, request) == []
    assert image_faults(IMAGE.read_bytes(), "image/png", request["size"]) == []
    assert len(request["name"]) <= 300
    assert graphemes(request["chatBarText"]) <= 14
    for area in request["areas"]:
        assert graphemes(area["action"]["label"]) <= 20
        assert len(area["action"]["data"].encode()) <= 300


@pytest.mark.parametrize(
    ("find", "put", "says"),
    [
        ("notice: 国や", "other: 国や", "notice"),
        ("icon: star", "icon: moon", "icon"),
        ("press: command=help", "press: help", "press"),
        ("disc: call}", "disc: pink}", "disc"),
    ],
)
def test_a_broken_menu_is_refused_with_its_place(
    tmp_path: Path, find: str, put: str, says: str
) -> None:
    broken = tmp_path / "richmenu.yaml"
    text = YAML.read_text(encoding="utf-8")
    assert find in text
    broken.write_text(text.replace(find, put, 1), encoding="utf-8")
    with pytest.raises(FileError, match=says):
        load_menu(broken)


def test_without_a_font_the_maker_says_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    before = IMAGE.read_bytes()
    assert richmenu.main(["/nowhere/font.ttf"]) == 1
    assert "FONT=" in capsys.readouterr().out
    assert IMAGE.read_bytes() == before


def test_an_area_is_plain_data() -> None:
    assert Area(0, 0, 1, 1, "command=help", "a", "b", "star", "disc").press == "command=help"
