"""Patterns as data: the schema of the files and their only reader."""

from extractor.rules.load import Ruleset, builtin_patterns

__all__ = ["Ruleset", "builtin_patterns"]
