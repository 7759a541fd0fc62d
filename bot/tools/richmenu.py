"""Makes the image of the rich menu: `make richmenu`, with `FONT=file.ttf` for a font of one's own.

Without one it takes BIZ UDPGothic (SIL OFL), installed or fetched from Debian for this one run.
"""

import hashlib
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from PIL.PngImagePlugin import PngInfo

from bot.channels.richmenu import IMAGE, YAML, Area, RichMenu, load_menu

PACKAGE = "fonts-morisawa-bizud-gothic"
FONT = Path("usr/share/fonts/truetype/bizud-gothic/BIZUDPGothic-Bold.ttf")
MADE_FROM = "made-from"
"""The entry of the image that holds the digest of the YAML it was made from."""
FINER = 2
"""Drawn so many times larger and then made small: smooth edges."""
GAP, ROUND, DISC, STROKE = 14, 44, 262, 5.5
TITLE, TEXT, BAND = 124, 78, 92


def main(given: list[str]) -> int:
    """Write the image; the one argument is a font. Exit 1 where there is none."""
    with tempfile.TemporaryDirectory() as folder:
        font = Path(given[0]) if given else _font(Path(folder))
        if not font.is_file():
            print(
                f"日本語の書体がありません。make richmenu FONT=書体.ttf としてください（{font}）。"
            )
            return 1
        image = draw(load_menu(), font)
    note = PngInfo()
    note.add_text(MADE_FROM, digest(YAML))
    image.quantize(64).save(IMAGE, optimize=True, pnginfo=note)
    print(f"{IMAGE} {IMAGE.stat().st_size:,}バイト")
    return 0


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _font(folder: Path) -> Path:
    """The font as installed, or unpacked into this folder from Debian's package."""
    if (installed := Path("/") / FONT).is_file():
        return installed
    try:
        fetch = ["apt-get", "download", "-qq", PACKAGE]
        subprocess.run(fetch, cwd=folder, check=True, capture_output=True)
        (package,) = folder.glob("*.deb")
        subprocess.run(["dpkg-deb", "-x", package, folder], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError, ValueError):
        return Path(PACKAGE)
    return folder / FONT


def draw(menu: RichMenu, font: Path) -> Image.Image:
    """The menu in pixels, in the words of this font."""
    brush = _Brush(menu, font)
    brush.band()
    for area in menu.areas:
        brush.button(area)
    return brush.image.resize((menu.width, menu.height), Image.Resampling.LANCZOS)


class _Brush:
    """Draws on a canvas FINER times as large; every number handed in is in real pixels."""

    def __init__(self, menu: RichMenu, font: Path) -> None:
        self.menu, self.font = menu, str(font)
        size = (menu.width * FINER, menu.height * FINER)
        self.image = Image.new("RGB", size, menu.colours["ground"])
        self.on = ImageDraw.Draw(self.image)

    def band(self) -> None:
        """Whose menu it is, and that it is nobody official's."""
        menu, middle = self.menu, self.menu.band / 2
        colour = menu.colours["band_letters"]
        self.on.rectangle((0, 0, menu.width * FINER, menu.band * FINER), menu.colours["band"])
        self._words(menu.title, (70, middle), BAND, colour, "lm")
        self._words(menu.notice, (menu.width - 70, middle), BAND * 0.8, colour, "rm")

    def button(self, area: Area) -> None:
        """A card with an icon, a title and what it is for."""
        colours, middle = self.menu.colours, area.left + area.width / 2
        edges = (area.left + GAP, area.top + GAP, area.left + area.width - GAP,
                 area.top + area.height - GAP)  # fmt: skip
        self.on.rounded_rectangle(self._scaled(edges), ROUND * FINER, colours["card"])
        top = area.top + 70
        disc = (middle - DISC / 2, top, middle + DISC / 2, top + DISC)
        self.on.ellipse(self._scaled(disc), colours[area.disc])
        self._icon(area.icon, middle - DISC * 0.42, top + DISC * 0.08, DISC * 0.84)
        self._words(area.title, (middle, top + DISC + 118), TITLE, colours["title"], "mm")
        self._words(area.text, (middle, top + DISC + 250), TEXT, colours["text"], "mm")

    def _icon(self, name: str, left: float, top: float, size: float) -> None:
        colour, width = self.menu.colours["icon"], size * STROKE / 100
        for kind, numbers in self.menu.icons[name]:
            at = [
                (left + x * size / 100, top + y * size / 100)
                for x, y in zip(numbers[::2], numbers[1::2], strict=False)
            ]
            if kind == "circle":
                (x, y), radius = at[0], numbers[2] * size / 100
                circle = (x - radius, y - radius, x + radius, y + radius)
                self.on.ellipse(self._scaled(circle), None, colour, round(width * FINER))
            elif kind == "fill":
                self.on.polygon(self._scaled([xy for point in at for xy in point]), colour)
            else:
                self._stroke(at, width, colour)

    def _stroke(self, at: list[tuple[float, float]], width: float, colour: str) -> None:
        """A line with round ends and corners."""
        points = self._scaled([xy for point in at for xy in point])
        self.on.line(points, colour, round(width * FINER), joint="curve")
        for x, y in at:
            end = (x - width / 2, y - width / 2, x + width / 2, y + width / 2)
            self.on.ellipse(self._scaled(end), colour)

    def _words(
        self, text: str, at: tuple[float, float], size: float, colour: str, anchor: str
    ) -> None:
        font = ImageFont.truetype(self.font, round(size * FINER))
        self.on.text((at[0] * FINER, at[1] * FINER), text, colour, font, anchor)

    def _scaled(self, numbers: tuple[float, ...] | list[float]) -> tuple[float, ...]:
        return tuple(number * FINER for number in numbers)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
