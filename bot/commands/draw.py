"""`jigyokei draw`: the flow as a Mermaid diagram, drawn from the machine itself."""

import argparse
import sys
from pathlib import Path

from bot.content import ROOT, Content, load_content
from knowledge.errors import FileError

README = Path("dialogs") / "README.md"
FENCE = "```mermaid\n"


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--write", action="store_true", help="dialogs/README.md の図を書き直します")


def run(options: argparse.Namespace) -> int:
    try:
        content = load_content()
    except FileError as error:
        print(error, file=sys.stderr)
        return 1
    diagram = draw(content)
    if options.write:
        guide = ROOT / README
        guide.write_text(replaced(guide.read_text(encoding="utf-8"), diagram), encoding="utf-8")
    else:
        print(diagram, end="")
    return 0


def draw(content: Content) -> str:
    """The diagram: questions by title, the rule on every arrow, and the rows of the outcome."""
    flow = content.flow
    lines = ["stateDiagram-v2", "  direction TB", f"  [*] --> {flow.start}"]
    lines += [f"  {name}: {_title(content, name)}" for name in flow.machine.states]
    for event in flow.machine.events.values():
        for source, routes in event.transitions.items():
            for route in routes:
                guards = " / ".join(_name(condition.func) for condition in route.conditions)
                lines.append(f"  {source} --> {route.dest}{f': {guards}' if guards else ''}")
    lines += ["  outcome --> [*]", "  note right of outcome"]
    lines += [f"    {row.id} {row.when.name}: {flow.advice.plans[row.plan]}" for row in flow.rows]
    lines.append("  end note")
    return "\n".join(lines) + "\n"


def _name(guard: object) -> str:
    return str(getattr(guard, "__name__", guard))


def _title(content: Content, state: str) -> str:
    question = content.flow.questions.get(state)
    return question.title if question else "ご案内"


def replaced(text: str, diagram: str) -> str:
    """The guide with its diagram replaced. Raises ValueError when it holds none."""
    before, found, rest = text.partition(FENCE)
    _, end, after = rest.partition("```")
    if not found or not end:
        raise ValueError("no mermaid block")
    return f"{before}{FENCE}{diagram}{end}{after}"
