"""Writes gate.yaml, in the shape that dialogs/understand/load_index.py reads."""

from pathlib import Path

import yaml

from dialogs.understand.gate import Gate, Line


def write(gate: Gate, path: Path) -> None:
    """gate.yaml, rounded so that another machine writes the same."""

    def line(each: Line) -> dict[str, object]:
        weights = {name: round(weight, 4) for name, weight in each.weights.items()}
        found = {"constant": round(each.constant, 4), "least": round(each.least, 4)}
        return found | {"weights": weights}

    data = {
        "ranks": {name: round(weight, 4) for name, weight in gate.ranks.items()},
        "answer": line(gate.answer),
        "outside": line(gate.outside),
    }
    head = "# python -m bot.tools.fit_search が書きます。手で直さないでください。\n"
    path.write_text(head + yaml.safe_dump(data, sort_keys=False), encoding="utf-8")
