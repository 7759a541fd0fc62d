"""What typed words mean. The one seam: text in, proposals for several questions out."""

from dialogs.understand.meaning import Doubt, Meaning
from dialogs.understand.read import read_place, read_text, read_typed

__all__ = ["Doubt", "Meaning", "read_place", "read_text", "read_typed"]
