"""What typed words mean. The one seam: text in, proposals for several questions out."""

from dialogs.understand.free import typed_people
from dialogs.understand.meaning import NONE_OF_THESE, Doubt, Meaning
from dialogs.understand.read import read_place, read_text, read_typed

__all__ = [
    "NONE_OF_THESE", "Doubt", "Meaning", "read_place", "read_text", "read_typed", "typed_people",
]  # fmt: skip
