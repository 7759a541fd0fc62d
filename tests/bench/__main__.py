"""Runs every bench and prints its lines. Bounds stand in the project's issues, not in a test."""

from bot.content import load_content
from tests.bench import commands, store, turns


def main() -> None:
    for line in turns.report(turns.measure(load_content())):
        print(line, flush=True)
    for line in store.report():
        print(line, flush=True)
    for line in commands.report():
        print(line, flush=True)


if __name__ == "__main__":
    main()
