"""`jigyokei doctor`: looks at everything a bot needs, and says what to do where it is wrong."""

import argparse
import asyncio
import os
import sys


def add_options(parser: argparse.ArgumentParser) -> None:
    """It has none of its own: the variables are those of `serve`."""


def run(options: argparse.Namespace) -> int:
    """0 all is well, 1 something has to be mended, 2 settings that cannot be used."""
    from bot.doctor import Doctor
    from bot.settings import Settings

    settings, faults = Settings.look(os.environ, {})
    findings = asyncio.run(Doctor(settings, faults).look())
    for finding in findings:
        print(finding)
    wrong = [finding for finding in findings if finding.good is False]
    print("すべて良好です。" if not wrong else f"直すところが{len(wrong)}件あります。")
    sys.stdout.flush()
    return 2 if faults else int(bool(wrong))
