"""The policy: small named questions about the answers, each with its source.

A rule answers yes (True), no (False) or unknown (None) from the answers and the book of the day.
It declares what it reads; a test holds it to that, and to never reading the prefecture.
"""

from dialogs.rules import rows, size, standing, support
from dialogs.rules.base import RULES, Rule

__all__ = ["RULES", "Rule", "rows", "size", "standing", "support"]
