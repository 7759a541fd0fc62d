"""The offices, and the two maps from prefecture to office: advice and filing are not the same.

静岡・富山・石川・福井 ask one block and file with another (出典: domain §3.1), so the maps are kept
apart and neither is ever derived from the other.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

KINDS = ("advice", "filing", "headquarters", "finance", "investment", "follow_up")

MOST = 40
"""All but a few of the 47 prefectures."""


@dataclass(frozen=True, slots=True)
class Office:
    """A contact. `phone` is hyphenated; `serves` is empty when it serves the whole country."""

    id: str
    rows: tuple[str, ...]
    kind: str
    name: str
    phone: str | None
    url: str | None
    address: str | None
    mail: str | None
    serves: tuple[str, ...]
    source: str
    place: str
    evidence: str
    checked_on: date

    def serves_in(self, prefecture: str | None) -> bool:
        """Does it serve there? Of an unknown place: does it serve nearly all of the country?"""
        if not self.serves or prefecture in self.serves:
            return True
        return prefecture is None and len(self.serves) >= MOST


@dataclass(frozen=True, slots=True)
class Post:
    """One prefecture's entry in a map. `check`: the person is told how to make sure."""

    office: str
    evidence: str
    verified_on: date
    check: bool


@dataclass(frozen=True, slots=True)
class Offices:
    """All offices by id, and the two maps by full prefecture name."""

    by_id: Mapping[str, Office]
    advice_posts: Mapping[str, Post]
    filing_posts: Mapping[str, Post]

    @property
    def prefectures(self) -> tuple[str, ...]:
        """The 47 full names, north to south."""
        return tuple(self.advice_posts)

    def advice(self, prefecture: str | None) -> Office:
        """Who advises there; the head office when the place is not known."""
        post = self.advice_posts.get(prefecture or "")
        return self.by_id[post.office] if post else self.headquarters

    def filing(self, prefecture: str | None) -> Office | None:
        """Where the plan is filed; None when the place is not known."""
        post = self.filing_posts.get(prefecture or "")
        return self.by_id[post.office] if post else None

    def to_check(self, prefecture: str | None) -> bool:
        """Is the advice office of this place one to make sure of by phone?"""
        post = self.advice_posts.get(prefecture or "")
        return post is not None and post.check

    def blocks_differ(self, prefecture: str | None) -> bool:
        """Do advice and filing go to differently cut regions here?"""
        advice, filing = self.advice(prefecture), self.filing(prefecture)
        return filing is not None and advice.id.partition("_")[2] != filing.id.partition("_")[2]

    @property
    def headquarters(self) -> Office:
        return self.by_id["headquarters"]

    def of_kind(self, kind: str, prefecture: str | None) -> tuple[Office, ...]:
        """The offices of this kind that serve the place, those for it alone first."""
        found = [o for o in self.by_id.values() if o.kind == kind and o.serves_in(prefecture)]
        return tuple(sorted(found, key=lambda office: not office.serves))


def office_names(offices: Offices) -> set[str]:
    """Every name of an office's field that a text may use: `office.headquarters.phone`."""
    fields = ("name", "phone", "url", "address", "mail")
    return {
        f"office.{office.id}.{field}"
        for office in offices.by_id.values()
        for field in fields
        if getattr(office, field)
    }
