"""The offices and addresses: phones as they are dialled, weak entries owned up to, public pages."""

import re
from collections import defaultdict
from urllib.parse import urlsplit

from bot.check.sheets import OFFICES, Sheets, leaves
from bot.check.wording import wrong_words
from bot.content import Content
from knowledge.facts import EVIDENCE
from knowledge.offices import Office, Post

NEVER = ("03-5470-1620", "052-220-0516", "092-263-0300", "092-482-5488")
"""Numbers of other desks that stand in the sources or in older papers. 出典: domain §2, §6"""
NEEDED = ("headquarters", "follow_up_single", "follow_up_joint")
"""The offices the rules name."""
HOSTS = (".go.jp", ".lg.jp", "jigyo-kei-jikkoseikojo.jp")
"""Public pages, and the one the support after certification is run from."""
OFFICIAL = EVIDENCE[:2]
_NEVER = re.compile("|".join(NEVER))
_URL = re.compile(r"https?://\S+")
_PHONE = re.compile(r"[0-9]+-[0-9]+-[0-9]+")


def check_contacts(sheets: Sheets, content: Content) -> None:
    """Offices, both maps, and every number and address of the content."""
    sheet, offices = sheets[OFFICES], content.book.offices
    by_phone = defaultdict[str, list[str]](list)
    for id in NEEDED:
        if id not in offices.by_id:
            sheet.fault(("offices",), f"「{id}」の窓口がありません。")
    for id, office in offices.by_id.items():
        for text in _faults_of(office):
            sheet.fault(("offices", id, "phone"), text)
        if office.phone:
            by_phone[office.phone].append(id)
    for phone, ids in by_phone.items():
        for id in ids[1:]:
            sheet.fault(("offices", id, "phone"), f"{phone}は「{ids[0]}」の番号です。")
    _check_posts(sheets, content)
    _check_addresses(sheets)


def _faults_of(office: Office) -> list[str]:
    found = list(wrong_words(office.name))
    digits = (office.phone or "").replace("-", "")
    if office.phone and (not _PHONE.fullmatch(office.phone) or len(digits) != 10):
        found.append(f"「{office.phone}」は10桁の電話番号ではありません（半角で書きます）。")
    if office.kind == "follow_up" and not office.url:
        found.append(f"「{office.id}」には url が要ります。")
    if office.kind != "follow_up" and not office.phone:
        found.append(f"「{office.id}」には phone が要ります。")
    if "{" in office.name:
        found.append("窓口の名前では{名前}を使えません。")
    return found


def _check_posts(sheets: Sheets, content: Content) -> None:
    """Where nobody official says who advises, people are told how to make sure."""
    sheet, offices = sheets[OFFICES], content.book.offices
    for place, post in offices.advice_posts.items():
        weak = _weak(post, offices.blocks_differ(place))
        if weak and not post.check:
            sheet.fault(("advice", place), f"「{place}」の担当は確かでないので check が要ります。")
        if post.check and not weak:
            sheet.fault(("advice", place), f"「{place}」の check は要りません（根拠があります）。")
    for place, post in offices.filing_posts.items():
        if post.check:
            sheet.fault(("filing", place), "filing の check は使われません。")


def _weak(post: Post, blocks_differ: bool) -> bool:
    """Not looked up, or against the usual division without an official page. 出典: domain §3.1"""
    return post.evidence == "background" or (blocks_differ and post.evidence not in OFFICIAL)


def _check_addresses(sheets: Sheets) -> None:
    """Numbers that are never used, and pages that are not public ones, wherever they stand."""
    for sheet in sheets:
        for at, text in leaves(sheet.data):
            for phone in _NEVER.findall(text):
                sheet.fault(at, f"{phone}は使ってはいけない番号です。")
            for url in _URL.findall(text):
                host = urlsplit(url).hostname or ""
                if not url.startswith("https:") or not f".{host}".endswith(HOSTS):
                    sheet.fault(at, f"「{url}」は https:// の公的なページではありません。")
