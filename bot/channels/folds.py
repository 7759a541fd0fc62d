"""Folds: choices of a long list under one name, so that a phone shows a few buttons at a time.

A number is always the place in the whole list, folded or not: typed numbers are read so
(`dialogs/understand/read.py`). The press of a fold asks the same question with this fold open.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from dialogs.heard import press
from dialogs.reply import Button

OTHERS = {
    "standing": {
        "other": ("ほか", "supporter support_plan large other_corporation not_started"),
    },
    "prefecture": {
        "hokkaido": ("北海道", "北海道"),
        "tohoku": ("東北", "青森県 岩手県 宮城県 秋田県 山形県 福島県"),
        "kanto": ("関東", "茨城県 栃木県 群馬県 埼玉県 千葉県 東京都 神奈川県"),
        "chubu": ("中部", "新潟県 富山県 石川県 福井県 山梨県 長野県 岐阜県 静岡県 愛知県"),
        "kinki": ("近畿", "三重県 滋賀県 京都府 大阪府 兵庫県 奈良県 和歌山県"),
        "chugoku": ("中国", "鳥取県 島根県 岡山県 広島県 山口県"),
        "shikoku": ("四国", "徳島県 香川県 愛媛県 高知県"),
        "kyushu": ("九州・沖縄", "福岡県 佐賀県 長崎県 熊本県 大分県 宮崎県 鹿児島県 沖縄県"),
    },
}  # fmt: skip
"""By question: the folds in order, each with its name and its values. 出典: 8地方区分"""
CLOSED = {"standing": "ほかの立場", "prefecture": "ほかの地方"}
"""The button that closes an open fold again."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """A choice with the number it has in the whole list, from 1."""

    number: int
    button: Button


@dataclass(frozen=True, slots=True)
class Fold:
    """Choices under one name. `open` is the button that asks the question with them shown."""

    open: Button
    inside: tuple[Numbered, ...]


Line = Numbered | Fold


def lines(choices: tuple[Button, ...], unfolded: str = "") -> tuple[Line, ...]:
    """The choices in order, folded where their question has folds and all of each are there.

    With `unfolded`, the name of a fold: only its choices and what lies in no fold.
    """
    question = choices[0].press.partition("=")[0] if choices else ""
    numbered = tuple(Numbered(n, button) for n, button in enumerate(choices, 1))
    names = _names(question)
    if not set(names).issubset(button.press for button in choices):
        return numbered
    if unfolded in OTHERS.get(question, ()):
        return tuple(n for n in numbered if names.get(n.button.press, unfolded) == unfolded)
    return tuple(_folded(question, names, numbered))


def closing(question: str, unfolded: str) -> tuple[Button, ...]:
    """The way back from an open fold to the whole list."""
    if unfolded not in OTHERS.get(question, ()):
        return ()
    return (Button(CLOSED[question], press("open", (question, "all"))),)


@cache
def _names(question: str) -> dict[str, str]:
    """The fold of each press of this question that lies in one."""
    folds = OTHERS.get(question, {})
    return {
        f"{question}={value}": id for id, (_, values) in folds.items() for value in values.split()
    }


def _folded(question: str, names: dict[str, str], numbered: tuple[Numbered, ...]) -> Iterator[Line]:
    """Each fold stands where its first choice stood; one of a single choice is that choice."""
    done = set[str]()
    for each in numbered:
        fold = names.get(each.button.press)
        if fold is None:
            yield each
        elif fold not in done:
            done.add(fold)
            inside = tuple(n for n in numbered if names.get(n.button.press) == fold)
            label = OTHERS[question][fold][0]
            opens = Button(label, press("open", (question, fold)))
            yield Fold(opens, inside) if len(inside) > 1 else each
