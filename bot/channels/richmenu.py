"""The rich menu: what lies where on it, read from `richmenu.yaml`, and the request LINE takes."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dialogs.heard import parse_press
from knowledge.errors import FileError
from knowledge.strict_yaml import Sheet, load_sheet

FOLDER = Path(__file__).resolve().parent
YAML, IMAGE = FOLDER / "richmenu.yaml", FOLDER / "richmenu.png"
COLUMNS = 3
BUTTON = ("press", "title", "text", "icon", "disc")


@dataclass(frozen=True, slots=True)
class Area:
    """A button of the menu: where it lies in pixels, and what it does and shows."""

    left: int
    top: int
    width: int
    height: int
    press: str
    title: str
    text: str
    icon: str
    disc: str


@dataclass(frozen=True, slots=True)
class RichMenu:
    """The whole menu. `icons` are lists of shapes on a grid of 100 × 100."""

    name: str
    bar: str
    title: str
    notice: str
    width: int
    height: int
    band: int
    colours: Mapping[str, str]
    areas: tuple[Area, ...]
    icons: Mapping[str, tuple[tuple[str, tuple[float, ...]], ...]]

    def request(self) -> dict[str, Any]:
        """What LINE takes to make it. A press leaves its title in the talk as if typed."""
        return {
            "size": {"width": self.width, "height": self.height},
            "selected": True,
            "name": self.name,
            "chatBarText": self.bar,
            "areas": [_request(area) for area in self.areas],
        }


def load_menu(path: Path = YAML) -> RichMenu:
    """Read the menu. Raises FileError with every fault."""
    sheet = load_sheet(path, f"bot/channels/{path.name}")
    data = sheet.data
    for key in ("name", "bar", "title", "notice", "size", "band", "colours", "buttons", "icons"):
        if key not in data:
            sheet.fault((), f"「{key}」がありません。")
    if sheet.faults:
        raise FileError(sheet.faults)
    width, height = (int(data["size"][side]) for side in ("width", "height"))
    band = int(data["band"])
    menu = RichMenu(
        data["name"], data["bar"], data["title"], data["notice"], width, height, band,
        data["colours"], _areas(sheet, width, height, band), _icons(data["icons"]),
    )  # fmt: skip
    if sheet.faults:
        raise FileError(sheet.faults)
    return menu


def _areas(sheet: Sheet, width: int, height: int, band: int) -> tuple[Area, ...]:
    """The buttons in rows below the band, without a gap between them."""
    buttons, data = sheet.items(("buttons",), sheet.data["buttons"]), sheet.data
    rows = -(-len(buttons) // COLUMNS)
    across, down = width // COLUMNS, (height - band) // max(rows, 1)
    found = []
    for number, button in enumerate(buttons):
        at = ("buttons", number)
        if set(button) != set(BUTTON) or not parse_press(button["press"]):
            sheet.fault(at, "press・title・text・icon・disc を正しく書いてください。")
        elif button["icon"] not in data["icons"] or button["disc"] not in data["colours"]:
            sheet.fault(at, "icon と disc は、この中にある名前にしてください。")
        else:
            row, column = divmod(number, COLUMNS)
            words = (button[key] for key in BUTTON)
            found.append(Area(column * across, band + row * down, across, down, *words))
    return tuple(found)


def _icons(given: Mapping[str, Any]) -> dict[str, tuple[tuple[str, tuple[float, ...]], ...]]:
    return {
        name: tuple(
            (kind, tuple(map(float, numbers.split())))
            for shape in shapes
            for kind, numbers in shape.items()
        )
        for name, shapes in given.items()
    }


def _request(area: Area) -> dict[str, Any]:
    bounds = {"x": area.left, "y": area.top, "width": area.width, "height": area.height}
    action = {
        "type": "postback", "label": area.title, "data": area.press, "displayText": area.title,
    }  # fmt: skip
    return {"bounds": bounds, "action": action}
