"""`jigyokei`: reads the command line and hands over to the one module each command has."""

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any, NoReturn

COMMANDS = {
    "talk": "相談をはじめます（端末で、または --json で1行ずつ）",
    "flow": "質問・結果・話題の一覧を出します（--json）",
    "understand": "文字をどう読み取るかを、1行ずつ出します（--slot NAME --json）",
    "check": "内容のまちがいを、すべて file:行 で出します",
    "draw": "流れの図（Mermaid）を出します",
    "diff": "前の内容と比べて、何が変わるかを出します",
    "questions": "答えられなかった質問を、多い順に出します",
    "migrate": "データベースを最新の形にします",
    "serve": "LINEの相談に答えるサーバーを動かします",
    "worker": "送りのこしと時間の決まった仕事だけを動かします（PostgreSQL）",
    "line": "LINEの画面（リッチメニューとWebhook）を整えます（setup）",
    "doctor": "設定・LINE・データベース・内容を調べ、直し方を出します",
}


class Parser(argparse.ArgumentParser):
    """An argument parser that speaks Japanese; a wrong use is one sentence and exit 2."""

    def __init__(self, **given: Any) -> None:
        super().__init__(add_help=False, **given)
        self._positionals.title, self._optionals.title = "指定するもの", "オプション"
        self.add_argument("-h", "--help", action="help", help="この説明を出します")

    def format_help(self) -> str:
        return super().format_help().replace("usage:", "使い方:", 1)

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: 使い方が違います（{message}）。--help をご覧ください。\n")


def build() -> Parser:
    """The parser of all commands. Each command's module adds its own options."""
    parser = Parser(
        prog="jigyokei", description="ジギョケイ相談ボット。国や中小機構の公式ではありません。"
    )
    commands = parser.add_subparsers(dest="command", metavar="コマンド", required=True)
    for name, says in COMMANDS.items():
        module = import_module(f"bot.commands.{name}")
        module.add_options(commands.add_parser(name, help=says, description=says))
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit code: 0 done, 1 content fault, 2 wrong use."""
    given = build().parse_args(argv)
    code: int = import_module(f"bot.commands.{given.command}").run(given)
    return code


if __name__ == "__main__":
    sys.exit(main())
