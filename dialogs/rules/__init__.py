"""The policy: small named questions about the answers, each with its source.

A rule answers yes (True), no (False) or unknown (None) from the answers and the book of the day.
It declares what it reads; a test holds it to that, and to never reading the prefecture.
"""

from dialogs.rules import rows, size, standing, support
from dialogs.rules.base import Rule, rules_of

RULES = rules_of(standing.READS, size.READS, rows.READS, support.READS)
"""Every rule by name: the only words YAML may use after `if:`."""

__all__ = ["RULES", "Rule"]
