"""`jigyokei check`: every fault of the content with its file and line; exit 1 when there is one."""

import argparse
import time
from datetime import datetime
from pathlib import Path

from bot.commands.options import add_day
from bot.content import ROOT
from dialogs.turn import JAPAN


def add_options(parser: argparse.ArgumentParser) -> None:
    add_day(parser)
    parser.add_argument(
        "dir", nargs="?", type=Path, default=ROOT, metavar="DIR",
        help="knowledge/ と dialogs/ のある場所（ふつうは、このボット）",
    )  # fmt: skip


def run(options: argparse.Namespace) -> int:
    from bot.check.report import check_content

    print("内容を確かめています…", flush=True)
    started = time.monotonic()
    report = check_content(options.dir, options.on or datetime.now(JAPAN).date())
    for fault in report.faults:
        print(fault)
    for warning in report.warnings:
        print(f"注意 {warning}")
    seconds = time.monotonic() - started
    print(f"{report.situations:,}とおりの場面をたどりました（{seconds:.1f}秒）。")
    print(f"まちがい {len(report.faults)}件、注意 {len(report.warnings)}件。")
    return 1 if report.faults else 0
