"""A small knowledge folder and small plain objects, so that a test sees all of what it reads."""

from datetime import date
from pathlib import Path

from knowledge.book import Book, Case, Topic
from knowledge.facts import Fact, Source
from knowledge.load_offices import PREFECTURES
from knowledge.offices import Office, Offices, Post
from knowledge.places import Places

CHECKED = date(2026, 11, 22)
NAMES = ("甲県", "乙県", *(f"{i}県" for i in range(3, PREFECTURES + 1)))
"""As many names as there are prefectures; none is real, so nothing here knows the real map."""

ROOT = Path(__file__).resolve().parents[2] / "knowledge"
NOWHERE = Places({}, {}, ())
SOURCES = """\
sources:
  S2:
    title: 中小企業庁「認定制度の概要」
    issued: 2025年12月
    url: https://www.example.jp/
    short: 認定制度の概要
    note: 新しい資料です。
  S3: {title: 組合のページ}
rows:
  - 1.4.2-1
  - 1.5-B3
  - 1.8.1-11
  - 1.10-1
"""
FACTS = """\
processing_days:
  row: 1.5-B3
  value: 45日
  source: S2
  place: P2
  evidence: official
  checked_on: 2026-11-22
processing_rule:
  row: [1.5-B3, 1.5-4]
  value: 標準処理期間は{processing_days}です。
  source: S2
  place: P2
  evidence: official
  checked_on: 2026-11-22
"""
TAX = """\
# 特別償却の率
tax_rate:
  - row: 1.4.2-1
    value: 18%
    source: S3
    place: 本文
    evidence: private
    checked_on: 2026-11-21
    from: 2023-04-01
    until: 2025-03-31
    ends_for: 未認定の方
  - row: 1.4.2-1
    value: 16%
    source: S2
    place: P5
    evidence: official
    checked_on: 2026-11-22
    from: 2025-04-01
"""
OFFICES = """\
offices:
  headquarters:
    row: 1.8.1-11
    kind: headquarters
    name: 本部
    phone: 03-0000-0001
    source: S2
    place: P9
    evidence: official
    checked_on: 2026-11-22
  smrj_east:
    row: 1.8.1-3
    kind: advice
    name: 東本部
    phone: 03-0000-0002
    url: https://east.example.jp/a
    address: 〒000-0000 甲県1-1
    mail: east@example.jp
    source: S2
    place: P9
    evidence: official
    checked_on: 2026-11-22
  meti_east:
    row: 1.8.2-1
    kind: filing
    name: 東経済産業局
    url: https://west.example.jp
    serves: [甲県, 乙県]
    source: S2
    place: P2
    evidence: official
    checked_on: 2026-11-22
advice:
  甲県: {office: smrj_east, evidence: press, verified_on: 2026-11-20, check: "true"}
  乙県: {office: smrj_east, evidence: official, verified_on: 2026-11-21, check: "false"}
""" + "".join(
    f"  {name}: {{office: smrj_east, evidence: inferred, verified_on: 2026-11-22}}\n"
    for name in NAMES[2:]
)
FILING = "filing:\n" + "".join(
    f"  {name}: {{office: meti_east, evidence: official, verified_on: 2026-11-22}}\n"
    for name in NAMES
)
CASES = """\
sankai:
  row: 1.10-1
  name: 株式会社山海
  plan: joint
  industry: retail
  concerns: [flood, supply_chain]
  prefecture: 島根県
  text: 原材料の会社と連携しました。
  source: S2
  place: 事例
  evidence: official
  checked_on: 2026-11-22
florist:
  row: [1.10-8, 1.12-17]
  name: 生花店
  plan: none
  industry: retail
  concerns: flood
  text: 電気設備を高い所に置きました。
  source: S3
  place: 事例
  evidence: semi
  checked_on: 2026-11-21
"""
TOPICS = """\
how_long:
  title: 何日かかりますか
  answer:
    - 標準処理期間は{processing_days}です。
    - 不備があると長引きます。
  source: S2
  place: P2
  also: [いつ, 何日, どのくらい, 期間, 待つ日]
  evidence: official
"""
FILES = {
    "sources.yaml": SOURCES,
    "facts/filing.yaml": FACTS,
    "facts/tax.yaml": TAX,
    "offices.yaml": OFFICES + FILING,
    "cases.yaml": CASES,
    "topics/time.yaml": TOPICS,
    "municipalities.json": (ROOT / "municipalities.json").read_text(encoding="utf-8"),
}


def write_small(root: Path) -> Path:
    """Write the small folder below `root` and say where it lies."""
    folder = root / "knowledge"
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def a_fact(
    value: str, start: date | None = None, end: date | None = None, *, id: str = "rate"
) -> Fact:
    ends_for = "未認定の方" if end else None
    return Fact(id, ("1.1-B1",), value, "S2", "P5", "official", CHECKED, start, end, ends_for)


def an_office(id: str, kind: str, serves: tuple[str, ...] = ()) -> Office:
    return Office(
        id, ("1.8.1-1",), kind, f"{id}の窓口", "03-0000-0000", None, None, "a@example.jp",
        serves, "S2", "P9", "official", CHECKED,
    )  # fmt: skip


def a_post(office: str, *, check: bool = False) -> Post:
    return Post(office, "official", CHECKED, check)


def some_offices(*offices: Office, advice: dict[str, Post], filing: dict[str, Post]) -> Offices:
    return Offices({office.id: office for office in offices}, advice, filing)


def a_book(*facts: Fact, offices: Offices | None = None) -> Book:
    """A book of these facts; those of one id are its periods, in the order given."""
    periods: dict[str, tuple[Fact, ...]] = {}
    for fact in facts:
        periods[fact.id] = (*periods.get(fact.id, ()), fact)
    sources = {"S2": Source("S2", "認定制度の概要", "概要", None, None)}
    cases: dict[str, Case] = {}
    topics: dict[str, Topic] = {}
    return Book(periods, offices or Offices({}, {}, {}), cases, topics, sources, NOWHERE, ())
